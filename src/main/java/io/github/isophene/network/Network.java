// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonObject;
import io.github.isophene.messages.Count;
import io.github.isophene.network.weights.StateDict;

/**
 * A network that maps images to features, as a few numbers: names and shapes of its parameters, and its output.
 * {@link Architecture}, a residual network, can be trained and adapted to plates; every other one embeds.
 */
public interface Network {

	/** Returns the name of the published network, such as {@code resnet18}. */
	String name();

	/** Returns the number of channels of the images, at least 1. */
	int channels();

	/** Returns the number of classes of a last layer {@code fc}; 0 if there is none. */
	default int classes() {
		return 0;
	}

	/**
	 * Returns whether each channel of an image goes through the same network with one input, and an embedding is the
	 * features of all channels.
	 */
	default boolean perChannel() {
		return false;
	}

	/** Returns the number of passes of an image: one for each channel that goes through the network by itself. */
	default int passes() {
		return perChannel() ? channels() : 1;
	}

	/** Returns the place of the features, and their pooling. */
	FeatureOutput output();

	/**
	 * Returns the same network with features from another place, without a last layer.
	 *
	 * @throws IllegalArgumentException if it has no such output
	 */
	Network withFeaturesOf(FeatureOutput other);

	/** Returns the poolings that the network has; the first is its own. */
	List<FeatureOutput.Pooling> poolings();

	/** Returns the pooling of the activations at the output. */
	default FeatureOutput.Pooling pooling() {
		return output().pooling(poolings().get(0));
	}

	/** Returns the length of an embedding, all passes of an image together. */
	int embeddingDimension();

	/** Returns the side of the smallest tile, pixels. */
	int minimumTile();

	/** Returns the number of pixels of which the side of a tile must be a multiple; 1 for most. */
	default int tileMultiple() {
		return 1;
	}

	/** Returns the number of pixels of which sides of tiles are chosen as multiples where the user names none. */
	default int tileStep() {
		return tileMultiple() == 1 ? ModelCard.MIN_TILE : tileMultiple();
	}

	/** Returns whether the network has statistics of several images, which can be adapted to a plate. */
	default boolean adapts() {
		return false;
	}

	/** Returns name and shape of everything that belongs into the state dict, in its order. */
	Map<String, long[]> parameters();

	/** Returns the number of rows that go through the network at once in the least time. */
	default int rowsAtOnce(final boolean gpu) {
		return gpu ? 64 : 4;
	}

	/** Returns whether the first version of the model file has everything that describes this network. */
	default boolean ofFirstVersion() {
		return false;
	}

	/** Returns what stands in {@code model.json}. */
	JsonObject toJson();

	/**
	 * Reads a network from {@code model.json}.
	 *
	 * @throws IllegalArgumentException if a key is missing or its value is out of range
	 */
	static Network fromJson(final JsonObject json) {
		final String name = ModelJson.string(json, Architecture.NETWORK);
		if (EfficientNetLite.isName(name)) return EfficientNetLite.fromJson(json);
		if (VisionTransformer.isName(name)) return VisionTransformer.fromJson(json);
		return Architecture.fromJson(json);
	}

	/**
	 * Checks that a state dict holds everything this network needs, in the right shapes.
	 * Further entries (such as {@code num_batches_tracked}) don't matter.
	 *
	 * @throws IllegalArgumentException naming the first parameter that is missing or has
	 *           another shape
	 */
	default void check(final StateDict weights) {
		parameters().forEach((name, shape) -> {
			if (!weights.contains(name))
				throw new IllegalArgumentException(
					"The weights have no '" + name + "', which " + name() + " needs: is the architecture right?");
			final long[] found = weights.get(name).shape();
			if (!Arrays.equals(found, shape))
				throw new IllegalArgumentException("The weight '" + name + "' has shape " + Arrays.toString(found) +
					", but " + describe() + " needs " + Arrays.toString(shape));
		});
	}

	/** Returns the network with its numbers, for a message. */
	default String describe() {
		return name() + " with " + Count.of(channels(), "channel");
	}
}
