// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.isophene.messages.Count;
import io.github.isophene.network.weights.StateDict;

/**
 * A network with its weights and everything needed to use it. Immutable, without the
 * engine: an {@link Encoder} puts it on a device.
 *
 * @param card everything but the weights
 * @param weights by torchvision's names; must not be changed
 * @param calibration how a plate's controls relate to the batch that the network expects; empty if it was not learned
 */
public record Model(ModelCard card, StateDict weights, Optional<StatisticsCalibration> calibration) {

	/** The name of the trained model that is built in. */
	public static final String DEFAULT = DefaultModel.NAME;

	/** The name of the untrained one, a baseline. */
	public static final String FIXED_SEED = FixedSeedModel.NAME;

	/**
	 * @throws IllegalArgumentException if the weights or the calibration don't fit the architecture, or a weight isn't
	 *           finite
	 */
	public Model {
		card.network().check(weights);
		weights.requireFinite();
		calibration.ifPresent(c -> c.check(card.architecture()));
	}

	/**
	 * Creates a model without a calibration.
	 *
	 * @throws IllegalArgumentException if the weights don't fit the architecture
	 */
	public Model(final ModelCard card, final StateDict weights) {
		this(card, weights, Optional.empty());
	}

	/** Returns whether this names a model that is built in. */
	public static boolean isBuiltIn(final String name) {
		final String stripped = name.strip();
		return stripped.equalsIgnoreCase(DEFAULT) || stripped.equalsIgnoreCase(FIXED_SEED);
	}

	/**
	 * Loads a model by what a user gives.
	 *
	 * @param nameOrFile {@code default}, {@code fixed-seed}, or the path of a model file
	 * @throws IOException if there is neither a built-in model nor a file of this name, or if
	 *           the file can't be read or isn't a model file
	 */
	public static Model load(final String nameOrFile) throws IOException {
		if (nameOrFile.strip().equalsIgnoreCase(DEFAULT)) return DefaultModel.get();
		if (nameOrFile.strip().equalsIgnoreCase(FIXED_SEED)) return FixedSeedModel.get();
		final Path file = Path.of(nameOrFile);
		if (Files.notExists(file))
			throw new IOException("There is no model '" + nameOrFile + "': use the name " + DEFAULT + " (or " +
				FIXED_SEED + ", an untrained baseline) or the path of a model file");
		return load(file);
	}

	/**
	 * Reads the card of a model that is named as for {@link #load(String)}, without the weights of a file.
	 *
	 * @throws IOException if there is no such model
	 */
	public static ModelCard card(final String nameOrFile) throws IOException {
		final String name = nameOrFile.strip();
		return isBuiltIn(name) ? load(name).card()
			: ModelFile.card(Path.of(name));
	}

	/** Loads a model file, see {@link ModelFile#read}. */
	public static Model load(final Path file) throws IOException {
		return ModelFile.read(file);
	}

	/** The same model with other stored statistics, those of one plate's controls for instance. */
	public Model withStatistics(final BatchStatistics statistics) {
		return new Model(card, statistics.into(weights), calibration);
	}

	/**
	 * Returns a model with features from another place of the same network, or pooled in another way: without a last
	 * layer and a calibration, which belong to the features that it had, and without weights that are not needed.
	 *
	 * @throws IllegalArgumentException if the network has no such output, or ends before it
	 */
	public Model withOutput(final FeatureOutput output) {
		final ModelCard of = card.withOutput(output);
		final StateDict needed = new StateDict();
		for (final String name : of.network().parameters().keySet()) {
			if (!weights.contains(name))
				throw new IllegalArgumentException("output = " + output.place() + ": the features of the model '" +
					card.name() + "' are taken at " + card.network().output().place() +
					", and it has no weights behind that: use the model that it was made of");
			needed.put(name, weights.get(name));
		}
		return new Model(of, needed);
	}

	/** Returns the same model with a calibration of its statistics. */
	public Model withCalibration(final StatisticsCalibration other) {
		return new Model(card, weights, Optional.of(other));
	}

	/**
	 * Checks that images with these channels can be embedded.
	 *
	 * @param channels number of channels of the images
	 * @throws IllegalArgumentException if the network takes another number
	 */
	public void checkChannels(final int channels) {
		if (channels < 1) throw new IllegalArgumentException("Images need at least 1 channel, not " + channels);
		if (!card.anyChannels() && channels != card.network().channels()) {
			throw new IllegalArgumentException(
				"The model '" + card.name() + "' takes " + Count.of(card.network().channels(), "channel") + " (" +
					String.join(", ", card.channels()) + "), but the images have " + channels +
					": choose channels, or use the model " + DEFAULT + ", which takes any number");
		}
	}

	/**
	 * Length of the embedding of an image with this many channels.
	 *
	 * @throws IllegalArgumentException if the network takes another number of channels
	 */
	public int embeddingDimension(final int channels) {
		checkChannels(channels);
		final int d = card.network().embeddingDimension();
		return card.anyChannels() ? Math.multiplyExact(d, channels) : d;
	}

	/**
	 * Names of the features of an embedding, in order: {@code emb_0001}..., or, if each channel
	 * is embedded by itself, {@code emb_ch1_0001}... with the channels counted from 1.
	 *
	 * @throws IllegalArgumentException if the network takes another number of channels
	 */
	public List<String> featureNames(final int channels) {
		checkChannels(channels);
		final boolean each = card.input() == ModelCard.Input.EACH_CHANNEL;
		final int d = embeddingDimension(channels) / (each ? channels : 1);
		final List<String> names = new ArrayList<>();
		for (int c = 1; c <= (each ? channels : 1); c++) {
			final String prefix = each ? "emb_ch" + c + "_" : "emb_";
			for (int i = 1; i <= d; i++) names.add(String.format(Locale.ROOT, "%s%04d", prefix, i));
		}
		return names;
	}

	/**
	 * SHA-256 of card and weights, in hexadecimal: two models with the same digest give the
	 * same embeddings.
	 */
	public String digest() {
		return ModelFile.digest(this);
	}
}
