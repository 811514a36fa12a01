// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import io.github.isophene.IsopheneService;
import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.finetuning.FineTuneOptions;
import io.github.isophene.messages.Count;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.plots.BarPlot;
import io.github.isophene.plots.Png;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.DataOptions;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.optimizer.LearningRate;
import io.github.isophene.training.optimizer.OptimizerOptions;

/**
 * Demonstration of Isophene on a simulated screen, in a few minutes: the README's first
 * command. A model that was trained as usual fails on the plates of a new batch; one that
 * was trained in context, and adapted to each plate from its negative controls, doesn't.
 */
final class QuickStart {

	/** Plates 1 and 2 of the first batches are the past; the last batch, and plate 3 of the others, come later. */
	private static final DemoOptions DEMO = DemoOptions.defaults()
		.withPlates(3)
		.withWells(24)
		.withFields(4)
		.withSize(160);

	private static final String NEW_BATCH = "B" + DEMO.batches();
	private static final String LABEL = "Metadata_Compound";
	private static final String CONTROLS = ControlTypes.NEGATIVE_CONTROLS;

	/** Small enough for two cores: a quarter of ResNet-18's channels, fields at half their size. */
	private static final String ARCHITECTURE = "resnet18:16";
	private static final Downscale DOWNSCALE = Downscale.mean(2);
	/** Values as they are: scaled image by image, phenotypes that are intensities would be lost. */
	private static final String INTENSITY = "typemax";
	private static final int EPOCHS = 24;

	private final IsopheneService isophene;

	QuickStart(final IsopheneService isophene) {
		this.isophene = isophene;
	}

	/**
	 * Tells the story. What an earlier run has finished is taken from there.
	 *
	 * @param folder gets the screen, profiles, models, predictions and the picture
	 * @param out where the story is told
	 */
	void tell(final Path folder, final PrintStream out) throws IOException {
		final Screen screen = screen(folder, out);
		final Screen past = part(screen, f -> !isNew(f) && !isThird(f));
		final Screen known = part(screen, f -> !isNew(f) && isThird(f));
		final Screen unseen = part(screen, QuickStart::isNew);

		out.println("2. Embedding the new batch, without outlining a single cell ...");
		final Path profiles = folder.resolve("profiles.parquet");
		isophene.embedScreen(unseen, EmbeddingOptions.into(profiles).withTile(160));
		out.println("   profiles: " + profiles);

		out.println("3. Training two classifiers of the " + (DEMO.classes() - 1) + " compounds on the past plates, " +
			Count.of(past.fields().size(), "field") + ": as usual (erm) and in context (cs-arm-bn) ...");
		final Path usual = train(past, folder.resolve("usual.zip"), "erm", out);
		final Path context = train(past, folder.resolve("in-context.zip"), "cs-arm-bn", out);

		out.println("4. Predicting plates that neither has seen (chance " + number(1.0 / (DEMO.classes() - 1)) + "):");
		final BarPlot plot = new BarPlot("Compounds recognized on plates that were not trained on",
			"accuracy per field").range(0, 1).reference(1.0 / (DEMO.classes() - 1));
		final String[] names = {"trained as usual", "trained as usual, statistics of the plate's controls",
			"in context, adapted to the plate"};
		final Path[] models = {usual, usual, context};
		final String[] statistics = {"training", "controls", "joint"};
		out.printf(Locale.ROOT, "   %-52s %-16s %s%n", "", "batches of", "a new");
		out.printf(Locale.ROOT, "   %-52s %-16s %s%n", "", "the training", "batch");
		for (int i = 0; i < names.length; i++) {
			final double in = accuracy(known, models[i], statistics[i], folder.resolve("known-" + i + ".parquet"));
			final double on = accuracy(unseen, models[i], statistics[i], folder.resolve("new-" + i + ".parquet"));
			plot.bar(names[i], "batches of the training", in).bar(names[i], "a new batch", on);
			out.printf(Locale.ROOT, "   %-52s %-16s %s%n", names[i], number(in), number(on));
		}
		final Path picture = folder.resolve("story.png");
		Png.write(picture, 760, 360, plot.chart());
		out.println();
		out.println("The picture of it: " + picture);
		out.println("The tables open anywhere Parquet does:");
		out.println(
			"   python -c \"import pandas; print(pandas.read_parquet('" + folder.resolve("new-2.parquet") + "'))\"");
	}

	private Screen screen(final Path folder, final PrintStream out) throws IOException {
		final Path table = folder.resolve("screen").resolve("screen.csv");
		if (Files.exists(table)) {
			out.println("1. The demo screen of an earlier run: " + table);
			return isophene.openScreen(table);
		}
		out.println("1. Simulating a screen: " + Count.of(DEMO.batches(), "batch") + " of " +
			Count.of(DEMO.plates(), "plate") + ", which differ in stain, focus and light ...");
		final Screen screen = isophene.makeDemoScreen(table.getParent(), DEMO);
		out.println("   " + Count.of(screen.fields().size(), "field") + ", channels " +
			String.join(", ", screen.channels()) +
			": " + table);
		return screen;
	}

	private static boolean isNew(final Field field) {
		return field.get("Metadata_Batch").equals(NEW_BATCH);
	}

	private static boolean isThird(final Field field) {
		return field.plate().endsWith("_P" + DEMO.plates());
	}

	private static Screen part(final Screen screen, final Predicate<Field> wanted) {
		return new Screen(screen.channels(), screen.fields().stream().filter(wanted).toList());
	}

	private Path train(final Screen past, final Path model, final String objective, final PrintStream out)
		throws IOException
	{
		if (Files.exists(model)) {
			out.println("   " + objective + ": the model of an earlier run, " + model);
			return model;
		}
		final DataOptions data = DataOptions.of(LABEL, "", CONTROLS)
			.withDownscale(DOWNSCALE.spec())
			.withIntensity(INTENSITY, true)
			.withTile(DEMO.size() / DOWNSCALE.factor(), DataOptions.Augment.ROTATIONS);
		final TrainingOptions training = TrainingOptions.PUBLISHED.withSizes(new EpisodeSizes(32, 64, 1))
			.withEpochs(EPOCHS, EPOCHS)
			.withOptimizer(OptimizerOptions.adam(2e-3).withSchedule(LearningRate.Schedule.COSINE));
		out.println("   " + objective + ": " +
			isophene
				.fineTune(past,
					FineTuneOptions.into(model, data)
						.withObjective(objective)
						.withStart("", ARCHITECTURE)
						.withTraining(training))
				.message());
		return model;
	}

	/** Share of fields whose predicted compound is the true one, which the prediction doesn't use. */
	private double accuracy(final Screen screen, final Path model, final String statistics, final Path predictions)
		throws IOException
	{
		isophene.predictScreen(screen,
			ScreenPredictionOptions.into(predictions)
				.withModels(List.of(model.toString()))
				.withStatistics(statistics)
				.withDrift(false));
		final ProfileTable table = ProfileFile.read(predictions);
		int right = 0;
		for (int row = 0; row < table.rowCount(); row++) {
			if (table.metadata(LABEL, row).equals(table.metadata("Metadata_Predicted_Compound", row))) right++;
		}
		return (double) right / table.rowCount();
	}

	private static String number(final double value) {
		return String.format(Locale.ROOT, "%.2f", value);
	}
}
