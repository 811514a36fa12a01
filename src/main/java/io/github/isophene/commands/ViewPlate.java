// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import ij.IJ;
import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.LastStep;
import io.github.isophene.commands.dialog.MissingKey;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.files.FileEnding;
import io.github.isophene.messages.Count;
import io.github.isophene.messages.NearMiss;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.plots.Png;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import io.github.isophene.viewer.PlatePicture;
import io.github.isophene.viewer.PlateViewer;
import io.github.isophene.viewer.PlateWells;
import io.github.isophene.viewer.WellColors;
import io.github.isophene.viewer.WellsCsv;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;

/**
 * Shows the wells of plates, colored by metadata, predictions, metrics or features; or writes that as a picture
 * and a table.
 */
@Plugin(type = Command.class, name = "view", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "View Plate...", weight = 10.2)})
public class ViewPlate extends IsopheneCommand {

	/** Side of a well in a picture that is written, pixels. */
	private static final int SIDE = 28;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("View Plate",
		"Shows plates well by well, colored by what is known of the wells. A click opens a field.", "",
		"guide/view");

	@Parameter(label = "Screen", style = "open,both", persist = false, required = false,
		description = "<html>The screen table that <i>Open Screen</i> writes. Without it no images can be " +
			"opened.</html>")
	private File screen;

	@Parameter(label = "Profiles, predictions or metrics (optional)", style = "open", persist = false, required = false,
		description = "A table with Metadata_Plate and Metadata_Well: .parquet, .csv or .csv.gz.")
	private File table;

	@Parameter(style = Suggestions.STYLE, label = "Color by (empty = automatic)", required = false, persist = false,
		description = "A Metadata column, a prediction, a feature, Profile length or Number of fields.")
	private String color = "";

	@Parameter(style = Suggestions.STYLE, label = "Negative controls (empty = none marked)", required = false,
		persist = false, description = "For example Metadata_pert_type=negcon.")
	private String controls = "";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section1 = "Files to write";

	@Parameter(style = Suggestions.STYLE, label = "Plate (empty = all)", required = false, persist = false,
		description = "Of the picture.")
	private String plate = "";

	@Parameter(label = "Picture (optional)", style = "save", persist = false, required = false,
		description = "A .png file.")
	private File picture;

	@Parameter(label = "Table of wells (optional)", style = "save", persist = false, required = false,
		description = "A .csv file.")
	private File wells;

	@Parameter(required = false)
	private UIService display;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	@Override
	public List<String> suggestions(final String key) {
		return switch (key) {
			case "color" -> {
				final List<String> known = new ArrayList<>(columns().metadata());
				known.addAll(tableColumns().metadata());
				yield known.stream().distinct().toList();
			}
			case "plate" -> columns().values("Metadata_Plate");
			default -> super.suggestions(key);
		};
	}

	@Override
	protected TableColumns columns() {
		return path(screen) == null ? tableColumns() : screenColumns(screen);
	}

	@Override
	protected void propose() {
		proposeColumns(text(controls), null);
		// The classes that are being worked with, unless the table has predictions, which are colored first.
		final String label = LastStep.get("label");
		propose("color", label != null && columns().metadata().contains(label) && !tableColumns().metadata()
			.stream()
			.anyMatch(column -> column.startsWith(PlateWells.PREDICTED)) ? label : "", false);
	}

	private TableColumns tableColumns() {
		return path(table) == null ? TableColumns.NONE : profileColumns(table);
	}

	@Override
	protected String ready() {
		final List<String> plates = columns().values(Field.PLATE);
		final List<String> others = tableColumns().values(Field.PLATE);
		return path(screen) == null || plates.isEmpty() || others.isEmpty() || !Collections.disjoint(plates, others)
			? super.ready() : "Ready, but the table begins with other plates than the screen has: " +
				String.join(", ", others.stream().limit(3).toList()) + "; the screen has " +
				String.join(", ", plates.stream().limit(3).toList()) + ". Do both belong together?";
	}

	@Override
	protected void check() throws IOException {
		if (path(screen) == null && path(table) == null)
			throw new MissingKey("screen", "a screen table, or a table of profiles or predictions");
		if (path(screen) != null) requireScreen(screen);
		if (path(table) != null)
			ProfileFile.requireFormat(existing(table, "table", "a table of profiles or predictions"));
		columns().requireControls(Selection.of(text(controls)));
		requireEndings();
	}

	private void requireEndings() {
		if (path(picture) != null) FileEnding.require("picture", path(picture), ".png");
		if (path(wells) != null) FileEnding.require("wells", path(wells), ".csv");
	}

	@Override
	protected void execute() throws IOException {
		if (path(screen) == null && path(table) == null)
			throw new MissingKey("screen", "a screen table, or a table of profiles or predictions");
		requireEndings();
		final Screen opened = path(screen) == null ? null : isophene.openScreen(path(screen));
		final ProfileTable joined = path(table) == null ? null : ProfileFile.read(path(table));
		final PlateWells shown = new PlateWells(opened, joined,
			Selection.of(text(controls)));
		final String column = text(color).isEmpty() ? shown.bestColumn() : text(color);
		if (!shown.columns().contains(column))
			throw new IllegalArgumentException("color: there is no column " + column +
				NearMiss.of(column, shown.columns()) + "; there are " +
				String.join(", ", shown.columns().stream().limit(12).toList()) +
				(shown.columns().size() > 12 ? ", ..." : ""));
		final List<String> plates = text(plate).isEmpty() ? shown.plates() : List.of(text(plate));
		if (!shown.plates().containsAll(plates))
			throw new IllegalArgumentException("plate: there is no plate " + plate + "; there are " +
				String.join(", ", shown.plates().stream().limit(8).toList()));
		write(shown, plates, column);
		final int count = plates.stream().mapToInt(name -> shown.wells(name).size()).sum();
		summary = Count.of(count, "well") + " on " + Count.of(plates.size(), "plate") +
			", colored by " +
			column + (path(picture) == null ? "" : ": " + picture);
		log.info(summary);
		if (path(picture) == null && path(wells) == null && (dialog() != null || !IJ.isMacro()) && display != null &&
			display.isVisible() && !display.isHeadless())
		{
			PlateViewer.show(path(screen) == null ? path(table) : path(screen), shown, FieldReaders.of(pluginService),
				column, LastStep::controls);
		}
	}

	private void write(final PlateWells shown, final List<String> plates, final String column) throws IOException {
		if (path(picture) != null) {
			final int side = plates.size() > 1 ? Math.max(4, SIDE * 12 / shown.format()[1]) : SIDE;
			Png.write(path(picture), PlatePicture.montage(shown, plates, new WellColors(shown, column), side));
		}
		if (path(wells) != null)
			WellsCsv.write(shown, plates.stream().flatMap(name -> shown.wells(name).stream()).toList(), column,
				path(wells));
	}
}
