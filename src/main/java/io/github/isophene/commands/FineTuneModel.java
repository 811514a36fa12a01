// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Preset;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.commands.dialog.TableColumns;
import io.github.isophene.engine.Precision;
import io.github.isophene.files.FileEnding;
import io.github.isophene.finetuning.FineTuneOptions;
import io.github.isophene.finetuning.FineTuneReport;
import io.github.isophene.network.Model;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Selection;
import io.github.isophene.training.DataOptions;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.TrainedPart;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.optimizer.LearningRate;
import io.github.isophene.training.optimizer.OptimizerOptions;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Trains a classifier on the fields of a screen, from scratch or from a model. */
@Plugin(type = Command.class, name = "train", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Fine-tune Model...", weight = 30)})
public class FineTuneModel extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Fine-tune Model",
		"Learns the classes of a screen's wells from whole fields, so that they are recognized " +
			"on new plates. Writes a model, its log (.csv) and a plot of it (.png).",
		Header.CS_ARM_BN + "; for abra " + Header.ABRA, "guide/train");

	@Parameter(label = "Screen", style = "open,both",
		description = "<html>The screen table that <i>Open Screen</i> writes, or anything that it opens.</html>",
		persist = false, required = false)
	private File screen;

	@Parameter(style = Suggestions.STYLE, label = "Label column", required = false,
		description = "The classes to learn, for example Metadata_Compound. Fields where it is blank are left out.",
		persist = false)
	private String label = "";

	@Parameter(style = Suggestions.STYLE, label = "Batch column (empty: each plate)", required = false,
		description = "Whole batches are set aside for validation where there are 3 or more.", persist = false)
	private String batch = "Metadata_Batch";

	@Parameter(style = Suggestions.STYLE, label = "Control wells", required = false,
		description = "Negative controls, for example Metadata_pert_type=negcon. They carry no label.", persist = false)
	private String controls = ControlTypes.NEGATIVE_CONTROLS;

	@Parameter(label = "Preset", visibility = ItemVisibility.MESSAGE, style = Suggestions.PRESETS_STYLE,
		required = false, persist = false)
	private final String preset = "Preset";

	@Parameter(style = Suggestions.STYLE, label = "Objective", required = false,
		description = "erm (ordinary training), arm-bn or cs-arm-bn (in context, the latter with controls), abra, ...",
		persist = false)
	private String objective = "cs-arm-bn";

	@Parameter(label = "Epochs at most", min = "1", max = "1000000", required = false, persist = false,
		description = "The training ends earlier if nothing gets better; see patience.")
	private Integer epochs = 200;

	@Parameter(style = Suggestions.STYLE, label = "Held-out batches", required = false,
		description = "Nothing is learned from or decided on them: names, comma-separated, or how many.",
		persist = false)
	private String heldout = "";

	@Parameter(label = "Model file to write", style = "save", description = "A .zip file.", persist = false,
		required = false)
	private File model;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section1 = "Network";

	@Parameter(style = Suggestions.FILE_STYLE, label = "Start model (empty: from scratch)", required = false,
		description = "A model file (.zip), default (the built-in model, each channel by itself), or none.",
		persist = false)
	private String start = "";

	@Parameter(style = Suggestions.STYLE, label = "Architecture from scratch", required = false,
		description = "resnet18, resnet34, resnet50; -aa behind: anti-aliased; -each: each channel by itself; " +
			":16 behind: of width 16 instead of 64. Empty: resnet18, or the start model's.",
		persist = false)
	private String architecture = "";

	@Parameter(label = "Train", choices = {"whole", "bn+head", "last-1", "last-2", "last-3", "head"}, required = false,
		description = "Which part changes; head is a probe of a frozen encoder, the cheap first try.", persist = false)
	private String train = "whole";

	@Parameter(label = "Settings of the objective", required = false,
		description = "name=value; name=value. Empty: its defaults. A wrong name lists those there are.",
		persist = false)
	private String settings = "";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section2 = "Images";

	@Parameter(label = "Tile (pixels, 0 = automatic)", min = "0", max = "65536", required = false,
		description = "Side of the square that the network sees of a field. 0: the start model's, else 256, or what " +
			"fits.",
		persist = false)
	private Integer tile = 0;

	@Parameter(style = Suggestions.STYLE, label = "Downscale (empty = automatic)", required = false,
		description = "Reduction of fields: 1 (none), mean:2 (mean of 2 x 2 pixels), nearest:2 (one of 2 x 2), ... " +
			"Empty: the start model's, else 1.",
		persist = false)
	private String downscale = "";

	@Parameter(style = Suggestions.STYLE, label = "Intensity (empty = automatic)", required = false,
		description = "Empty: the start model's, else by the percentiles of each plate's control wells, or of the " +
			"plate. clip8 " + "(as published), percentile:0.1:99.9, self, ...: each image by itself.",
		persist = false)
	private String intensity = "";

	@Parameter(label = "Uneven illumination", choices = {"none", "apply", "estimate"}, required = false,
		persist = false,
		description = "apply divides by the screen's illumination functions or flat-field profiles; estimate by the " +
			"smoothed mean of each plate.")
	private String illumination = "none";

	@Parameter(label = "Normalize channels", required = false,
		description = "Takes out each channel's mean and sd over the training part. Not done to a start model's " +
			"intensity.",
		persist = false)
	private Boolean normalize = true;

	@Parameter(style = Suggestions.STYLE, label = "Channels (empty = all)", required = false,
		description = "Which channels of the screen, in which order: a comma-separated list.", persist = false)
	private String channels = "";

	@Parameter(label = "Augmentation", choices = {"auto", "none", "crop", "flips", "rotations"}, required = false,
		description = "Random crop; and flips (published); and quarter turns. auto: flips, or none if only the head " +
			"is trained.",
		persist = false)
	private String augment = "auto";

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section3 = "Optimization";

	@Parameter(stepSize = "0.05", style = "format:0.########", label = "Share for validation (0 to 1)", min = "0",
		max = "1", required = false, persist = false, description = "Of the batches or plates that are not held out.")
	private Double validation = 0.15;

	@Parameter(label = "Patience (epochs)", min = "1", max = "1000000", required = false,
		description = "Ends after so many epochs without a better validation loss.", persist = false)
	private Integer patience = 20;

	@Parameter(stepSize = "0.0001", style = "format:0.########", label = "Learning rate", required = false,
		persist = false, description = "Of the optimizer, at the start.")
	private Double rate = 0.001;

	@Parameter(label = "Optimizer", choices = {"adam", "adamw", "sgd"}, required = false, persist = false,
		description = "Published: adam.")
	private String optimizer = "adam";

	@Parameter(label = "Schedule", choices = {"none", "cosine"}, required = false, persist = false,
		description = "cosine: the learning rate falls to 0 over all epochs.")
	private String schedule = "none";

	@Parameter(stepSize = "0.0001", style = "format:0.########", label = "Weight decay", min = "0", required = false,
		persist = false, description = "Pulls weights toward 0.")
	private Double decay = 0.0;

	@Parameter(label = "Class weights", choices = {"none", "balanced"}, required = false,
		description = "balanced: every class counts the same, however many wells it has.", persist = false)
	private String classweights = "none";

	@Parameter(label = "Images per episode (0 = automatic)", min = "0", max = "1000000", required = false,
		description = "Published: 64.", persist = false)
	private Integer queries = 0;

	@Parameter(label = "Controls per episode (-1 = automatic)", min = "-1", max = "1000000", required = false,
		description = "Published: 128.", persist = false)
	private Integer controlsperepisode = -1;

	@Parameter(label = "Episodes per step (0 = automatic)", min = "0", max = "1000000", required = false,
		description = "Their gradients are added up. Published: 8, each of a plate.", persist = false)
	private Integer accumulate = 0;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.SECTION_STYLE, required = false,
		persist = false)
	private final String section4 = "Computing";

	@Parameter(label = "Seed", required = false, persist = false,
		description = "The same seed gives the same model, bit by bit, on the CPU.")
	private Integer seed = 1234;

	@Parameter(style = Suggestions.STYLE, label = "Device", required = false,
		description = "auto, cpu, gpu or gpu:n. See Engine Status.", persist = false)
	private String device = "auto";

	@Parameter(label = "Precision", choices = {"auto", "float32", "bfloat16"}, required = false, persist = false,
		description = "auto: float32. bfloat16: convolutions of 8 significant bits where the processor or GPU has " +
			"instructions for it; refused elsewhere.")
	private String precision = Precision.AUTO;

	@Parameter(label = "Memory for images (MB, 0 = automatic)", min = "0", max = "16777216", required = false,
		description = "Decoded images that don't fit go to a file beside the model, for the time of the training.",
		persist = false)
	private Integer memory = 0;

	@Parameter(label = "Log to write (empty: beside the model)", style = "save", description = "A .csv file.",
		persist = false, required = false)
	private File logfile;

	@Parameter(label = "Resume an interrupted training", required = false, persist = false,
		description = "Goes on from the checkpoint beside the model.")
	private Boolean resume = true;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	private FineTuneOptions options() {
		FineTuneOptions options = FineTuneOptions
			.into(modelToWrite(),
				DataOptions.of(text(label), text(batch), text(controls))
					.withHeldOut(text(heldout))
					.withValidation(validation)
					.withChannels(list(channels))
					.withDownscale(text(downscale))
					.withIntensity(text(intensity), normalize)
					.withIllumination(illumination)
					.withTile(tile, DataOptions.Augment.of(augment))
					.withMemory((long) memory << 20))
			.withObjective(text(objective), text(settings))
			.withStart(text(start), text(architecture))
			.withTraining(training())
			.withResume(resume);
		if (path(logfile) != null) {
			FileEnding.require("logfile", path(logfile), ".csv");
			options = options.withLog(path(logfile).toAbsolutePath().normalize());
		}
		return options;
	}

	private Path modelToWrite() {
		final Path to = required(model, "model", "the model file to write (.zip)");
		FileEnding.require("model", to, ".zip");
		return to;
	}

	private void distinct(final FineTuneOptions options, final Path from) {
		distinct("model", options.model(), "screen", from);
		distinct("logfile", options.log(), "screen", from);
		if (!options.start().isEmpty()) distinct("model", options.model(), "start", Path.of(options.start()));
	}

	@Override
	public List<String> suggestions(final String key) {
		return switch (key) {
			case "objective" -> Objectives.all(pluginService).stream().map(Objective::name).toList();
			case "architecture" -> List.of("", "resnet18", "resnet18:16", "resnet18-each:16", "resnet50", "resnet18-aa",
				"resnet50-aa");
			case "heldout" -> columns().values(text(batch));
			case "start" -> List.of("none", Model.DEFAULT);
			default -> super.suggestions(key);
		};
	}

	@Override
	public List<Preset> presets() {
		return List.of(
			new Preset("default", "CS-ARM-BN at the size that the screen allows: several control wells on every plate.",
				preset(null, null, null, null, null, null)),
			new Preset("as published",
				"CS-ARM-BN as published: ResNet-50, 8 plates per step with 64 images and 128 controls each; needs a " +
					"GPU.",
				preset("cs-arm-bn", "resnet50-aa", "clip8", 64, 128, 8)),
			new Preset("few controls",
				"1 to 4 control wells per plate: intensities are taken from whole plates; predict with statistics = " +
					"mix.",
				preset("cs-arm-bn", null, "plate-percentile:0.1:99.9", null, null, null)),
			new Preset("no controls",
				"Each plate is normalized by its own images: right if every plate has a balanced mixture of " +
					"treatments.",
				preset("arm-bn", null, "plate-percentile:0.1:99.9", null, null, null)).withoutControls());
	}

	private static Map<String, Object> preset(final String objective, final String architecture,
		final String intensity, final Integer queries, final Integer controls, final Integer accumulate)
	{
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("objective", objective);
		values.put("architecture", architecture);
		values.put("intensity", intensity);
		values.put("queries", queries);
		values.put("controlsperepisode", controls);
		values.put("accumulate", accumulate);
		return values;
	}

	@Override
	protected TableColumns columns() {
		return screenColumns(screen);
	}

	@Override
	protected void propose() {
		proposeBeside("model", path(screen), "-model.zip");
		proposeColumns(text(controls), text(batch));
	}

	@Override
	protected Map<String, Path> produced() {
		return Map.of("model", path(model), "trained", path(model));
	}

	@Override
	protected List<Class<? extends Command>> nextSteps() {
		return List.of(AdaptAndPredict.class, EmbedScreen.class);
	}

	@Override
	protected void check() throws IOException {
		final Path from = requireScreen(screen);
		required(label, "label", "the column with the classes to learn" + columns().hint());
		columns().require("label", text(label));
		columns().require("batch", text(batch));
		columns().requireControls(Selection.of(text(controls)));
		columns().requireChannels("channels", list(channels));
		Objectives.of(Objectives.all(pluginService), objective);
		if (!text(start).equalsIgnoreCase("none")) requireModel("start", start);
		distinct(options(), from);
	}

	@Override
	protected String ready() {
		if (path(model) != null && Files.exists(options().checkpoint()))
			return resume
				? "Ready. An interrupted training was found: OK resumes it if images and settings are as they were. " +
					"For other settings switch Resume off (trains from the start), or write another model file."
				: "Ready. The checkpoint of an interrupted training will be discarded, as Resume is off.";
		return ready(path(model));
	}

	@Override
	protected void execute() throws IOException {
		final Path from = required(screen, "screen", "a screen table or a plate's folder");
		final FineTuneOptions options = options();
		distinct(options, from);
		final FineTuneReport report = isophene.fineTune(isophene.openScreen(from), options);
		summary = report.message();
	}

	private TrainingOptions training() {
		final LearningRate.Schedule over = constant("schedule", schedule, LearningRate.Schedule.values());
		final OptimizerOptions steps = switch (constant("optimizer", optimizer, OptimizerOptions.Kind.values())) {
			case ADAM -> OptimizerOptions.adam(rate);
			case ADAMW -> OptimizerOptions.adamW(rate, decay);
			case SGD -> OptimizerOptions.sgd(rate, 0.9, false);
		};
		final String weights = text(classweights);
		if (!weights.equals("balanced") && !weights.equals("none"))
			throw new IllegalArgumentException("classweights is '" + weights + "': choose none or balanced");
		return TrainingOptions.PUBLISHED.withPart(TrainedPart.of(train))
			.withOptimizer(steps.withWeightDecay(decay).withSchedule(over))
			.withSizes(new EpisodeSizes(queries, controlsperepisode, accumulate))
			.withEpochs(epochs, patience)
			.withBalanced(weights.equals("balanced"))
			.withSeed(seed)
			.withDevice(text(device))
			.withPrecision(text(precision));
	}

	private static <E extends Enum<E>> E constant(final String key, final String value, final E[] constants) {
		final StringBuilder labels = new StringBuilder();
		for (final E constant : constants) {
			final String name = constant.name().toLowerCase(Locale.ROOT);
			if (name.equalsIgnoreCase(text(value))) return constant;
			labels.append(labels.isEmpty() ? "" : ", ").append(name);
		}
		throw new IllegalArgumentException(key + " is '" + value + "': choose " + labels);
	}
}
