// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import io.github.isophene.engine.ScalarOps;

/**
 * The cosine classifier and its additive angular margin (ArcFace: Deng et al. 2019,
 * arXiv:1801.07698): in training, the angle t between an embedding and the weight of its
 * own class counts as t + m, so that classes are learned with a margin of m between them.
 * In prediction there is no margin.
 * <pre>
 * cos   = z/|z| . w/|w|
 * phi   = cos(t + m) = cos cos(m) - sqrt(1 - cos^2) sin(m)
 * logit = s phi                if cos &gt; cos(pi - m), for the label
 *         s (cos - m sin(m))   otherwise, for the label: beyond t = pi - m, cos(t + m) would rise again
 *         s cos                for every other class
 * </pre>
 */
public final class AngularMargin {

	/** Shortest length that is divided by, as in {@code torch.nn.functional.normalize}. */
	private static final float SHORTEST = 1e-12f;
	/** Smallest sin^2: below, the derivative of the root would be infinite. */
	private static final float SMALLEST = 1e-10f;

	private AngularMargin() {}

	/**
	 * Rows divided by their lengths.
	 *
	 * @param rows [N, D]; not closed
	 * @return [N, D]
	 */
	public static NDArray normalized(final NDArray rows) {
		try (NDArray square = rows.square();
			NDArray sum = square.sum(new int[]{1}, true);
			NDArray bounded = ScalarOps.atLeast(sum, SHORTEST * SHORTEST);
			NDArray length = bounded.sqrt())
		{
			return rows.div(length);
		}
	}

	/**
	 * Logits without a margin.
	 *
	 * @param embeddings [N, D]; not closed
	 * @param weight [K, D]; not closed
	 * @param scale s
	 * @return s cos, [N, K], of the manager of the embeddings
	 */
	static NDArray logits(final NDArray embeddings, final NDArray weight, final double scale) {
		try (NDArray z = normalized(embeddings);
			NDArray w = normalized(weight);
			NDArray transposed = w.transpose();
			NDArray cos = z.matMul(transposed))
		{
			return ScalarOps.times(cos, (float) scale);
		}
	}

	/**
	 * Logits with the margin at the labels.
	 *
	 * @param logits s cos, [N, K]; not closed
	 * @param labels [N, K], 1 at the label and 0 elsewhere; not closed
	 * @param scale s
	 * @param margin m in radians, 0 to pi / 2
	 * @return [N, K]
	 */
	public static NDArray apply(final NDArray logits, final NDArray labels, final double scale, final double margin) {
		try (NDArray cos = ScalarOps.over(logits, (float) scale);
			NDArray square = cos.square();
			NDArray negative = square.neg();
			NDArray one = negative.add(1f);
			NDArray sin2 = one.clip(SMALLEST, 1f);
			NDArray sin = sin2.sqrt();
			NDArray c = ScalarOps.times(cos, (float) Math.cos(margin));
			NDArray s = ScalarOps.times(sin, (float) Math.sin(margin));
			NDArray phi = c.sub(s);
			NDArray beyond = cos.sub((float) (margin * Math.sin(margin)));
			NDArray near = cos.gt((float) Math.cos(Math.PI - margin));
			NDArray own = NDArrays.where(near, phi, beyond);
			NDArray change = own.sub(cos);
			NDArray atLabels = change.mul(labels);
			NDArray scaled = ScalarOps.times(atLabels, (float) scale))
		{
			return logits.add(scaled);
		}
	}
}
