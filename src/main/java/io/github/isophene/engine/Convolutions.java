// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Makes the convolutions of a network for inference, in the fastest form that the device
 * and the native library have: one fused operation (oneDNN, on x86 and ARM Linux), or
 * else one operation after the other. Both give the same values up to rounding.
 */
public final class Convolutions implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(Convolutions.class);

	private final NDManager manager;
	private final TorchScript fused;

	/** @param parent of the manager that will hold the weights; says the device */
	public Convolutions(final NDManager parent) {
		this(parent, true);
	}

	/** @param wanted whether to fuse where that is possible */
	Convolutions(final NDManager parent, final boolean wanted) {
		manager = parent.newSubManager();
		fused = wanted && !manager.getDevice().isGpu() ? load(manager) : null;
	}

	private static TorchScript load(final NDManager manager) {
		try {
			return new TorchScript(manager, "FusedConvolution");
		}
		catch (final RuntimeException e) {
			LOG.info("This build of the engine has no fused convolutions, it computes them step by step: {}", e.getMessage());
			return null;
		}
	}

	/** Whether convolutions are one fused operation. */
	public boolean fused() {
		return fused != null;
	}

	/**
	 * Makes a convolution.
	 *
	 * @param weight values of [out, in, kernel, kernel]
	 * @param shape these four numbers
	 * @param bias [out]
	 * @param padding zeros added on each side
	 * @param images [N, C, H, W] of typical input, for which the weights are laid out best;
	 *          any other size works, too
	 */
	public Convolution create(final float[] weight, final long[] shape, final float[] bias, final int stride,
		final int padding, final long[] images)
	{
		final NDArray b = Tensors.create(manager, bias, bias.length);
		try (NDArray w = Tensors.create(manager, weight, shape)) {
			if (fused != null) {
				return new FusedConvolution(fused, fused.run(manager, "pack", w, stride, padding, images), b, stride, padding);
			}
			return new EagerConvolution(manager.getDevice().isGpu() ? w.duplicate() : Tensors.channelsLast(w), b, stride,
				padding);
		}
	}

	/** Frees the weights. */
	@Override
	public void close() {
		if (fused != null) fused.close();
		manager.close();
	}
}
