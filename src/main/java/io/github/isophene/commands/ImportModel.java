// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.isophene.commands.dialog.FileCheck;
import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.messages.Count;
import io.github.isophene.network.FeatureOutput;
import io.github.isophene.network.Model;
import io.github.isophene.network.imports.ImportOptions;
import io.github.isophene.network.imports.ModelImport;
import io.github.isophene.pixels.Intensity;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Makes a model file of weights that were trained elsewhere. */
@Plugin(type = Command.class, name = "import", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Models", weight = 60),
		@Menu(label = "Import Model...", weight = 60.3)})
public class ImportModel extends IsopheneCommand {

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Import Model",
		"Takes the weights of a published network from safetensors, a PyTorch state dict (.pt, .pth) " +
			"or a TorchScript archive. No code of the file is run.",
		"", "guide/import-model");

	@Parameter(label = "Weights", style = "open", persist = false,
		description = "A .safetensors, .pt or .pth file; default or a model file, to take its features from another " +
			"place.",
		required = false)
	private File weights;

	@Parameter(style = Suggestions.STYLE, label = "Architecture", required = false,
		description = "auto, or the name of a network, such as resnet50, resnet50-aa (anti-aliased, as in " +
			"CS-ARM-BN), resnet18-each (each channel by itself, classified by the features of all), " +
			"efficientnet-lite0 or vit-small.",
		persist = false)
	private String architecture = "auto";

	@Parameter(label = "Channels", required = false,
		description = "The names of the images' channels in the network's order, comma-separated. Empty: each " +
			"channel by itself.",
		persist = false)
	private String channels = "";

	@Parameter(label = "Classes", required = false,
		description = "The names of the linear layer's outputs, comma-separated. Empty: the model only embeds.",
		persist = false)
	private String classes = "";

	@Parameter(label = "Tile (pixels)", min = "32", max = "65536", required = false, persist = false,
		description = "Side of the square tiles that the network was trained on.")
	private Integer tile = 224;

	@Parameter(style = Suggestions.STYLE, label = "Intensity", required = false,
		description = "How intensities were normalized in training, for example clip8 or percentile:0.1:99.9.",
		persist = false)
	private String intensity = "";

	@Parameter(style = Suggestions.STYLE, label = "Features from", required = false, persist = false,
		description = "Place in the network: last, or the part after which features are taken, such as stage:3 of a " +
			"ResNet or block:10 of another network.")
	private String output = "";

	@Parameter(style = Suggestions.STYLE, label = "Pooling", required = false, persist = false,
		description = "Way from the feature map to one vector: mean, or mean+sd (mean and standard deviation); of a " +
			"vision transformer class (token), patches (their mean) or class+patches.")
	private String pool = "";

	@Parameter(label = "Model file to write", style = "save", description = "A .zip file.", persist = false,
		required = false)
	private File model;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	private final FileCheck look = new FileCheck();

	private ImportOptions options() {
		final List<String> names = list(channels);
		if (Set.copyOf(names).size() < names.size()) {
			throw new IllegalArgumentException("channels names a channel twice: " + names);
		}
		if (names.size() == 1 && names.get(0).matches("\\d+")) {
			throw new IllegalArgumentException("channels is " + names.get(0) +
				": give the names of the channels, not how many they are, for example channels=DNA,ER,AGP");
		}
		final String spec = text(intensity);
		if (!spec.isEmpty()) {
			final Intensity parsed = Intensity.parse(spec);
			if (!names.isEmpty()) parsed.requireChannels(names.size());
		}
		return ImportOptions.of(architecture, names).withClasses(list(classes)).withTileSize(tile).withIntensity(spec)
			.withOutput(FeatureOutput.of(text(output), text(pool)));
	}

	private Path file() {
		final Path to = required(model, "model", "the model file to write (.zip)");
		if (!to.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
			throw new IllegalArgumentException("model is '" + to + "': a model file ends in .zip");
		}
		return to;
	}

	@Override
	public List<String> suggestions(final String key) {
		return switch (key) {
			case "architecture" -> Stream.concat(Stream.of(ImportOptions.AUTO), ModelImport.architectures().stream())
				.toList();
			case "output" -> List.of("last", "stage:1", "stage:2", "stage:3", "block:10");
			case "pool" -> List.of("mean", "mean+sd", "class", "patches", "class+patches");
			default -> super.suggestions(key);
		};
	}

	@Override
	protected Map<String, Path> produced() {
		return Map.of("model", path(model));
	}

	@Override
	protected List<Class<? extends Command>> nextSteps() {
		return List.of(EmbedScreen.class);
	}

	/** The file, or the name of a built-in model as one. */
	private Path from() {
		final String what = "a .safetensors, .pt or .pth file";
		final Path named = required(weights, "weights", what);
		return ModelImport.isBuiltIn(named) ? named : existing(weights, "weights", what);
	}

	@Override
	protected void check() throws IOException {
		final Path from = from();
		if (Files.isDirectory(from))
			throw new IllegalArgumentException("weights: " + from + " is a folder: choose a file in it");
		look.require("weights", from, "", Long.MAX_VALUE, () -> ModelImport.check(from));
		options();
		file();
	}

	@Override
	protected String ready() {
		return ready(path(model));
	}

	@Override
	protected void execute() throws IOException {
		final Path to = file();
		final Path from = from();
		final ModelImport imported = isophene.importModel(from, options(), to);
		final Model made = imported.model();
		final String place = made.card().network().output().equals(FeatureOutput.OWN) ? ""
			: " (" + made.card().network().output() + ")";
		summary = made.card().network().name() + place + " with " +
			Count.of(made.card().network().embeddingDimension(), "feature") + ": " + to +
			(imported.notes().isEmpty() ? "" : " (" + String.join("; ", imported.notes()) + ")");
		log.info(summary);
	}
}
