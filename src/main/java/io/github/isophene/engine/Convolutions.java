// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the convolutions of a network for inference, in the fastest form that the device
 * and the native library have: one fused operation (oneDNN, on x86 and ARM Linux), or
 * else one operation after the other. Both give the same values up to rounding.
 */
public final class Convolutions implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(Convolutions.class);

	/**
	 * Agreement of fused and public operations in a precision: a property of the native library, so it is looked at
	 * once. It took half of the time that a network needs to be set up, which counts where one is set up per test.
	 */
	private static final Map<Precision, Boolean> AGREES = new ConcurrentHashMap<>();

	private final NDManager manager;
	private final Casts casts;
	private final Precision precision;
	private final TorchScript fused;

	/** @param parent of the manager that will hold the weights; says the device */
	public Convolutions(final NDManager parent) {
		this(parent, Precision.FLOAT32);
	}

	/**
	 * @param parent of the manager that will hold the weights; says the device
	 * @param precision of weights, inputs and results
	 * @throws EngineException if the device doesn't compute in it
	 */
	public Convolutions(final NDManager parent, final Precision precision) {
		this(parent, precision, true);
	}

	/** @param wanted whether to fuse where that is possible */
	Convolutions(final NDManager parent, final Precision precision, final boolean wanted) {
		precision.require(parent.getDevice());
		manager = parent.newSubManager();
		casts = new Casts(manager, precision);
		this.precision = precision;
		fused = wanted && !manager.getDevice().isGpu() ? load() : null;
	}

	private TorchScript load() {
		try {
			final TorchScript script = new TorchScript(manager, "FusedConvolution");
			if (AGREES.computeIfAbsent(precision, p -> verified(manager, script))) return script;
			script.close();
		}
		catch (final RuntimeException e) {
			LOG.info("This build of the engine has no fused convolutions; computing them step by step: {}",
				e.getMessage());
		}
		return null;
	}

	private boolean verified(final NDManager parent, final TorchScript script) {
		final boolean agrees = agrees(parent, script);
		if (!agrees) LOG.warn("Fused convolutions of this build of the engine are wrong; computing them step by step");
		return agrees;
	}

	/** The operations are internal ones of the engine: on a small example they must give what the public ones give. */
	private boolean agrees(final NDManager parent, final TorchScript script) {
		try (NDManager manager = parent.newSubManager()) {
			final NDArray x = wave(manager, 0.7, 2, 3, 9, 9);
			final NDArray weight = wave(manager, 0.3, 16, 3, 3, 3);
			final NDArray bias = wave(manager, 0.9, 16);
			final NDArray other = wave(manager, 0.5, 2, 16, 5, 5);
			final Convolution eager = new EagerConvolution(weight, bias, 2, 1, 1);
			final Convolution fused = fused(script, weight, bias, 2, 1, 1, new long[]{2, 3, 9, 9});
			final NDArray wide = wave(manager, 3, 2, 16, 9, 9);
			final NDArray each = wave(manager, 0.6, 16, 1, 3, 3);
			final Convolution eagerEach = new EagerConvolution(each, bias, 2, 1, 16);
			final Convolution fusedEach = fused(script, each, bias, 2, 1, 16, new long[]{2, 16, 9, 9});
			return same(eager.apply(x), fused.apply(x)) && same(eager.applyRelu(x), fused.applyRelu(x)) &&
				same(eager.applyAddRelu(x, other.duplicate()), fused.applyAddRelu(x, other.duplicate())) &&
				same(eager.applyAdd(x, other.duplicate()), fused.applyAdd(x, other.duplicate())) &&
				same(eager.applyRelu6(x), fused.applyRelu6(x)) &&
				same(eagerEach.applyRelu6(wide), fusedEach.applyRelu6(wide));
		}
	}

	private NDArray wave(final NDManager manager, final double step, final long... shape) {
		int n = 1;
		for (final long s : shape) n *= s;
		final float[] values = new float[n];
		for (int i = 0; i < n; i++) values[i] = (float) Math.sin(step * i);
		return converted(Tensors.create(manager, values, shape));
	}

	private boolean same(final NDArray a, final NDArray b) {
		final float[] x = casts.from(a).toFloatArray();
		final float[] y = casts.from(b).toFloatArray();
		boolean same = x.length == y.length;
		// Of 8 significant bits the last may differ.
		final float tolerance = casts.convert() ? 0.02f : 0;
		for (int i = 0; same && i < x.length; i++)
			same = Math.abs(x[i] - y[i]) < 1e-3f + tolerance * (1 + Math.abs(x[i]));
		return same;
	}

	private static Convolution fused(final TorchScript script, final NDArray weight, final NDArray bias,
		final int stride, final int padding, final int groups, final long[] images)
	{
		return new FusedConvolution(script,
			script.run(weight.getManager(), "pack", weight, stride, padding, groups, images), bias, stride, padding,
			groups);
	}

	/** Returns the array in the precision of the convolutions; closes the given one if that is another. */
	private NDArray converted(final NDArray x) {
		final NDArray y = casts.to(x);
		if (y != x) x.close();
		return y;
	}

	/**
	 * Converts images for the first convolution.
	 *
	 * @return a new array, or the same one where there is nothing to convert
	 */
	public NDArray input(final NDArray images) {
		return casts.to(images);
	}

	/**
	 * Converts what the last convolution gave to FLOAT32.
	 *
	 * @param last closed if the result is another
	 */
	public NDArray output(final NDArray last) {
		final NDArray y = casts.from(last);
		if (y != last) last.close();
		return y;
	}

	/** Returns whether convolutions are one fused operation. */
	public boolean fused() {
		return fused != null;
	}

	/** As below, of all channels together. */
	public Convolution create(final float[] weight, final long[] shape, final float[] bias, final int stride,
		final int padding, final long[] images)
	{
		return create(weight, shape, bias, stride, padding, 1, images);
	}

	/**
	 * Makes a convolution.
	 *
	 * @param weight values of [out, in / groups, kernel, kernel]
	 * @param shape these four numbers
	 * @param bias [out]
	 * @param padding zeros added on each side
	 * @param groups number of groups of channels that see nothing of each other: 1, or as many as there are channels
	 *          of a depthwise convolution
	 * @param images [N, C, H, W] of typical input, for which the weights are laid out best;
	 *          any other size works, too
	 */
	public Convolution create(final float[] weight, final long[] shape, final float[] bias, final int stride,
		final int padding, final int groups, final long[] images)
	{
		final NDArray b = converted(Tensors.create(manager, bias, bias.length));
		try (NDArray w = converted(Tensors.create(manager, weight, shape))) {
			if (fused != null) return fused(fused, w, b, stride, padding, groups, images);
			return new EagerConvolution(manager.getDevice().isGpu() ? w.duplicate() : Tensors.channelsLast(w), b,
				stride, padding, groups);
		}
	}

	/** Frees the weights. */
	@Override
	public void close() {
		if (fused != null) fused.close();
		casts.close();
		manager.close();
	}
}
