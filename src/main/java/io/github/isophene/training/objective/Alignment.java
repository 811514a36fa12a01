// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.Locale;

import ai.djl.ndarray.NDArray;
import io.github.isophene.engine.ScalarOps;

/** Loss that draws clean and perturbed images together in the embedding. */
enum Alignment {

	/** Nothing. */
	NONE,
	/** Jensen-Shannon divergence of the two distributions over the classes, nats, 0 to ln 2. */
	JENSEN_SHANNON,
	/**
	 * Squared distance of the covariances of the embeddings, |C - C'|^2 / (4 D^2) (CORAL: Sun,
	 * Saenko 2016, arXiv:1607.01719).
	 */
	CORAL;

	private static final float SMALLEST = 1e-12f;

	/** {@code none}, {@code jensen-shannon}, {@code coral}. */
	String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The value.
	 *
	 * @param logits [N, K] of the clean images
	 * @param otherLogits [N, K] of the perturbed ones
	 * @param embeddings [N, D] of the clean images
	 * @param otherEmbeddings [N, D] of the perturbed ones
	 * @return a scalar; {@code null} for {@link #NONE}
	 */
	NDArray of(final NDArray logits, final NDArray otherLogits, final NDArray embeddings,
		final NDArray otherEmbeddings)
	{
		return switch (this) {
			case NONE -> null;
			case JENSEN_SHANNON -> jensenShannon(logits, otherLogits);
			case CORAL -> coral(embeddings, otherEmbeddings);
		};
	}

	private static NDArray jensenShannon(final NDArray a, final NDArray b) {
		try (NDArray logP = a.logSoftmax(1);
			NDArray logQ = b.logSoftmax(1);
			NDArray p = logP.exp();
			NDArray q = logQ.exp();
			NDArray sum = p.add(q);
			NDArray middle = ScalarOps.over(sum, 2f);
			NDArray positive = ScalarOps.atLeast(middle, SMALLEST);
			NDArray logM = positive.log();
			NDArray kp = logP.sub(logM);
			NDArray kq = logQ.sub(logM);
			NDArray tp = kp.mul(p);
			NDArray tq = kq.mul(q);
			NDArray terms = tp.add(tq);
			NDArray total = terms.sum())
		{
			return ScalarOps.over(total, 2f * a.getShape().get(0));
		}
	}

	private static NDArray coral(final NDArray a, final NDArray b) {
		final long d = a.getShape().get(1);
		try (NDArray ca = covariance(a);
			NDArray cb = covariance(b);
			NDArray difference = ca.sub(cb);
			NDArray square = difference.square();
			NDArray sum = square.sum())
		{
			return ScalarOps.over(sum, 4f * d * d);
		}
	}

	private static NDArray covariance(final NDArray x) {
		final long n = x.getShape().get(0);
		try (NDArray mean = x.mean(new int[]{0}, true);
			NDArray centered = x.sub(mean);
			NDArray transposed = centered.transpose();
			NDArray products = transposed.matMul(centered))
		{
			return ScalarOps.over(products, (float) Math.max(1, n - 1));
		}
	}
}
