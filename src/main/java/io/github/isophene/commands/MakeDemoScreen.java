// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.screen.Screen;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Writes a simulated screen with known phenotypes and known batch effects. */
@Plugin(type = Command.class, headless = true, menu = { @Menu(label = "Plugins"), @Menu(label = "Isophene"),
	@Menu(label = "Make Demo Screen...", weight = 10) })
public class MakeDemoScreen extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
	private final String header = "<html><b>Make Demo Screen</b><br>Simulates plates of cells whose phenotypes and batch effects are<br>" +
		"known, to try things on. The truth is written beside the images.</html>";

	@Parameter(label = "Folder", style = "directory", description = "A new or empty folder.", persist = false, required = false)
	private File folder;

	@Parameter(label = "Batches", min = "1", required = false, persist = false)
	private Integer batches = 6;

	@Parameter(label = "Plates per batch", min = "1", required = false, persist = false)
	private Integer plates = 2;

	@Parameter(label = "Wells per plate", min = "1", required = false, description = "Negative controls included.", persist = false)
	private Integer wells = 16;

	@Parameter(label = "Fields per well", min = "1", required = false, persist = false)
	private Integer fields = 2;

	@Parameter(label = "Image size (pixels)", min = "32", required = false, persist = false)
	private Integer size = 192;

	@Parameter(label = "Classes", min = "2", required = false, description = "Phenotypes, the negative control being one.", persist = false)
	private Integer classes = 6;

	@Parameter(label = "Shift", min = "0", required = false, description = "Strength of all batch effects: 0 none, 1 as documented.", persist = false)
	private Double shift = 1.0;

	@Parameter(label = "Seed", required = false, description = "The same seed gives the same bytes.", persist = false)
	private Integer seed = 1;

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	@Override
	protected void execute() throws IOException {
		final Path to = required(folder, "folder", "a new or empty folder");
		final Screen screen = isophene.makeDemoScreen(to, new DemoOptions(batches, plates, wells, fields, size, classes, shift,
			seed));
		summary = screen.fields().size() + " fields on " + screen.plates().size() + " plates: " + to.resolve("screen.csv");
		log.info(summary);
	}
}
