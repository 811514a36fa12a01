// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.measure.ResultsTable;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.plots.PlotStyle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;

/** The active image with selections and stacks, its table and its overlay. */
class EmbedImageTest {

	private static Context context;

	@TempDir
	Path folder;

	@BeforeAll
	static void start() {
		context = new Context();
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	/** [X, Y] = 128 x 96 with noise that is finer in the right half. */
	private static ImagePlus image(final int channels, final int slices, final int frames) {
		final Random random = new Random(5);
		final ImageStack stack = new ImageStack(128, 96);
		for (int i = 0; i < channels * slices * frames; i++) {
			final FloatProcessor plane = new FloatProcessor(128, 96);
			for (int y = 0; y < 96; y++) for (int x = 0; x < 128; x++) {
				plane.setf(x, y,
					x < 64 ? 100 + 5 * ((x / 16 + y / 16) % 2) + random.nextFloat() : random.nextInt(1000));
			}
			stack.addSlice(plane);
		}
		final ImagePlus image = new ImagePlus("noise", stack);
		image.setDimensions(channels, slices, frames);
		image.setOpenAsHyperStack(true);
		return image;
	}

	private static ResultsTable embed(final ImagePlus image, final Object... more) throws Exception {
		final Map<String, Object> inputs = new HashMap<>(Map.of("image", image, "tile", 32, "device", "cpu"));
		for (int i = 0; i < more.length; i += 2) inputs.put((String) more[i], more[i + 1]);
		return (ResultsTable) context.service(CommandService.class)
			.run(EmbedImage.class, true, inputs)
			.get()
			.getOutput("embeddings");
	}

	@Test
	void textureDecidesTheColorOfATile() throws Exception {
		final ImagePlus image = image(1, 1, 1);
		final ResultsTable table = embed(image, "clusters", 2);
		assertEquals(12, table.size());
		for (int row = 0; row < 12; row++) {
			assertEquals(
				table.getValue("Metadata_Tile_X", row) < 64 ? table.getValue("Metadata_Cluster", 0)
					: 3 - table.getValue("Metadata_Cluster", 0),
				table.getValue("Metadata_Cluster", row), "tile " + row);
		}
		final Overlay overlay = image.getOverlay();
		assertEquals(12, overlay.size());
		assertEquals("1", overlay.get(0).getName());
		assertTrue(!overlay.get(0).getStrokeColor().equals(overlay.get(3).getStrokeColor()));
	}

	@Test
	void takesWhatIsSelectedWithTheIntensitiesOfTheWholeImage() throws Exception {
		final ImagePlus image = image(2, 1, 1);
		final ResultsTable all = embed(image);
		image.setRoi(new Roi(64, 32, 64, 64));
		final ResultsTable some = embed(image);
		assertEquals(4, some.size());
		for (int row = 0; row < 4; row++) {
			assertEquals(64 + row % 2 * 32, some.getValue("Metadata_Tile_X", row));
			assertEquals(32 + row / 2 * 32, some.getValue("Metadata_Tile_Y", row));
			final int same = (row / 2 + 1) * 4 + row % 2 + 2;
			assertEquals(all.getValue("emb_ch2_0007", same), some.getValue("emb_ch2_0007", row), 1e-5);
		}
		image.setRoi(new PolygonRoi(new int[]{0, 96, 96, 0}, new int[]{0, 0, 40, 96}, 4, Roi.POLYGON));
		assertEquals(7, embed(image).size(), "a tile belongs to a selection by its middle");
		image.setRoi(new Roi(0, 0, 20, 20));
		assertThrows(Exception.class, () -> embed(image));
	}

	@Test
	void theTileOfASelectedRowIsNoSelectionUntilAUserChangesIt() throws Exception {
		final ImagePlus image = image(1, 1, 1);
		embed(image);
		final Roi tile = image.getOverlay().get(5);
		TileLink.select(image, tile);
		assertEquals(tile.getBounds(), image.getRoi().getBounds());
		assertEquals(12, embed(image).size());
		image.getRoi().setLocation(60, 40);
		assertThrows(Exception.class, () -> embed(image), "30 x 30 pixels are less than a tile");
	}

	@Test
	void stacksGoPlaneByPlane() throws Exception {
		final ImagePlus image = image(2, 3, 2);
		image.setPosition(1, 2, 2);
		final ResultsTable shown = embed(image);
		final ResultsTable all = embed(image, "stack", true);
		assertEquals(12, shown.size());
		assertEquals(6 * 12, all.size());
		final List<Integer> second = new ArrayList<>();
		for (int row = 0; row < all.size(); row++) {
			if (all.getValue("Metadata_Slice", row) == 2 && all.getValue("Metadata_Frame", row) == 2) second.add(row);
		}
		assertEquals(12, second.size());
		for (int i = 0; i < 12; i++) {
			assertEquals(shown.getValue("emb_ch1_0003", i), all.getValue("emb_ch1_0003", second.get(i)), 1e-5);
		}
		assertEquals(72, image.getOverlay().size(), "an earlier overlay of tiles is replaced");
		assertEquals(2, image.getOverlay().get(12).getZPosition());
	}

	@Test
	void otherOverlaysStay() throws Exception {
		final ImagePlus image = image(1, 1, 1);
		image.setOverlay(new Overlay(new Roi(1, 1, 5, 5)));
		embed(image, "clusters", 0);
		embed(image, "clusters", 0);
		assertEquals(13, image.getOverlay().size());
		final ImagePlus bare = image(1, 1, 1);
		embed(bare, "overlay", false);
		assertNull(bare.getOverlay());
	}

	@Test
	void colorImagesAreRefusedWithTheRemedy() {
		final Exception refused = assertThrows(Exception.class,
			() -> embed(new ImagePlus("rgb", new ColorProcessor(64, 64))));
		Throwable cause = refused;
		while (cause.getCause() != null) cause = cause.getCause();
		assertTrue(cause.getMessage().contains("Make Composite"), cause.toString());
	}

	/**
	 * A model of two classes that tells the halves of {@link #image} with one channel apart: its last layer is
	 * made of their embeddings.
	 */
	private File classifier(final String first, final String second) throws Exception {
		final Architecture network = new Architecture(Architecture.NetworkDepth.RESNET18, false, 1, 4, 2);
		final StateDict weights = Initialization.random(network, 1);
		final File file = folder.resolve("classes.zip").toFile();
		final ModelCard card = new ModelCard("halves", "", network, ModelCard.Input.ALL_CHANNELS, List.of("gray"), 32,
			"percentile:0.1:99.9", List.of(first, second), "Metadata_Half", StatisticsOrigin.TRAINING, Map.of());
		ModelFile.write(new Model(card, weights), file.toPath());
		final ResultsTable tiles = embed(image(1, 1, 1), "model", file.getPath());
		final String[] features = Arrays.stream(tiles.getHeadings())
			.filter(name -> name.startsWith("emb_"))
			.toArray(String[]::new);
		final float[] layer = new float[2 * features.length];
		double middle = 0;
		for (int i = 0; i < features.length; i++) {
			double left = 0, right = 0;
			for (int row = 0; row < 12; row++) {
				if (tiles.getValue("Metadata_Tile_X", row) < 64) left += tiles.getValue(features[i], row) / 6;
				else right += tiles.getValue(features[i], row) / 6;
			}
			layer[i] = (float) (left - right);
			layer[features.length + i] = (float) (right - left);
			middle += (left - right) * (left + right) / 2;
		}
		weights.put("fc.weight", new long[]{2, features.length}, layer);
		weights.put("fc.bias", new long[]{2}, new float[]{(float) -middle, (float) middle});
		ModelFile.write(new Model(card, weights), file.toPath());
		return file;
	}

	@Test
	void aModelWithClassesColorsByPrediction() throws Exception {
		final String model = classifier("flat", "fine").getPath();
		final ImagePlus image = image(1, 2, 1);
		final ResultsTable table = embed(image, "model", model, "stack", true);
		assertEquals(24, table.size());
		for (int row = 0; row < 24; row++) {
			final boolean left = table.getValue("Metadata_Tile_X", row) < 64;
			assertEquals(left ? "flat" : "fine", table.getStringValue("Metadata_Predicted_Half", row), "tile " + row);
			assertEquals(1, table.getValue("prob_flat", row) + table.getValue("prob_fine", row), 1e-5);
			assertTrue(table.getValue("prob_flat", row) > .5 == left);
			final Roi tile = image.getOverlay().get(row);
			assertEquals(table.getValue("Metadata_Slice", row), tile.getPosition());
			assertEquals(left ? "flat" : "fine", tile.getName());
			assertEquals(PlotStyle.color(left ? 0 : 1), tile.getStrokeColor(), "the color is the class's");
		}
		image.setRoi(new OvalRoi(64, 0, 64, 96));
		final ResultsTable some = embed(image, "model", model);
		assertEquals(6, some.size());
		assertEquals(6, image.getOverlay().size());
		assertEquals("fine", some.getStringValue("Metadata_Predicted_Half", 0));
		assertEquals(PlotStyle.color(1), image.getOverlay().get(0).getStrokeColor(),
			"as before, though the first class does not occur");
	}

	@Test
	void namesThatDoNotFitIntoATileStandInAList() throws Exception {
		final String model = classifier("aurora kinase inhibitor", "DMSO").getPath();
		final ImagePlus image = image(1, 1, 1);
		for (int time = 0; time < 2; time++) {
			embed(image, "model", model);
			assertEquals(14, image.getOverlay().size(), "tiles, and the two classes");
			assertEquals("1", image.getOverlay().get(0).getName());
			assertEquals("2", image.getOverlay().get(3).getName());
			assertEquals("1 aurora kinase inhibitor", ((TextRoi) image.getOverlay().get(12)).getText().strip());
			assertEquals(PlotStyle.color(1), image.getOverlay().get(13).getStrokeColor());
			assertEquals("", image.getOverlay().get(13).getName(), "is drawn over what it names");
		}
	}

	@Test
	void withoutAnImageSaysSo() {
		Throwable cause = assertThrows(Exception.class,
			() -> context.service(CommandService.class).run(EmbedImage.class, true, "tile", 32).get());
		while (cause.getCause() != null) cause = cause.getCause();
		assertEquals("image is missing: give a file, or open one (File > Open...)", cause.getMessage());
	}
}
