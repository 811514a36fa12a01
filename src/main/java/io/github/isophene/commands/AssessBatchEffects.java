// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.isophene.UserErrors;
import io.github.isophene.assessment.AssessmentOptions;
import io.github.isophene.commands.dialog.Browser;
import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.LastStep;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.correction.CorrectionOptions;
import io.github.isophene.downstream.DownstreamColumns;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import io.github.isophene.viewer.PlateViewer;
import io.github.isophene.viewer.PlateWells;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Says how much of the batch effect is left in profiles, and how much of the biology. */
@Plugin(type = Command.class, name = "assess", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"),
		@Menu(label = "Assess Batch Effects...", weight = 40.1)})
public class AssessBatchEffects extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Assess Batch Effects",
		"Compares tables of profiles and corrections: is the batch effect gone, is the biology still there? " +
			"Writes a report, with dose responses, active compounds and nearest mechanisms.",
		"", "guide/assess");

	@Parameter(style = Suggestions.FILE_STYLE, label = "Profiles", required = false, persist = false,
		description = "<html>A .parquet, .csv or .csv.gz file: Isophene's, JUMP's, CellProfiler's, " +
			"DeepProfiler's;<br>" + "or several, separated by commas, to compare them.</html>")
	private String profiles = "";

	@Parameter(style = Suggestions.STYLE, label = "Methods to compare", required = false, persist = false,
		description = "<html>Chains of corrections, separated by semicolons; none: the profiles as they are.<br>" +
			"For example none; standardize; standardize:shrink=table. Each is fitted anew on some of the controls " +
			"and judged on the others.</html>")
	private String method = AssessmentOptions.NONE;

	@Parameter(style = Suggestions.STYLE, label = "Label column", required = false, persist = false,
		description = "What should be recognized across batches, such as a mode of action or the compound.")
	private String label = "";

	@Parameter(style = Suggestions.STYLE, label = "Batch column", required = false, persist = false,
		description = "What should not be recognized.")
	private String batch = "Metadata_Batch";

	@Parameter(style = Suggestions.STYLE, label = "Negative controls (empty = none)", required = false, persist = false,
		description = "For example Metadata_pert_type=negcon or Metadata_Compound=DMSO.")
	private String controls = ControlTypes.NEGATIVE_CONTROLS;

	@Parameter(label = "Report to write (folder)", style = "directory", persist = false, required = false,
		description = "report.html and the numbers as CSV.")
	private File report;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section1 = "Columns and tables";

	@Parameter(style = Suggestions.STYLE, label = "Treatment columns (empty = the label)", required = false,
		persist = false,
		description = "What tells one treatment from another, the compound first, separated by commas: compound, " +
			"concentration.")
	private String treatment = "";

	@Parameter(style = Suggestions.STYLE, label = "Dose column (auto = by its name, none)", required = false,
		persist = false,
		description = "For dose responses: the column of the compound's dose, such as Metadata_Concentration.")
	private String dose = DownstreamColumns.AUTO;

	@Parameter(style = Suggestions.STYLE, label = "Mechanism column (auto = by its name, none)", required = false,
		persist = false,
		description = "For the nearest known mechanisms: the column of what is known, such as Metadata_moa.")
	private String mechanism = DownstreamColumns.AUTO;

	@Parameter(style = Suggestions.STYLE, label = "Plate column", required = false, persist = false,
		description = "The column that names the plate.")
	private String plates = "Metadata_Plate";

	@Parameter(style = Suggestions.STYLE, label = "Well column", required = false, persist = false,
		description = "The column that names the well.")
	private String wells = "Metadata_Well";

	@Parameter(label = "Features of a folder of files", choices = {"same", "common"}, required = false, persist = false,
		description = "same: files whose columns differ are refused; common: the columns that all files have are " +
			"read, as after a feature selection of each plate.")
	private String features = "same";

	@Parameter(label = "Tables to join", required = false, persist = false,
		description = "<html>Platemaps or metadata tables (.csv, .csv.gz), separated by commas, joined by the " +
			"columns they share with the profiles.</html>")
	private String join = "";

	@Parameter(label = "Screen (optional)", style = "open,both", persist = false, required = false,
		description = "<html>In Fiji: the screen table of these profiles, so that a click on a well of the map or " +
			"the plate view opens its fields.</html>")
	private File screen;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section2 = "Computing";

	@Parameter(label = "Seed", required = false, persist = false, description = "Of everything drawn at random.")
	private Integer seed = 1;

	@Parameter(required = false)
	private PlatformService platform;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	private AssessmentOptions options() {
		final Path folder = required(report, "report", "the folder to write the report into");
		return AssessmentOptions.of(list(profiles).stream().filter(f -> !f.isEmpty()).map(Path::of).toList(), folder)
			.withMethods(text(method))
			.withLabel(text(label))
			.withTreatment(text(treatment))
			.withDose(text(dose))
			.withMechanism(text(mechanism))
			.withBatch(text(batch))
			.withPlates(text(plates))
			.withWells(text(wells))
			.withControls(text(controls))
			.withFeatures(text(features))
			.withJoin(list(join).stream().map(Path::of).toList())
			.withSeed(seed);
	}

	@Override
	public List<String> suggestions(final String key) {
		return switch (key) {
			case "profiles" -> List.of();
			case "method" -> List.of("none", "none; " + CorrectionOptions.RECOMMENDED,
				"none; standardize; standardize:shrink=table; " + CorrectionOptions.RECOMMENDED);
			case "dose", "mechanism" -> Stream.concat(Stream.of(DownstreamColumns.AUTO, DownstreamColumns.NONE),
				columns().metadata().stream()).toList();
			default -> super.suggestions(key);
		};
	}

	@Override
	protected TableColumns columns() {
		return list(profiles).isEmpty() ? TableColumns.NONE : profileColumns(new File(list(profiles).get(0)));
	}

	@Override
	protected void propose() {
		if (!list(profiles).isEmpty() && !list(profiles).get(0).isEmpty())
			proposeBeside("report", Path.of(list(profiles).get(0)), "-report");
		proposeColumns(text(controls), text(batch));
		final String applied = LastStep.get("correct", "method");
		if (applied != null && !list(profiles).isEmpty())
			propose("method", AssessmentOptions.NONE + "; " + applied, true);
	}

	@Override
	protected Map<String, Path> produced() {
		final Path first = Path.of(list(profiles).get(0));
		return Files.isRegularFile(first) ? Map.of("table", first) : Map.of();
	}

	@Override
	protected List<Class<? extends Command>> nextSteps() {
		return List.of(ViewPlate.class, CorrectProfiles.class);
	}

	@Override
	protected void check() {
		required(profiles, "profiles", "a .parquet, .csv or .csv.gz file");
		for (final String file : list(profiles))
			existing(new File(file), "profiles", "a .parquet, .csv or .csv.gz file");
		requireTable("profiles");
		required(label, "label", "the column that should be recognized across batches" + columns().hint());
		if (text(join).isEmpty()) {
			columns().require("label", text(label));
			columns().require("batch", text(batch));
			list(treatment).forEach(column -> columns().require("treatment", column));
			for (final Map.Entry<String, String> named : Map.of("dose", text(dose), "mechanism", text(mechanism))
				.entrySet())
				if (!DownstreamColumns.isKeyword(named.getValue()))
					columns().require(named.getKey(), named.getValue());
			columns().requireControls(Selection.of(text(controls)));
		}
		options();
	}

	@Override
	protected void execute() throws IOException {
		final AssessmentOptions options = options();
		summary = isophene.assessBatchEffects(options).message();
	}

	/** In Fiji, after a dialog: the plates, linked with the map of the results, and the report in the browser. */
	@Override
	protected void showFurther() {
		final Path report = path(this.report).resolve("report.html");
		try {
			final Path table = Path.of(list(profiles).get(0));
			if (Files.isRegularFile(table)) {
				final Screen fields = path(screen) == null ? null : isophene.openScreen(path(screen));
				final PlateWells wells = PlateWells.ofTable(ProfileFile.read(table), fields,
					Selection.of(text(controls)));
				PlateViewer.show(table, wells, FieldReaders.of(pluginService),
					PlateWells.LENGTH, LastStep::controls);
			}
		}
		catch (final IOException | RuntimeException exc) {
			log.warn("The plates can't be shown: " + UserErrors.message(exc));
		}
		Browser.open(platform, log, report, () -> report.toUri().toURL());
	}
}
