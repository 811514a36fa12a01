// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.isophene.commands.dialog.CorrectionWords;
import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Preset;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionOptions;
import io.github.isophene.correction.Corrections;
import io.github.isophene.files.FileEnding;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Selection;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Makes the profiles of plates and batches comparable. */
@Plugin(type = Command.class, name = "correct", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Correct Profiles...", weight = 40)})
public class CorrectProfiles extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Correct Profiles",
		"Makes profiles comparable across plates and batches, learning from negative controls. " +
			"Reads any table of profiles.",
		"", "guide/correct");

	@Parameter(label = "Profiles", style = "open", persist = false, required = false,
		description = "A .parquet, .csv or .csv.gz file: Isophene's, JUMP's, CellProfiler's, DeepProfiler's.")
	private File profiles;

	@Parameter(label = "Preset", visibility = ItemVisibility.MESSAGE, style = Suggestions.PRESETS_STYLE,
		required = false, persist = false)
	private final String preset = "Preset";

	@Parameter(style = Suggestions.STYLE, label = "Method", required = false, persist = false,
		description = "<html>One or more, separated by commas, with settings after colons:<br>standardize, " +
			"mad_robustize, center, int, " +
			"sphering:zca:0.1, tvn:coral, combat, harmony:nclust=300, pca:0.98,<br>aggregate, drop_missing, " +
			"variance, correlation, outlier, " +
			"variant, clip, wellpos, regress_out...<br>An unknown one lists all.</html>")
	private String method = CorrectionOptions.RECOMMENDED;

	@Parameter(style = Suggestions.STYLE, label = "Negative controls (empty = learn from all rows)", required = false,
		persist = false, description = "For example Metadata_pert_type=negcon.")
	private String controls = ControlTypes.NEGATIVE_CONTROLS;

	@Parameter(label = "Corrected profiles to write", style = "save", persist = false, required = false,
		description = "The extension decides the format: .parquet, .csv or .csv.gz.")
	private File corrected;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section1 = "Columns and tables";

	@Parameter(style = Suggestions.STYLE, label = "Batch column", required = false, persist = false,
		description = "The column that names the batch.")
	private String batch = "Metadata_Batch";

	@Parameter(style = Suggestions.STYLE, label = "Plate column", required = false, persist = false,
		description = "The column that names the plate.")
	private String plates = "Metadata_Plate";

	@Parameter(label = "Features of a folder of files", choices = {"same", "common"}, required = false, persist = false,
		description = "same: files whose columns differ are refused; common: the columns that all files have are " +
			"read, as after a feature selection of each plate.")
	private String features = "same";

	@Parameter(label = "Tables to join", required = false, persist = false,
		description = "<html>Platemaps or metadata tables (.csv, .csv.gz), separated by commas, joined by the " +
			"columns they share " +
			"with the profiles,<br>such as JUMP's plate.csv.gz and perturbation_control.csv.</html>")
	private String join = "";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section2 = "Learn now, apply later";

	@Parameter(label = "Keep what was learned in", style = "save", persist = false, required = false,
		description = "A file (.npz) to be applied to other plates. NumPy opens it.")
	private File fitted;

	@Parameter(label = "Apply what was learned earlier", style = "open", persist = false, required = false,
		description = "A file that 'Keep what was learned in' wrote; its method is applied.")
	private File apply;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section3 = "Computing";

	@Parameter(label = "Seed", required = false, persist = false,
		description = "Of methods that draw at random (harmony).")
	private Integer seed = 1;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	/** Returns the method to learn: where an earlier fit is applied, the default is not meant. */
	private String method() {
		return path(apply) != null && text(method).equals(CorrectionOptions.RECOMMENDED) ? "" : text(method);
	}

	private CorrectionOptions options() {
		final Path from = required(profiles, "profiles", "the file to correct (.parquet, .csv or .csv.gz)");
		final Path to = required(corrected, "corrected", "the file to write (.parquet, .csv or .csv.gz)");
		if (path(fitted) != null) FileEnding.require("fitted", path(fitted), ".npz");
		return CorrectionOptions.of(from, to)
			.withMethod(method())
			.withBatch(text(batch))
			.withPlates(text(plates))
			.withControls(text(controls))
			.withFeatures(text(features))
			.withJoin(list(join).stream().map(Path::of).toList())
			.withFitted(path(fitted))
			.withApply(path(apply))
			.withSeed(seed);
	}

	@Override
	public List<String> suggestions(final String key) {
		if (!key.equals("method")) return super.suggestions(key);
		return Stream.concat(
			Stream.of(CorrectionOptions.RECOMMENDED, "standardize:shrink=table", "standardize", "mad_robustize,int"),
			new Corrections(pluginService.createInstancesOfType(Correction.class)).all().stream().map(Correction::name))
			.distinct()
			.toList();
	}

	@Override
	public List<Preset> presets() {
		return List.of(
			new Preset("default", "To start with; chosen on simulated plates with 1 to 16 control wells.",
				Map.of("method", CorrectionOptions.RECOMMENDED)),
			new Preset("as published", "JUMP's recipe without its choice of features: robust z-scores by plate, ranks.",
				Map.of("method", "variant,mad_robustize:scale=1,int")),
			new Preset("few controls", "1 to 4 control wells per plate: nothing is learned of single plates.",
				Map.of("method", CorrectionWords.FEW_CONTROLS)),
			new Preset("no controls",
				"Each plate to all its wells: right if every plate has a balanced mixture of treatments.",
				Map.of("method", "standardize", "controls", "")));
	}

	@Override
	protected TableColumns columns() {
		return profileColumns(profiles);
	}

	@Override
	protected void propose() {
		proposeBeside("corrected", path(profiles), "-corrected.parquet");
		proposeColumns(text(controls), text(batch));
	}

	@Override
	protected Map<String, Path> produced() {
		// Assess fits a correction anew, and judges it on rows that it was not fitted on.
		return Map.of("profiles", path(profiles), "table", path(corrected));
	}

	@Override
	protected List<Class<? extends Command>> nextSteps() {
		return List.of(AssessBatchEffects.class, ViewPlate.class);
	}

	@Override
	protected void check() throws IOException {
		existing(profiles, "profiles", "the file to correct (.parquet, .csv or .csv.gz)");
		requireTable("profiles");
		if (path(apply) == null) {
			required(method, "method", "one or more corrections, such as standardize:shrink=table");
			new Corrections(pluginService.createInstancesOfType(Correction.class)).parse(text(method));
		}
		// Columns may come from the tables that are joined.
		if (text(join).isEmpty()) columns().requireControls(Selection.of(text(controls)));
		ProfileFile.requireFormat(options().corrected());
	}

	@Override
	protected String ready() {
		return ready(path(corrected));
	}

	@Override
	protected void execute() throws IOException {
		summary = isophene.correctProfiles(options());
	}
}
