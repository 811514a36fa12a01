// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.messages.Count;

/**
 * Count, mean and sum of squared deviations of each channel of activations, in double
 * precision. Those of parts, added up, are those of the whole (Chan et al. 1979), up to
 * rounding. Without the engine once made.
 */
public final class ChannelMoments {

	private double count;
	private final double[] mean;
	private final double[] squares;

	/** Of nothing. */
	public ChannelMoments(final int channels) {
		mean = new double[channels];
		squares = new double[channels];
	}

	/**
	 * Of one batch, over N, H and W.
	 *
	 * @param x activations [N, C, H, W]; not closed
	 * @param layer the layer that gets them; nothing in it changes
	 */
	public static ChannelMoments of(final NDArray x, final NormParameters layer) {
		final Shape s = x.getShape();
		final ChannelMoments moments = new ChannelMoments((int) s.get(1));
		final long n = s.get(0) * s.get(2) * s.get(3);
		// A single value has no unbiased variance, but it has a place in a larger whole.
		if (n == 1) moments.add(1, x.toFloatArray(), new float[moments.mean.length]);
		else {
			// With nothing of the old values kept, the engine leaves mean and unbiased variance of the batch in these.
			try (NDArray m = x.getManager().zeros(layer.runningMean().getShape(), x.getDataType());
				NDArray v = x.getManager().ones(layer.runningMean().getShape(), x.getDataType());
				NDArray unused = EngineNormalization.apply(x, layer, m, v, 0, true))
			{
				moments.add(n, m.toFloatArray(), v.toFloatArray());
			}
		}
		return moments;
	}

	private void add(final double n, final float[] batchMean, final float[] batchVariance) {
		for (int c = 0; c < mean.length; c++) add(c, n, batchMean[c], batchVariance[c] * (n - 1));
		count += n;
	}

	/**
	 * Adds those of another part.
	 *
	 * @throws IllegalArgumentException if it has another number of channels
	 */
	public void add(final ChannelMoments other) {
		if (other.mean.length != mean.length)
			throw new IllegalArgumentException(
				"Moments of " + Count.of(other.mean.length, "channel") + " can't be added to those of " + mean.length);
		if (other.count == 0) return;
		for (int c = 0; c < mean.length; c++) add(c, other.count, other.mean[c], other.squares[c]);
		count += other.count;
	}

	private void add(final int c, final double n, final double otherMean, final double otherSquares) {
		final double total = count + n;
		final double off = otherMean - mean[c];
		mean[c] += off * n / total;
		squares[c] += otherSquares + off * off * count * n / total;
	}

	/**
	 * Creates the moments of values that are summarized already.
	 *
	 * @param count number of values per channel
	 * @param mean [C]
	 * @param variance biased, [C]
	 */
	public static ChannelMoments of(final double count, final double[] mean, final double[] variance) {
		final ChannelMoments moments = new ChannelMoments(mean.length);
		for (int c = 0; c < mean.length; c++) moments.add(c, count, mean[c], count * variance[c]);
		moments.count = count;
		return moments;
	}

	/**
	 * Returns the moments of several parts together.
	 *
	 * @param parts at least one, of the same number of channels
	 */
	public static ChannelMoments sum(final ChannelMoments... parts) {
		final ChannelMoments all = new ChannelMoments(parts[0].channels());
		for (final ChannelMoments part : parts) all.add(part);
		return all;
	}

	/** Returns the number of channels C. */
	public int channels() {
		return mean.length;
	}

	/** Returns the mean of a channel. */
	public double mean(final int channel) {
		return mean[channel];
	}

	/** Returns the <em>biased</em> variance of a channel; 0 of no values. */
	public double variance(final int channel) {
		return count == 0 ? 0 : squares[channel] / count;
	}

	/** Returns the number of values per channel: N * H * W. */
	public double count() {
		return count;
	}

	/** Mean and <em>biased</em> variance (sum of squares / count): by what a batch normalizes itself. */
	public BatchStatistics.LayerStatistics biased() {
		return divided(count, 1);
	}

	/**
	 * Mean and <em>unbiased</em> variance (sum of squares / (count - 1)): what is stored as
	 * running statistics.
	 *
	 * @throws IllegalStateException if there was a single value or none
	 */
	public BatchStatistics.LayerStatistics unbiased() {
		return divided(count - 1, 2);
	}

	private BatchStatistics.LayerStatistics divided(final double by, final int needed) {
		if (count < needed)
			throw new IllegalStateException(
				"The variance of " + (long) count + " values per channel isn't defined: use more or larger images");
		final float[] m = new float[mean.length];
		final float[] v = new float[mean.length];
		for (int c = 0; c < m.length; c++) {
			m[c] = (float) mean[c];
			v[c] = (float) (squares[c] / by);
		}
		return new BatchStatistics.LayerStatistics(m, v);
	}
}
