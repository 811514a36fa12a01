// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import io.github.isophene.assessment.AssessedMethod;
import io.github.isophene.assessment.Assessment;
import io.github.isophene.assessment.AssessmentOptions;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.plots.PlotWindow;
import io.github.isophene.screen.Screen;
import org.jfree.chart.JFreeChart;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.platform.PlatformService;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.ui.UIService;

/** Says how much of the batch effect is left in profiles, and how much of the biology. */
@Plugin(type = Command.class, headless = true, menu = { @Menu(label = "Plugins"), @Menu(label = "Isophene"),
	@Menu(label = "Assess Batch Effects...", weight = 80) })
public class AssessBatchEffects extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	private final String header = "<html><b>Assess Batch Effects</b><br>Is the batch effect gone, is the biology still there?<br>" +
		"Compares tables and corrections, and writes a report.</html>";

	@Parameter(label = "Profiles", required = false, persist = false,
		description = "<html>A .parquet, .csv or .csv.gz file: Isophene's, JUMP's, CellProfiler's, DeepProfiler's;<br>" +
			"or several, separated by commas, to compare them.</html>")
	private String profiles = "";

	@Parameter(label = "Methods to compare", required = false, persist = false,
		description = "<html>Chains of corrections, separated by semicolons; none: the profiles as they are.<br>" +
			"For example none; standardize; standardize,sphering:zca:0.1. See Correct Profiles.</html>")
	private String method = AssessmentOptions.NONE;

	@Parameter(label = "Label column", required = false, persist = false,
		description = "What should be recognised across batches, such as a mode of action or the compound.")
	private String label = "";

	@Parameter(label = "Treatment columns (empty = the label)", required = false, persist = false,
		description = "What tells one treatment from another, the compound first, separated by commas: compound, concentration.")
	private String treatment = "";

	@Parameter(label = "Batch column", required = false, persist = false, description = "What should not be recognised.")
	private String batch = "Metadata_Batch";

	@Parameter(label = "Plate column", required = false, persist = false, description = "The column that names the plate.")
	private String plates = "Metadata_Plate";

	@Parameter(label = "Well column", required = false, persist = false, description = "The column that names the well.")
	private String wells = "Metadata_Well";

	@Parameter(label = "Negative controls (empty = none)", required = false, persist = false,
		description = "For example Metadata_pert_type=negcon or Metadata_Compound=DMSO.")
	private String controls = "Metadata_pert_type=negcon";

	@Parameter(label = "Tables to join", required = false, persist = false,
		description = "<html>Platemaps or metadata tables (.csv, .csv.gz), separated by commas, joined by the columns they share " +
			"with the profiles.</html>")
	private String join = "";

	@Parameter(label = "Report to write (folder)", style = "directory", persist = false, required = false,
		description = "report.html and the numbers as CSV.")
	private File report;

	@Parameter(label = "Screen (optional)", style = "open,both", persist = false, required = false,
		description = "<html>In Fiji: the screen table of these profiles, so that a click on a well of the plate map opens its fields.</html>")
	private File screen;

	@Parameter(label = "Seed", required = false, persist = false, description = "Of everything drawn at random.")
	private Integer seed = 1;

	@Parameter
	private PluginService plugins;

	@Parameter(required = false)
	private UIService ui;

	@Parameter(required = false)
	private PlatformService platform;

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	@Override
	protected void execute() throws IOException {
		final Path folder = required(report, "report", "the folder to write the report into");
		final AssessmentOptions options = AssessmentOptions.of(list(profiles).stream().filter(f -> !f.isEmpty()).map(Path::of)
			.toList(), folder).methods(text(method)).label(text(label)).treatment(text(treatment)).batch(text(batch)).plates(text(
				plates)).wells(text(wells)).controls(text(controls)).join(list(join).stream().map(Path::of).toList()).seed(seed);
		final Screen fields = path(screen) == null ? null : isophene.openScreen(path(screen));
		final Assessment assessment = isophene.assessBatchEffects(options);
		summary = assessment.message();
		if (ui != null && ui.isVisible() && !ui.isHeadless()) show(assessment, fields);
	}

	/** In Fiji the maps are windows, too, wells on plates can be clicked, and the report opens in the browser. */
	private void show(final Assessment assessment, final Screen fields) throws IOException {
		for (final AssessedMethod method : assessment.methods()) {
			if (method != assessment.first() && method != assessment.best()) continue;
			new PlotWindow(method.name(), 440, 400).show(method.charts().stream().limit(3).toArray(JFreeChart[]::new));
		}
		final AssessedMethod first = assessment.first();
		final String wells = first.roles().well();
		if (first.metadata().hasMetadata(wells)) {
			new PlateMapWindow(first, first.norms(), fields, FieldReaders.of(plugins)).show("Length of the profiles, " + first.name());
		}
		platform.open(assessment.report().resolve("report.html").toUri().toURL());
	}
}
