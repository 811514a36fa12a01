// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.isophene.adaptation.Probabilities;
import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.TinyModels;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.Level;
import io.github.isophene.network.Model;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Screen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;

/** Embeddings with adapted statistics are those that predictions come from. */
class AdaptedEmbeddingTest {

	@TempDir
	static Path images;

	@TempDir
	Path folder;

	private static Context context;
	private static IsopheneService isophene;
	private static Screen screen;
	private static Path file;
	private static Model model;

	@BeforeAll
	static void simulate() throws IOException {
		context = new Context();
		isophene = context.service(IsopheneService.class);
		screen = DemoScreen
			.write(images.resolve("screen"), DemoOptions.defaults()
				.withBatches(2)
				.withPlates(1)
				.withWells(8)
				.withFields(1)
				.withSize(80)
				.withClasses(2)
				.withSeed(3), Progress.NONE)
			.screen();
		file = TinyModels.write(images.resolve("tiny.zip"), 1);
		model = Model.load(file);
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	private EmbeddingOptions options(final String name) {
		return EmbeddingOptions.into(folder.resolve(name))
			.withModel(file.toString())
			.withDevice("cpu")
			.withControls(ControlTypes.NEGATIVE_CONTROLS);
	}

	/** Softmax of the model's linear layer on an embedding. */
	private static double[] probabilities(final float[] embedding) {
		final float[] weight = model.weights().get("fc.weight").values();
		final float[] bias = model.weights().get("fc.bias").values();
		final double[] logits = new double[bias.length];
		for (int k = 0; k < logits.length; k++) {
			logits[k] = bias[k];
			for (int i = 0; i < embedding.length; i++)
				logits[k] += (double) weight[k * embedding.length + i] * embedding[i];
		}
		return Probabilities.softmax(logits);
	}

	@ParameterizedTest
	@ValueSource(strings = {"training", "controls", "joint-plate", "joint", "batch"})
	void predictionsComeFromThem(final String kind) throws IOException {
		final Path predictions = folder.resolve("predictions.parquet");
		isophene.predictScreen(screen,
			ScreenPredictionOptions.into(predictions).withModel(file.toString()).withDevice("cpu").withStatistics(
			kind));
		isophene.embedScreen(screen, options("tiles.parquet").withLevel(Level.TILE).withStatistics(kind));
		final ProfileTable tiles = ProfileFile.read(folder.resolve("tiles.parquet"));
		assertEquals(screen.fields().size() * 4, tiles.rowCount());
		final Map<String, double[]> means = new LinkedHashMap<>();
		for (int row = 0; row < tiles.rowCount(); row++) {
			if (tiles.metadata("Metadata_pert_type", row).equals("negcon")) continue;
			final double[] mean = means.computeIfAbsent(
				tiles.metadata("Metadata_Plate", row) + tiles.metadata("Metadata_Well", row), w -> new double[3]);
			final double[] p = probabilities(tiles.row(row));
			for (int k = 0; k < 3; k++) mean[k] += p[k] / 4;
		}
		final ProfileTable found = ProfileFile.read(predictions);
		assertEquals(means.size(), found.rowCount());
		for (int row = 0; row < found.rowCount(); row++) {
			final double[] expected = means
				.get(found.metadata("Metadata_Plate", row) + found.metadata("Metadata_Well", row));
			for (int k = 0; k < 3; k++) assertEquals(expected[k], found.feature(row, k), 1e-5);
		}
		try (var left = Files.list(folder)) {
			assertEquals(4, left.count(), "files are left over");
		}
	}

	@Test
	void trainingIsWhatItAlwaysWas() throws IOException {
		isophene.embedScreen(screen, options("a.parquet"));
		isophene.embedScreen(screen, options("b.parquet").withStatistics("training"));
		isophene.embedScreen(screen, options("c.parquet").withStatistics("controls"));
		final byte[] a = Files.readAllBytes(folder.resolve("a.parquet"));
		assertArrayEquals(a, Files.readAllBytes(folder.resolve("b.parquet")));
		assertFalse(Arrays.equals(a, Files.readAllBytes(folder.resolve("c.parquet"))));
	}

	@Test
	void aModelThatWasAdaptedAndSavedEmbedsItsPlateTheSame() throws IOException {
		isophene.predictScreen(screen,
			ScreenPredictionOptions.into(folder.resolve("p.csv"))
				.withModel(file.toString())
				.withDevice("cpu")
				.withStatistics("controls")
				.withAdapted(folder.resolve("models")));
		isophene.embedScreen(screen, options("all.parquet").withStatistics("controls"));
		final ProfileTable all = ProfileFile.read(folder.resolve("all.parquet"));
		int row = 0;
		for (final String plate : screen.plates().keySet()) {
			isophene.embedScreen(new Screen(screen.channels(), screen.plates().get(plate)),
				options("one.parquet").withModel(folder.resolve("models").resolve(plate + ".zip").toString()));
			final ProfileTable one = ProfileFile.read(folder.resolve("one.parquet"));
			for (int i = 0; i < one.rowCount(); i++) assertArrayEquals(all.row(row++), one.row(i));
		}
		assertEquals(all.rowCount(), row);
	}

	@Test
	void theBuiltInModelAdaptsToo() throws IOException {
		isophene.embedScreen(screen, options("default.parquet").withModel("default").withTile(64).withStatistics(
			"controls"));
		assertEquals(4 * 128, ProfileFile.read(folder.resolve("default.parquet")).featureCount());
	}

	@Test
	void withoutControlsOrByAnUnknownWordItSaysSo() {
		assertTrue(says(options("x.parquet").withControls("").withStatistics("controls")).contains("give controls"));
		assertTrue(says(options("x.parquet").withStatistics("median")).contains("joint-plate"));
	}

	private static String says(final EmbeddingOptions options) {
		return assertThrows(IllegalArgumentException.class, () -> isophene.embedScreen(screen, options)).getMessage();
	}
}
