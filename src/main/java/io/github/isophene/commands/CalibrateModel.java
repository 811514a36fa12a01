// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.adaptation.calibration.CalibrationOptions;
import io.github.isophene.adaptation.calibration.CalibrationReport;
import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Selection;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Adds to an existing or imported model what the statistics {@code calibrated} and {@code mix} need. */
@Plugin(type = Command.class, name = "calibrate", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Models", weight = 60),
		@Menu(label = "Calibrate Model...", weight = 60.2)})
public class CalibrateModel extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Calibrate Model",
		"Measures, on plates with a usual mixture of treatments, how negative controls relate to a whole plate in " +
			"every " +
			"layer of a network. With that, the controls of a new plate alone adapt the model, whatever else is on " +
			"the plate. " + "Models of Fine-tune Model have it already.",
		"", "guide/calibrate");

	@Parameter(label = "Screen", style = "open,both",
		description = "<html>Plates with a usual mixture of treatments and negative controls, a few are " +
			"enough:<br>the screen table that <i>Open Screen</i> writes, or anything that it opens.</html>",
		persist = false, required = false)
	private File screen;

	@Parameter(style = Suggestions.FILE_STYLE, label = "Model", required = false,
		description = "A model file (.zip), such as Import Model writes.", persist = false)
	private String model = "";

	@Parameter(style = Suggestions.STYLE, label = "Negative controls", required = false,
		description = "column=value[,value], for example Metadata_Compound=DMSO.", persist = false)
	private String controls = ControlTypes.NEGATIVE_CONTROLS;

	@Parameter(style = Suggestions.STYLE, label = "Label column (empty = none)", required = false,
		description = "The column with the model's classes: only for statistics = mix, which needs the moments of " +
			"each class.",
		persist = false)
	private String label = "";

	@Parameter(stepSize = "0.01", style = "format:0.########", label = "Share of queries (-1 = as trained)", min = "-1",
		max = "1", required = false,
		description = "<html>Weight of the queries in the batch that the network expects: 1/3 for CS-ARM-BN as " +
			"published,<br>1 for networks that were trained without controls.</html>",
		persist = false)
	private Double queryshare = -1.0;

	@Parameter(label = "Model file to write", style = "save", description = "A .zip file.", persist = false,
		required = false)
	private File calibrated;

	@Parameter(style = Suggestions.STYLE, label = "Device", required = false,
		description = "auto, cpu, gpu or gpu:n. See Engine Status.", persist = false)
	private String device = "auto";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	private CalibrationOptions options() {
		return CalibrationOptions
			.of(text(model), required(calibrated, "calibrated", "the model file to write (.zip)"))
			.withControls(text(controls))
			.withLabel(text(label))
			.withQueryShare(queryshare)
			.withDevice(text(device));
	}

	@Override
	public List<String> suggestions(final String key) {
		return key.equals("model") ? List.of() : super.suggestions(key);
	}

	@Override
	protected void propose() {
		proposeColumns(text(controls), null);
	}

	@Override
	protected TableColumns columns() {
		return screenColumns(screen);
	}

	@Override
	protected void check() throws IOException {
		final Path from = requireScreen(screen);
		required(model, "model", "a model file (.zip)");
		requireModel("model", model);
		columns().requireControls(Selection.of(text(controls)));
		if (!text(label).isEmpty()) columns().require("label", text(label));
		distinct("calibrated", options().calibrated(), "screen", from);
	}

	@Override
	protected String ready() {
		return ready(path(calibrated));
	}

	@Override
	protected void execute() throws IOException {
		final CalibrationOptions options = options();
		final Path from = required(screen, "screen", "a screen table or a plate's folder");
		distinct("calibrated", options.calibrated(), "screen", from);
		final CalibrationReport report = isophene.calibrateModel(isophene.openScreen(from), options);
		summary = report.message();
	}
}
