// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.util.List;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.RoiManager;
import ij.text.TextPanel;
import io.github.isophene.adaptation.TileClasses;
import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.MissingKey;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.embedding.ImageEmbedder;
import io.github.isophene.embedding.ImagePlusPlanes;
import io.github.isophene.embedding.ImageProfiles;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import net.imglib2.Interval;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Embeds the tiles of the active image, or of what is selected in it, and draws them colored by what they look
 * like.
 */
@Plugin(type = Command.class, name = "embed-image", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Embed Image...", weight = 20.1)})
public class EmbedImage extends IsopheneCommand {

	private static final String CLUSTER = "Metadata_Cluster";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Embed Image",
		"Cuts the active image, or what is selected in it, into tiles and embeds each. Lists them in a table and " +
			"draws them on the image, colored by what looks alike or, if the model has classes, by class.",
		"", "guide/fiji");

	@Parameter(label = "Image", required = false, persist = false)
	private ImagePlus image;

	@Parameter(style = Suggestions.FILE_STYLE, label = "Model", required = false, persist = false,
		description = "The built-in model 'default', which takes any number of channels, or a model file (.zip).")
	private String model = "default";

	@Parameter(label = "Tile (pixels, 0 = automatic)", min = "0", max = "65536", required = false, persist = false,
		description = "Side of a square tile. 0: the model's, or what fits a smaller image.")
	private Integer tile = 0;

	@Parameter(label = "All slices and frames", required = false, persist = false,
		description = "Otherwise only those that are shown. Channels always belong together.")
	private Boolean stack = false;

	@Parameter(label = "Features", choices = {"network", "statistics", "both"}, required = false, persist = false,
		description = "Embedding by the network; statistics of the pixels (intensity, texture, correlation of " +
			"channels), in columns stat_...; or both.")
	private String features = "network";

	@Parameter(label = "Clusters (0 = none)", min = "0", max = "1000", required = false, persist = false,
		description = "How many groups of tiles that look alike are made. Not used by a model with classes.")
	private Integer clusters = 4;

	@Parameter(label = "Draw the tiles on the image", required = false, persist = false,
		description = "As an overlay, in place of an earlier one of this command.")
	private Boolean overlay = true;

	@Parameter(label = "Tiles to the ROI Manager", required = false, persist = false,
		description = "Adds a ROI per tile, named by its number and its cluster or class. Needs a display.")
	private Boolean rois = false;

	@Parameter(label = "Table to write (empty = show it)", style = "save", required = false, persist = false,
		description = "A .parquet, .csv or .csv.gz file.")
	private File table;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section1 = "Computing";

	@Parameter(label = "Seed", required = false, persist = false, description = "Of the clusters.")
	private Integer seed = 1;

	@Parameter(style = Suggestions.STYLE, label = "Device", required = false, persist = false,
		description = "auto, cpu, gpu or gpu:n. See Engine Status.")
	private String device = "auto";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Embeddings")
	private ResultsTable embeddings;

	private List<Roi> tileRois = List.of();

	/** Links a table that shows the embeddings with the tiles on the image. */
	void linkTo(final TextPanel panel) {
		if (image != null && image.getWindow() != null && !tileRois.isEmpty()) TileLink.of(panel, image, tileRois);
	}

	@Override
	protected void check() throws IOException {
		requireImage();
		requireModel("model", model);
		requireSelection();
		if (clusters < 0) throw new IllegalArgumentException("clusters is " + clusters + ": give 0 (none) or more");
		if (path(table) != null) ProfileFile.requireFormat(path(table));
	}

	/** Refuses a selection that is smaller than a tile. */
	private void requireSelection() throws IOException {
		final Interval bounds = new ImagePlusPlanes(image, stack).bounds();
		if (bounds == null) return;
		final ModelCard card = Model.card(text(model).isEmpty() ? Model.DEFAULT : text(model));
		ImageEmbedder.requireTile(bounds, tile, card, Math.min(image.getWidth(), image.getHeight()));
	}

	private void requireImage() {
		if (image == null) throw new MissingKey("image", "a file, or open one (File > Open...)");
		ImagePlusPlanes.check(image);
	}

	@Override
	protected String ready() {
		final ImagePlusPlanes planes = new ImagePlusPlanes(image, stack);
		return "Ready: " + image.getTitle() + ", " +
			(planes.bounds() == null ? "the whole image" : "what is selected") + ", " +
			Count.of(image.getNChannels(), "channel") + (planes.size() > 1 ? ", " + Count.of(planes.size(), "plane") +
			"." : ".");
	}

	@Override
	protected void execute() throws IOException {
		requireImage();
		if (path(table) != null) ProfileFile.requireFormat(path(table));
		final ImageProfiles embedded = isophene.embedPlanes(new ImagePlusPlanes(image, stack),
			model.isBlank() ? "default" : model, tile, text(device), FeatureSet.parse(features));
		embedded.model()
			.map(m -> m.card().intensity())
			.filter(spec -> !spec.isEmpty() && Intensity.parse(spec).isOfPlate())
			.ifPresent(spec -> log.warn("The model's intensity is taken from a plate (" + spec +
				"); of this image alone it is taken from the image " +
				"itself, so that its brightness as a whole is lost: embed a screen to keep it"));
		final FeatureSet set = FeatureSet.parse(features);
		final Model classifier = embedded.model()
			.filter(m -> !m.card().classes().isEmpty() && set != FeatureSet.STATISTICS)
			.orElse(null);
		final ProfileTable tiles = embedded.tiles();
		if (classifier != null) {
			final ProfileTable classes = isophene.classifyTiles(set.ofNetwork(tiles), classifier);
			finish(classes.metadata(TileClasses.predicted(classifier)), TileClasses.predicted(classifier),
				classifier.card().classes(), classes, embedded);
		}
		else if (clusters > 0) {
			final int[] found = isophene.clusters(tiles, clusters, seed);
			final String[] names = new String[found.length];
			for (int i = 0; i < names.length; i++) names[i] = Integer.toString(found[i] + 1);
			finish(names, CLUSTER, List.of(), null, embedded);
		}
		else finish(null, null, List.of(), null, embedded);
	}

	/** @param groups of each tile, or {@code null}; with the name of their column, and the classes that they are of */
	private void finish(final String[] groups, final String column, final List<String> classes,
		final ProfileTable probabilities, final ImageProfiles embedded) throws IOException
	{
		final ProfileTable tiles = groups == null ? embedded.tiles() : embedded.tiles().withMetadata(column, groups);
		if (path(table) != null) ProfileFile.write(tiles, path(table));
		else embeddings = results(tiles, probabilities);
		log.info(Count.of(tiles.rowCount(), "tile") + " x " + Count.of(tiles.featureCount(), "feature") +
			(path(table) != null ? ": " + path(table) : "; to keep them in a file, give it as table"));
		final TileOverlay drawn = new TileOverlay(image);
		for (int row = 0; row < tiles.rowCount(); row++) {
			final int group = groups == null ? 0 : classes.isEmpty() ? Integer.parseInt(groups[row]) - 1
				: classes.indexOf(groups[row]);
			drawn.add(number(tiles, "Metadata_Tile_X", row) * embedded.downscale(),
				number(tiles, "Metadata_Tile_Y", row) * embedded.downscale(), embedded.side(),
				stack ? number(tiles, ImagePlusPlanes.SLICE, row) : image.getSlice(),
				stack ? number(tiles, ImagePlusPlanes.FRAME, row) : image.getFrame(), group,
				groups == null ? Integer.toString(row + 1) : groups[row]);
		}
		tileRois = List.copyOf(drawn.tiles());
		if (overlay) drawn.show(embedded.side(), classes);
		if (!rois) return;
		if (GraphicsEnvironment.isHeadless()) {
			log.warn("There is no ROI Manager without a display: the tiles are in the table");
			return;
		}
		final RoiManager manager = RoiManager.getRoiManager();
		for (int i = 0; i < tileRois.size(); i++) {
			final Roi roi = (Roi) tileRois.get(i).clone();
			roi.setName("tile " + (i + 1) + (groups == null ? "" : " " + groups[i]));
			manager.addRoi(roi);
		}
	}

	private static int number(final ProfileTable tiles, final String column, final int row) {
		return Integer.parseInt(tiles.metadata(column, row));
	}

	private static ResultsTable results(final ProfileTable tiles, final ProfileTable probabilities) {
		final ResultsTable results = new ResultsTable();
		for (int row = 0; row < tiles.rowCount(); row++) {
			results.incrementCounter();
			for (final String column : tiles.metadataColumns()) {
				final String value = tiles.metadata(column, row);
				if (value.matches("-?\\d+")) results.addValue(column, Double.parseDouble(value));
				else results.addValue(column, value);
			}
			if (probabilities != null) add(results, probabilities, row);
			add(results, tiles, row);
		}
		return results;
	}

	private static void add(final ResultsTable results, final ProfileTable table, final int row) {
		final float[] values = table.row(row);
		for (int i = 0; i < values.length; i++) results.addValue(table.featureColumns().get(i), values[i]);
	}
}
