// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Embeds the tiles of the active image: its channels at the current slice and frame. */
@Plugin(type = Command.class, headless = true, menu = { @Menu(label = "Plugins"), @Menu(label = "Isophene"),
	@Menu(label = "Embed Image...", weight = 40) })
public class EmbedImage extends IsopheneCommand {

	@Parameter
	private ImagePlus image;

	@Parameter(label = "Model", required = false, persist = false)
	private String model = "default";

	@Parameter(label = "Tile (pixels, 0 = the model's)", min = "0", required = false, persist = false)
	private Integer tile = 0;

	@Parameter(label = "Device", required = false, persist = false)
	private String device = "auto";

	@Parameter(label = "Table to write (empty = show it)", style = "save", required = false, persist = false,
		description = "A .parquet, .csv or .csv.gz file.")
	private File table;

	@Parameter(type = ItemIO.OUTPUT, label = "Embeddings")
	private ResultsTable embeddings;

	@Override
	protected void execute() throws IOException {
		final ProfileTable tiles = isophene.embedImage(planes(image), model.isBlank() ? "default" : model, tile, text(
			device));
		if (path(table) != null) {
			ProfileFile.write(tiles, path(table));
			return;
		}
		embeddings = new ResultsTable();
		for (int row = 0; row < tiles.rowCount(); row++) {
			embeddings.incrementCounter();
			for (final String column : tiles.metadataColumns()) {
				embeddings.addValue(column, Double.parseDouble(tiles.metadata(column, row)));
			}
			final float[] values = tiles.row(row);
			for (int i = 0; i < values.length; i++) embeddings.addValue(tiles.featureColumns().get(i), values[i]);
		}
	}

	/** The channels of the current slice and frame as an image [X, Y, C]. */
	private static RandomAccessibleInterval<?> planes(final ImagePlus image) {
		if (image.getType() == ImagePlus.COLOR_RGB || image.getType() == ImagePlus.COLOR_256) {
			throw new IllegalArgumentException("'" + image.getTitle() +
				"' is a colour image: split its channels first (Image > Color > Make Composite)");
		}
		final int channels = image.getNChannels();
		final PlanarImg<FloatType, FloatArray> planes = PlanarImgs.floats(image.getWidth(), image.getHeight(), channels);
		for (int c = 0; c < channels; c++) {
			final ImageProcessor plane = image.getStack().getProcessor(image.getStackIndex(c + 1, image.getSlice(), image
				.getFrame()));
			System.arraycopy(plane.convertToFloat().getPixels(), 0, planes.getPlane(c).getCurrentStorageArray(), 0, planes
				.getPlane(c).getArrayLength());
		}
		return planes;
	}
}
