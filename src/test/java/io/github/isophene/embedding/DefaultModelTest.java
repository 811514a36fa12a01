// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.network.Model;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import net.imglib2.img.Img;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultModelTest {

	/**
	 * Classes whose shapes differ; the fourth one, a brighter stain, can't be seen by a network that scales
	 * each image.
	 */
	private static final List<String> SHAPES = List.of("1", "2", "4", "5");

	@TempDir
	private Path folder;

	@Test
	void itsWeightsAreFewAndInTheJar() throws IOException {
		try (InputStream in = Model.class.getResourceAsStream("default.safetensors")) {
			assertTrue(in.readAllBytes().length <= 10_000_000);
		}
		final Model model = Model.load("default");
		assertEquals(List.of(), model.card().classes());
		assertTrue(model.card().description().contains("simulated cells"), model.card().description());
		assertTrue(model.card().training().get("objective").length() > 1);
	}

	/**
	 * Tests that training separates shapes across batches better than an untrained network: phenotypes are
	 * nearer to themselves in other batches than with random weights.
	 */
	@Test
	void tellsShapesAcrossBatchesBetterThanTheUntrainedOne() throws IOException {
		final List<Field> fields = DemoScreen.write(folder,
			DemoOptions.defaults().withBatches(4).withPlates(1).withWells(12).withFields(2).withSize(160).withSeed(77),
			Progress.NONE)
			.screen()
			.fields()
			.stream()
			.filter(f -> SHAPES.contains(f.get("Metadata_Class")))
			.toList();
		final double trained = recognized(fields, "default");
		final double untrained = recognized(fields, "fixed-seed");
		assertTrue(trained > .6 && trained > untrained + .2, trained + " of the fields, untrained " + untrained);
	}

	/**
	 * Share of the fields whose nearest neighbor in another batch, by the cosine of standardized features, is
	 * of their class.
	 */
	private static double recognized(final List<Field> fields, final String model) throws IOException {
		final float[][] rows = new float[fields.size()][];
		try (ImageEmbedder embedder = new ImageEmbedder(TileNetwork.open(model, "cpu"))) {
			for (int i = 0; i < rows.length; i++) {
				final Img<?> image = FieldReaders.builtIn().read(fields.get(i));
				rows[i] = embedder.embed(image, (int) image.dimension(0)).row(0);
			}
		}
		standardize(rows);
		int right = 0;
		for (int i = 0; i < rows.length; i++) {
			int nearest = -1;
			double most = Double.NEGATIVE_INFINITY;
			for (int j = 0; j < rows.length; j++) {
				if (fields.get(i).get("Metadata_Batch").equals(fields.get(j).get("Metadata_Batch"))) continue;
				final double cosine = product(rows[i], rows[j]) / Math.sqrt(product(rows[j], rows[j]));
				if (cosine > most) {
					most = cosine;
					nearest = j;
				}
			}
			if (fields.get(i).get("Metadata_Class").equals(fields.get(nearest).get("Metadata_Class"))) right++;
		}
		return (double) right / rows.length;
	}

	private static void standardize(final float[][] rows) {
		for (int f = 0; f < rows[0].length; f++) {
			double sum = 0;
			double squares = 0;
			for (final float[] row : rows) {
				sum += row[f];
				squares += row[f] * row[f];
			}
			final double mean = sum / rows.length;
			final double sd = Math.sqrt(Math.max(0, squares / rows.length - mean * mean));
			for (final float[] row : rows) row[f] = sd > 1e-6 ? (float) ((row[f] - mean) / sd) : 0;
		}
	}

	private static double product(final float[] a, final float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
		return sum;
	}
}
