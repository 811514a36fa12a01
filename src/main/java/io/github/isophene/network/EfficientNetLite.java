// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;

/**
 * EfficientNet-Lite 0 to 4: EfficientNet (Tan, Le 2019, arXiv:1905.11946) without squeeze-and-excitation, with ReLU6
 * and with stem and head of fixed width. A stem, 3x3 with stride 2; seven stages of inverted residual blocks (1x1
 * expansion, depthwise convolution, linear 1x1 projection); a 1x1 head. Convolutions are padded as in TensorFlow's
 * SAME: an odd zero is added at the bottom and on the right. Names of parameters are those of the package
 * {@code efficientnet_lite_pytorch} 0.1.0.
 *
 * @param channels number of channels of the images, at least 1
 * @param widths channels after the stem, the seven stages and the head
 * @param repeats number of blocks of each stage
 * @param output block after which features are taken, counted from 0, and their pooling; what is behind it is no part
 *          of the network
 */
public record EfficientNetLite(int channels, List<Integer> widths, List<Integer> repeats, FeatureOutput output)
	implements Network
{

	/** Name of the first convolution's weight. */
	public static final String FIRST = "_conv_stem.weight";

	/** Name of all of them, without a number. */
	private static final String FAMILY = "efficientnet-lite";

	private static final int[] KERNELS = {3, 3, 5, 3, 5, 5, 3};
	private static final int[] STRIDES = {1, 2, 2, 2, 1, 2, 1};
	private static final int[] EXPANSIONS = {1, 6, 6, 6, 6, 6, 6};
	/** Of number 0; the others have them times a factor, in multiples of 8. */
	private static final int[] WIDTHS = {16, 24, 40, 80, 112, 192, 320};
	/** Of number 0; the others have them times a factor, but for the first and the last. */
	private static final int[] REPEATS = {1, 2, 2, 3, 3, 4, 1};
	private static final int STEM = 32;
	private static final int HEAD = 1280;
	private static final double[] WIDTH_FACTORS = {1, 1, 1.1, 1.2, 1.4};
	private static final double[] DEPTH_FACTORS = {1, 1.1, 1.2, 1.4, 1.8};
	private static final int DIVISOR = 8;
	static final int STAGES = REPEATS.length;
	/** Added to every variance before the square root. */
	static final float EPSILON = 1e-3f;

	private static final String WIDTHS_KEY = "widths";
	private static final String REPEATS_KEY = "repeats";

	/** A block: the names' number, and its form. */
	record InvertedBlock(int index, int in, int out, int kernel, int stride, int expansion) {

		String name(final String part) {
			return "_blocks." + index + "." + part;
		}

		int inner() {
			return in * expansion;
		}

		boolean residual() {
			return stride == 1 && in == out;
		}
	}

	/** @throws IllegalArgumentException if a number is out of range */
	public EfficientNetLite {
		widths = List.copyOf(widths);
		repeats = List.copyOf(repeats);
		if (channels < 1) throw new IllegalArgumentException("A network needs at least 1 channel, not " + channels);
		if (widths.size() != STAGES + 2 || widths.stream().anyMatch(w -> w < 1 || w > 1 << 14))
			throw new IllegalArgumentException("widths = " + widths + ": must be " + (STAGES + 2) +
				" positive integers, of the stem, " + STAGES + " stages and the head");
		if (repeats.size() != STAGES || repeats.stream().anyMatch(r -> r < 1 || r > 64))
			throw new IllegalArgumentException(
				"repeats = " + repeats + ": must be " + STAGES + " positive integers, blocks of each stage");
		final int blocks = repeats.stream().mapToInt(r -> r).sum();
		output = output.in(FAMILY, FeatureOutput.LayerUnit.BLOCK, 0, blocks - 1,
			FeatureOutput.Pooling.OF_MAPS);
	}

	/** Returns the names of the published networks. */
	public static List<String> names() {
		return IntStream.range(0, WIDTH_FACTORS.length).mapToObj(i -> FAMILY + i).toList();
	}

	/** Returns whether this is the name of such a network. */
	static boolean isName(final String name) {
		return name.equals(FAMILY) || names().contains(name);
	}

	/** Returns whether weights have these names. */
	public static boolean recognizes(final StateDict found) {
		return found.contains(FIRST) && found.contains("_blocks.0._depthwise_conv.weight");
	}

	/**
	 * Recognizes a network by its weights.
	 *
	 * @param channels number of channels of the images that it will take
	 * @throws IllegalArgumentException if weights of its first convolution or blocks aren't those of such a network;
	 *           the others are not looked at
	 */
	public static EfficientNetLite of(final StateDict found, final int channels) {
		if (found.names().stream().anyMatch(n -> n.contains("_se_reduce")))
			throw new IllegalArgumentException("The weights seem to be of an EfficientNet with " +
				"squeeze-and-excitation (B0 to B7), which is none of " + String.join(", ", names()));
		int blocks = 0;
		while (found.contains("_blocks." + blocks + "._project_conv.weight")) blocks++;
		for (final double factor : DEPTH_FACTORS) {
			final List<Integer> repeats = repeats(factor);
			if (repeats.stream().mapToInt(r -> r).sum() != blocks) continue;
			final List<Integer> widths = new ArrayList<>(List.of(outputs(found, FIRST)));
			int at = 0;
			for (final int n : repeats) {
				widths.add(outputs(found, "_blocks." + at + "._project_conv.weight"));
				at += n;
			}
			widths.add(found.contains("_conv_head.weight") ? outputs(found, "_conv_head.weight") : HEAD);
			return new EfficientNetLite(channels, widths, repeats, FeatureOutput.OWN);
		}
		throw new IllegalArgumentException("The weights seem to be of an EfficientNet with " + blocks +
			" blocks; " + String.join(", ", names()) + " have 16, 21, 21, 24 and 30");
	}

	private static int outputs(final StateDict found, final String name) {
		final NamedTensor weight = found.get(name);
		if (weight.rank() != 4) throw new IllegalArgumentException(
			"The weight '" + name + "' is " + weight + ", not that of a convolution [out, in, height, width]");
		return Math.toIntExact(weight.shape()[0]);
	}

	private static List<Integer> repeats(final double factor) {
		return IntStream.range(0, STAGES)
			.mapToObj(s -> s == 0 || s == STAGES - 1 ? REPEATS[s] : (int) Math.ceil(REPEATS[s] * factor))
			.toList();
	}

	private static List<Integer> widths(final double factor) {
		final List<Integer> widths = new ArrayList<>(List.of(STEM));
		for (final int width : WIDTHS) {
			final double wanted = width * factor;
			final int rounded = Math.max(DIVISOR, (int) (wanted + DIVISOR / 2.0) / DIVISOR * DIVISOR);
			widths.add(rounded < 0.9 * wanted ? rounded + DIVISOR : rounded);
		}
		widths.add(HEAD);
		return widths;
	}

	/** Returns {@code efficientnet-lite0} to {@code -lite4}; without a number if it has other widths. */
	@Override
	public String name() {
		for (int i = 0; i < WIDTH_FACTORS.length; i++) {
			if (widths.equals(widths(WIDTH_FACTORS[i])) && repeats.equals(repeats(DEPTH_FACTORS[i]))) return FAMILY + i;
		}
		return FAMILY;
	}

	@Override
	public EfficientNetLite withFeaturesOf(final FeatureOutput other) {
		return new EfficientNetLite(channels, widths, repeats, other);
	}

	@Override
	public List<FeatureOutput.Pooling> poolings() {
		return FeatureOutput.Pooling.OF_MAPS;
	}

	@Override
	public int embeddingDimension() {
		final List<InvertedBlock> blocks = blocks();
		final int out = output.last() ? widths.get(STAGES + 1) : blocks.get(blocks.size() - 1).out();
		return out * pooling().vectors();
	}

	@Override
	public int minimumTile() {
		return pooling().minimumTile(blocks().stream().mapToInt(InvertedBlock::stride).reduce(2, (a, b) -> a * b));
	}

	/** Returns the blocks up to the output. */
	List<InvertedBlock> blocks() {
		final List<InvertedBlock> blocks = new ArrayList<>();
		int in = widths.get(0);
		for (int s = 0; s < STAGES; s++) {
			for (int r = 0; r < repeats.get(s); r++) {
				if (!output.last() && blocks.size() > output.index()) return blocks;
				final int out = widths.get(s + 1);
				final int stride = r == 0 ? STRIDES[s] : 1;
				blocks.add(new InvertedBlock(blocks.size(), in, out, KERNELS[s], stride, EXPANSIONS[s]));
				in = out;
			}
		}
		return blocks;
	}

	@Override
	public Map<String, long[]> parameters() {
		final Map<String, long[]> shapes = new LinkedHashMap<>();
		add(shapes, "_conv_stem", "_bn0", widths.get(0), channels, 3);
		for (final InvertedBlock b : blocks()) {
			if (b.expansion() > 1) add(shapes, b.name("_expand_conv"), b.name("_bn0"), b.inner(), b.in(), 1);
			add(shapes, b.name("_depthwise_conv"), b.name("_bn1"), b.inner(), 1, b.kernel());
			add(shapes, b.name("_project_conv"), b.name("_bn2"), b.out(), b.inner(), 1);
		}
		if (output.last()) add(shapes, "_conv_head", "_bn1", widths.get(STAGES + 1), widths.get(STAGES), 1);
		return shapes;
	}

	private static void add(final Map<String, long[]> shapes, final String conv, final String norm, final int out,
		final int in, final int kernel)
	{
		shapes.put(conv + ".weight", new long[]{out, in, kernel, kernel});
		for (final String part : NormParameters.PARTS) shapes.put(norm + part, new long[]{out});
	}

	@Override
	public JsonObject toJson() {
		final JsonObject json = new JsonObject();
		json.addProperty(Architecture.NETWORK, name());
		json.addProperty(Architecture.CHANNELS, channels);
		json.add(WIDTHS_KEY, array(widths));
		json.add(REPEATS_KEY, array(repeats));
		output.addTo(json);
		return json;
	}

	private static JsonArray array(final List<Integer> numbers) {
		final JsonArray array = new JsonArray();
		numbers.forEach(array::add);
		return array;
	}

	static EfficientNetLite fromJson(final JsonObject json) {
		return new EfficientNetLite(ModelJson.integer(json, Architecture.CHANNELS),
			ModelJson.integers(json, WIDTHS_KEY), ModelJson.integers(json, REPEATS_KEY), FeatureOutput.fromJson(json));
	}
}
