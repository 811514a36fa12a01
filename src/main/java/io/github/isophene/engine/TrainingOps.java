// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.util.Collection;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Operations of a training step that the engine's Java side has no method for, or only slow ones: gradients as new
 * arrays, a step of an optimizer over all parameters at once (PyTorch's fused forms), ReLU in place, the
 * convolution of small maps as one product of matrices, and convolutions in bfloat16. They work on every device,
 * wherever gradients are recorded and where not.
 */
public final class TrainingOps {

	/** Values of the weights from which on {@link #multiplies} holds: 256 inputs, 512 outputs, 3 x 3. */
	private static final long WEIGHTS = 256 * 512 * 9;
	/** Largest map, in pixels, for which it does. */
	private static final long PIXELS = 64;

	/** Loaded once in a process; it has no parameters, so it works on arrays of every device. */
	private static final class Loaded {

		private static final TorchScript MODULE = new TorchScript(Engines.newManager(Device.cpu()), "TrainingOps");
	}

	private TrainingOps() {}

	/**
	 * Returns the gradients of a scalar as new arrays. Nothing is added to what {@link NDArray#getGradient} gives.
	 *
	 * @param loss a scalar whose computation was recorded; its recording is used up
	 * @param leaves arrays that require a gradient
	 * @return one gradient per leaf, of its shape, 0 where the loss doesn't depend on it; they belong to the manager
	 *         of the loss
	 */
	public static NDList gradients(final NDArray loss, final Collection<NDArray> leaves) {
		return Loaded.MODULE.recorded("gradients", loss, new NDList(leaves));
	}

	/** Adds arrays to others in place, one to one. */
	public static void add(final NDList sums, final NDList more) {
		Loaded.MODULE.change("add", sums, more);
	}

	/**
	 * Shortens gradients, all together, to a length: times min(1, longest / (|g| + 1e-6)), as {@code
	 * torch.nn.utils.clip_grad_norm_} does.
	 */
	public static void clip(final NDList gradients, final double longest) {
		Loaded.MODULE.change("clip", gradients, longest);
	}

	/**
	 * Takes a step of Adam or AdamW in place: {@code torch.optim} with {@code fused=True}.
	 *
	 * @param weights parameters
	 * @param gradients one per parameter
	 * @param means running means of the gradients, changed
	 * @param squares running means of their squares, changed
	 * @param step number of this step, from 1
	 * @param decoupled whether the decay is that of AdamW
	 */
	public static void adam(final NDList weights, final NDList gradients, final NDList means, final NDList squares,
		final long step, final double rate, final double beta1, final double beta2, final double decay,
		final double epsilon, final boolean decoupled)
	{
		Loaded.MODULE.change("adam", weights, gradients, means, squares, (double) step, rate, beta1, beta2, decay,
			epsilon, decoupled);
	}

	/**
	 * Takes a step of SGD in place: {@code torch.optim.SGD} with {@code fused=True}.
	 *
	 * @param buffers momentum buffers, changed; empty without momentum
	 */
	public static void sgd(final NDList weights, final NDList gradients, final NDList buffers, final double rate,
		final double momentum, final double decay, final boolean nesterov)
	{
		Loaded.MODULE.change("sgd", weights, gradients, buffers, rate, momentum, decay, nesterov);
	}

	/**
	 * ReLU in place: changes the values of x. For results that no operation needs as they were.
	 *
	 * @return another handle of the same values, of the manager of x; both must be closed
	 */
	public static NDArray relu(final NDArray x) {
		return Loaded.MODULE.recorded("relu", x).singletonOrThrow();
	}

	/**
	 * ReLU of a sum in place: changes the values of x.
	 *
	 * @param other of the shape of x; not changed
	 * @return another handle of the values of x, of its manager; both must be closed
	 */
	public static NDArray addRelu(final NDArray x, final NDArray other) {
		return Loaded.MODULE.recorded("add_relu", x, other).singletonOrThrow();
	}

	/**
	 * Returns whether {@link #convolve} computes this convolution faster than the engine's own: 3 x 3 weights
	 * of many features on small maps, where reading the weights costs more than computing with them. On the CPU, in
	 * FLOAT32.
	 *
	 * @param x [N, C, H, W]
	 * @param weight [out, C, kernel, kernel]
	 */
	public static boolean multiplies(final NDArray x, final NDArray weight, final int stride, final int padding) {
		final Shape w = weight.getShape();
		return w.get(2) == 3 && w.get(3) == 3 && padding == 1 && stride <= 2 && w.size() >= WEIGHTS &&
			side(x, 2, stride) * side(x, 3, stride) <= PIXELS && !x.getDevice().isGpu() &&
			x.getDataType() == DataType.FLOAT32;
	}

	private static long side(final NDArray x, final int axis, final int stride) {
		return (x.getShape().get(axis) - 1) / stride + 1;
	}

	/**
	 * Convolution in {@link Precision#BFLOAT16}, with recorded gradients: arrays, and their gradients on the way back,
	 * are rounded to 8 significant bits, products are summed in float32.
	 *
	 * @param x [N, C, H, W], FLOAT32; not closed
	 * @param weight [out, C, kernel, kernel], FLOAT32, which its gradient is, too; the padding is kernel / 2
	 * @param stride 1 or 2
	 * @return [N, out, H', W'], FLOAT32, of the manager of x
	 */
	public static NDArray convolveInBfloat16(final NDArray x, final NDArray weight, final int stride) {
		return convolveInBfloat16(x, weight, stride, Bfloat16.emulated());
	}

	/** @param emulated whether rounded numbers are computed with in float32 */
	static NDArray convolveInBfloat16(final NDArray x, final NDArray weight, final int stride,
		final boolean emulated)
	{
		return Loaded.MODULE
			.recorded((emulated ? "convolve_rounded" : "convolve_bfloat16") + (stride == 1 ? "" : "_by_2"), x, weight)
			.singletonOrThrow();
	}

	/**
	 * Convolution with 3 x 3 weights and padding 1, as one product of matrices: forward and backward.
	 *
	 * @param x [N, C, H, W]; not closed
	 * @param weight [out, C, 3, 3]
	 * @param stride 1 or 2
	 * @return [N, out, H', W'], of the manager of x
	 */
	public static NDArray convolve(final NDArray x, final NDArray weight, final int stride) {
		return Loaded.MODULE.recorded(stride == 1 ? "convolve" : "convolve_by_2", x, weight).singletonOrThrow();
	}
}
