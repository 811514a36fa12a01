// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.comparison.Comparison;
import io.github.isophene.comparison.ComparisonEstimate;
import io.github.isophene.comparison.ComparisonOptions;
import io.github.isophene.comparison.ComparisonReport;
import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.SourceOptions;
import io.github.isophene.engine.Precision;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.RealWells;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.data.EpisodeSizes;
import net.imglib2.img.Img;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Compares ways of training and of adapting to new plates on a screen, on equal terms. */
@Plugin(type = Command.class, name = "compare", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Models", weight = 60),
		@Menu(label = "Compare Adaptations...", weight = 60.5)})
public class CompareAdaptations extends IsopheneCommand {

	private static final int HELD_OUT = 2;
	private static final int IN_DOMAIN = 4;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header
		.of("Compare Adaptations",
			"Trains on some batches and tests on others, several times: which way of training and " +
				"adapting works on this screen? Writes tables (.csv, .md) and plots.",
			Header.CS_ARM_BN, "guide/compare");

	@Parameter(label = "Screen", style = "open,both",
		description = "<html>The screen table that <i>Open Screen</i> writes, or anything that it opens.</html>",
		persist = false, required = false)
	private File screen;

	@Parameter(style = Suggestions.STYLE, label = "Label column", required = false,
		description = "The classes, for example Metadata_Compound.", persist = false)
	private String label = "";

	@Parameter(style = Suggestions.STYLE, label = "Batch column", required = false,
		description = "Whole batches are held out.", persist = false)
	private String batch = "Metadata_Batch";

	@Parameter(style = Suggestions.STYLE, label = "Control wells", required = false,
		description = "Negative controls, for example Metadata_pert_type=negcon; every plate needs some.",
		persist = false)
	private String controls = ControlTypes.NEGATIVE_CONTROLS;

	@Parameter(style = Suggestions.STYLE, label = "Methods (empty = the usual ones)", required = false,
		description = "<html>Separated by commas: names that the field proposes, such as erm, erm-controls, " +
			"cs-arm-bn-joint; all: every baseline;<br>any objective with statistics, such as dsu:training; " +
			"with a frozen encoder also " +
			"encoder, encoder-tvn...,<br>or any corrections that learn from controls, such as " +
			"encoder+sphering:zca:1.</html>",
		persist = false)
	private String methods = "";

	@Parameter(label = "Seeds", min = "1", max = "1000000", required = false,
		description = "How many times everything is done, each with other held-out batches and first weights.",
		persist = false)
	private Integer seeds = 5;

	@Parameter(label = "Epochs", min = "1", max = "1000000", required = false,
		description = "Each training has them all, and its last weights count.", persist = false)
	private Integer epochs = 20;

	@Parameter(label = "Folder to write", style = "directory",
		description = "Run again with the same folder to go on with an interrupted comparison.", persist = false,
		required = false)
	private File folder;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section1 = "What is tested";

	@Parameter(style = Suggestions.STYLE, label = "Held-out batches", required = false,
		description = "How many, drawn anew by each seed; or names, comma-separated, the same for all seeds.",
		persist = false)
	private String heldout = String.valueOf(HELD_OUT);

	@Parameter(label = "Plates in domain", min = "0", max = "1000000", required = false,
		description = "So many plates of training batches are tested and not trained on; none where a batch is one " +
			"plate.",
		persist = false)
	private Integer indomain = IN_DOMAIN;

	@Parameter(label = "First seed", required = false, persist = false, description = "The others follow it.")
	private Integer seed = 1;

	@Parameter(label = "Label shifts", required = false,
		description = "Concentrations of a Dirichlet distribution; inf is balanced, the smaller the purer. Empty: " +
			"none.",
		persist = false)
	private String alphas = "inf,1,0.1,0.01";

	@Parameter(label = "Numbers of control wells", required = false, description = "Empty: none.", persist = false)
	private String wells = "1,2,4,8,16,32";

	@Parameter(label = "Draws", min = "1", max = "1000000", required = false,
		description = "How often mixtures and control wells are drawn for each plate.", persist = false)
	private Integer draws = 1;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section2 = "Network and training";

	@Parameter(style = Suggestions.STYLE, label = "Architecture", required = false,
		description = "resnet18, resnet34, resnet50; -aa behind: anti-aliased; -each: each channel by itself; " +
			":16 behind: of width 16 instead of 64.",
		persist = false)
	private String architecture = "resnet18:16";

	@Parameter(style = Suggestions.STYLE, label = "Learning rate", required = false,
		description = "<html>Of Adam, at the start of half a cosine. Several, separated by commas: each training " +
			"chooses among them<br>on a training batch that is left out for that, which takes a further training " +
			"per rate.</html>",
		persist = false)
	private String rate = "0.002";

	@Parameter(label = "Images per episode", min = "1", max = "1000000", required = false, persist = false,
		description = "Published: 64.")
	private Integer queries = 32;

	@Parameter(label = "Controls per episode", min = "1", max = "1000000", required = false, persist = false,
		description = "Published: 128.")
	private Integer controlsperepisode = 64;

	@Parameter(label = "Episodes per step", min = "1", max = "1000000", required = false,
		description = "Published: 8.", persist = false)
	private Integer accumulate = 1;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section3 = "Images";

	@Parameter(label = "Tile (pixels, 0 = the whole field)", min = "0", max = "65536", required = false,
		persist = false, description = "Side of the square in the middle of a field; 0 takes all of it.")
	private Integer tile = 0;

	@Parameter(style = Suggestions.STYLE, label = "Downscale", required = false,
		description = "Reduction of fields: 1 (none), mean:2 (mean of 2 x 2 pixels), nearest:2 (one of 2 x 2), ...",
		persist = false)
	private String downscale = "1";

	@Parameter(style = Suggestions.STYLE, label = "Intensity (empty = automatic)", required = false,
		description = "Empty: by the percentiles of each plate's control wells. typemax keeps intensities as they " +
			"are; clip8, percentile:0.1:99.9... scale each image.",
		persist = false)
	private String intensity = "";

	@Parameter(label = "Uneven illumination", choices = {"none", "apply", "estimate"}, required = false,
		persist = false,
		description = "apply divides by the screen's illumination functions or flat-field profiles; estimate by the " +
			"smoothed mean of each plate.")
	private String illumination = "none";

	@Parameter(style = Suggestions.STYLE, label = "Channels (empty = all)", required = false,
		description = "Which channels of the screen, in which order: a comma-separated list.", persist = false)
	private String channels = "";

	@Parameter(style = Suggestions.FILE_STYLE, label = "Frozen encoder (empty = none)", required = false,
		description = "<html>Baselines: an encoder that is not trained here, with a linear probe, as it is, " +
			"standardized per plate and with TVN.<br>" +
			"default, a model file, a TorchScript file, or a table of profiles of all fields.</html>",
		persist = false)
	private String encoder = "";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section4 = "Computing";

	@Parameter(style = Suggestions.STYLE, label = "Device", required = false,
		description = "auto, cpu, gpu or gpu:n. See Engine Status.", persist = false)
	private String device = "auto";

	@Parameter(label = "Precision", choices = {"auto", "float32", "bfloat16"}, required = false, persist = false,
		description = "auto: float32. bfloat16: 8 significant bits, faster where the processor or GPU has " +
			"instructions for it; refused elsewhere. Of trainings, too.")
	private String precision = Precision.AUTO;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	/** Side that is taken where the first field can't be read, pixels. */
	private static final int UNKNOWN_SIDE = 256;

	private ComparisonEstimate estimate;
	private Path measured;
	private int measuredSide;

	@Override
	public List<String> suggestions(final String key) {
		return switch (key) {
			case "methods" ->
				Stream
					.concat(Stream.of("", Method.ALL, "erm,erm-controls,cs-arm-bn-joint-plate"),
						Stream.concat(Method.all().stream(), objectives().stream().map(CompareAdaptations::own))
							.distinct()
							.sorted()
							.map(Method::label))
					.toList();
			case "architecture" -> List.of("resnet18:16", "resnet18", "resnet50", "resnet18-each:16");
			case "rate" -> List.of("0.002", "0.0005,0.002,0.008");
			case "heldout" ->
				Stream.concat(Stream.of("1", "2"), columns().values(text(batch)).stream()).distinct().toList();
			default -> super.suggestions(key);
		};
	}

	@Override
	protected TableColumns columns() {
		return screenColumns(screen);
	}

	@Override
	protected void propose() {
		proposeBeside("folder", path(screen), "-comparison");
		proposeColumns(text(controls), text(batch));
		proposeSplit();
	}

	/** As many held-out batches and tested plates as the screen allows, up to the defaults. */
	private void proposeSplit() {
		final Screen opened = columns().known() ? previewedScreen() : null;
		if (opened == null || !columns().metadata().contains(text(batch))) return;
		final Map<String, Set<String>> plates = new TreeMap<>();
		opened.fields()
			.forEach(field -> plates.computeIfAbsent(field.get(text(batch)), b -> new TreeSet<>()).add(field.plate()));
		if (plates.size() < 3) return;
		final List<String> part = RealWells.heldOutBatches(opened.fields(), field -> field.get(text(batch)));
		propose("heldout", part.isEmpty() || part.size() > plates.size() - 2
			? String.valueOf(Math.min(HELD_OUT, plates.size() - 2)) : String.join(",", part), true);
		final int out = text(heldout).matches("\\d{1,6}") ? whole("heldout", text(heldout)) : list(heldout).size();
		final long several = plates.values().stream().filter(some -> some.size() > 1).count() - out;
		propose("indomain", (int) Math.max(0, Math.min(IN_DOMAIN, several)), true);
	}

	@Override
	protected void check() {
		requireScreen(screen);
		required(label, "label", "the column with the classes" + columns().hint());
		columns().require("label", text(label));
		columns().require("batch", text(batch));
		columns().requireControls(Selection.of(text(controls)));
		columns().requireChannels("channels", list(channels));
		Comparison.requireObjectives(options().methods(), objectives());
		final Screen opened = previewedScreen();
		estimate = opened == null ? null : ComparisonEstimate.of(opened, source(), options(), objectives());
	}

	/** Returns the message when nothing is wrong: how much there is to do. */
	@Override
	protected String ready() {
		if (estimate == null) return "Ready.";
		final int side = tile > 0 ? tile : Math.max(32, fieldSide() / source().downscale().factor());
		return "Ready. " + estimate.sentence(options(), side) + " Can be canceled and resumed.";
	}

	/** Returns the shorter side of the first field, pixels; 256 if it can't be read. */
	private int fieldSide() {
		if (path(screen) != null && !path(screen).equals(measured)) {
			measured = path(screen);
			try (FieldReaders readers = FieldReaders.of(pluginService)) {
				final Img<?> first = readers.read(previewedScreen().fields().get(0));
				measuredSide = (int) Math.min(first.dimension(0), first.dimension(1));
			}
			catch (final IOException | RuntimeException exc) {
				// The run says what is wrong with it.
				measuredSide = UNKNOWN_SIDE;
			}
		}
		return measuredSide;
	}

	private List<Objective> objectives() {
		return Objectives.all(pluginService);
	}

	/** Returns the method of an objective with the statistics that it trains for. */
	private static Method own(final Objective objective) {
		return Method.of(objective.name(), objective.statistics());
	}

	@Override
	protected void execute() throws IOException {
		final Path from = required(screen, "screen", "a screen table or a plate's folder");
		final ComparisonReport report = isophene.compareAdaptations(isophene.openScreen(from), source(), options());
		summary = report.message();
	}

	private SourceOptions source() {
		return SourceOptions.of(text(label), text(batch), text(controls))
			.withChannels(list(channels))
			.withDownscale(text(downscale))
			.withIntensity(text(intensity))
			.withTile(tile)
			.withIllumination(illumination);
	}

	private ComparisonOptions options() {
		final String[] network = text(architecture).split(":", 2);
		ComparisonOptions options = ComparisonOptions.into(required(folder, "folder", "a folder to write results into"))
			.withSeeds(seeds, seed)
			.withNetwork(network[0], network.length < 2 ? 64 : whole("architecture", network[1]))
			.withEpochs(epochs)
			.withRates(values("rate", rate).stream().map(CompareAdaptations::rate).toList())
			.withEpisodes(new EpisodeSizes(queries, controlsperepisode, accumulate))
			.withLabelShifts(values("alphas", alphas).stream().map(CompareAdaptations::alpha).toList(), draws)
			.withControlWells(values("wells", wells).stream().map(w -> whole("wells", w)).toList(), draws)
			.withDevice(text(device))
			.withPrecision(text(precision));
		if (!text(methods).isEmpty())
			options = options.withMethods(Method.list(list(methods), !text(encoder).isEmpty()));
		if (!text(encoder).isEmpty()) options = options.withEncoder(text(encoder));
		if (text(heldout).matches("\\d{1,6}")) return options.withSplit(whole("heldout", text(heldout)), indomain);
		return options.withSplit(1, indomain).withHeldOut(list(heldout));
	}

	private static double alpha(final String text) {
		if (List.of("inf", "infinity").contains(text.toLowerCase(Locale.ROOT))) return Double.POSITIVE_INFINITY;
		try {
			return Double.parseDouble(text);
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException("alphas has '" + text + "': give numbers above 0, or inf", e);
		}
	}

	/** Numbers of a list, of which none may be missing: an empty variable of a script would go unnoticed. */
	private static List<String> values(final String key, final String text) {
		if (text(text).isEmpty()) return List.of();
		final List<String> values = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
		if (values.contains(""))
			throw new IllegalArgumentException(key + " = '" + text + "' lacks a value beside a comma: give it, or " +
				"remove the comma");
		return values;
	}

	private static double rate(final String text) {
		try {
			return Double.parseDouble(text);
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException("rate has '" + text + "': give a number above 0, such as 0.002, or " +
				"several to choose among, such as 0.0005,0.002,0.008", e);
		}
	}

	private static int whole(final String key, final String text) {
		try {
			return Integer.parseInt(text.strip());
		}
		catch (final NumberFormatException e) {
			throw new IllegalArgumentException(key + " has '" + text + "': give a whole number", e);
		}
	}
}
