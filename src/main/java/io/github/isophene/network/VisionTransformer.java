// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonObject;
import io.github.isophene.messages.Count;
import io.github.isophene.network.weights.StateDict;

/**
 * A vision transformer (Dosovitskiy et al. 2021, arXiv:2010.11929) in the form of DINO (arXiv:2104.14294) and DINOv2
 * (arXiv:2304.07193): pre-normalization with epsilon 1e-6, GELU, a class token, learned positions, and, where the
 * weights have them, layer scale and register tokens. Names of parameters are those that timm, DINO and DINOv2 share.
 * Heads have 64 channels, as in all published ones.
 * <p>
 * Positions are interpolated bicubically to the patches of a tile: with registers with antialiasing, as DINOv2 and
 * timm do; without them as DINO and DINOv2 do, without antialiasing and with a tenth of a patch added to the size.
 * </p>
 *
 * @param channels number of channels of the images, at least 1
 * @param patch side of a patch, pixels
 * @param width channels of a token, D, a multiple of the number of heads
 * @param depth number of blocks
 * @param heads number of heads of each attention
 * @param hidden channels of the hidden layer of each perceptron
 * @param grid patches along a side for which positions were learned
 * @param registers number of register tokens; 0 = none
 * @param classPosition whether the class token has a position
 * @param layerScale whether the outputs of attention and perceptron are scaled by channel
 * @param output block after which features are taken, counted from 0, and their pooling; blocks behind it are no part
 *          of the network, the last normalization always is
 */
public record VisionTransformer(int channels, int patch, int width, int depth, int heads, int hidden, int grid,
	int registers, boolean classPosition, boolean layerScale, FeatureOutput output) implements Network
{

	/** Name of the first convolution's weight. */
	public static final String FIRST = "patch_embed.proj.weight";

	/** Name of the register tokens in DINOv2. */
	public static final String REGISTERS = "register_tokens";

	/** Name of the register tokens in timm. */
	public static final String TIMM_REGISTERS = "reg_token";

	/** Name of those of other sizes. */
	private static final String FAMILY = "vit";
	/** Channels of a head. */
	private static final int HEAD = 64;
	/** More than any published network has; bounds what a file can ask for. */
	private static final int LARGEST = 1 << 14;

	static final String CLASS = "cls_token";
	static final String POSITIONS = "pos_embed";

	/** A published size. */
	private record PublishedSize(String name, int width, int depth) {}

	private static final List<PublishedSize> SIZES = List.of(new PublishedSize("vit-small", 384, 12),
		new PublishedSize("vit-base", 768, 12));

	private static final List<FeatureOutput.Pooling> POOLINGS = List.of(FeatureOutput.Pooling.CLASS,
		FeatureOutput.Pooling.PATCHES, FeatureOutput.Pooling.CLASS_PATCHES);

	/** @throws IllegalArgumentException if a number is out of range */
	public VisionTransformer {
		for (final int number : new int[]{channels, patch, width, depth, heads, hidden, grid, registers + 1}) {
			if (number < 1 || number > LARGEST)
				throw new IllegalArgumentException("A vision transformer has numbers of 1 to " + LARGEST +
					", not " + number);
		}
		if (width % heads != 0)
			throw new IllegalArgumentException(
				Count.of(width, "channel") + " of a token can't be divided among " + Count.of(heads, "head"));
		output = output.in(FAMILY, FeatureOutput.LayerUnit.BLOCK, 0, depth - 1, POOLINGS);
	}

	/** Returns the names of the published networks. */
	public static List<String> names() {
		return SIZES.stream().map(PublishedSize::name).toList();
	}

	/** Returns whether this is the name of such a network. */
	static boolean isName(final String name) {
		return name.equals(FAMILY) || names().contains(name);
	}

	/** Returns whether weights have these names. */
	public static boolean recognizes(final StateDict found) {
		return found.contains(FIRST) && found.contains(CLASS) && found.contains(POSITIONS) &&
			found.contains("blocks.0.attn.qkv.weight");
	}

	/**
	 * Recognizes a network by its weights, which have register tokens under the name {@link #REGISTERS}.
	 *
	 * @param channels number of channels of the images that it will take
	 * @throws IllegalArgumentException if a shape is not that of such a network
	 */
	public static VisionTransformer of(final StateDict found, final int channels) {
		final long[] first = shape(found, FIRST, 4);
		final int width = Math.toIntExact(first[0]);
		if (width % HEAD != 0 || first[2] != first[3])
			throw new IllegalArgumentException("The weights seem to be of a vision transformer with tokens of " +
				Count.of(width, "channel") + " and patches of " + first[2] + " x " + first[3] +
				" pixels: patches must be square, and heads have " + HEAD + " channels here");
		int depth = 0;
		while (found.contains("blocks." + depth + ".norm1.weight")) depth++;
		final long positions = shape(found, POSITIONS, 3)[1];
		final boolean classPosition = side(positions) == 0;
		final int grid = side(classPosition ? positions - 1 : positions);
		if (grid == 0)
			throw new IllegalArgumentException("The weights seem to be of a vision transformer with " + positions +
				" positions, which are no square");
		final String perceptron = "blocks.0.mlp.fc1.weight";
		final int hidden = found.contains(perceptron) ? Math.toIntExact(shape(found, perceptron, 2)[0]) : 4 * width;
		final int registers = found.contains(REGISTERS) ? Math.toIntExact(shape(found, REGISTERS, 3)[1]) : 0;
		return new VisionTransformer(channels, Math.toIntExact(first[2]), width, Math.max(1, depth), width / HEAD,
			hidden, grid, registers, classPosition, found.contains("blocks.0.ls1.gamma"), FeatureOutput.OWN);
	}

	private static long[] shape(final StateDict found, final String name, final int rank) {
		final long[] shape = found.get(name).shape();
		if (shape.length != rank)
			throw new IllegalArgumentException("The weight '" + name + "' is " + found.get(name) + ", not one of " +
				rank + " dimensions");
		return shape;
	}

	/** Returns the root of a square number; 0 of another one. */
	private static int side(final long number) {
		final int root = (int) Math.round(Math.sqrt(number));
		return (long) root * root == number ? root : 0;
	}

	@Override
	public String name() {
		return SIZES.stream()
			.filter(s -> s.width() == width && s.depth() == depth)
			.map(PublishedSize::name)
			.findFirst()
			.orElse(FAMILY);
	}

	@Override
	public VisionTransformer withFeaturesOf(final FeatureOutput other) {
		return new VisionTransformer(channels, patch, width, depth, heads, hidden, grid, registers, classPosition,
			layerScale, other);
	}

	@Override
	public List<FeatureOutput.Pooling> poolings() {
		return POOLINGS;
	}

	@Override
	public int embeddingDimension() {
		return width * pooling().vectors();
	}

	@Override
	public int minimumTile() {
		return (ModelCard.MIN_TILE + patch - 1) / patch * patch;
	}

	@Override
	public int tileMultiple() {
		return patch;
	}

	/** Returns the number of blocks up to the output. */
	int blockCount() {
		return output.last() ? depth : output.index() + 1;
	}

	@Override
	public Map<String, long[]> parameters() {
		final Map<String, long[]> shapes = new LinkedHashMap<>();
		shapes.put(CLASS, new long[]{1, 1, width});
		shapes.put(POSITIONS, new long[]{1, (long) grid * grid + (classPosition ? 1 : 0), width});
		if (registers > 0) shapes.put(REGISTERS, new long[]{1, registers, width});
		shapes.put(FIRST, new long[]{width, channels, patch, patch});
		shapes.put("patch_embed.proj.bias", new long[]{width});
		for (int b = 0; b < blockCount(); b++) {
			final String block = "blocks." + b + ".";
			add(shapes, block + "norm1", width);
			add(shapes, block + "attn.qkv", 3 * width, width);
			add(shapes, block + "attn.proj", width, width);
			if (layerScale) shapes.put(block + "ls1.gamma", new long[]{width});
			add(shapes, block + "norm2", width);
			add(shapes, block + "mlp.fc1", hidden, width);
			add(shapes, block + "mlp.fc2", width, hidden);
			if (layerScale) shapes.put(block + "ls2.gamma", new long[]{width});
		}
		add(shapes, "norm", width);
		return shapes;
	}

	private static void add(final Map<String, long[]> shapes, final String name, final long... weight) {
		shapes.put(name + ".weight", weight);
		shapes.put(name + ".bias", new long[]{weight[0]});
	}

	@Override
	public JsonObject toJson() {
		final JsonObject json = new JsonObject();
		json.addProperty(Architecture.NETWORK, name());
		json.addProperty(Architecture.CHANNELS, channels);
		json.addProperty("patch", patch);
		json.addProperty("width", width);
		json.addProperty("depth", depth);
		json.addProperty("heads", heads);
		json.addProperty("hidden", hidden);
		json.addProperty("grid", grid);
		json.addProperty("registers", registers);
		json.addProperty("classPosition", classPosition);
		json.addProperty("layerScale", layerScale);
		output.addTo(json);
		return json;
	}

	static VisionTransformer fromJson(final JsonObject json) {
		return new VisionTransformer(ModelJson.integer(json, Architecture.CHANNELS), ModelJson.integer(json, "patch"),
			ModelJson.integer(json, "width"), ModelJson.integer(json, "depth"), ModelJson.integer(json, "heads"),
			ModelJson.integer(json, "hidden"), ModelJson.integer(json, "grid"), ModelJson.integer(json, "registers"),
			ModelJson.bool(json, "classPosition"), ModelJson.bool(json, "layerScale"), FeatureOutput.fromJson(json));
	}

	/**
	 * Returns positions for another number of patches.
	 *
	 * @param learned [1, grid^2 (+ 1), D], in C order
	 * @param size patches along a side
	 * @return [size^2, D], without that of the class token
	 */
	float[] positions(final float[] learned, final int size) {
		final int skipped = classPosition ? width : 0;
		final float[] all = new float[size * size * width];
		if (size == grid) {
			System.arraycopy(learned, skipped, all, 0, all.length);
			return all;
		}
		final double[][] taps = taps(size);
		final double[] rows = new double[size * grid * width];
		for (int y = 0; y < size; y++) {
			for (int from = 0; from < grid; from++) {
				final double tap = taps[y][from];
				if (tap == 0) continue;
				final int to = y * grid * width;
				for (int i = 0; i < grid * width; i++) rows[to + i] += tap * learned[skipped + from * grid * width + i];
			}
		}
		for (int y = 0; y < size; y++) {
			for (int x = 0; x < size; x++) {
				for (int d = 0; d < width; d++) {
					double sum = 0;
					for (int from = 0; from < grid; from++) sum += taps[x][from] * rows[(y * grid + from) * width + d];
					all[(y * size + x) * width + d] = (float) sum;
				}
			}
		}
		return all;
	}

	/** Returns the weight of each learned place for each wanted one along a side, [size, grid]. */
	private double[][] taps(final int size) {
		final double[][] taps = new double[size][grid];
		for (int i = 0; i < size; i++) {
			if (registers > 0) {
				final double step = (double) grid / size;
				final double stretch = Math.max(1, step);
				final double center = step * (i + 0.5);
				final int from = Math.max(0, (int) (center - 2 * stretch + 0.5));
				final int to = Math.min(grid, (int) (center + 2 * stretch + 0.5));
				double sum = 0;
				for (int k = from; k < to; k++) sum += taps[i][k] = cubic((k - center + 0.5) / stretch, -0.5);
				for (int k = from; k < to; k++) taps[i][k] /= sum;
			}
			else {
				final double place = (i + 0.5) * grid / (size + 0.1) - 0.5;
				final int below = (int) Math.floor(place);
				for (int k = below - 1; k <= below + 2; k++)
					taps[i][Math.max(0, Math.min(grid - 1, k))] += cubic(k - place, -0.75);
			}
		}
		return taps;
	}

	/** Cubic convolution kernel (Keys 1981). */
	private static double cubic(final double signed, final double a) {
		final double x = Math.abs(signed);
		if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
		return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
	}
}
