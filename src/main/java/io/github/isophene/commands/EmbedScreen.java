// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Preset;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.embedding.Level;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Turns every field of a screen into a profile, without outlining cells. */
@Plugin(type = Command.class, name = "embed", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Embed Screen...", weight = 20)})
public class EmbedScreen extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Embed Screen",
		"Turns whole fields into profiles: cut into tiles, embedded by a network, averaged. " +
			"No cells are outlined.",
		"", "guide/embed");

	@Parameter(label = "Screen", style = "open,both",
		description = "<html>The screen table that <i>Open Screen</i> writes, or anything that it opens.</html>",
		persist = false, required = false)
	private File screen;

	@Parameter(style = Suggestions.FILE_STYLE, label = "Model", required = false,
		description = "The built-in model 'default', trained on simulated cells, or its untrained baseline " +
			"'fixed-seed', which both take any number of channels; or a model file (.zip).",
		persist = false)
	private String model = "default";

	@Parameter(label = "One row per", choices = {"tile", "field", "well"}, required = false,
		description = "Tiles are aggregated to fields, and fields to wells.", persist = false)
	private String level = "field";

	@Parameter(label = "Preset", visibility = ItemVisibility.MESSAGE, style = Suggestions.PRESETS_STYLE,
		required = false, persist = false)
	private final String preset = "Preset";

	@Parameter(label = "Profiles to write", style = "save",
		description = "The extension decides the format: .parquet, .csv or .csv.gz.", persist = false, required = false)
	private File profiles;

	@Parameter(label = "Features", choices = {"network", "statistics", "both"}, required = false, persist = false,
		description = "Embedding by the network; statistics of the pixels (intensity, texture, correlation of " +
			"channels), in columns stat_...; or both.")
	private String features = "network";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section1 = "Images";

	@Parameter(style = Suggestions.STYLE, label = "Channels (empty = all)", required = false,
		description = "Which channels of the screen, in which order: a comma-separated list.", persist = false)
	private String channels = "";

	@Parameter(label = "Tile (pixels, 0 = automatic)", min = "0", max = "65536", required = false,
		description = "Side of a square tile. 0: the model's, or what fits smaller images.", persist = false)
	private Integer tile = 0;

	@Parameter(style = Suggestions.STYLE, label = "Intensity (empty = the model's)", required = false,
		description = "<html>control-percentile:0.1:99.9 (of each plate's control wells), plate-percentile:0.1:99.9 " +
			"(of all its wells),<br>" +
			"percentile:0.1:99.9, clip8 (as published), self (each image by itself), fixed:means:sds; auto: the " +
			"first that the screen allows.</html>",
		persist = false)
	private String intensity = "";

	@Parameter(label = "Uneven illumination", choices = {"none", "apply", "estimate"}, required = false,
		persist = false,
		description = "apply divides by the screen's illumination functions or flat-field profiles; estimate by the " +
			"smoothed mean of each plate.")
	private String illumination = "none";

	@Parameter(stepSize = "0.01", style = "format:0.########", label = "Smallest share of nuclei in a tile (0 to 1)",
		min = "0", max = "1", required = false,
		description = "Leaves out tiles with a smaller share of nuclear pixels; 0 keeps every tile.", persist = false)
	private Double foreground = 0.0;

	@Parameter(style = Suggestions.STYLE, label = "Nuclear channel (empty = the first)", required = false,
		persist = false, description = "Where nuclei are looked for, if tiles without any are left out.")
	private String nuclei = "";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section2 = "Plates and controls";

	@Parameter(style = Suggestions.STYLE, label = "Control wells", required = false,
		description = "For example Metadata_pert_type=negcon. Intensities and statistics are taken from them. Empty: " +
			"for intensities, Metadata_pert_type=negcon if the table has it.",
		persist = false)
	private String controls = "";

	@Parameter(style = Suggestions.STYLE, label = "Statistics of the network", required = false,
		description = "<html>auto: calibrated where the model has a calibration and control wells are named, " +
			"otherwise training.<br>" +
			"training: those stored in the model. Otherwise the model is adapted to each plate, as <i>Adapt and " +
			"Predict</i> does.</html>",
		persist = false)
	private String statistics = StatisticsOrigin.AUTO;

	@Parameter(label = "Aggregate by", choices = {"mean", "median"}, required = false, persist = false,
		description = "How tiles become fields, and fields wells.")
	private String aggregate = "mean";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section3 = "Computing";

	@Parameter(style = Suggestions.STYLE, label = "Device", required = false,
		description = "auto, cpu, gpu or gpu:n. See Engine Status.", persist = false)
	private String device = "auto";

	@Parameter(label = "Precision", choices = {"auto", "float32", "bfloat16"}, required = false, persist = false,
		description = "auto: float32. bfloat16: 8 significant bits, faster where the processor or GPU has " +
			"instructions for it; refused elsewhere.")
	private String precision = Precision.AUTO;

	@Parameter(label = "Resume an interrupted run", required = false,
		description = "Takes up the plates that an earlier run with the same settings has finished.", persist = false)
	private Boolean resume = true;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	private EmbeddingOptions options() {
		return EmbeddingOptions.into(required(profiles, "profiles", "the file to write (.parquet, .csv or .csv.gz)"))
			.withModel(model.isBlank() ? "default" : model)
			.withTile(tile)
			.withFeatures(FeatureSet.parse(features))
			.withLevel(Level.parse(level))
			.withAggregation(Aggregation.of(aggregate))
			.withChannels(list(channels))
			.withIntensity(text(intensity))
			.withIllumination(illumination)
			.withForeground(text(nuclei), foreground)
			.withControls(text(controls))
			.withStatistics(text(statistics))
			.withDevice(text(device))
			.withPrecision(text(precision))
			.withResume(resume);
	}

	@Override
	public List<Preset> presets() {
		return List.of(
			new Preset("default", "Intensities by each plate's controls where it has some, else by the plate.",
				preset("", StatisticsOrigin.AUTO)),
			new Preset("as published",
				"CS-ARM-BN as published: each image to 8 bit, the network adapted to all images of each plate.",
				preset("clip8", "joint-plate")),
			new Preset("few controls", "1 to 4 control wells per plate: intensities are taken from whole plates.",
				preset("plate-percentile:0.1:99.9", StatisticsOrigin.AUTO)),
			new Preset("no controls", "Intensities are taken from whole plates, and the network stays as it is.",
				preset("plate-percentile:0.1:99.9", "training")).withoutControls());
	}

	private static Map<String, Object> preset(final String intensity, final String statistics) {
		return Map.of("intensity", intensity, "statistics", statistics);
	}

	@Override
	protected TableColumns columns() {
		return screenColumns(screen);
	}

	@Override
	protected void propose() {
		proposeBeside("profiles", path(screen), "-profiles.parquet");
		dropOtherControls(text(controls));
	}

	@Override
	protected Map<String, Path> produced() {
		return Map.of("profiles", path(profiles), "table", path(profiles));
	}

	@Override
	protected List<Class<? extends Command>> nextSteps() {
		return List.of(ViewPlate.class, CorrectProfiles.class, AssessBatchEffects.class);
	}

	@Override
	protected void check() throws IOException {
		final Path from = requireScreen(screen);
		requireModel("model", model);
		final EmbeddingOptions options = options();
		ProfileFile.requireFormat(options.profiles());
		distinct("profiles", options.profiles(), "screen", from);
		columns().requireChannels("channels", list(channels));
		columns().requireChannels("nuclei", list(nuclei));
		columns().requireControls(Selection.of(text(controls)));
	}

	@Override
	protected String ready() {
		return ready(path(profiles), resume);
	}

	@Override
	protected void execute() throws IOException {
		final EmbeddingOptions options = options();
		final Path from = required(screen, "screen", "a screen table or a plate's folder");
		distinct("profiles", options.profiles(), "screen", from);
		final Screen opened = isophene.openScreen(from);
		final EmbeddingReport report = isophene.embedScreen(opened, options);
		summary = report.message();
	}
}
