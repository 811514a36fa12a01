// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import java.io.IOException;

import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.profiles.ProfileTable;
import net.imagej.Dataset;
import net.imagej.ImgPlus;
import net.imglib2.type.numeric.real.FloatType;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.table.GenericTable;

/**
 * <i>Embed Image</i> for ImageJ2's scripts and pipelines: a dataset in, a table and an image of
 * the tiles out. Has no menu item, as that of <i>Embed Image</i> takes every image that is open.
 */
@Plugin(type = Command.class, headless = true, label = "Embed Dataset")
public class EmbedDataset extends ContextCommand {

	@Parameter
	private ImageJIsopheneService isophene;

	@Parameter
	private Dataset image;

	@Parameter(label = "Model", required = false, persist = false)
	private String model = "default";

	@Parameter(label = "Tile (pixels, 0 = the model's)", min = "0", required = false, persist = false)
	private Integer tile = 0;

	@Parameter(label = "Features", choices = {"network", "statistics", "both"}, required = false, persist = false)
	private String features = "network";

	@Parameter(label = "Device", required = false, persist = false)
	private String device = "auto";

	@Parameter(type = ItemIO.OUTPUT, label = "Embeddings")
	private GenericTable embeddings;

	@Parameter(type = ItemIO.OUTPUT, label = "Embedding")
	private ImgPlus<FloatType> map;

	@Override
	public void run() {
		try {
			final ProfileTable tiles = isophene.embed(image, model == null || model.isBlank() ? "default" : model,
				tile == null ? 0 : tile, device == null || device.isBlank() ? "auto" : device,
				features == null || features.isBlank() ? FeatureSet.NETWORK : FeatureSet.parse(features));
			embeddings = isophene.table(tiles);
			map = isophene.map(tiles);
		}
		catch (final IOException | IllegalArgumentException exc) {
			cancel(exc.getMessage());
		}
	}
}
