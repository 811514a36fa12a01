// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.github.isophene.messages.Count;

/**
 * Everything about a model but its weights: what {@code model.json} says.
 *
 * @param name short, for lists and file names
 * @param description what it is and was trained on, for people
 * @param network the network
 * @param input how an image's channels get into the network
 * @param channels names of the channels the network was trained on, in order; empty if any
 *          channels will do, see {@link #anyChannels}
 * @param tileSize height and width of a tile, pixels, {@value #MIN_TILE} to {@value #MAX_TILE}
 * @param downscale reduction of a field before tiles are cut: {@code 1} (none), {@code mean:2} or {@code nearest:2} and
 *          so on, in the notation of the pixels room
 * @param intensity how pixel values become the network's input, in the notation of the
 *          pixels room; this room doesn't read it
 * @param classes names of the classes, in the order of the linear layer's outputs; may be empty
 * @param labelColumn the metadata column the classes come from; empty if none
 * @param statistics origin of the batch statistics that the network was trained for, one of {@link
 * StatisticsOrigin#TRAINED}
 * @param training how it was trained: free text by key, kept sorted by key
 */
public record ModelCard(String name, String description, Network network, Input input, List<String> channels,
	int tileSize, String downscale, String intensity, List<String> classes, String labelColumn,
	StatisticsOrigin statistics, Map<String, String> training)
{

	/** Form in which an image's channels enter the network. */
	public enum Input {
		/** All channels together: the network has as many inputs as the image has channels. */
		ALL_CHANNELS,
		/**
		 * Each channel by itself through a network with one input; their embeddings are concatenated. Any number of
		 * channels, or, if the last layer takes the features of all of them, those that it was trained on.
		 */
		EACH_CHANNEL;

		/** Returns the form of a network that was trained on named channels. */
		public static Input of(final Network network) {
			return network.perChannel() ? EACH_CHANNEL : ALL_CHANNELS;
		}

		/** As it stands in {@code model.json}: {@code all-channels}, {@code each-channel}. */
		public String label() {
			return ModelCard.label(this);
		}
	}

	/** Key of the training record; {@link #REPLACED} where the objective made the model to need no adaptation. */
	public static final String ADAPTATION = "adaptation";

	/** Value of {@link #ADAPTATION}. */
	public static final String REPLACED = "replaced";

	/** Side of the smallest tile of any network, pixels. */
	static final int MIN_TILE = 32;

	/** Larger than any field, pixels; bounds what a file from a stranger can ask for. */
	static final int MAX_TILE = 1 << 16;

	/** @throws IllegalArgumentException if the parts contradict each other */
	public ModelCard {
		Objects.requireNonNull(description, "description");
		Objects.requireNonNull(intensity, "intensity");
		Objects.requireNonNull(labelColumn, "labelColumn");
		Objects.requireNonNull(statistics, "statistics");
		channels = List.copyOf(channels);
		classes = List.copyOf(classes);
		training = Collections.unmodifiableMap(new TreeMap<>(training));
		if (!StatisticsOrigin.TRAINED.contains(statistics))
			throw new IllegalArgumentException(
				"statistics = " + statistics.label() + ": a network is trained for one of " +
					String.join(", ", StatisticsOrigin.TRAINED.stream().map(StatisticsOrigin::label).toList()));
		if (name.isBlank()) throw new IllegalArgumentException("A model needs a name");
		requireTile(network, tileSize);
		if (tileSize > MAX_TILE)
			throw new IllegalArgumentException("The tile size is " + tileSize + " pixels, of at most " + MAX_TILE);
		if (!downscale.matches("1|(mean|nearest):[1-9][0-9]{0,3}"))
			throw new IllegalArgumentException(
				"downscale is " + downscale + ": it must be 1 (full size), mean:2, nearest:2, or of another factor");
		final boolean any = input == Input.EACH_CHANNEL && !network.perChannel();
		if (any && network.channels() != 1) {
			throw new IllegalArgumentException(
				"A network that takes each channel by itself has 1 input, not " + network.channels());
		}
		if (input == Input.ALL_CHANNELS && network.perChannel())
			throw new IllegalArgumentException(
				network.name() + " takes each channel by itself, not all channels together");
		if (!any && channels.size() != network.channels()) {
			throw new IllegalArgumentException("The network takes " +
				Count.of(network.channels(), "channel") + ", but " +
				Count.of(channels.size(), "channel is", "channels are") + " named: " + channels);
		}
		if (network.classes() != classes.size()) {
			throw new IllegalArgumentException(
				"The network has " + Count.of(network.classes(), "output") + ", but " +
				Count.of(classes.size(), "class is", "classes are") + " named");
		}
	}

	/** A model of fields at their full size. */
	public ModelCard(final String name, final String description, final Network network, final Input input,
		final List<String> channels, final int tileSize, final String intensity, final List<String> classes,
		final String labelColumn, final StatisticsOrigin statistics, final Map<String, String> training)
	{
		this(name, description, network, input, channels, tileSize, "1", intensity, classes, labelColumn,
			statistics, training);
	}

	/**
	 * Returns the network as a residual one, which can be trained and adapted.
	 *
	 * @throws IllegalArgumentException if it is another one
	 */
	public Architecture architecture() {
		if (network instanceof Architecture residual) return residual;
		throw new IllegalArgumentException("The model '" + name + "' is of architecture " + network.name() +
			", which embeds images, but isn't trained or adapted: use a ResNet for that, such as " + Model.DEFAULT);
	}

	/**
	 * Checks that the network can embed tiles of this side.
	 *
	 * @param side in pixels
	 * @throws IllegalArgumentException if it is too small
	 */
	public void requireTile(final int side) {
		requireTile(network, side);
	}

	private static void requireTile(final Network network, final int side) {
		final int smallest = network.minimumTile();
		if (side < smallest)
			throw new IllegalArgumentException("tile = " + side + ": " + network.name() +
				(smallest > MIN_TILE ? " with pool = " + network.pooling().label() : "") +
				" takes tiles of at least " + smallest + " pixels");
		if (side % network.tileMultiple() != 0)
			throw new IllegalArgumentException("tile = " + side + ": " + network.name() +
				" takes tiles whose side is a multiple of its patches' " + network.tileMultiple() +
				" pixels, such as " + side / network.tileMultiple() * network.tileMultiple());
	}

	/** Returns whether images of any number of channels can be embedded, each channel by itself. */
	public boolean anyChannels() {
		return input == Input.EACH_CHANNEL && !network.perChannel();
	}

	/** Returns whether the model was trained to predict on new batches without adaptation. */
	public boolean replacesAdaptation() {
		return REPLACED.equals(training.get(ADAPTATION));
	}

	/** The same with another kind of statistics, and another record of the training. */
	public ModelCard with(final StatisticsOrigin kind, final Map<String, String> record) {
		return new ModelCard(name, description, network, input, channels, tileSize, downscale, intensity, classes,
			labelColumn, kind, record);
	}

	/** The same with features from another place or pooled in another way, without classes; its name says so. */
	ModelCard withOutput(final FeatureOutput output) {
		final Network other = network.withFeaturesOf(output);
		return new ModelCard(name + other.output().suffix(), description, other, input, channels, tileSize, downscale,
			intensity, List.of(), "", statistics, training);
	}

	private static String label(final Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
