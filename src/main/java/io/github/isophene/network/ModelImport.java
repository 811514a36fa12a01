// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.network.weights.NamePrefixes;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.PickledStateDict;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.network.weights.WeightFormat;

/**
 * A model from weights that were trained elsewhere: safetensors, a PyTorch state
 * dict or checkpoint, or the weights of a TorchScript archive; or from a model, with
 * another output. No code of the file is run.
 *
 * @param model ready to use, or to be written as a model file
 * @param notes what was guessed, changed and left aside, one line each, for the user to see
 */
public record ModelImport(Model model, List<String> notes) {

	private static final String ITSELF = "The file is TorchScript: give it itself as the model to embed with it";

	/**
	 * Reads weights and makes a model of them.
	 *
	 * @throws IOException naming the file and the remedy: if it can't be read, holds code, or
	 *           doesn't fit the architecture, the channels or the classes
	 */
	public static ModelImport read(final Path file, final ImportOptions options) throws IOException {
		if (isModel(file)) return model(file, options);
		if (Files.notExists(file)) throw new IOException("There is no file " + file);
		final List<String> notes = new ArrayList<>();
		final StateDict found = weights(file, notes);
		try {
			final Architecture guess = options.architecture().equals(ImportOptions.AUTO) ? guess(found, notes) : null;
			return new ModelImport(model(file, found, guess, options, notes), List.copyOf(notes));
		}
		catch (final IllegalArgumentException exc) {
			final boolean script = WeightFormat.of(file) == WeightFormat.TORCHSCRIPT;
			throw new IOException(file + " can't be imported: " +
				(script ? exc.getMessage().replace(WeightImport.ALTERNATIVE, ITSELF) : exc.getMessage()), exc);
		}
	}

	/** Returns whether weights are those of a model already: a built-in one, named as a file would be, or a file. */
	private static boolean isModel(final Path file) throws IOException {
		return isBuiltIn(file) || Files.isRegularFile(file) && WeightFormat.isModelFile(file);
	}

	/** Returns whether this is the name of a model that is built in, and not a file. */
	public static boolean isBuiltIn(final Path file) {
		final String name = file.getFileName() == null ? "" : file.getFileName().toString();
		return Model.isBuiltIn(name) && Files.notExists(file);
	}

	/** A model with features from another place. */
	private static ModelImport model(final Path file, final ImportOptions options) throws IOException {
		if (options.output().equals(FeatureOutput.OWN))
			throw new IOException(file + " is a model already: use it as it is, or set output or pool to take its " +
				"features from another place");
		if (!options.architecture().equals(ImportOptions.AUTO) || !options.channels().isEmpty() ||
			!options.classes().isEmpty() || !options.intensity().isEmpty())
			throw new IOException(file + " is a model already, with an architecture, channels and an intensity of " +
				"its own: leave architecture, channels, classes and intensity out");
		final Model from = isBuiltIn(file) ? Model.load(file.getFileName().toString()) : Model.load(file);
		try {
			final Model made = from.withOutput(options.output());
			final List<String> notes = new ArrayList<>();
			if (!from.card().classes().isEmpty()) notes.add("left out the last layer, which takes other features");
			if (from.calibration().isPresent()) notes.add("left out the calibration: calibrate the model again");
			final Map<String, String> record = new LinkedHashMap<>(made.card().training());
			record.put("output of", from.card().name() + " (SHA-256 " + from.digest() + ")");
			return new ModelImport(new Model(made.card().with(made.card().statistics(), record), made.weights()),
				List.copyOf(notes));
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException(file + " can't be imported: " + exc.getMessage(), exc);
		}
	}

	/**
	 * Looks at the start of a file, without reading its weights.
	 *
	 * @throws IOException naming the file and the remedy, if it can't hold weights, or is a safetensors file cut short
	 */
	public static void check(final Path file) throws IOException {
		if (!isModel(file) && WeightFormat.of(file) == WeightFormat.SAFETENSORS) Safetensors.readMetadata(file);
	}

	/** The weights of a file in any of the formats, without prefixes before their names. */
	private static StateDict weights(final Path file, final List<String> notes) throws IOException {
		if (WeightFormat.of(file) != WeightFormat.SAFETENSORS) {
			final PickledStateDict pickled = PickledStateDict.read(file);
			notes.addAll(pickled.notes());
			return pickled.weights();
		}
		final StateDict all = Safetensors.read(file);
		final Map<String, NamedTensor> byName = new LinkedHashMap<>();
		for (final String name : all.names()) byName.put(name, all.get(name));
		final StateDict stripped = new StateDict();
		NamePrefixes.strip(byName, notes).forEach(stripped::put);
		return stripped;
	}

	private static Architecture guess(final StateDict found, final List<String> notes) {
		final Architecture guess = WeightImport.guessArchitecture(found);
		notes.add("the names and shapes are those of " + guess.name() + " with " +
			Count.of(guess.channels(), "channel") +
			(guess.classes() > 0 ? " and " + Count.of(guess.classes(), "class") : ""));
		if (guess.depth() == Architecture.NetworkDepth.RESNET50 && !guess.antiAliased()) {
			notes.add("whether it is anti-aliased can't be seen: if it is (as in CS-ARM-BN), import it as resnet50-aa");
		}
		return guess;
	}

	private static Model model(final Path file, final StateDict found, final Architecture guess,
		final ImportOptions options, final List<String> notes)
	{
		final boolean each = options.channels().isEmpty();
		final int channels = each ? 1 : options.channels().size();
		final int width = found.contains(WeightImport.FIRST) && found.get(WeightImport.FIRST).rank() > 0
			? Math.toIntExact(found.get(WeightImport.FIRST).shape()[0])
			: 64;
		final Architecture named = guess == null ? Architecture.of(network(options, width), channels, width, 0) : guess;
		if (each && named.perChannel() && (guess == null || !options.classes().isEmpty()))
			throw new IllegalArgumentException("architecture is " + named.name() +
				", whose last layer takes the features of certain channels: name them in channels, or leave out " +
				(guess == null ? "-each" : "classes"));
		final Architecture architecture = (named.perChannel() && !each ? named.each(channels)
			: named.together(channels)).withClasses(options.classes().size());
		final String network = architecture.name();
		if (each)
			notes.add(
				"no channels are named, so each channel goes through the network by itself and has features of its " +
					"own");
		final StateDict adapted = adapt(found, architecture.stem().in(), options, notes);
		final WeightImport.Matched matched = WeightImport.match(architecture.parameters(), adapted,
			network + " with " + Count.of(channels, "channel") +
				(options.classes().isEmpty() ? "" : " and " + Count.of(options.classes().size(), "class")));
		notes.addAll(matched.notes());
		if (!options.output().equals(FeatureOutput.OWN) && architecture.classes() > 0)
			throw new IllegalArgumentException("classes are named, whose last layer takes the network's own " +
				"features: leave out classes, or output and pool");
		final String name = options.name().isBlank() ? file.getFileName().toString().replaceFirst("\\.[^.]+$", "")
			: options.name().strip();
		final Map<String, String> record = new LinkedHashMap<>();
		record.put("weights", "imported from " + file.getFileName());
		for (int i = 0; i < notes.size(); i++) record.put("import " + (i + 1), notes.get(i));
		final Architecture of = architecture.withOutput(options.output());
		final StateDict needed = new StateDict();
		of.parameters().keySet().forEach(n -> needed.put(n, matched.weights().get(n)));
		return new Model(
			new ModelCard(name, "Imported from " + file.getFileName(), of,
				each ? ModelCard.Input.EACH_CHANNEL : ModelCard.Input.of(architecture), options.channels(),
				options.tileSize(), options.intensity(), options.classes(), "", options.statistics(), record),
			needed);
	}

	/**
	 * Returns the name of the architecture that is given; the width behind it must be that of the weights.
	 *
	 * @throws IllegalArgumentException if it is another one
	 */
	private static String network(final ImportOptions options, final int width) {
		final String[] parts = options.architecture().split(":", 2);
		if (parts.length > 1 && !parts[1].strip().equals(Integer.toString(width)))
			throw new IllegalArgumentException("architecture is " + options.architecture() +
				", but the weights are of width " + width + ": write " + parts[0] + ":" + width + " or " + parts[0]);
		return parts[0];
	}

	/** The first convolution for the channels there will be, and the linear layer under torchvision's name. */
	private static StateDict adapt(final StateDict found, final int channels, final ImportOptions options,
		final List<String> notes)
	{
		final boolean rename = found.contains("classifier.weight") && !found.contains("fc.weight");
		if (rename) notes.add("took the layer 'classifier' for 'fc'");
		final StateDict adapted = new StateDict();
		for (final String foundName : found.names()) {
			final String name = rename && foundName.startsWith("classifier.")
				? "fc" + foundName.substring("classifier".length())
				: foundName;
			if (name.startsWith("fc.") && options.classes().isEmpty()) {
				if (name.equals("fc.weight")) notes.add("left out the linear layer, since its classes are not named");
				continue;
			}
			NamedTensor weight = found.get(foundName);
			if (name.equals(WeightImport.FIRST)) {
				if (!options.weightChannels().isEmpty()) {
					weight = WeightImport.reorder(weight, options.weightChannels(), options.channels());
					notes.add("reordered the channels from " + String.join(", ", options.weightChannels()));
				}
				final NamedTensor widened = WeightImport.widen(weight, channels);
				if (widened != weight) {
					notes.add("adapted the first convolution from " + weight.shape()[1] + " to " +
						Count.of(channels, "channel") + " by their mean");
				}
				weight = widened;
			}
			adapted.put(name, weight);
		}
		return adapted;
	}
}
