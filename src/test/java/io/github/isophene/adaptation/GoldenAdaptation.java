// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.screen.Wells;

/**
 * The weights and images that src/test/python/golden_adaptation.py makes, and what the reference has computed
 * from them.
 */
public final class GoldenAdaptation {

	static final int CHANNELS = 5;
	static final int CLASSES = 8;
	static final int SIZE = 224;

	private GoldenAdaptation() {}

	static StateDict numbers() throws IOException {
		try (InputStream in = GoldenAdaptation.class.getResourceAsStream("golden_adaptation.safetensors")) {
			final byte[] bytes = in.readAllBytes();
			return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
		}
	}

	static Model model(final String member, final int width) {
		return model(member, "resnet50-aa", CHANNELS, width, CLASSES);
	}

	public static Model model(final String member, final String name, final int channels, final int width,
		final int classes) {
		final Architecture architecture = Architecture.of(name, channels, width, classes);
		final StateDict weights = new StateDict();
		architecture.parameters().forEach((parameter, shape) -> {
			final ReferenceSplitMix random = new ReferenceSplitMix(member + " " + parameter);
			final float[] values = new float[NamedTensor.count(shape)];
			final double fanIn = (double) values.length / shape[0];
			for (int i = 0; i < values.length; i++) values[i] = (float) value(parameter, fanIn, random.next());
			weights.put(parameter, shape, values);
		});
		return new Model(new ModelCard(member, "", architecture, ModelCard.Input.ALL_CHANNELS, names("c", channels),
			SIZE, "", names("k", classes), "label", StatisticsOrigin.JOINT, Map.of()), weights);
	}

	public static List<String> names(final String prefix, final int n) {
		return IntStream.range(0, n).mapToObj(i -> prefix + i).toList();
	}

	private static double value(final String name, final double fanIn, final double u) {
		if (name.equals("fc.weight")) return (2 * u - 1) * Math.sqrt(100 / fanIn);
		if (name.contains("conv") || name.endsWith("downsample.0.weight")) return (2 * u - 1) * Math.sqrt(6 / fanIn);
		if (name.endsWith("running_var")) return 0.5 + u;
		if (name.endsWith("bn3.weight")) return 0.1 + 0.1 * u;
		if (name.endsWith(".weight")) return 0.25 + 0.5 * u;
		return 0.2 * (2 * u - 1);
	}

	/** Some of the golden images, made when they are read. */
	static TileSource images(final int first, final int count) {
		return images(first, count, CHANNELS, SIZE);
	}

	public static TileSource images(final int first, final int count, final int channels, final int size) {
		return new TileSource() {

			@Override
			public int channels() {
				return channels;
			}

			@Override
			public int size() {
				return size;
			}

			@Override
			public int count() {
				return count;
			}

			@Override
			public int field(final int tile) {
				return tile;
			}

			@Override
			public void read(final int tile, final RandomStream random, final FloatBuffer into) {
				image(first + tile, channels, size, into);
			}
		};
	}

	private static void image(final int index, final int channels, final int size, final FloatBuffer into) {
		final ReferenceSplitMix fine = new ReferenceSplitMix("fine " + index);
		final ReferenceSplitMix coarse = new ReferenceSplitMix("coarse " + index);
		final ReferenceSplitMix of = new ReferenceSplitMix("image " + index);
		final int squares = size / 16;
		for (int c = 0; c < channels; c++) {
			final double gain = of.next();
			final double offset = of.next();
			final double[] grid = new double[squares * squares];
			for (int i = 0; i < grid.length; i++) grid[i] = coarse.next();
			for (int y = 0; y < size; y++) {
				for (int x = 0; x < size; x++) {
					final double square = grid[y / 16 * squares + x / 16];
					into.put((float) ((0.5 + gain) * (fine.next() + 2 * square) + 2 * offset - 2));
				}
			}
		}
	}

	/** Fields A01, A02... of one tile each. */
	public static FieldImages fields(final int firstRow, final TileSource tiles) {
		return new FieldImages(names("c", tiles.channels()),
			IntStream.range(0, tiles.count())
				.mapToObj(i -> new FieldImages.Position(Wells.name(firstRow + i / 24, i % 24 + 1), "1"))
				.toList(),
			tiles);
	}
}
