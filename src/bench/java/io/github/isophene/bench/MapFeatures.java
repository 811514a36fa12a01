// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.embedding.ForwardingTileNetwork;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.Model;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;

/** Other features of a model that takes each channel by itself: from the feature map after stage 3 or 4. */
final class MapFeatures extends ForwardingTileNetwork {

	static final Set<String> OUTPUTS = Set.of("mean+sd", "stage3", "stage3+sd", "stage3+mean", "stage3+mean+sd");

	private final List<String> parts;
	private final NDManager manager;
	private final ResNet resnet;
	private final Parameters parameters;

	/** @param network closed with this */
	MapFeatures(final TileNetwork network, final String output) {
		super(network);
		if (!OUTPUTS.contains(output)) throw new IllegalArgumentException(output + ": must be one of " + OUTPUTS);
		final Model model = network.model().orElseThrow();
		parts = List.of(output.split("\\+"));
		manager = Engines.newManager(Engines.device("cpu"));
		parameters = new Parameters(manager, model.card().architecture(), model.weights());
		resnet = new ResNet(model.card().architecture(), parameters);
	}

	@Override
	public float[][] embed(final FloatBuffer tiles, final int n, final int channels, final int side) {
		final float[][] rows = new float[n][];
		try (NDManager step = manager.newSubManager()) {
			final NDArray images = Tensors.create(step, tiles.slice(tiles.position(), n * channels * side * side),
				n * channels, 1, side, side);
			final NDArray third = resnet.activations(images, 3, Normalization.running());
			final NDList features = new NDList();
			final NDArray last = last(third);
			if (parts.contains("stage3")) {
				features.add(mean(third));
				if (parts.contains("sd")) features.add(sd(third));
			}
			if (parts.contains("mean")) {
				features.add(mean(last));
				if (parts.contains("sd")) features.add(sd(last));
			}
			final float[][] each = Tensors.rows(NDArrays.concat(features, 1));
			for (int i = 0; i < n; i++) {
				final int d = each[0].length;
				rows[i] = new float[channels * d];
				for (int c = 0; c < channels; c++) System.arraycopy(each[i * channels + c], 0, rows[i], c * d, d);
			}
		}
		return rows;
	}

	/** The map after stage 4, as a tap sees it. */
	private NDArray last(final NDArray third) {
		final List<NDArray> seen = new ArrayList<>();
		resnet.resume(third, 3, Normalization.running(), (stage, x) -> {
			if (stage == 4) seen.add(x.duplicate());
			return x;
		});
		return seen.get(0);
	}

	private static NDArray flat(final NDArray map) {
		final Shape s = map.getShape();
		return map.reshape(s.get(0), s.get(1), s.get(2) * s.get(3));
	}

	private static NDArray mean(final NDArray map) {
		return flat(map).mean(new int[]{2});
	}

	private static NDArray sd(final NDArray map) {
		final NDArray x = flat(map);
		return x.sub(x.mean(new int[]{2}, true)).square().mean(new int[]{2}).sqrt();
	}

	@Override
	public void close() {
		parameters.close();
		manager.close();
		network.close();
	}
}
