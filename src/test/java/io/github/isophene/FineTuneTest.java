// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.statistics.Drift;
import io.github.isophene.adaptation.statistics.ModelCalibration;
import io.github.isophene.commands.FineTuneModel;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.Level;
import io.github.isophene.files.RunLock;
import io.github.isophene.finetuning.FineTuneOptions;
import io.github.isophene.finetuning.FineTuneReport;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsCalibration;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.training.DataOptions;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.TrainedPart;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.data.EpisodeSizes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.plugin.PluginService;
import org.scijava.task.event.TaskEvent;

class FineTuneTest {

	private static final TrainingOptions SHORT = TrainingOptions.PUBLISHED.withEpochs(2, 20)
		.withSizes(new EpisodeSizes(4, 4, 1))
		.withDevice("cpu");

	@TempDir
	static Path images;

	@TempDir
	Path folder;

	private static Context context;
	private static IsopheneService isophene;
	private static Screen screen;

	@BeforeAll
	static void simulate() throws IOException {
		context = new Context();
		isophene = context.service(IsopheneService.class);
		screen = isophene.makeDemoScreen(images, DemoOptions.defaults()
			.withBatches(4)
			.withPlates(1)
			.withWells(8)
			.withFields(1)
			.withSize(64)
			.withClasses(3)
			.withSeed(3));
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	private FineTuneOptions options(final String objective) {
		return FineTuneOptions
			.into(folder.resolve("m.zip"),
				DataOptions.of("Metadata_Compound", "Metadata_Batch", "Metadata_pert_type=negcon")
					.withHeldOut("B4")
					.withTile(32, DataOptions.Augment.ROTATIONS))
			.withObjective(objective)
			.withStart("", "resnet18:4")
			.withTraining(SHORT);
	}

	@Test
	void aModelInContextStoresThePooledStatisticsOfControls() throws IOException {
		final FineTuneReport report = isophene.fineTune(screen, options("cs-arm-bn"));
		final Model model = ModelFile.read(report.file());
		final ModelCard card = model.card();
		assertEquals(StatisticsOrigin.JOINT, card.statistics());
		assertEquals(List.of("large-nuclei", "mito-fragmented"), card.classes());
		assertEquals("Metadata_Compound", card.labelColumn());
		assertEquals(screen.channels(), card.channels());
		assertTrue(card.intensity().startsWith("control-percentile:0.1:99.9+fixed:"), card.intensity());
		assertEquals("B4_P1", card.training().get("heldout.plates"));
		assertEquals("scratch", card.training().get("start"));
		assertTrue(Double.parseDouble(card.training().get(Drift.THRESHOLD)) > 0);
		assertTrue(card.training().containsKey("heldout.accuracy"));
		final StatisticsCalibration calibration = model.calibration().orElseThrow();
		assertEquals(0.5, calibration.queryShare(), "4 queries and 4 controls per episode");
		assertTrue(calibration.hasClasses());
		assertTrue(Double.parseDouble(card.training().get(ModelCalibration.DEPARTURE)) > 0);
		// The stem's input doesn't depend on any statistics: its mean is that of the plates' means.
		final BatchStatistics stored = BatchStatistics.of(card.architecture(), model.weights());
		final BatchStatistics running = BatchStatistics.of(card.architecture(), report.result().weights());
		assertNotEquals(running.get("bn1").mean()[0], stored.get("bn1").mean()[0]);
		assertEquals(report.result().weights().get("fc.weight"), model.weights().get("fc.weight"));
	}

	@Test
	void anOrdinaryModelKeepsItsRunningStatisticsAndCanBeTrainedOn() throws IOException {
		final FineTuneReport first = isophene.fineTune(screen, options("erm"));
		assertEquals(StatisticsOrigin.TRAINING, first.model().card().statistics());
		assertEquals(first.result().weights(), first.model().weights());
		assertTrue(first.model().card().training().containsKey(Drift.THRESHOLD));
		assertEquals(1, first.model().calibration().orElseThrow().queryShare(), "no controls in its batches");

		final Path start = Files.move(first.file(), folder.resolve("start.zip"));
		final DataOptions types = DataOptions.of("Metadata_pert_type", "Metadata_Batch", "").withHeldOut("1");
		final FineTuneOptions head = FineTuneOptions.into(folder.resolve("head.zip"), types)
			.withObjective("erm")
			.withStart(start.toString(), "")
			.withTraining(SHORT.withPart(TrainedPart.HEAD));
		final FineTuneReport probe = isophene.fineTune(screen, head);
		final ModelCard card = probe.model().card();
		assertEquals(List.of("negcon", "trt"), card.classes());
		assertEquals(first.model().card().intensity(), card.intensity(), "the start model's, as it is");
		assertEquals(32, card.tileSize());
		assertTrue(card.training().get("start").startsWith("m (SHA-256 "));
		for (final String name : probe.model().weights().names()) {
			if (name.startsWith("fc.")) continue;
			assertEquals(first.model().weights().get(name), probe.model().weights().get(name), name);
		}
	}

	@Test
	void anObjectiveWithSettingsAndAHeadOfItsOwn() throws IOException {
		final FineTuneReport report = isophene.fineTune(screen,
			options("erm").withObjective("erm", "head=cosine; scale=12"));
		final ModelCard card = ModelFile.read(report.file()).card();
		assertTrue(card.architecture().head().cosine());
		assertEquals("12", card.training().get("objective.scale"));
		final FineTuneReport next = isophene.fineTune(screen,
			FineTuneOptions.into(folder.resolve("next.zip"), options("").data())
				.withStart(report.file().toString(), "")
				.withTraining(SHORT));
		assertFalse(next.model().card().architecture().head().cosine());
		assertFalse(next.model().card().replacesAdaptation());
		assertNotEquals(report.model().calibration(), next.model().calibration());
	}

	/** An imported encoder has no classes: after the training its embedding is the vector before the margin's layer. */
	@Test
	void anImportedEncoderIsMadeRobustAndEmbedsByVectorsOfLength1() throws IOException {
		final Architecture encoder = new Architecture(Architecture.NetworkDepth.RESNET18, false,
			screen.channels().size(), 4, 0);
		final StateDict weights = Initialization.calibrated(encoder, 1);
		final Path start = folder.resolve("imported.zip");
		ModelFile.write(new Model(new ModelCard("imported", "", encoder, ModelCard.Input.ALL_CHANNELS,
			screen.channels(), 32, "typemax", List.of(), "", StatisticsOrigin.TRAINING, Map.of()), weights), start);
		final FineTuneReport report = isophene.fineTune(screen,
			FineTuneOptions.into(folder.resolve("robust.zip"), options("").data())
				.withObjective("abra", "warm-up=0; probability=1; measure=1")
				.withStart(start.toString(), "")
				.withTraining(SHORT));
		final ModelCard card = report.model().card();
		assertTrue(card.architecture().head().cosine());
		assertTrue(ModelFile.read(report.file()).card().replacesAdaptation());
		assertNotEquals(weights.get("conv1.weight"), report.model().weights().get("conv1.weight"));
		final List<String> log = Files.readAllLines(report.log());
		for (final String column : List.of("inner_loss_before", "inner_loss_after", "perturbation_size",
			"perturbation_at_limit", "clean_accuracy", "perturbed_accuracy", "alignment", "embedding_cosine",
			"embedding_variance"))
		{
			assertTrue(log.get(0).contains(column), log.get(0));
		}
		final Path profiles = folder.resolve("profiles.csv");
		isophene.embedScreen(screen,
			EmbeddingOptions.into(profiles).withModel(report.file().toString()).withTile(32).withLevel(Level.TILE));
		final ProfileTable table = ProfileFile.read(profiles);
		assertTrue(table.rowCount() > 10);
		for (int row = 0; row < table.rowCount(); row++) {
			double squares = 0;
			for (final float v : table.row(row)) squares += v * v;
			assertEquals(1, squares, 1e-4);
		}
	}

	private FineTuneOptions fromDefault(final String file, final String objective) {
		return FineTuneOptions.into(folder.resolve(file), options("").data())
			.withObjective(objective)
			.withStart("default", "")
			.withTraining(SHORT);
	}

	private ProfileTable embedded(final String model) throws IOException {
		final Path profiles = folder.resolve("profiles.csv");
		Files.deleteIfExists(profiles);
		isophene.embedScreen(screen,
			EmbeddingOptions.into(profiles).withModel(model).withTile(32).withLevel(Level.TILE).withResume(false));
		return ProfileFile.read(profiles);
	}

	@Test
	void theFrozenDefaultModelGetsALastLayerAndEmbedsAsBefore() throws IOException {
		final FineTuneReport probe = isophene.fineTune(screen,
			fromDefault("probe.zip", "erm").withTraining(SHORT.withEpochs(6, 20).withPart(TrainedPart.HEAD)));
		final ModelCard card = ModelFile.read(probe.file()).card();
		assertEquals(ModelCard.Input.EACH_CHANNEL, card.input());
		assertEquals(screen.channels(), card.channels());
		assertArrayEquals(new long[]{2, 128L * screen.channels().size()},
			probe.model().weights().get("fc.weight").shape());
		assertTrue(card.training().get("start").startsWith("default (SHA-256 "));
		final var log = probe.result().log();
		assertTrue(log.get(log.size() - 1).trainingLoss() < log.get(0).trainingLoss(), log::toString);
		final ProfileTable before = embedded("default");
		final ProfileTable after = embedded(probe.file().toString());
		assertEquals(before.featureColumns(), after.featureColumns());
		assertEquals(before.rowCount(), after.rowCount());
		for (int row = 0; row < before.rowCount(); row++) assertArrayEquals(before.row(row), after.row(row), 1e-5f);
	}

	@Test
	void theDefaultModelIsTrainedWithTheSameBytesByEveryDoorAndPredictsWithAllStatistics() throws Exception {
		final FineTuneReport first = isophene.fineTune(screen, fromDefault("first.zip", "cs-arm-bn"));
		final byte[] expected = Files.readAllBytes(first.file());
		assertNotEquals(Model.load("default").weights().get("conv1.weight"),
			first.model().weights().get("conv1.weight"));
		assertTrue(first.model().calibration().isPresent());

		final Path table = folder.resolve("screen.csv");
		ScreenTable.write(screen, table);
		final Path again = folder.resolve("again").resolve("first.zip");
		Files.createDirectories(again.getParent());
		context.service(CommandService.class).run(FineTuneModel.class, true, "screen", table.toFile(), "label",
			"Metadata_Compound", "heldout", "B4", "start", "default", "tile", 32, "augment", "rotations", "epochs", 2,
			"queries", 4, "controlsperepisode", 4, "accumulate", 1, "device", "cpu", "model", again.toFile()).get();
		assertEquals(first.model().digest(), ModelFile.read(again).digest());
		assertArrayEquals(expected, Files.readAllBytes(again));

		final long treated = screen.fields()
			.stream()
			.filter(f -> !f.get("Metadata_pert_type").equals("negcon"))
			.count();
		for (final StatisticsOrigin kind : StatisticsOrigin.values()) {
			final Path predictions = folder.resolve(kind.label() + ".csv");
			isophene.predictScreen(screen, ScreenPredictionOptions.into(predictions)
				.withModel(first.file().toString())
				.withStatistics(kind.label())
				.withDevice("cpu"));
			assertEquals(treated, Files.readAllLines(predictions).size() - 1, kind.label());
		}
	}

	/** Fields of 64 pixels, smaller than the model's tiles, which are chosen then as Embed Screen chooses them. */
	@Test
	void theDefaultModelIsTrainedOnAllChannelsTogether() throws Exception {
		final DataOptions data = options("").data().withTile(0, DataOptions.Augment.FLIPS);
		final FineTuneOptions options = FineTuneOptions.into(folder.resolve("joint.zip"), data)
			.withObjective("erm")
			.withStart("default", "resnet18:16")
			.withTraining(SHORT.withEpochs(6, 20).withSizes(new EpisodeSizes(8, 0, 1)));
		final FineTuneReport joint = isophene.fineTune(screen, options);
		final ModelCard card = ModelFile.read(joint.file()).card();
		assertEquals(ModelCard.Input.ALL_CHANNELS, card.input());
		assertEquals(screen.channels(), card.channels());
		assertEquals(64, card.tileSize());
		assertTrue(card.intensity().startsWith("control-percentile:0.1:99.9+fixed:0.2"), card.intensity());
		assertTrue(card.training().get("start").startsWith("default (SHA-256 "));
		assertArrayEquals(new long[]{16, screen.channels().size(), 7, 7},
			joint.model().weights().get("conv1.weight").shape());
		final var log = joint.result().log();
		assertTrue(log.get(log.size() - 1).trainingLoss() < log.get(0).trainingLoss(), log::toString);

		final Path table = folder.resolve("screen.csv");
		ScreenTable.write(screen, table);
		final byte[] expected = Files.readAllBytes(joint.file());
		Files.delete(joint.file());
		context.service(CommandService.class).run(FineTuneModel.class, true, "screen", table.toFile(), "label",
			"Metadata_Compound", "heldout", "B4", "start", "default", "architecture", "ResNet18:16", "objective", "erm",
			"epochs", 6, "queries", 8, "controlsperepisode", 0, "accumulate", 1, "device", "cpu", "model",
			joint.file().toFile()).get();
		assertArrayEquals(expected, Files.readAllBytes(joint.file()));

		for (final String kind : List.of("training", "controls", "joint")) {
			final Path predictions = folder.resolve(kind + ".csv");
			isophene.predictScreen(screen, ScreenPredictionOptions.into(predictions)
				.withModel(joint.file().toString())
				.withStatistics(kind)
				.withDevice("cpu"));
			assertTrue(Files.readAllLines(predictions).size() > 1, kind);
		}
		assertEquals(128, embedded(joint.file().toString()).featureCount());
		final FineTuneReport next = isophene.fineTune(screen, FineTuneOptions.into(folder.resolve("next.zip"), data)
			.withObjective("erm")
			.withStart(joint.file().toString(), "")
			.withTraining(SHORT.withEpochs(1, 20).withSizes(new EpisodeSizes(8, 0, 1))));
		assertEquals(card.intensity(), next.model().card().intensity());
		assertEquals(joint.model().card().architecture(), next.model().card().architecture());
	}

	@Test
	void everyObjectiveTrainsChannelsByThemselves() throws IOException {
		for (final Objective objective : Objectives.all(context.service(PluginService.class))) {
			final FineTuneReport report = isophene.fineTune(screen,
				options(objective.name()).withStart("", "resnet18-each:4").withTraining(SHORT.withEpochs(1, 1)));
			assertEquals(ModelCard.Input.EACH_CHANNEL, report.model().card().input(), objective.name());
		}
		for (final String site : List.of("input", "stem, stage2")) {
			final FineTuneReport report = isophene.fineTune(screen,
				options("abra").withObjective("abra", "warm-up=0; probability=1; site=" + site +
					(site.equals("input") ? "; form=camera; unit=constants" : ""))
					.withStart("", "resnet18-each:4")
					.withTraining(SHORT.withEpochs(1, 1)));
			assertTrue(Files.readAllLines(report.log()).get(0).contains("perturbation_size"), site);
		}
	}

	/** Presses the cancel button when something has happened. */
	public static final class TrainingCanceler {

		private final Predicate<String> when;
		private boolean pressed;

		TrainingCanceler(final Predicate<String> when) {
			this.when = when;
		}

		@EventHandler
		public void onEvent(final TaskEvent event) {
			final String status = event.getTask().getStatusMessage();
			if (pressed || status == null || !event.getTask().getName().equals("Fine-tune Model") || !when.test(status))
				return;
			pressed = true;
			event.getTask().cancel("enough");
		}
	}

	@Test
	void aTrainingFromTheDefaultModelGoesOnToTheSameBytes() throws IOException {
		final FineTuneOptions options = fromDefault("m.zip", "cs-arm-bn");
		final FineTuneReport whole = isophene.fineTune(screen, options);
		final byte[] expected = Files.readAllBytes(whole.file());
		Files.delete(whole.file());
		final double seconds = RunningTasks.secondsToCancel;
		RunningTasks.secondsToCancel = 60;
		try {
			final TrainingCanceler canceler = new TrainingCanceler(status -> status.startsWith("Epoch 2 "));
			context.service(EventService.class).subscribe(canceler);
			assertEquals(TrainingResult.Ending.CANCELED, isophene.fineTune(screen, options).result().ending());
			assertArrayEquals(expected, Files.readAllBytes(isophene.fineTune(screen, options).file()));
		}
		finally {
			RunningTasks.secondsToCancel = seconds;
		}
	}

	@Test
	void cancelKeepsTheBestSoFarAndTheRestCanFollow() throws IOException {
		final TrainingOptions four = SHORT.withEpochs(4, 20);
		final FineTuneReport whole = isophene.fineTune(screen, options("cs-arm-bn").withTraining(four));
		final byte[] expected = Files.readAllBytes(whole.file());
		Files.delete(whole.file());

		// An orderly end is what is tested, however long it takes on a busy machine.
		final double seconds = RunningTasks.secondsToCancel;
		RunningTasks.secondsToCancel = 60;
		try {
			canceledInOrder(four, whole.file(), expected);
		}
		finally {
			RunningTasks.secondsToCancel = seconds;
		}
	}

	private void canceledInOrder(final TrainingOptions four, final Path model, final byte[] expected)
		throws IOException
	{
		final TrainingCanceler early = new TrainingCanceler(status -> status.startsWith("Epoch 1 "));
		context.service(EventService.class).subscribe(early);
		final CancellationException nothing = assertThrows(CancellationException.class,
			() -> isophene.fineTune(screen, options("cs-arm-bn").withTraining(four)));
		assertTrue(nothing.getMessage().contains("no model has been written"), nothing.getMessage());
		assertFalse(Files.exists(model));

		final TrainingCanceler canceler = new TrainingCanceler(status -> status.startsWith("Epoch 3 "));
		context.service(EventService.class).subscribe(canceler);
		final FineTuneReport canceled = isophene.fineTune(screen, options("cs-arm-bn").withTraining(four));
		assertEquals(TrainingResult.Ending.CANCELED, canceled.result().ending());
		assertTrue(canceled.message().startsWith("Canceled") && canceled.message().contains("run it again"),
			canceled.message());
		assertEquals("canceled", ModelFile.read(canceled.file()).card().training().get("ending"));
		assertTrue(Files.exists(folder.resolve("m.zip.checkpoint")));

		final FineTuneReport rest = isophene.fineTune(screen, options("cs-arm-bn").withTraining(four));
		assertArrayEquals(expected, Files.readAllBytes(rest.file()));
		assertFalse(Files.exists(folder.resolve("m.zip.checkpoint")));
	}

	@Test
	void everyMistakeHasItsMessage() throws Exception {
		final Path table = folder.resolve("screen.csv");
		ScreenTable.write(screen, table);
		fails("screen is missing", table, "screen", null);
		fails("model is missing", table, "model", null);
		fails("model is '", table, "model", folder.resolve("m.pt").toFile());
		fails("label is missing", table, "label", "");
		fails("label is 'Compound', but the screen has no such column: it has Metadata_Plate, ", table, "label",
			"Compound");
		fails("batch is 'Week'", table, "batch", "Week");
		fails("Plate B1_P1 is cut into pieces", table, "batch", "Metadata_Well");
		fails("at least 2 classes", table, "label", "Metadata_pert_type");
		fails("No field has Metadata_pert_type=dmso", table, "controls", "Metadata_pert_type=dmso");
		fails("No training plate has negative controls", table, "controls", "");
		fails("objective = magic: use ", table, "objective", "magic");
		fails("strength", table, "settings", "strength=3");
		fails("There is no model 'gone.zip'", table, "start", "gone.zip");
		fails("but the start model is a resnet18:16", table, "start", "default");
		fails("architecture is 'resnet18:x'", table, "architecture", "resnet18:x");
		fails("There is no architecture 'vgg'", table, "architecture", "vgg");
		fails("train is 'head'", table, "train", "head");
		fails("train = tail", table, "train", "tail");
		fails("epochs = 0", table, "epochs", 0);
		fails("patience = 0", table, "patience", 0);
		fails("tile is 16", table, "tile", 16);
		fails("tile is 96, but the first field has only 64 pixels", table, "tile", 96);
		fails("with downscale = mean:3", table, "downscale", 3);
		fails("downscale = -1", table, "downscale", -1);
		fails("'bright' is no intensity", table, "intensity", "bright");
		fails("channels names 'RNA', but the screen has", table, "channels", "RNA");
		fails("augment is 'zoom'", table, "augment", "zoom");
		fails("There is no batch 'B9' to hold out: the batches are B1, B2", table, "heldout", "B9");
		fails("Of 4 batches 4 can't be held out", table, "heldout", "4");
		fails("validation is 1.0", table, "validation", 1.0);
		fails("learning rate must be above 0", table, "rate", 0.0);
		fails("optimizer is 'lion': choose adam, adamw, sgd", table, "optimizer", "lion");
		fails("schedule is 'step'", table, "schedule", "step");
		fails("weight decay can't be -1", table, "decay", -1.0);
		fails("classweights is 'some'", table, "classweights", "some");
		fails("needs controls in its episodes", table, "controlsperepisode", 0);
		fails("larger than the training part", table, "queries", 1000);
		fails("choose a lower learning rate", table, "rate", 1e30);
		fails("same file", table, "logfile", table.toFile());
		try (RunLock lock = RunLock.of(folder.resolve("m.zip"))) {
			fails("Another run is writing", table, "seed", 1);
		}
		assertFalse(Files.exists(folder.resolve("m.zip")));
	}

	private void fails(final String message, final Path table, final String key, final Object value) {
		final List<Object> inputs = new ArrayList<>(
			List.of("screen", table.toFile(), "label", "Metadata_Compound", "architecture", "resnet18:4", "tile", 32,
				"epochs", 1, "device", "cpu", "model", folder.resolve("m.zip").toFile()));
		final int at = inputs.indexOf(key);
		if (at >= 0) inputs.set(at + 1, value);
		else inputs.addAll(List.of(key, value));
		final Exception thrown = assertThrows(Exception.class,
			() -> context.service(CommandService.class).run(FineTuneModel.class, true, inputs.toArray()).get());
		final String said = UserErrors.message(thrown);
		assertTrue(said.contains(message), () -> key + " = " + value + ": " + said);
		assertFalse(said.contains("\n"), said);
	}
}
