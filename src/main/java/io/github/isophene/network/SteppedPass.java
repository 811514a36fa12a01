// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;

/**
 * A forward pass of one batch that stops before each normalization, so that somebody may
 * look at what the layer gets, and at what it gets in other batches, before deciding by
 * which statistics to normalize. Gone through to the end, it computes what
 * {@link ResNet#embed(NDArray, Normalization)} computes.
 * <pre>
 * try (SteppedPass pass = new SteppedPass(network, images)) {
 *   while (!pass.done()) pass.step(normalization);
 *   embeddings = pass.embeddings();
 * }
 * </pre>
 * The layers come in the order of {@link Architecture#convolutions()}. Without gradients.
 */
public final class SteppedPass implements AutoCloseable {

	private final ResNet network;
	private final List<Architecture.ConvNorm> layers;
	private final List<Architecture.Block> blocks;

	private int layer;
	private int block = -1;
	private int conv;

	/** Input of the layer, before its normalization; {@code null} at the end. */
	private NDArray activations;
	/** The input of the present block while its shortcut needs it; at the end the last feature map. */
	private NDArray input;
	/** The normalized last convolution while the shortcut is on its way. */
	private NDArray main;

	/**
	 * Goes as far as the first normalization.
	 *
	 * @param images [N, C, H, W]; not closed; everything else will belong to their manager
	 */
	public SteppedPass(final ResNet network, final NDArray images) {
		this(network);
		activations = network.first(images);
	}

	private SteppedPass(final ResNet network) {
		this.network = network;
		layers = network.architecture().convolutions();
		blocks = network.architecture().stages().stream().flatMap(List::stream).toList();
	}

	/** Returns whether all layers have been normalized. */
	public boolean done() {
		return layer == layers.size();
	}

	/** The layer that is to be normalized next. */
	public NormParameters layer() {
		return network.parameters().norm(layers.get(layer).norm());
	}

	/** Returns the input of {@link #layer}, [N, C, H, W]; not to be closed. */
	public NDArray activations() {
		return activations;
	}

	/** Returns the number of values of the arrays that are needed to continue. */
	public long size() {
		return size(activations) + size(input) + size(main);
	}

	private static long size(final NDArray array) {
		return array == null ? 0 : array.getShape().size();
	}

	/** The same place in the same pass, with arrays of its own, of the same manager. */
	public SteppedPass copy() {
		final SteppedPass copy = new SteppedPass(network);
		copy.layer = layer;
		copy.block = block;
		copy.conv = conv;
		copy.activations = duplicate(activations);
		copy.input = duplicate(input);
		copy.main = duplicate(main);
		return copy;
	}

	private static NDArray duplicate(final NDArray array) {
		return array == null ? null : array.duplicate();
	}

	/**
	 * Normalizes the layer and goes on to the next.
	 *
	 * @throws IllegalStateException at the end
	 */
	public void step(final Normalization normalization) {
		if (done()) throw new IllegalStateException("The pass is at its end");
		final NDArray normalized;
		try (NDArray z = activations) {
			normalized = network.normalize(z, layer().name(), normalization);
		}
		activations = null;
		layer++;
		if (block < 0) afterStem(normalized);
		else if (main != null) endBlock(main, normalized);
		else if (conv < blocks.get(block).convs().size() - 1) afterConvolution(normalized);
		else if (blocks.get(block).shortcut() == null) endBlock(normalized, input);
		else {
			main = normalized;
			activations = network.shortcut(input, blocks.get(block).shortcut());
			input.close();
			input = null;
		}
	}

	private void afterStem(final NDArray normalized) {
		try (NDArray n = normalized; NDArray r = Activation.relu(n)) {
			beginBlock(Pool.maxPool2d(r, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false));
		}
	}

	private void beginBlock(final NDArray x) {
		input = x;
		if (++block == blocks.size()) return;
		conv = 0;
		activations = network.convolve(x, blocks.get(block).convs().get(0));
	}

	private void afterConvolution(final NDArray normalized) {
		final int pool = blocks.get(block).convs().get(conv).pool();
		final Architecture.ConvNorm next = blocks.get(block).convs().get(++conv);
		try (NDArray n = normalized; NDArray r = Activation.relu(n)) {
			if (pool == 1) activations = network.convolve(r, next);
			else {
				try (NDArray pooled = ResNet.averagePool(r, pool, pool)) {
					activations = network.convolve(pooled, next);
				}
			}
		}
	}

	private void endBlock(final NDArray last, final NDArray shortcut) {
		main = null;
		try (NDArray a = last; NDArray b = shortcut; NDArray sum = a.add(b)) {
			beginBlock(Activation.relu(sum));
		}
	}

	/**
	 * The pooled feature map at the network's output.
	 *
	 * @return [N, D]
	 * @throws IllegalStateException before the end
	 */
	public NDArray embeddings() {
		if (!done())
			throw new IllegalStateException("The pass isn't at its end: the next layer is " + layers.get(layer).norm());
		return ResNet.head(network.architecture(), input);
	}

	/** Closes what it holds. */
	@Override
	public void close() {
		close(activations);
		close(input);
		close(main);
	}

	private static void close(final NDArray array) {
		if (array != null) array.close();
	}
}
