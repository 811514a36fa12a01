// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import io.github.isophene.PreviewImages;
import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.MissingKey;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.embedding.ImagePlusPlanes;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.objective.PerturbationPreview;
import io.github.isophene.training.objective.PreviewOptions;
import net.imglib2.RandomAccessibleInterval;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;

/** Shows what an adversarial training does to an image: the active one, or a field of a screen. */
@Plugin(type = Command.class, name = "preview", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Models", weight = 60),
		@Menu(label = "Preview Perturbation...", weight = 60.1)})
public class PreviewPerturbation extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Preview Perturbation",
		"Shows an image as it is, perturbed at random, and perturbed as is worst for a model: what abra-input, abra " +
			"and abra+cs-arm-bn train against.",
		Header.ABRA, "guide/objectives");

	@Parameter(label = "Image", required = false, persist = false)
	private ImagePlus image;

	@Parameter(label = "Screen (instead of an image)", style = "open,both", required = false, persist = false,
		description = "A screen table, or anything that Open Screen opens, instead of the active image.")
	private File screen;

	@Parameter(label = "Field of the screen (1 = first)", min = "1", max = "100000000", required = false,
		persist = false, description = "By the order of the screen table.")
	private Integer field = 1;

	@Parameter(style = Suggestions.FILE_STYLE, label = "Model (empty: random only)", required = false, persist = false,
		description = "A model with classes (.zip), as Fine-tune Model writes it; its gradient finds the worst case.")
	private String model = "";

	@Parameter(label = "Objective", required = false, persist = false,
		description = "abra-input (the image), abra (feature statistics after the first layers), abra+cs-arm-bn.")
	private String objective = "abra-input";

	@Parameter(label = "Settings of the objective", required = false, persist = false,
		description = "name=value; name=value, for example radius=2; gain=0.4. A wrong name lists those there are.")
	private String settings = "";

	@Parameter(label = "Class of the image (empty: as predicted)", required = false, persist = false,
		description = "The class whose loss is raised.")
	private String label = "";

	@Parameter(label = "Tile (pixels, 0 = the model's)", min = "0", max = "65536", required = false, persist = false,
		description = "Side of the square in the middle that is shown.")
	private Integer tile = 0;

	@Parameter(label = "Seed", required = false, persist = false, description = "Of the random perturbation.")
	private Integer seed = 1234;

	@Parameter(style = Suggestions.STYLE, label = "Device", required = false, persist = false,
		description = "auto, cpu, gpu or gpu:n. See Engine Status.")
	private String device = "auto";

	@Parameter(label = "File to write (empty = none)", style = "save", required = false, persist = false,
		description = "A .tif file (all planes, values as they are) or a .png file (a picture with names).")
	private File output;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter
	private PluginService plugins;

	@Parameter(type = ItemIO.OUTPUT, label = "Perturbed")
	private ImagePlus preview;

	@Parameter(type = ItemIO.OUTPUT, label = "Perturbations")
	private ResultsTable effects;

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	@Override
	protected TableColumns columns() {
		return screenColumns(screen);
	}

	/** Whoever has an image open means that, not a screen of an earlier command. */
	@Override
	protected String offered(final String key, final String value) {
		if (key.equals("screen") && image != null) return null;
		return key.equals("model") ? classifier(value) : value;
	}

	@Override
	protected void check() throws IOException {
		if (path(screen) != null) {
			requireScreen(screen);
		}
		else if (image == null) throw noImage();
		if (!text(model).isEmpty() && !text(model).equalsIgnoreCase("none")) requireClasses("model", text(model));
	}

	private static MissingKey noImage() {
		return new MissingKey("image", "a screen, or open an image first");
	}

	@Override
	protected void execute() throws IOException {
		final Path from = path(screen);
		if (from == null && image == null) throw noImage();
		final Path to = path(output);
		if (to != null) {
			PreviewImages.check(to);
			distinct("output", to, "screen", from);
		}
		final Screen opened = from == null ? null : isophene.openScreen(from);
		if (to != null) keepImages(to, opened);
		final PreviewOptions options = PreviewOptions.of(text(model), text(objective))
			.withSettings(text(settings))
			.withLabel(text(label))
			.withTile(tile)
			.withDevice(text(device))
			.withSeed(seed);
		final PerturbationPreview found = from == null
			? isophene.previewPerturbation(ImagePlusPlanes.planes(image), ImagePlusPlanes.channels(image), options)
			: ofScreen(opened, options);
		final PreviewImages images = new PreviewImages(found);
		if (to != null) images.write(to);
		preview = images
			.image((from == null ? image.getTitle() : from.getFileName() + " field " + field) + " perturbed");
		effects = images.table();
		summary = found.message();
		// A table window needs a display: without one the rows would be lost.
		if (GraphicsEnvironment.isHeadless()) summary += "\n" + text(effects);
	}

	/** Returns the rows of a table, tab-separated, with the names of its columns. */
	private static String text(final ResultsTable table) {
		final StringBuilder text = new StringBuilder(table.getColumnHeadings().strip());
		for (int row = 0; row < table.size(); row++) text.append('\n').append(table.getRowAsString(row).strip());
		return text.toString();
	}

	/** Raw images can't be had again. */
	private void keepImages(final Path to, final Screen opened) {
		final String file = to.toAbsolutePath().normalize().toString();
		final boolean raw = opened == null
			? image.getOriginalFileInfo() != null && file.equals(image.getOriginalFileInfo().getFilePath())
			: opened.fields()
				.stream()
				.flatMap(f -> f.planes().stream())
				.anyMatch(p -> p != null && p.path().equals(file));
		if (raw)
			throw new IllegalArgumentException("output is an image that is looked at, " + to +
				", which would be overwritten: give output another name");
	}

	private PerturbationPreview ofScreen(final Screen opened, final PreviewOptions options) throws IOException {
		if (field < 1 || field > opened.fields().size())
			throw new IllegalArgumentException(
				"field is " + field + ", but the screen has fields 1 to " + opened.fields().size());
		final RandomAccessibleInterval<?> planes = FieldReaders.of(plugins).read(opened.fields().get(field - 1));
		return isophene.previewPerturbation(planes, opened.channels(), options);
	}
}
