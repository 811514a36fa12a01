// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;

import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.export.ExportOptions;
import io.github.isophene.screen.Screen;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Writes a screen's images as OME-Zarr plates with pyramids. */
@Plugin(type = Command.class, name = "export", headless = true, menu = {@Menu(label = "Plugins"),
	@Menu(label = "Isophene"), @Menu(label = "Export Screen to OME-Zarr...", weight = 10.3)})
public class ExportScreen extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Export Screen to OME-Zarr",
		"Writes one plate (&lt;plate&gt;.ome.zarr) per plate, with smaller copies of each image for viewers, and a " +
			"screen table of what was written.",
		"", "guide/zarr-and-remote");

	@Parameter(label = "Screen", style = "open,both",
		description = "<html>The screen table that <i>Open Screen</i> writes, or anything that it opens.</html>",
		persist = false, required = false)
	private File screen;

	@Parameter(label = "Folder to write", style = "directory", persist = false, required = false,
		description = "A plate becomes a folder in it.")
	private File folder;

	@Parameter(label = "Version", choices = {"0.4", "0.5"}, required = false, persist = false,
		description = "<html>0.4: what every tool opens. 0.5: Zarr 3, one file per image and level.</html>")
	private String version = "0.4";

	@Parameter(label = "Compression", choices = {"zstd", "gzip", "none"}, required = false, persist = false,
		description = "Without loss; zstd is the fastest, gzip what the oldest tools read.")
	private String compression = "zstd";

	@Parameter(label = "Levels (0 = by size)", min = "0", max = "20", required = false, persist = false,
		description = "Each is half as large as the one before; 0: until the shorter side has 256 pixels or fewer.")
	private Integer levels = 0;

	@Parameter(style = "format:0.########", label = "Pixel size (µm, 0 = unknown)", min = "0", required = false,
		persist = false, description = "Written for viewers that show a scale bar.")
	private Double pixelsize = 0.0;

	@Parameter(label = "Resume an interrupted run", required = false, persist = false,
		description = "Keeps the images that an earlier run has written of the same files.")
	private Boolean resume = true;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	@Override
	protected TableColumns columns() {
		return screenColumns(screen);
	}

	@Override
	protected void check() throws IOException {
		requireScreen(screen);
		required(folder, "folder", "a folder to write plates into");
	}

	@Override
	protected void execute() throws IOException {
		final ExportOptions options = ExportOptions.into(required(folder, "folder", "a folder to write plates into"))
			.withVersion(text(version))
			.withCompression(text(compression))
			.withLevels(levels)
			.withPixelSize(pixelsize)
			.withResume(resume);
		final Screen opened = isophene.openScreen(place(screen, "screen", "a screen table or a plate's folder"));
		summary = isophene.exportScreen(opened, options).message();
	}
}
