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
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.demo.Effects;
import io.github.isophene.demo.virtual.VirtualPlateOptions;
import io.github.isophene.messages.Count;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Writes plates of real cells with known technical effects. */
@Plugin(type = Command.class, name = "virtual", headless = true, menu = {@Menu(label = "Plugins"),
	@Menu(label = "Isophene"), @Menu(label = "Make Virtual Plates...", weight = 10.05)})
public class MakeVirtualPlates extends IsopheneCommand {

	private static final String SCREEN = "a screen table or a plate's folder";
	private static final String FOLDER = "a new or empty folder";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Make Virtual Plates",
		"Resamples real wells onto plates, with batch and plate effects that are known, to judge methods on real " +
			"cells. Wells of training batches and of held-out batches are different ones. The truth is written " +
			"beside the images.",
		"", "methods/simulated-screens");

	@Parameter(label = "Screen", style = "open,both",
		description = "<html>Real wells: the screen table that <i>Open Screen</i> writes, or anything that it " +
			"opens.</html>",
		persist = false, required = false)
	private File screen;

	@Parameter(style = Suggestions.STYLE, label = "Label column", required = false,
		description = "The column with the class of each well; wells where it is empty are left out.", persist = false)
	private String label = "";

	@Parameter(style = Suggestions.STYLE, label = "Negative controls", required = false,
		description = "column=value[,value], for example Metadata_Compound=DMSO. They are one of the classes.",
		persist = false)
	private String controls = ControlTypes.NEGATIVE_CONTROLS;

	@Parameter(label = "Folder to write", style = "directory", description = "A new or empty folder.", persist = false,
		required = false)
	private File folder;

	@Parameter(label = "Batches", min = "1", max = "99", required = false, persist = false,
		description = "Each with technical effects of its own.")
	private Integer batches = 6;

	@Parameter(label = "Held-out batches", min = "0", max = "98", required = false, persist = false,
		description = "The last batches: their wells are none of those in the other batches.")
	private Integer heldout = 2;

	@Parameter(label = "Plates per batch", min = "1", max = "99", required = false, persist = false,
		description = "How many plates each batch has.")
	private Integer plates = 2;

	@Parameter(label = "Wells per plate", min = "1", max = "384", required = false,
		description = "Negative controls included: about 28 %, at least two.", persist = false)
	private Integer wells = 16;

	@Parameter(label = "Fields per well", min = "1", max = "99", required = false, persist = false,
		description = "Each is a random part of a field of the real well, turned or mirrored.")
	private Integer fields = 2;

	@Parameter(label = "Image size (pixels)", min = "32", max = "4096", required = false, persist = false,
		description = "Width and height of a part; real fields must be as large at least.")
	private Integer size = 192;

	@Parameter(label = "Technical effects", choices = {"jump", "standard"}, required = false, persist = false,
		description = "jump: as large as measured on real plates (JUMP source 3). standard: strong, easy to see.")
	private String effects = "jump";

	@Parameter(stepSize = "0.1", style = "format:0.########", label = "Strength of the effects", min = "0", max = "5",
		required = false, description = "Factor on all technical effects: 0 none, 1 as documented.", persist = false)
	private Double shift = 1.0;

	@Parameter(label = "Seed", required = false, description = "The same seed gives the same bytes.", persist = false)
	private Integer seed = 1;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	private VirtualPlateOptions options() {
		return VirtualPlateOptions
			.of(required(label, "label", "the column with the class of each well" + columns().hint()),
				Selection.of(text(controls)))
			.withBatches(batches, heldout)
			.withPlates(plates)
			.withWells(wells)
			.withFields(fields)
			.withSize(size)
			.withEffects(Effects.parse(effects))
			.withShift(shift)
			.withSeed(seed);
	}

	@Override
	protected TableColumns columns() {
		return screenColumns(screen);
	}

	@Override
	protected void propose() {
		proposeColumns(text(controls), null);
	}

	@Override
	protected Map<String, Path> produced() {
		return path(folder) == null ? Map.of() : Map.of("screen", folder.toPath().resolve("screen.csv"));
	}

	@Override
	protected List<Class<? extends Command>> nextSteps() {
		return List.of(ViewPlate.class, EmbedScreen.class, CompareAdaptations.class);
	}

	@Override
	protected void check() throws IOException {
		requireScreen(screen);
		options();
		columns().require("label", text(label));
		columns().requireControls(Selection.of(text(controls)));
		if (Files.isRegularFile(required(folder, "folder", FOLDER)))
			throw new IllegalArgumentException("folder: " + folder + " is a file: choose a folder");
	}

	@Override
	protected String ready() {
		return UnfinishedPlates.ready(path(folder), batches * plates, (long) batches * plates * wells * fields,
			columns().channels().size());
	}

	@Override
	protected void execute() throws IOException {
		final VirtualPlateOptions options = options();
		final Path to = required(folder, "folder", FOLDER);
		final Screen made = isophene.makeVirtualPlates(isophene.openScreen(place(screen, "screen", SCREEN)), to,
			options);
		summary = Count.of(made.fields().size(), "field") + " on " + Count.of(made.plates().size(), "plate") + ": " +
			to.resolve("screen.csv");
		log.info(summary);
	}
}
