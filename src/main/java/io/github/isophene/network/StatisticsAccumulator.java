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
 * Meanwhile each layer normalises by another form, which decides what the later layers
 * get: with {@link Normalization#batch()} and all images in one batch the result is exact,
 * what CS-ARM-BN's adaptation stores; with several batches each is normalised by its own.
 * </p>
 */
public final class StatisticsAccumulator implements Normalization {

	private static final class Sums {

		private double count;
		private final double[] mean;
		private final double[] squares;

		Sums(final int channels) {
			mean = new double[channels];
			squares = new double[channels];
		}

		void add(final double n, final float[] batchMean, final float[] batchVariance) {
			final double total = count + n;
			for (int c = 0; c < mean.length; c++) {
				final double off = batchMean[c] - mean[c];
				mean[c] += off * n / total;
				squares[c] += batchVariance[c] * (n - 1) + off * off * count * n / total;
			}
			count = total;
		}

		BatchStatistics.Layer result() {
			final float[] m = new float[mean.length];
			final float[] v = new float[mean.length];
			for (int c = 0; c < m.length; c++) {
				m[c] = (float) mean[c];
				v[c] = (float) (squares[c] / (count - 1));
			}
			return new BatchStatistics.Layer(m, v);
		}
	}

	private final Normalization inner;
	private final Map<String, Sums> layers = new LinkedHashMap<>();

	/** Each batch is normalised by its own statistics. */
	public StatisticsAccumulator() {
		this(Normalization.batch());
	}

	/** @param inner how each layer normalises meanwhile */
	public StatisticsAccumulator(final Normalization inner) {
		this.inner = inner;
	}

	@Override
	public NDArray apply(final NDArray x, final NormParameters layer) {
		final Shape s = x.getShape();
		final long n = s.get(0) * s.get(2) * s.get(3);
		if (n < 2) throw new IllegalArgumentException("The layer '" + layer.name() + "' gets a single value per channel, " +
			"which has no variance: use more or larger images");
		// With nothing of the old values kept, the engine leaves mean and unbiased variance of the batch in these.
		try (NDArray mean = x.getManager().zeros(layer.runningMean().getShape(), x.getDataType());
				NDArray variance = x.getManager().ones(layer.runningMean().getShape(), x.getDataType());
				NDArray unused = EngineNormalization.apply(x, layer, mean, variance, 0, true))
		{
			layers.computeIfAbsent(layer.name(), k -> new Sums((int) s.get(1))).add(n, mean.toFloatArray(), variance
				.toFloatArray());
		}
		return inner.apply(x, layer);
	}

	/**
	 * Mean and unbiased variance of everything seen.
	 *
	 * @throws IllegalStateException if nothing was seen
	 */
	public BatchStatistics result() {
		if (layers.isEmpty()) throw new IllegalStateException("No batch has gone through the network yet");
		final Map<String, BatchStatistics.Layer> result = new LinkedHashMap<>();
		layers.forEach((name, sums) -> result.put(name, sums.result()));
		return new BatchStatistics(result);
	}
}
