// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import io.github.isophene.engine.Precision;
import io.github.isophene.engine.TrainingOps;

/**
 * The forward pass of an {@link Architecture}: a function of images, parameters and a
 * {@link Normalization}. It has no state and no mode: whether gradients are recorded and
 * which statistics normalize is the caller's business.
 * <p>
 * Results belong to the manager of the images. Intermediate arrays are closed as soon as
 * the next one is there (a recording of gradients keeps what it needs), so the memory of
 * a pass doesn't depend on when the caller closes the manager.
 * </p>
 * <p>
 * Where each channel goes through the network by itself, the layers see images [N, C, H, W] as [N C, 1, H, W], so
 * that a batch normalization takes its statistics over the images of all channels; everybody else sees the feature
 * maps F of an image's channels one after the other, [N, C F, H, W], and embeddings [N, C F].
 * </p>
 */
public final class ResNet {

	/** Looks at, or changes, the activations between the parts of the network. */
	@FunctionalInterface
	public interface Tap {

		/** Lets everything pass. */
		Tap NONE = (stage, x) -> x;

		/**
		 * @param stage 0 after the stem, 1 to 4 after that stage
		 * @param x activations [N, C, H, W]; not to be closed
		 * @return {@code x} itself or a new array of its shape and manager
		 */
		NDArray apply(int stage, NDArray x);
	}

	private final Architecture architecture;
	private final Parameters parameters;
	private final Precision precision;
	/** Normalization of a network whose layers don't take it from the pass; otherwise {@code null}. */
	private final Normalization own;

	/** The network of these parameters, which stay the caller's, in {@link Precision#FLOAT32}. */
	public ResNet(final Architecture architecture, final Parameters parameters) {
		this(architecture, parameters, Precision.FLOAT32);
	}

	/**
	 * The network of these parameters, which stay the caller's.
	 *
	 * @param precision of the convolutions; what they take and give, and everything between them, is float32. The
	 *          caller has asked the device for it, see {@link Precision#require}
	 */
	public ResNet(final Architecture architecture, final Parameters parameters, final Precision precision) {
		this.architecture = architecture;
		this.parameters = parameters;
		this.precision = precision;
		own = architecture.adapts() ? null : new GroupNormalization(architecture.norms());
	}

	/** Its architecture. */
	public Architecture architecture() {
		return architecture;
	}

	/** Its parameters. */
	public Parameters parameters() {
		return parameters;
	}

	/** Returns the network of the same parameters in {@link Precision#FLOAT32}. */
	public ResNet inFloat32() {
		return precision == Precision.FLOAT32 ? this : new ResNet(architecture, parameters);
	}

	/**
	 * The pooled feature map at the network's output; with a cosine head, this vector divided by its length.
	 *
	 * @param images [N, C, H, W]; not closed
	 * @return embeddings [N, D]
	 */
	public NDArray embed(final NDArray images, final Normalization normalization) {
		return embed(images, normalization, Tap.NONE);
	}

	/** As {@link #embed(NDArray, Normalization)}, with a tap between the parts. */
	public NDArray embed(final NDArray images, final Normalization normalization, final Tap tap) {
		check(images);
		return embed(tapped(tap, 0, stem(images, normalization)), 0, normalization, tap, true);
	}

	/**
	 * The activations at a place inside, where {@link #resume} can go on.
	 *
	 * @param images [N, C, H, W]; not closed
	 * @param stage 0 after the stem, 1 to 4 after that stage
	 */
	public NDArray activations(final NDArray images, final int stage, final Normalization normalization) {
		check(images);
		NDArray x = stem(images, normalization);
		for (int s = 0; s < stage; s++) x = replace(x, stage(x, s, normalization));
		final NDArray seen = joined(architecture, x);
		if (seen != x) x.close();
		return seen;
	}

	/**
	 * The rest of {@link #embed(NDArray, Normalization, Tap)} from a place inside.
	 *
	 * @param activations what {@link #activations} gives; the tap sees it first; not closed
	 * @param stage 0 after the stem, 1 to 4 after that stage
	 * @return embeddings [N, D]
	 */
	public NDArray resume(final NDArray activations, final int stage, final Normalization normalization,
		final Tap tap)
	{
		final NDArray x = tap.apply(stage, activations);
		final NDArray each = split(x);
		if (each != x && x != activations) x.close();
		return embed(each, stage, normalization, tap, each != activations);
	}

	/** From behind a stage to the end. */
	private NDArray embed(final NDArray activations, final int after, final Normalization normalization, final Tap tap,
		final boolean close)
	{
		NDArray x = activations;
		for (int s = after; s < architecture.stages().size(); s++) {
			final NDArray y = tapped(tap, s + 1, stage(x, s, normalization));
			if (close || x != activations) x.close();
			x = y;
		}
		final NDArray embeddings = head(architecture, x);
		if (close || x != activations) x.close();
		return embeddings;
	}

	/** One stage of blocks, counted from 0; doesn't close what it is given. */
	private NDArray stage(final NDArray activations, final int stage, final Normalization normalization) {
		NDArray x = activations;
		for (final Architecture.Block block : architecture.stages().get(stage)) {
			final NDArray y = block(x, block, normalization);
			if (x != activations) x.close();
			x = y;
		}
		return x;
	}

	/** Closes x if the tap gives something else. */
	private NDArray tapped(final Tap tap, final int stage, final NDArray x) {
		if (tap == Tap.NONE) return x;
		final NDArray seen = joined(architecture, x);
		final NDArray y = tap.apply(stage, seen);
		if (seen != x) seen.close();
		if (y == seen) return x;
		x.close();
		final NDArray each = split(y);
		if (each != y) y.close();
		return each;
	}

	/** The rows of a batch as the layers see them, one for each pass: [N, C F, H, W] as [N C, F, H, W]. */
	private NDArray split(final NDArray x) {
		return split(architecture, x);
	}

	/** The rows of a batch as the layers of this network see them, one for each pass; x itself if it has one. */
	static NDArray split(final Architecture architecture, final NDArray x) {
		if (!architecture.perChannel()) return x;
		final Shape s = x.getShape();
		final int passes = architecture.passes();
		return x.reshape(new Shape(s.get(0) * passes, s.get(1) / passes, s.get(2), s.get(3)));
	}

	/** The inverse of {@link #split}: a row for each image, of [N C, F, ...] or x itself. */
	private static NDArray joined(final Architecture architecture, final NDArray x) {
		if (!architecture.perChannel()) return x;
		final long[] s = x.getShape().getShape().clone();
		s[0] /= architecture.passes();
		s[1] *= architecture.passes();
		return x.reshape(new Shape(s));
	}

	private void check(final NDArray images) {
		final Shape s = images.getShape();
		if (s.dimension() != 4 || s.get(1) != architecture.channels()) {
			throw new IllegalArgumentException(
				"The network takes images [N, " + architecture.channels() + ", H, W], not " + s);
		}
	}

	/**
	 * The last layer {@code fc}: linear, or scale x cosine of the angle between embedding and
	 * class weight, without any margin.
	 *
	 * @param embeddings [N, D]; not closed
	 * @return logits [N, K]
	 * @throws IllegalArgumentException if the network has no classes
	 */
	public NDArray logits(final NDArray embeddings) {
		if (architecture.head().cosine())
			return AngularMargin.logits(embeddings, parameters.get("fc.weight"), architecture.head().scale());
		return Linear.linear(embeddings, parameters.get("fc.weight"), parameters.get("fc.bias")).singletonOrThrow();
	}

	/**
	 * Normalizes the input of a layer: as the pass says, or, without batch normalization, each image by itself.
	 *
	 * @param x [N, C, H, W]; not closed
	 */
	NDArray normalize(final NDArray x, final String layer, final Normalization normalization) {
		return (own == null ? normalization : own).apply(x, parameters.norm(layer).inPasses(architecture.passes()));
	}

	/**
	 * Returns the first convolution of images [N, C, H, W], which are standardized before where the network does so;
	 * a row for each pass.
	 */
	NDArray first(final NDArray images) {
		final NDArray each = split(images);
		try {
			if (!architecture.selfStandardized()) return convolve(each, architecture.stem());
			try (NDArray standardized = standardized(architecture, each)) {
				return convolve(standardized, architecture.stem());
			}
		}
		finally {
			if (each != images) each.close();
		}
	}

	/** Images, a row for each pass, with each channel standardized by itself. */
	static NDArray standardized(final Architecture architecture, final NDArray images) {
		return GroupNormalization.standardize(images, architecture.stem().in(), "input");
	}

	private NDArray stem(final NDArray images, final Normalization normalization) {
		try (NDArray y = first(images);
			NDArray n = normalize(y, architecture.stem().norm(), normalization);
			NDArray r = TrainingOps.relu(n))
		{
			return Pool.maxPool2d(r, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
		}
	}

	private NDArray block(final NDArray x, final Architecture.Block block, final Normalization normalization) {
		NDArray y = x;
		for (int i = 0; i < block.convs().size(); i++) {
			final Architecture.ConvNorm conv = block.convs().get(i);
			NDArray z = normalized(y, conv, normalization);
			if (y != x) y.close();
			if (i < block.convs().size() - 1) {
				z = replace(z, TrainingOps.relu(z));
				if (conv.pool() > 1) z = replace(z, averagePool(z, conv.pool(), conv.pool()));
			}
			y = z;
		}
		final NDArray shortcut = shortcut(x, block.shortcut(), normalization);
		try (NDArray last = y) {
			return TrainingOps.addRelu(last, shortcut);
		}
		finally {
			if (shortcut != x) shortcut.close();
		}
	}

	private NDArray shortcut(final NDArray x, final Architecture.ConvNorm conv, final Normalization normalization) {
		if (conv == null) return x;
		try (NDArray y = shortcut(x, conv)) {
			return normalize(y, conv.norm(), normalization);
		}
	}

	/** A shortcut with a convolution, before its normalization. */
	NDArray shortcut(final NDArray x, final Architecture.ConvNorm conv) {
		if (conv.pool() == 1) return convolve(x, conv);
		try (NDArray pooled = averagePool(x, conv.pool(), conv.pool())) {
			return convolve(pooled, conv);
		}
	}

	private NDArray normalized(final NDArray x, final Architecture.ConvNorm conv, final Normalization normalization) {
		try (NDArray y = convolve(x, conv)) {
			return normalize(y, conv.norm(), normalization);
		}
	}

	/** A convolution, before its normalization. */
	NDArray convolve(final NDArray x, final Architecture.ConvNorm conv) {
		final NDArray weight = parameters.get(conv.weight());
		if (precision == Precision.BFLOAT16) return TrainingOps.convolveInBfloat16(x, weight, conv.stride());
		if (TrainingOps.multiplies(x, weight, conv.stride(), conv.padding()))
			return TrainingOps.convolve(x, weight, conv.stride());
		return Conv2d
			.conv2d(x, weight, null, new Shape(conv.stride(), conv.stride()),
				new Shape(conv.padding(), conv.padding()))
			.singletonOrThrow();
	}

	/** The last feature map, a row for each pass, to embeddings [N, D]. */
	static NDArray head(final Architecture architecture, final NDArray x) {
		final NDArray pooled = pooled(architecture, x);
		final NDArray embeddings = joined(architecture, pooled);
		if (embeddings != pooled) pooled.close();
		if (!architecture.head().cosine()) return embeddings;
		try (embeddings) {
			return AngularMargin.normalized(embeddings);
		}
	}

	private static NDArray pooled(final Architecture architecture, final NDArray x) {
		final Shape s = x.getShape();
		if (architecture.antiAliased() && architecture.output().last() && s.get(2) >= 7 && s.get(3) >= 7) {
			try (NDArray smoothed = averagePool(x, 7, 1)) {
				return FrozenNetwork.pool(smoothed, architecture.pooling());
			}
		}
		return FrozenNetwork.pool(x, architecture.pooling());
	}

	/** Average over squares of this size. */
	static NDArray averagePool(final NDArray x, final int size, final int stride) {
		return Pool.avgPool2d(x, new Shape(size, size), new Shape(stride, stride), new Shape(0, 0), false, true);
	}

	private static NDArray replace(final NDArray old, final NDArray other) {
		old.close();
		return other;
	}
}
