// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.engine.Convolution;
import io.github.isophene.engine.Convolutions;
import io.github.isophene.engine.Precision;
import io.github.isophene.engine.Tensors;
import io.github.isophene.engine.TransformerLayers;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;

/** Forward pass of a {@link VisionTransformer}, with layer scale in the weights before it. */
final class TransformerPass implements FrozenNetwork {

	private record TokenBlock(List<NDArray> attention, List<NDArray> perceptron) {}

	private final VisionTransformer network;
	private final StateDict weights;
	private final NDManager manager;
	private final Convolutions convolutions;
	private final TransformerLayers layers;
	private final Convolution patches;
	private final List<TokenBlock> blocks = new ArrayList<>();
	private final NDArray first;
	private final NDArray normWeight;
	private final NDArray normBias;
	/** Positions by the number of patches along a side. */
	private final Map<Integer, NDArray> positions = new ConcurrentHashMap<>();

	TransformerPass(final VisionTransformer network, final NDManager parent, final StateDict weights, final int rows,
		final int size)
	{
		this.network = network;
		this.weights = weights;
		manager = parent.newSubManager();
		boolean made = false;
		try {
			convolutions = new Convolutions(manager, Precision.FLOAT32);
			layers = new TransformerLayers(manager);
			final NamedTensor kernel = weights.get(VisionTransformer.FIRST);
			patches = convolutions.create(kernel.values(), kernel.shape(),
				weights.get("patch_embed.proj.bias").values(), network.patch(), 0,
				new long[]{rows, network.channels(), size, size});
			for (int b = 0; b < network.blockCount(); b++) {
				final String block = "blocks." + b + ".";
				blocks.add(new TokenBlock(
					arrays(block + "norm1", block + "attn.qkv", block + "attn.proj", block + "ls1.gamma"),
					arrays(block + "norm2", block + "mlp.fc1", block + "mlp.fc2", block + "ls2.gamma")));
			}
			first = first();
			normWeight = array("norm.weight");
			normBias = array("norm.bias");
			positions(size / network.patch());
			made = true;
		}
		finally {
			if (!made) manager.close();
		}
	}

	private NDArray array(final String name) {
		return Tensors.create(manager, weights.get(name).values(), weights.get(name).shape());
	}

	private List<NDArray> arrays(final String norm, final String in, final String out, final String scale) {
		final List<NDArray> arrays = new ArrayList<>();
		for (final String name : List.of(norm, in)) {
			arrays.add(array(name + ".weight"));
			arrays.add(array(name + ".bias"));
		}
		for (final String name : List.of(out + ".weight", out + ".bias")) {
			final NamedTensor weight = weights.get(name);
			final float[] values = weight.values().clone();
			if (network.layerScale()) {
				final float[] gamma = weights.get(scale).values();
				final int perOutput = values.length / gamma.length;
				for (int i = 0; i < values.length; i++) values[i] *= gamma[i / perOutput];
			}
			arrays.add(Tensors.create(manager, values, weight.shape()));
		}
		return arrays;
	}

	/** The class token at its position, and the registers. */
	private NDArray first() {
		final float[] values = new float[(1 + network.registers()) * network.width()];
		System.arraycopy(weights.get(VisionTransformer.CLASS).values(), 0, values, 0, network.width());
		if (network.classPosition()) {
			final float[] learned = weights.get(VisionTransformer.POSITIONS).values();
			for (int i = 0; i < network.width(); i++) values[i] += learned[i];
		}
		if (network.registers() > 0) {
			System.arraycopy(weights.get(VisionTransformer.REGISTERS).values(), 0, values, network.width(),
				network.registers() * network.width());
		}
		return Tensors.create(manager, values, 1, 1 + network.registers(), network.width());
	}

	private NDArray positions(final int size) {
		return positions.computeIfAbsent(size, n -> Tensors.create(manager,
			network.positions(weights.get(VisionTransformer.POSITIONS).values(), n), 1, (long) n * n, network.width()));
	}

	@Override
	public NDArray embed(final NDArray images) {
		final Shape s = images.getShape();
		if (s.dimension() != 4 || s.get(1) != network.channels() || s.get(2) != s.get(3) ||
			s.get(2) % network.patch() != 0)
		{
			throw new IllegalArgumentException("The network takes square images [N, " + network.channels() +
				", S, S], S a multiple of " + network.patch() + ", not " + s);
		}
		NDArray x;
		try (NDArray map = patches.apply(images)) {
			x = layers.tokens(map, first, positions((int) s.get(2) / network.patch()));
		}
		for (final TokenBlock block : blocks) {
			final NDArray seen;
			try (NDArray before = x) {
				seen = layers.attend(before, block.attention(), network.heads());
			}
			try (seen) {
				x = layers.transform(seen, block.perceptron());
			}
		}
		try (NDArray last = x; NDArray normalized = layers.norm(last, normWeight, normBias)) {
			return pooled(normalized);
		}
	}

	private NDArray pooled(final NDArray tokens) {
		final FeatureOutput.Pooling pooling = network.pooling();
		if (pooling == FeatureOutput.Pooling.PATCHES) return patches(tokens);
		try (NDArray token = tokens.get(new NDIndex(":, 0, :"))) {
			if (pooling == FeatureOutput.Pooling.CLASS) return token.duplicate();
			try (NDArray mean = patches(tokens)) {
				return token.concat(mean, 1);
			}
		}
	}

	private NDArray patches(final NDArray tokens) {
		try (NDArray some = tokens.get(new NDIndex(":, {}:, :", 1 + network.registers()))) {
			return some.mean(new int[]{1});
		}
	}

	@Override
	public void close() {
		layers.close();
		convolutions.close();
		manager.close();
	}
}
