// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.demo.DemoFiles;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.demo.Effects;
import io.github.isophene.messages.Count;
import io.github.isophene.screen.Screen;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Writes a simulated screen with known phenotypes and known batch effects. */
@Plugin(type = Command.class, name = "demo", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Make Demo Screen...", weight = 10)})
public class MakeDemoScreen extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Make Demo Screen",
		"Simulates plates of cells whose phenotypes and batch effects are " +
			"known, to try things on. The truth is written beside the images.",
		"", "guide/first-plate");

	@Parameter(label = "Folder to write", style = "directory", description = "A new or empty folder.", persist = false,
		required = false)
	private File folder;

	@Parameter(label = "Batches", min = "1", max = "1000", required = false, persist = false,
		description = "Each with its own reagents, microscope and day.")
	private Integer batches = 6;

	@Parameter(label = "Plates per batch", min = "1", max = "1000", required = false, persist = false,
		description = "How many plates each batch has.")
	private Integer plates = 2;

	@Parameter(label = "Wells per plate", min = "1", max = "384", required = false,
		description = "Negative controls included.",
		persist = false)
	private Integer wells = 16;

	@Parameter(label = "Fields per well", min = "1", max = "1000", required = false, persist = false,
		description = "How many images are taken of each well.")
	private Integer fields = 2;

	@Parameter(label = "Phenotypes", min = "2", max = "1000", required = false,
		description = "Phenotypes, the negative control being one.", persist = false)
	private Integer classes = 6;

	@Parameter(label = "Divide treatments among plates", required = false, persist = false,
		description = "Each plate of a batch holds other treatments, as the plates of a compound library.")
	private Boolean library = false;

	@Parameter(label = "Image size (pixels)", min = "32", max = "16384", required = false, persist = false,
		description = "Width and height of an image.")
	private Integer size = 192;

	@Parameter(label = "Technical effects", choices = {"standard", "jump"}, required = false, persist = false,
		description = "standard: strong, easy to see. jump: as large as measured on real plates (JUMP source 3).")
	private String effects = "standard";

	@Parameter(stepSize = "0.1", style = "format:0.########", label = "Strength of the effects", min = "0",
		required = false, description = "Factor on all technical effects: 0 none, 1 as documented.", persist = false)
	private Double shift = 1.0;

	@Parameter(label = "Seed", required = false, description = "The same seed gives the same bytes.", persist = false)
	private Integer seed = 1;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	private boolean whole;

	private DemoOptions options() {
		return DemoOptions.defaults()
			.withBatches(batches)
			.withPlates(plates)
			.withWells(wells)
			.withFields(fields)
			.withSize(size)
			.withClasses(classes)
			.withLibrary(library)
			.withEffects(Effects.parse(effects))
			.withShift(shift)
			.withSeed(seed);
	}

	@Override
	protected Map<String, Path> produced() {
		return path(folder) == null ? Map.of() : Map.of("screen", folder.toPath().resolve("screen.csv"));
	}

	@Override
	protected List<Class<? extends Command>> nextSteps() {
		return List.of(ViewPlate.class, EmbedScreen.class, FineTuneModel.class);
	}

	@Override
	protected void check() throws IOException {
		if (Files.isRegularFile(required(folder, "folder", "a new or empty folder")))
			throw new IllegalArgumentException("folder: " + folder + " is a file: choose a folder");
		whole = DemoScreen.check(path(folder), options());
	}

	@Override
	protected String ready() {
		if (whole) return "Ready. The folder holds this screen already, which will be written again.";
		return UnfinishedPlates.ready(path(folder), batches * plates, (long) batches * plates * wells * fields,
			DemoScreen.CHANNELS) + (holdsOthers() ? " The folder is not empty: its other files stay." : "");
	}

	private boolean holdsOthers() {
		final String[] names = folder.list();
		return names != null && names.length > 0 && !Files.exists(path(folder).resolve(DemoFiles.TRUTH));
	}

	@Override
	protected void execute() throws IOException {
		final Path to = required(folder, "folder", "a new or empty folder");
		final Screen screen = isophene.makeDemoScreen(to, options());
		summary = Count.of(screen.fields().size(), "field") + " on " + Count.of(screen.plates().size(), "plate") +
			": " +
			to.resolve("screen.csv");
		log.info(summary);
	}
}
