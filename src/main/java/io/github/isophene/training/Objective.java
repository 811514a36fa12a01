// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import ai.djl.ndarray.NDArray;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Head;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.TrainingData;
import org.scijava.plugin.SciJavaPlugin;

/**
 * Objective of a training: which images come together, how they are normalized, and what is
 * made small. A plug-in type: a new way of training is one class with
 * {@code @Plugin(type = Objective.class)} and its test. An objective has settings but no
 * state that changes during a training; whatever is random comes from {@link Step#random}.
 */
public interface Objective extends SciJavaPlugin {

	/** The value of the key {@code objective}, lower-case: {@code erm}, {@code cs-arm-bn}... */
	String name();

	/** One line for the user: what it does, and the source. */
	String description();

	/**
	 * Returns the sampler of the episodes.
	 *
	 * @param training indices of the samples to learn from
	 * @param wanted the sizes that the user asked for; those that are automatic are chosen here
	 * @param log takes messages on what was chosen or left out
	 * @throws IllegalArgumentException if the data don't have what the objective needs
	 */
	EpisodeSampler sampler(TrainingData data, int[] training, EpisodeSizes wanted, Consumer<String> log);

	/**
	 * The forward pass of one episode, while gradients are recorded.
	 *
	 * @return loss and logits; arrays belong to the step's manager
	 */
	Outcome forward(Step step);

	/** From which statistics the network should normalize in prediction, and does in validation. */
	StatisticsOrigin statistics();

	/**
	 * Returns whether its models are made to predict on new batches without adaptation, by the statistics that they
	 * store. A warning then tells whoever adapts one that others do better.
	 */
	default boolean replacesAdaptation() {
		return false;
	}

	/**
	 * Returns whether, while only the linear layer is trained, {@link #forward} depends on the images through
	 * {@link Step#embed} with stored statistics alone. They are then encoded once.
	 */
	default boolean probes() {
		return false;
	}

	/** The last layer that it trains, which the network must have: {@link Architecture#withHead}. */
	default Head head() {
		return Head.LINEAR;
	}

	/** Returns the settings that a user can choose, with the defaults. */
	default List<Setting> choices() {
		return List.of();
	}

	/**
	 * The same objective with other settings.
	 *
	 * @param chosen name to value; what is not in it has its default. {@link Settings#parse} reads it
	 *          from {@code name=value; name=value}
	 * @throws IllegalArgumentException naming a setting that isn't known and those that are with
	 *           their defaults, or a value that can't be
	 */
	default Objective configured(final Map<String, String> chosen) {
		Settings.of(name(), choices(), chosen);
		return this;
	}

	/**
	 * Returns the parameters that are learned besides the network: arrays that go with the training, not into
	 * the model.
	 * {@link Step#own} gives them; the optimizer makes the loss small by them, too.
	 *
	 * @param architecture of the network
	 * @param seed of the training, for random first values
	 * @return first values by name; names must not be those of the network's parameters
	 */
	default Map<String, float[]> parameters(final Architecture architecture, final long seed) {
		return Map.of();
	}

	/**
	 * The same objective with what it has measured on the training images; called once before
	 * a training, also before one that is resumed: the same data must give the same.
	 *
	 * @param training indices of the samples to learn from
	 * @param log takes messages on what was measured
	 * @throws IOException if an image can't be read
	 * @throws IllegalArgumentException if the data don't have what must be measured
	 */
	default Objective prepared(final TrainingData data, final int[] training, final Consumer<String> log)
		throws IOException
	{
		return this;
	}

	/** Logits at prediction: those of the last layer, without a margin. */
	default NDArray logits(final ResNet network, final NDArray embeddings) {
		return network.logits(embeddings);
	}

	/**
	 * Returns the settings that distinguish two objectives of one name, for the model's training record and for
	 * resuming.
	 */
	default Map<String, String> settings() {
		return Map.of();
	}
}
