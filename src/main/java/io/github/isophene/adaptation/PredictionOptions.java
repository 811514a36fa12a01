// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.Objects;

import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.engine.Precision;
import io.github.isophene.network.StatisticsOrigin;

/**
 * Options for predicting plates.
 *
 * @param statistics from which images batch statistics come
 * @param queries at most how many query images are in a chunk of {@link StatisticsOrigin#JOINT}
 *          and {@link StatisticsOrigin#BATCH}; published: 64
 * @param controls how many random controls join each chunk of {@link StatisticsOrigin#JOINT};
 *          published: 128, twice the queries
 * @param seed of the order of queries and the choice of controls
 * @param drift whether to measure how far the plate is from training, which costs a pass over the controls
 * @param device see {@link io.github.isophene.engine.Engines#device(String)}
 * @param precision of the network where its statistics are known before; what is normalized by the images at hand is
 *          computed in float32
 * @param memory how many bytes of activations may be held between layers, see {@link PlateStatistics#MEMORY}
 */
public record PredictionOptions(StatisticsOrigin statistics, int queries, int controls, long seed, boolean drift,
	String device, Precision precision, long memory)
{

	/** Returns the published numbers; seed 1234. */
	public static PredictionOptions of(final StatisticsOrigin statistics) {
		return new PredictionOptions(statistics, 64, 128, 1234, true, "auto", Precision.FLOAT32,
			PlateStatistics.MEMORY);
	}

	/** @throws IllegalArgumentException if a number is out of range */
	public PredictionOptions {
		Objects.requireNonNull(statistics, "statistics");
		Objects.requireNonNull(device, "device");
		Objects.requireNonNull(precision, "precision");
		if (queries < 1 || controls < 1)
			throw new IllegalArgumentException(
				"A chunk needs at least 1 query and 1 control, not " + queries + " and " + controls);
		if (memory < 0) throw new IllegalArgumentException("Memory can't be negative: " + memory);
	}

	/** The same with another seed. */
	public PredictionOptions withSeed(final long other) {
		return new PredictionOptions(statistics, queries, controls, other, drift, device, precision, memory);
	}

	/** The same with other numbers of queries and controls per chunk. */
	public PredictionOptions withChunks(final int otherQueries, final int otherControls) {
		return new PredictionOptions(statistics, otherQueries, otherControls, seed, drift, device, precision, memory);
	}

	/** The same on another device. */
	public PredictionOptions withDevice(final String other) {
		return new PredictionOptions(statistics, queries, controls, seed, drift, other, precision, memory);
	}

	/** The same in another precision. */
	public PredictionOptions withPrecision(final Precision other) {
		return new PredictionOptions(statistics, queries, controls, seed, drift, device, other, memory);
	}

	/** The same, with the drift measured or not. */
	public PredictionOptions withDrift(final boolean other) {
		return new PredictionOptions(statistics, queries, controls, seed, other, device, precision, memory);
	}

	/** The same with another budget of bytes. */
	public PredictionOptions withMemory(final long other) {
		return new PredictionOptions(statistics, queries, controls, seed, drift, device, precision, other);
	}
}
