// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.IsopheneService;
import io.github.isophene.UserErrors;
import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.TinyModels;
import io.github.isophene.adaptation.calibration.CalibrationOptions;
import io.github.isophene.adaptation.calibration.CalibrationReport;
import io.github.isophene.cli.InProcess;
import io.github.isophene.commands.CalibrateModel;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsCalibration;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;

/** A model is calibrated to the same bytes by menu, script and process, and without the labels. */
class CalibrationDoorsTest {

	private static final File SCREEN = new File("test-images/demo/screen.csv").getAbsoluteFile();

	@TempDir
	static Path folder;

	private static Context context;
	private static IsopheneService isophene;
	private static Screen screen;
	private static Path model;
	private static byte[] expected;

	@BeforeAll
	static void calibrateThroughTheService() throws IOException {
		context = new Context();
		isophene = context.service(IsopheneService.class);
		screen = isophene.openScreen(SCREEN.toPath());
		model = TinyModels.write(folder.resolve("tiny.zip"), 1);
		final Path file = folder.resolve("service.zip");
		final CalibrationReport report = isophene.calibrateModel(screen, CalibrationOptions.of(model.toString(), file));
		final StatisticsCalibration calibration = report.model().calibration().orElseThrow();
		assertEquals(screen.plates().size(), calibration.plates());
		assertEquals(1.0 / 3, calibration.queryShare(), "trained for joint statistics, episodes not known");
		assertFalse(calibration.hasClasses());
		expected = Files.readAllBytes(file);
		assertEquals(report.model().digest(), Model.load(file).digest());
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	@Test
	void menuItem() throws Exception {
		final Path file = folder.resolve("menu.zip");
		context.service(CommandService.class)
			.run(CalibrateModel.class, true, "screen", SCREEN, "model", model.toString(), "calibrated", file.toFile())
			.get();
		assertArrayEquals(expected, Files.readAllBytes(file));
	}

	/** The moments are of the images of all channels; the last layer's classes are of the wells. */
	@Test
	void aModelThatSeesEachChannelByItself() throws IOException {
		final Architecture each = Architecture.of("resnet18-each", screen.channels().size(), 4, 2);
		final Path tiny = folder.resolve("each.zip");
		ModelFile.write(new Model(new ModelCard("each", "", each, ModelCard.Input.EACH_CHANNEL, screen.channels(), 32,
			"typemax", List.of("a", "b"), "Metadata_Compound", StatisticsOrigin.TRAINING, Map.of()),
			Initialization.calibrated(each, 1)), tiny);
		final Path file = folder.resolve("each-calibrated.zip");
		isophene.calibrateModel(screen, CalibrationOptions.of(tiny.toString(), file));
		final StatisticsCalibration calibration = Model.load(file).calibration().orElseThrow();
		assertEquals(screen.plates().size(), calibration.plates());
		assertEquals(each, Model.load(file).card().architecture());
		final Path predictions = folder.resolve("each.csv");
		isophene.predictScreen(screen, ScreenPredictionOptions.into(predictions)
			.withModel(file.toString())
			.withStatistics("calibrated")
			.withDevice("cpu"));
		assertTrue(Files.readAllLines(predictions).size() > 1);
	}

	@Test
	void headlessByMenuLabel() throws Exception {
		final Path file = folder.resolve("process.zip");
		final InProcess run = InProcess.run("--headless", "--run", "Calibrate Model...",
			"screen=\"" + OwnProcess.slashes(SCREEN.toPath()) + "\",model=\"" + OwnProcess.slashes(model) +
				"\",calibrated=\"" + OwnProcess.slashes(file) + "\"");
		assertEquals(0, run.status(), run.output());
		assertArrayEquals(expected, Files.readAllBytes(file));
	}

	@Test
	void labelsAreNeverReadButForTheClasses() throws IOException {
		final Screen without = new Screen(screen.channels(),
			screen.fields()
				.stream()
				.map(f -> f.withMetadata(Map.of("Metadata_pert_type", f.get("Metadata_pert_type"))))
				.toList());
		final Path file = folder.resolve("without.zip");
		isophene.calibrateModel(without, CalibrationOptions.of(model.toString(), file));
		assertArrayEquals(expected, Files.readAllBytes(file));

		// With the classes D and V are the same, and the moments of each class are there besides.
		final Screen labeled = new Screen(screen.channels(),
			IntStream.range(0, screen.fields().size()).mapToObj(i -> labeled(screen
			.fields().get(i), i)).toList());
		final Model classes = isophene.calibrateModel(labeled, CalibrationOptions.of(model.toString(), file).withLabel(
			"Metadata_Class")).model();
		assertTrue(classes.calibration().orElseThrow().hasClasses());
		final StatisticsCalibration plain = Model.load(Files.write(folder.resolve("plain.zip"), expected))
			.calibration()
			.orElseThrow();
		plain.layers().forEach((name, layer) -> {
			for (int c = 0; c < layer.offset().length; c++) {
				assertEquals(layer.offset()[c], classes.calibration().get().get(name).offset()[c], 1e-4f, name);
				assertEquals(layer.variance()[c], classes.calibration().get().get(name).variance()[c], 1e-3f, name);
			}
		});
	}

	/** By the tiny model's classes, in turn. */
	private static Field labeled(final Field field, final int i) {
		final Map<String, String> metadata = new LinkedHashMap<>(field.metadata());
		metadata.put("Metadata_Class", List.of("a", "b", "c").get(i % 3));
		return field.withMetadata(metadata);
	}

	@Test
	void mistakesAreNamed() throws Exception {
		fails("controls is missing", "controls", "");
		fails("Metadata_pert_type=dmso", "controls", "Metadata_pert_type=dmso");
		fails("label is 'Compound'", "label", "Compound");
		fails("none of its values is a class of the model", "label", "Metadata_Well");
		fails("queryshare = 3.0: must be 1.0 at most", "queryshare", 3.0);
		fails("queryshare is -0.5: give a number from 0 to 1", "queryshare", -0.5);
		fails("a model file ends in .zip", "calibrated", folder.resolve("x.pt").toFile());
		fails("There is no model 'gone.zip'", "model", "gone.zip");
		final Path one = folder.resolve("mix.zip");
		ModelFile.write(Model.load(model), one);
		assertTrue(assertMistake(() -> isophene.predictScreen(screen,
			ScreenPredictionOptions.into(folder.resolve("p.csv"))
				.withModel(one.toString())
				.withStatistics(StatisticsOrigin.MIX.label())))
			.contains("Calibrate Model"));
	}

	private interface Code {

		void run() throws Exception;
	}

	private static String assertMistake(final Code code) throws Exception {
		try {
			code.run();
		}
		catch (final IllegalArgumentException exc) {
			return exc.getMessage();
		}
		return "nothing";
	}

	private static void fails(final String message, final String key, final Object value) {
		final Map<String, Object> inputs = new LinkedHashMap<>(
			Map.of("screen", SCREEN, "model", model.toString(), "calibrated", folder.resolve("wrong.zip").toFile()));
		inputs.put(key, value);
		try {
			context.service(CommandService.class).run(CalibrateModel.class, true, inputs).get();
		}
		catch (final Exception exc) {
			final String said = UserErrors.message(exc);
			assertTrue(said.contains(message), said);
			assertFalse(Files.exists(folder.resolve("wrong.zip")));
			return;
		}
		throw new AssertionError(key + " = " + value + " was taken");
	}
}
