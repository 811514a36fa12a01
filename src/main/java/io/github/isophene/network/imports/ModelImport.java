// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.network.FeatureOutput;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.Network;
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
			return new ModelImport(model(file, found, options, notes), List.copyOf(notes));
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

	private static Model model(final Path file, final StateDict found, final ImportOptions options,
		final List<String> notes)
	{
		final ImportForm form = ImportForm.of(options.architecture(), found);
		final Network whole = form.network(found, options, notes);
		final boolean each = options.channels().isEmpty();
		if (each)
			notes.add(
				"no channels are named, so each channel goes through the network by itself and has features of its " +
					"own");
		if (!options.output().equals(FeatureOutput.OWN) && whole.classes() > 0)
			throw new IllegalArgumentException("classes are named, whose last layer takes the network's own " +
				"features: leave out classes, or output and pool");
		final StateDict renamed = form.renamed(found, options, notes);
		final StateDict adapted = adapt(renamed, form.first(), whole.channels() / whole.passes(), options, notes);
		final WeightImport.Matched matched;
		try {
			matched = WeightImport.match(whole.parameters(), adapted, whole.describe());
		}
		catch (final IllegalArgumentException exc) {
			throw new IllegalArgumentException(exc.getMessage() + ImportForm.resemblance(found, whole), exc);
		}
		notes.addAll(matched.notes());
		final String name = options.name().isBlank() ? file.getFileName().toString().replaceFirst("\\.[^.]+$", "")
			: options.name().strip();
		final Map<String, String> record = new LinkedHashMap<>();
		record.put("weights", "imported from " + file.getFileName());
		for (int i = 0; i < notes.size(); i++) record.put("import " + (i + 1), notes.get(i));
		final Network of = options.output().equals(FeatureOutput.OWN) ? whole
			: whole.withFeaturesOf(options.output());
		final StateDict needed = new StateDict();
		of.parameters().keySet().forEach(n -> needed.put(n, matched.weights().get(n)));
		return new Model(
			new ModelCard(name, "Imported from " + file.getFileName(), of,
				each ? ModelCard.Input.EACH_CHANNEL : ModelCard.Input.of(of), options.channels(),
				options.tileSize(), options.intensity(), options.classes(), "", options.statistics(), record),
			needed);
	}

	/** The first convolution for the channels there will be. */
	private static StateDict adapt(final StateDict found, final String first, final int channels,
		final ImportOptions options, final List<String> notes)
	{
		final StateDict adapted = new StateDict();
		for (final String name : found.names()) {
			NamedTensor weight = found.get(name);
			if (name.equals(first)) {
				if (!options.weightChannels().isEmpty()) {
					weight = WeightImport.reorder(weight, options.weightChannels(), options.channels());
					notes.add("reordered the channels from " + String.join(", ", options.weightChannels()));
				}
				final NamedTensor widened = WeightImport.widen(weight, channels);
				if (widened != weight) {
					notes.add("adapted the first convolution from " + weight.shape()[1] + " to " +
						Count.of(channels, "channel") + " (mean of its kernels, times " + weight.shape()[1] +
						" / " + channels + ")");
				}
				weight = widened;
			}
			adapted.put(name, weight);
		}
		return adapted;
	}

	/** Returns the names of the networks whose weights can be imported. */
	public static List<String> architectures() {
		return ImportForm.names();
	}
}
