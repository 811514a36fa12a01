// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

/**
 * Form of the last layer, which computes logits from an embedding. The linear layer is torchvision's. The
 * cosine classifier has no bias: the embedding z is divided by its length, and
 * logit_j = scale cos(z, w_j); it is what an angular margin ({@link AngularMargin}) trains.
 *
 * @param scale factor on the cosine, above 0; 0 = linear layer
 */
public record Head(double scale) {

	/** The linear layer with weight and bias. */
	public static final Head LINEAR = new Head(0);

	/** @throws IllegalArgumentException if the scale is negative or no number */
	public Head {
		if (!(scale >= 0) || Double.isInfinite(scale))
			throw new IllegalArgumentException("The scale of a cosine classifier must be above 0, not " + scale);
	}

	/**
	 * The cosine classifier.
	 *
	 * @throws IllegalArgumentException if the scale isn't positive
	 */
	public static Head cosine(final double scale) {
		if (scale == 0) throw new IllegalArgumentException("The scale of a cosine classifier must be above 0");
		return new Head(scale);
	}

	/** Returns whether it is the cosine classifier. */
	public boolean cosine() {
		return scale > 0;
	}
}
