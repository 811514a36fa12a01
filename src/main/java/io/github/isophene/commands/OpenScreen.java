// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.isophene.commands.dialog.ColoredNames;
import io.github.isophene.commands.dialog.FileCheck;
import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.files.DiskRoot;
import io.github.isophene.files.FileEnding;
import io.github.isophene.messages.Count;
import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.ControlWells;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.PatternInference;
import io.github.isophene.screen.PatternProposal;
import io.github.isophene.screen.Platemap;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.Selection;
import io.github.isophene.screen.format.ImageFiles;
import io.github.isophene.screen.format.LoadDataFormat;
import io.github.isophene.screen.format.PatternPreview;
import io.github.isophene.storage.Storages;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Finds the plates, wells, fields and channels in a folder or file and writes them as a screen table. */
@Plugin(type = Command.class, name = "open", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Open Screen...", weight = 10.1)})
public class OpenScreen extends IsopheneCommand {


	/** Files that a preview looks at. */
	private static final int PREVIEWED = 20;

	/** Files that patterns are inferred from while the dialog waits. */
	private static final int INFERRED = 2000;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Open Screen",
		"Lists the fields of a screen in a table (CellProfiler's LoadData form), " +
			"which every other command reads and any spreadsheet edits.",
		"", "guide/open");

	@Parameter(label = "Folder or file", style = "open,both",
		description = "A plate's or screen's folder, an index file, a table, or the address (https://, s3://) of an " +
			"OME-Zarr plate.",
		persist = false, required = false)
	private File source;

	@Parameter(style = Suggestions.STYLE, label = "Format", required = false,
		description = "auto, or one of the list: what each is, stands in the guide. Where it is installed, " +
			"bioformats, too.",
		persist = false)
	private String format = "auto";

	@Parameter(label = "Platemap (optional)", style = "open", required = false,
		description = "A table with a well column (and a plate column, where plates differ); its columns become " +
			"metadata.",
		persist = false)
	private File platemap;

	@Parameter(style = Suggestions.STYLE, label = "Negative controls (empty = as the tables say)", required = false,
		description = "<html>column=value[,value], such as Metadata_Compound=DMSO; or wells (A01, B01) and whole " +
			"columns (1, 24) or rows (A) of the plate.<br>Written as Metadata_pert_type=negcon, which all commands " +
			"take for controls.</html>",
		persist = false)
	private String controls = "";

	@Parameter(label = "Images may lie on the network", required = false, persist = false,
		description = "For a table or an index on this machine that lists images at https:// or s3://: read them " +
			"from there. The table to write carries this consent to all commands.")
	private Boolean remote = false;

	@Parameter(label = "Screen table to write", style = "save", description = "A .csv or .csv.gz file.",
		persist = false, required = false)
	private File table;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section1 = "Files in folders of their own kind (format = pattern)";

	@Parameter(style = Suggestions.STYLE, label = "Pattern", required = false,
		description = "For format=pattern (or bioformats): a regular expression on the path below the folder, with " +
			"the named groups plate, well (or row and column), site and channel.",
		persist = false)
	private String pattern = "";

	@Parameter(label = "Only show what the pattern makes of the first files", required = false, persist = false,
		description = "Writes nothing; the summary is a table of the pattern's groups for the first 20 files.")
	private Boolean preview = false;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	private Path inferredOf;
	private List<PatternProposal> inferred = List.of();
	private String uninferable;
	private Path proposedOf;
	private boolean unknown;
	private Platemap map;
	private List<String> missing = List.of();
	private final OpenPreview found = new OpenPreview();
	private final FileCheck platemapLook = new FileCheck();

	@Override
	public List<String> suggestions(final String key) {
		return switch (key) {
			case "format" -> Stream
				.concat(Stream.of(ScreenFormats.AUTO),
					new ScreenFormats(pluginService.createInstancesOfType(ScreenFormat.class)).keys().stream())
				.distinct()
				.toList();
			case "pattern" -> {
				final List<String> inferred = inferred().stream().map(PatternProposal::pattern).toList();
				yield inferred.isEmpty()
					? List.of("(?<plate>[^/]+)/(?<well>[A-Z]{1,2}[0-9]{1,4})_s(?<site>[0-9]+)_(?<channel>.+)[.]tif")
					: inferred;
			}
			default -> super.suggestions(key);
		};
	}

	/** Returns patterns that the names of the first files in the folder suggest; inferred once per folder. */
	private List<PatternProposal> inferred() {
		final Path folder = path(source);
		if (folder == null || !Files.isDirectory(folder) || isRoot(folder)) return List.of();
		if (!folder.equals(inferredOf)) {
			inferredOf = folder;
			uninferable = null;
			try {
				inferred = PatternInference.of(folder, INFERRED);
			}
			catch (final IOException exc) {
				inferred = List.of();
				uninferable = exc.getMessage();
			}
		}
		return inferred;
	}

	/** Returns the columns of the screen, as far as they are known, with those of the platemap. */
	@Override
	protected TableColumns columns() {
		final Path from = path(source);
		if (from == null || !Files.exists(from) || isRoot(from)) return platemapColumns();
		found.look(from, text(format), text(pattern), pluginService.createInstancesOfType(ScreenFormat.class));
		return found.columns().joined(platemapColumns());
	}

	private TableColumns platemapColumns() {
		try {
			requirePlatemap();
			return map == null ? TableColumns.NONE : TableColumns.of(map);
		}
		catch (final IOException | IllegalArgumentException exc) {
			// The check says what is wrong with it.
			return TableColumns.NONE;
		}
	}

	/** Reads a platemap that is not large, if one is given. */
	private void requirePlatemap() throws IOException {
		final Path file = path(platemap);
		if (file == null) map = null;
		else platemapLook.require("platemap", existing(platemap, "platemap", "a table with a well column"), "",
			FileCheck.LARGEST_TABLE, () -> {
				map = null;
				map = Platemap.read(file);
			});
	}

	/** The table beside the images, a platemap among them, and a pattern if no format knows the folder. */
	@Override
	protected void propose() {
		final Path from = path(source);
		if (from == null || !Files.exists(from) || isRoot(from)) return;
		final Path folder = Files.isDirectory(from) ? from : from.toAbsolutePath().getParent();
		propose("table", folder.resolve("screen.csv").equals(from) ? null : folder.resolve("screen.csv").toFile(),
			false);
		if (!folder.equals(proposedOf)) {
			proposedOf = folder;
			final File map = platemapIn(folder);
			propose("platemap", map == null ? new File("") : map, false);
			unknown = Files.isDirectory(from) && isUnknown(from);
		}
		// A folder without a pattern of its own must not keep that of the folder before.
		propose("pattern", unknown && !inferred().isEmpty() ? inferred().get(0).pattern() : "", false);
		final String likely = columns().negativeControls();
		propose("controls", likely.equals(ControlTypes.NEGATIVE_CONTROLS) ? "" : likely,
			columns().known() && !columns().fits(text(controls)));
	}

	private static boolean isRoot(final Path folder) {
		try {
			return DiskRoot.is(folder);
		}
		catch (final IOException exc) {
			return false;
		}
	}

	private boolean isUnknown(final Path folder) {
		try {
			new ScreenFormats(pluginService.createInstancesOfType(ScreenFormat.class)).choose(folder,
				ScreenFormats.AUTO);
			return false;
		}
		catch (final IOException | RuntimeException exc) {
			return true;
		}
	}

	private static File platemapIn(final Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			final List<Path> maps = files
				.filter(file -> file.getFileName().toString().matches("(?i).*(plate.?map|layout).*[.](csv|tsv|txt)"))
				.toList();
			return maps.size() == 1 ? maps.get(0).toFile() : null;
		}
		catch (final IOException exc) {
			return null;
		}
	}

	/** Controls that were named by their wells are found by their type in the table that was written. */
	@Override
	protected String handedOn(final String key, final String value) {
		final boolean places = key.equals("controls") && !value.isBlank() && !value.contains("=");
		return places ? ControlTypes.NEGATIVE_CONTROLS : value;
	}

	@Override
	protected Map<String, Path> produced() {
		return preview ? Map.of() : Map.of("screen", path(table));
	}

	/** The first names with the parts that the pattern finds in them, colored. */
	@Override
	protected String details() {
		if (text(pattern).isEmpty() || path(source) == null || !Files.isDirectory(path(source))) return "";
		final String summary = inferred().stream()
			.filter(p -> p.pattern().equals(text(pattern)))
			.map(p -> p.summary() + "<br>")
			.findFirst()
			.orElse("");
		return "<br>" + summary + ColoredNames.html(path(source), text(pattern), 6);
	}

	@Override
	protected List<Class<? extends Command>> nextSteps() {
		return List.of(ViewPlate.class, EmbedScreen.class, FineTuneModel.class);
	}

	@Override
	protected void check() throws IOException {
		final Path from = existing(source, "source", "a folder or file to open");
		requireNoRoot("source", from);
		if (text(format).equals("pattern") || preview)
			required(pattern, "pattern", "a regular expression with named groups");
		columns();
		requireImages(from);
		found.require();
		requirePlatemap();
		missing = found.missing(map);
		if (!text(controls).isEmpty()) {
			ControlWells.parse(text(controls));
			if (text(controls).contains("=")) columns().requireControls(Selection.of(text(controls)));
		}
		if (preview) return;
		final Path to = tableToWrite();
		if (!Storages.isRemote(place(source, "source", ""))) distinct("table", to, "source", from);
		distinct("table", to, "platemap", path(platemap));
	}

	/** Refuses a folder that no format knows and whose names suggest no pattern: empty, without images or wells. */
	private void requireImages(final Path folder) {
		if (!unknown || !folder.equals(proposedOf) || !text(format).isEmpty() && !text(format).equals("auto") &&
			!text(format).equals("pattern")) return;
		final boolean nothing = inferred().isEmpty();
		if (uninferable != null) throw new IllegalArgumentException("source: " + uninferable);
		if (nothing && text(pattern).isEmpty())
			throw new IllegalArgumentException("source: no format knows the folder " + folder +
				", and no part of its " +
				"file names can be a well: give a pattern (in the section below), or choose another folder");
	}

	private Path tableToWrite() {
		final Path to = required(table, "table", "the screen table to write (.csv)");
		FileEnding.require("table", to, ".csv", ".csv.gz");
		return to;
	}

	@Override
	protected String ready() {
		if (preview) return "Ready: shows what the pattern makes of the first files, and writes nothing.";
		return (found.table() == null ? ready(path(table)) : tableFound()) + " " + controlsFound() +
			missing.stream().map(sentence -> "\n" + sentence.replaceAll("[.]*$", ".")).collect(Collectors.joining());
	}

	/** Returns a sentence on the screen table that the folder holds. */
	private String tableFound() {
		final String name = found.table().getFileName().toString();
		final String read = "Ready. The folder has a screen table already, " + name + ": ";
		if (!isSame(found.table(), path(table)))
			return read + "it is read, and written as " + path(table).getFileName() + ".";
		return read + (isUsedAsItIs() ? "it is used as it is."
			: "it is written again with what is given here.");
	}

	/** Returns whether nothing is added to a table. */
	private boolean isUsedAsItIs() {
		final boolean marked = text(controls).isEmpty() || text(controls).equals(ControlTypes.NEGATIVE_CONTROLS);
		return marked && path(platemap) == null && !remote;
	}

	private static boolean isSame(final Path one, final Path other) {
		return one != null && other != null &&
			one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
	}

	private String controlsFound() {
		if (!text(controls).isEmpty()) return "Negative controls: " + text(controls) + ".";
		if (columns().controls().contains(ControlTypes.NEGATIVE_CONTROLS))
			return "Negative controls: " + ControlTypes.NEGATIVE_CONTROLS + ".";
		return "No negative controls were found: name their column and value, or their wells, if the plates have any.";
	}

	@Override
	protected void execute() throws IOException {
		final String from = place(source, "source", "a folder or file to open, or the address of an OME-Zarr plate");
		if (!Storages.isRemote(from)) requireNoRoot("source", Path.of(from));
		if (preview) {
			summary = preview(PatternPreview.of(Path.of(from), text(pattern), PREVIEWED));
			log.info("\n" + summary);
			return;
		}
		final Path to = tableToWrite();
		if (!Storages.isRemote(from)) distinct("table", to, "source", Path.of(from));
		distinct("table", to, "platemap", path(platemap));
		final ControlWells negative = text(controls).isEmpty() ? null : ControlWells.parse(text(controls));
		final Screen opened = isophene.openScreen(from, text(format),
			ScreenOptions.none().withPattern(text(pattern)).withRemote(remote).withWarnings(log::warn), path(platemap));
		final Optional<String> missing = ImageFiles.missing(opened, from);
		final Screen screen = negative == null ? opened : negative.mark(opened);
		final boolean unchanged = isUsedAsItIs() && isSame(ownTable(from), to);
		if (!unchanged) isophene.writeScreen(screen, to);
		summary = String.format(Locale.ROOT, "plates: %d, wells: %d, fields: %d, channels %s: %s",
			screen.plates().size(), screen.wellCount(), screen.fields().size(), String.join(", ", screen.channels()),
			to);
		if (unchanged) summary += " (was there already, and is used as it is)";
		summary += "\n" + controls(screen);
		log.info(summary);
		missing.ifPresent(log::warn);
		incomplete(screen).forEach(log::warn);
		Illumination.unused(screen, "").ifPresent(log::info);
	}

	/** Returns the screen table that a folder is opened by; {@code null} if it is opened by its images. */
	private Path ownTable(final String from) throws IOException {
		if (Storages.isRemote(from) || !Files.isDirectory(Path.of(from)) || !text(pattern).isEmpty()) return null;
		final ScreenFormat chosen = new ScreenFormats(pluginService.createInstancesOfType(ScreenFormat.class))
			.choose(Path.of(from), text(format));
		return chosen.name().equals("loaddata") ? LoadDataFormat.table(Path.of(from)) : null;
	}

	/** Returns a line on the negative controls of a screen, or that it has none. */
	private static String controls(final Screen screen) {
		final Map<String, Set<String>> wells = new LinkedHashMap<>();
		screen.plates().keySet().forEach(plate -> wells.put(plate, new LinkedHashSet<>()));
		for (final Field field : screen.fields()) {
			if (field.get(ControlTypes.COLUMN).equals(ControlTypes.NEGATIVE))
				wells.get(field.plate()).add(field.well());
		}
		final IntSummaryStatistics counts = wells.values().stream().mapToInt(Set::size).summaryStatistics();
		if (counts.getMax() == 0)
			return "No negative controls are named: give them in controls, here or in the commands that need them";
		final List<String> without = wells.keySet().stream().filter(plate -> wells.get(plate).isEmpty()).toList();
		return "Negative controls: " + (counts.getMin() == counts.getMax() ? "" : counts.getMin() + " to ") +
			Count.of(counts.getMax(), "well") + " per plate" +
			(without.isEmpty() ? "" : "; none on " +
				String.join(", ", without.subList(0, Math.min(5, without.size()))) +
				(without.size() > 5 ? ", ..." : ""));
	}

	/**
	 * A line for each channel that some fields don't have: plates that were imaged in other ways, or files that
	 * are gone.
	 */
	private static List<String> incomplete(final Screen screen) {
		final List<String> lines = new ArrayList<>();
		for (int c = 0; c < screen.channels().size(); c++) {
			final int channel = c;
			final List<Field> without = screen.fields().stream().filter(f -> f.planes().get(channel) == null).toList();
			if (without.isEmpty()) continue;
			final List<String> plates = without.stream().map(Field::plate).distinct().toList();
			lines.add(without.size() + " of " + Count.of(screen.fields().size(), "field has", "fields have") +
				" no image of channel " +
				screen.channels().get(c) + " (plates: " +
				String.join(", ", plates.subList(0, Math.min(5, plates.size()))) + (plates.size() > 5 ? ", ..." : "") +
				"): list in channels, where these fields are used, only those that all have");
		}
		return lines;
	}

	/** A preview as text: a line of column names, a line per file, cells apart by tabs. */
	private static String preview(final PatternPreview preview) {
		final StringBuilder text = new StringBuilder(String.join("\t", preview.columns()));
		for (final List<String> row : preview.rows()) text.append('\n').append(String.join("\t", row));
		for (final String file : preview.unmatched()) text.append('\n').append(file).append("\t(does not match)");
		if (!preview.hint().isEmpty()) text.append('\n').append(preview.hint());
		return text.toString();
	}
}
