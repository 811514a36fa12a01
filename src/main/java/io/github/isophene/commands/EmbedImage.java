// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
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
		final ProfileTable tiles = isophene.embedImage(ActiveImage.planes(image), model.isBlank() ? "default" : model, tile, text(
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
}
