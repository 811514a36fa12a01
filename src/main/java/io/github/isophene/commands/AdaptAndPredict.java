// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.ScreenPredictionReport;
import io.github.isophene.adaptation.tiles.TileChoice;
import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Preset;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Predicts the classes of every field and well, with the model adapted to each plate. */
@Plugin(type = Command.class, name = "predict", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Adapt and Predict...", weight = 30.4)})
public class AdaptAndPredict extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header
		.of("Adapt and Predict",
			"Adapts a classifier to each plate from its negative controls, and predicts every other " +
				"field and well, with uncertainty. Labels of the plate are never used.",
			Header.CS_ARM_BN, "guide/predict");

	@Parameter(label = "Screen", style = "open,both",
		description = "<html>The screen table that <i>Open Screen</i> writes, or anything that it opens.</html>",
		persist = false, required = false)
	private File screen;

	@Parameter(style = Suggestions.FILE_STYLE, label = "Model", required = false,
		description = "A model file with classes (.zip); or several, separated by commas: their probabilities are " +
			"averaged.",
		persist = false)
	private String model = "";

	@Parameter(style = Suggestions.STYLE, label = "Negative controls", required = false,
		description = "column=value[,value], for example Metadata_Compound=DMSO. They are not predicted.",
		persist = false)
	private String controls = ControlTypes.NEGATIVE_CONTROLS;

	@Parameter(label = "Preset", visibility = ItemVisibility.MESSAGE, style = Suggestions.PRESETS_STYLE,
		required = false, persist = false)
	private final String preset = "Preset";

	@Parameter(label = "Predictions to write", style = "save",
		description = "One row per field. The extension decides the format: .parquet, .csv or .csv.gz.",
		persist = false, required = false)
	private File predictions;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section1 = "Adaptation";

	@Parameter(style = Suggestions.STYLE, label = "Statistics", required = false,
		description = "<html>By which images each plate is normalized.<br>auto: calibrated where the model has a " +
			"calibration and the plates have controls, otherwise as trained.<br>" +
			"calibrated: the controls, moved to what the network expects; right for any mixture of treatments.<br>" +
			"mix: all images, corrected for the predicted mixture; for few control wells or strong effects.<br>" +
			"joint: chunks of queries with controls, as published; for balanced plates.<br>" +
			"joint-plate: all images at once. controls: the controls alone. batch: the queries alone, in chunks.<br>" +
			"training: no adaptation.</html>",
		persist = false)
	private String statistics = StatisticsOrigin.AUTO;

	@Parameter(label = "Uneven illumination", choices = {"none", "apply", "estimate"}, required = false,
		persist = false,
		description = "apply divides by the screen's illumination functions or flat-field profiles; estimate by the " +
			"smoothed mean of each plate.")
	private String illumination = "none";

	@Parameter(label = "Tiles of a field", choices = {"grid", "center"}, required = false,
		description = "All that fit side by side, averaged; or one in the middle, as in the published evaluation.",
		persist = false)
	private String tiles = "grid";

	@Parameter(label = "Queries per episode", min = "1", max = "1000000", required = false,
		description = "For joint and batch: at most so many tiles are normalized together.", persist = false)
	private Integer queries = 64;

	@Parameter(label = "Controls per episode", min = "1", max = "1000000", required = false,
		description = "For joint: how many random control tiles join each episode.", persist = false)
	private Integer controlsperepisode = 128;

	@Parameter(label = "Seed", required = false, description = "Of the order of queries and the choice of controls.",
		persist = false)
	private Integer seed = 1234;

	@Parameter(label = "Measure drift", required = false,
		description = "How far each plate's controls are from those of the training, and the queries from the " +
			"controls; takes a pass over the controls.",
		persist = false)
	private Boolean drift = true;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section2 = "Further files";

	@Parameter(label = "Wells to write (empty = beside the predictions)", style = "save", required = false,
		description = "One row per well; by default <predictions>.wells with the same extension.", persist = false)
	private File wells;

	@Parameter(label = "Adapted models to write (empty = none)", style = "save", required = false,
		description = "A folder, for one model file per plate; or for one plate a file (.zip). For calibrated, mix, " +
			"controls and joint-plate.",
		persist = false)
	private File adapted;

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

	@Parameter(label = "Memory (MB, 0 = automatic)", min = "0", max = "16777216", required = false,
		description = "For decoded tiles and between layers. With less it takes longer, with the same result.",
		persist = false)
	private Integer memory = 0;

	@Parameter(label = "Resume an interrupted run", required = false,
		description = "Takes up the plates that an earlier run with the same settings has finished.", persist = false)
	private Boolean resume = true;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	private ScreenPredictionOptions options() {
		final ScreenPredictionOptions options = ScreenPredictionOptions
			.into(required(predictions, "predictions", "the file to write (.parquet, .csv or .csv.gz)"))
			.withModel(text(model))
			.withStatistics(text(statistics))
			.withControls(text(controls))
			.withTiles(TileChoice.of(text(tiles)))
			.withChunks(queries, controlsperepisode)
			.withSeed(seed)
			.withDrift(drift)
			.withAdapted(path(adapted))
			.withDevice(text(device))
			.withPrecision(text(precision))
			.withResume(resume)
			.withMemory(memory)
			.withIllumination(illumination);
		return path(wells) == null ? options : options.withWells(path(wells));
	}

	private static void distinct(final ScreenPredictionOptions options, final Path from) {
		distinct("predictions", options.predictions(), "screen", from);
		distinct("wells", options.wells(), "screen", from);
		distinct("wells", options.wells(), "predictions", options.predictions());
	}

	@Override
	public List<String> suggestions(final String key) {
		return key.equals("model") ? List.of() : super.suggestions(key);
	}

	@Override
	public List<Preset> presets() {
		return List.of(
			new Preset("default", "By each plate's controls, whatever else is on the plate.",
				preset(StatisticsOrigin.AUTO, null, null)),
			new Preset("as published",
				"CS-ARM-BN as evaluated in its publication: one tile per field, 64 queries with 128 controls.",
				preset("joint", "center", null)),
			new Preset("few controls", "1 to 4 control wells per plate, or treatments with strong effects.",
				preset("mix", null, null)),
			new Preset("no controls, balanced plates",
				"By the plate's own images: right if every plate has a balanced mixture of treatments.",
				preset("batch", null, false)).withoutControls(),
			new Preset("no controls", "The model as it was trained, without adaptation.",
				preset("training", null, false)).withoutControls());
	}

	private static Map<String, Object> preset(final String statistics, final String tiles, final Boolean drift) {
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("statistics", statistics);
		values.put("tiles", tiles);
		values.put("drift", drift);
		values.put("queries", null);
		values.put("controlsperepisode", null);
		return values;
	}

	@Override
	protected TableColumns columns() {
		return screenColumns(screen);
	}

	@Override
	protected void propose() {
		proposeBeside("predictions", path(screen), "-predictions.parquet");
		proposeColumns(text(controls), null);
	}

	@Override
	protected Map<String, Path> produced() {
		return Map.of("table", path(predictions));
	}

	@Override
	protected List<Class<? extends Command>> nextSteps() {
		return List.of(ViewPlate.class);
	}

	@Override
	protected String offered(final String key, final String value) {
		return key.equals("model") ? classifier(value) : value;
	}

	@Override
	protected void check() throws IOException {
		final Path from = requireScreen(screen);
		required(model, "model", "a model file with classes (.zip), such as Fine-tune Model writes");
		for (final String one : list(model)) requireClasses("model", one);
		columns().requireControls(Selection.of(text(controls)));
		final ScreenPredictionOptions options = options();
		ProfileFile.requireFormat(options.predictions());
		distinct(options, from);
	}

	@Override
	protected String ready() {
		return ready(path(predictions), resume);
	}

	@Override
	protected void execute() throws IOException {
		final ScreenPredictionOptions options = options();
		final Path from = required(screen, "screen", "a screen table or a plate's folder");
		distinct(options, from);
		final Screen opened = isophene.openScreen(from);
		final ScreenPredictionReport report = isophene.predictScreen(opened, options);
		summary = report.message();
	}
}
