// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.imports;

import java.util.List;
import java.util.Locale;

import io.github.isophene.network.Architecture;
import io.github.isophene.network.FeatureOutput;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.StatisticsOrigin;

/**
 * Properties of a model that a weight file doesn't hold.
 *
 * @param architecture {@code auto}, one of {@link ModelImport#architectures}, or a name that {@link Architecture#of}
 *          takes; {@code -antialiased} is understood for {@code -aa}
 * @param channels names of the images' channels in order; empty: the network gets one
 *          input and looks at each channel by itself
 * @param weightChannels the names of the channels in the order in which the network was
 *          trained, if that is another; empty if it is the same
 * @param classes names of the classes in the order of the linear layer's outputs; empty:
 *          that layer is left out
 * @param name the model's name; empty: the file's
 * @param tileSize height and width of a tile, pixels
 * @param intensity how pixel values become the network's input, see {@link ModelCard#intensity}
 * @param statistics which batch statistics the network was trained for
 * @param output place in the network from which features are taken, and their pooling
 */
public record ImportOptions(String architecture, List<String> channels, List<String> weightChannels,
	List<String> classes, String name, int tileSize, String intensity, StatisticsOrigin statistics,
	FeatureOutput output)
{

	/** Lets the architecture be guessed. */
	public static final String AUTO = "auto";

	public ImportOptions {
		architecture = architecture.strip().toLowerCase(Locale.ROOT).replace("-antialiased", "-aa");
		channels = List.copyOf(channels);
		weightChannels = List.copyOf(weightChannels);
		classes = List.copyOf(classes);
	}

	/** An encoder without classes, tiles of 224 pixels, intensity as it comes, running statistics. */
	public static ImportOptions of(final String architecture, final List<String> channels) {
		return new ImportOptions(architecture, channels, List.of(), List.of(), "", 224, "", StatisticsOrigin.TRAINING,
			FeatureOutput.OWN);
	}

	/** The same for a network that was trained with its channels in this order. */
	public ImportOptions withWeightChannels(final List<String> order) {
		return new ImportOptions(architecture, channels, order, classes, name, tileSize, intensity, statistics,
			output);
	}

	/** The same with the linear layer, whose outputs are these classes. */
	public ImportOptions withClasses(final List<String> names) {
		return new ImportOptions(architecture, channels, weightChannels, names, name, tileSize, intensity, statistics,
			output);
	}

	/** The same under another name. */
	public ImportOptions withName(final String other) {
		return new ImportOptions(architecture, channels, weightChannels, classes, other, tileSize, intensity,
			statistics, output);
	}

	/** The same with tiles of another size. */
	public ImportOptions withTileSize(final int pixels) {
		return new ImportOptions(architecture, channels, weightChannels, classes, name, pixels, intensity, statistics,
			output);
	}

	/** The same with another intensity normalization. */
	public ImportOptions withIntensity(final String notation) {
		return new ImportOptions(architecture, channels, weightChannels, classes, name, tileSize, notation, statistics,
			output);
	}

	/** The same for a network that was trained with other batch statistics. */
	public ImportOptions withStatistics(final StatisticsOrigin kind) {
		return new ImportOptions(architecture, channels, weightChannels, classes, name, tileSize, intensity, kind,
			output);
	}

	/** The same with features from another place, or pooled in another way. */
	public ImportOptions withOutput(final FeatureOutput other) {
		return new ImportOptions(architecture, channels, weightChannels, classes, name, tileSize, intensity,
			statistics, other);
	}
}
