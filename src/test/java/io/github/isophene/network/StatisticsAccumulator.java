// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.LinkedHashMap;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Measures the mean and the <em>unbiased</em> variance of what each layer gets, over
 * everything it has seen, without momentum: after one batch its mean and variance, after
 * several those of all their values together (Chan et al. 1979, in double precision).
 * <p>
 * Meanwhile each layer normalizes by another form, which decides what the later layers
 * get: with {@link Normalization#batch()} and all images in one batch the result is exact,
 * what CS-ARM-BN's adaptation stores; with several batches each is normalized by its own.
 * </p>
 */
public final class StatisticsAccumulator implements Normalization {

	private final Normalization inner;
	private final Map<String, ChannelMoments> layers = new LinkedHashMap<>();

	/** Each batch is normalized by its own statistics. */
	public StatisticsAccumulator() {
		this(Normalization.batch());
	}

	/** @param inner how each layer normalizes meanwhile */
	public StatisticsAccumulator(final Normalization inner) {
		this.inner = inner;
	}

	@Override
	public NDArray apply(final NDArray x, final NormParameters layer) {
		final Shape s = x.getShape();
		final long n = s.get(0) * s.get(2) * s.get(3);
		if (n < 2)
			throw new IllegalArgumentException("The layer '" + layer.name() + "' gets a single value per channel, " +
				"which has no variance: use more or larger images");
		layers.computeIfAbsent(layer.name(), k -> new ChannelMoments((int) s.get(1))).add(ChannelMoments.of(x, layer));
		return inner.apply(x, layer);
	}

	/**
	 * Mean and unbiased variance of everything seen.
	 *
	 * @throws IllegalStateException if nothing was seen
	 */
	public BatchStatistics result() {
		if (layers.isEmpty()) throw new IllegalStateException("No batch has gone through the network yet");
		final Map<String, BatchStatistics.LayerStatistics> result = new LinkedHashMap<>();
		layers.forEach((name, moments) -> result.put(name, moments.unbiased()));
		return new BatchStatistics(result);
	}
}
