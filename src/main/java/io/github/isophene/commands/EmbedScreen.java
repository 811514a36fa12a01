// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.Level;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.screen.Screen;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Turns every field of a screen into a profile, without outlining cells. */
@Plugin(type = Command.class, headless = true, menu = { @Menu(label = "Plugins"), @Menu(label = "Isophene"),
	@Menu(label = "Embed Screen...", weight = 30) })
public class EmbedScreen extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	private final String header = "<html><b>Embed Screen</b><br>Whole fields, cut into tiles and embedded by a network;<br>" +
		"no cells are outlined. Writes one row per tile, field or well.</html>";

	@Parameter(label = "Screen", style = "open,both",
		description = "<html>The screen table that <i>Open Screen</i> writes, or anything that it opens.</html>", persist = false, required = false)
	private File screen;

	@Parameter(label = "Model", required = false,
		description = "The built-in model 'default', trained on simulated cells, or its untrained baseline 'fixed-seed', which both take any number of channels; or a model file (.zip).", persist = false)
	private String model = "default";

	@Parameter(label = "Tile (pixels, 0 = the model's)", min = "0", required = false,
		description = "Side of a square tile.", persist = false)
	private Integer tile = 0;

	@Parameter(label = "One row per", choices = { "tile", "field", "well" }, required = false,
		description = "Tiles are aggregated to fields, and fields to wells.", persist = false)
	private String level = "field";

	@Parameter(label = "Profiles to write", style = "save",
		description = "The extension decides the format: .parquet, .csv or .csv.gz.", persist = false, required = false)
	private File profiles;

	@Parameter(label = "Device", required = false, description = "auto, cpu, gpu or gpu:n. See Engine Status.", persist = false)
	private String device = "auto";

	@Parameter(label = "Resume an interrupted run", required = false,
		description = "Takes up the plates that an earlier run with the same settings has finished.", persist = false)
	private Boolean resume = true;

	@Parameter(label = "Channels (empty = all)", required = false,
		description = "Which channels of the screen, in which order: a comma-separated list.", persist = false)
	private String channels = "";

	@Parameter(label = "Aggregate by", choices = { "mean", "median" }, required = false, persist = false)
	private String aggregate = "mean";

	@Parameter(label = "Intensity (empty = the model's)", required = false,
		description = "percentile:0.1:99.9, clip8, self, fixed:means:sds or plate-percentile:0.1:99.9 (from control wells).", persist = false)
	private String intensity = "";

	@Parameter(label = "Smallest share of nuclei per tile", min = "0", max = "1", required = false,
		description = "Leaves out tiles with a smaller share of nuclear pixels; 0 keeps every tile.", persist = false)
	private Double foreground = 0.0;

	@Parameter(label = "Nuclear channel (empty = the first)", required = false, persist = false)
	private String nuclei = "";

	@Parameter(label = "Control wells", required = false,
		description = "For example Metadata_pert_type=negcon. Needed by intensities and statistics that are taken from controls.", persist = false)
	private String controls = "";

	@Parameter(label = "Statistics", choices = { "training", "controls", "joint-plate", "joint", "batch" }, required = false,
		description = "<html>training: those stored in the model. Otherwise the model is adapted to each plate,<br>" +
			"as <i>Adapt and Predict</i> does.</html>", persist = false)
	private String statistics = "training";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	@Override
	protected void execute() throws IOException {
		final EmbeddingOptions options = EmbeddingOptions.into(required(profiles, "profiles",
			"the file to write (.parquet, .csv or .csv.gz)")).model(model.isBlank() ? "default" : model).tile(tile).level(
				Level.parse(level)).aggregation(Aggregation.of(aggregate)).channels(list(channels)).intensity(text(intensity)).foreground(text(
					nuclei), foreground).controls(text(controls)).statistics(text(statistics)).device(text(device)).resume(resume);
		final Path from = required(screen, "screen", "a screen table or a plate's folder");
		distinct("profiles", options.profiles(), "screen", from);
		final Screen opened = isophene.openScreen(from);
		final EmbeddingReport report = isophene.embedScreen(opened, options);
		summary = report.message();
	}
}
