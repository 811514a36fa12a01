// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import com.google.gson.JsonObject;
import io.github.isophene.messages.Count;

/**
 * A residual network (He et al. 2016, arXiv:1512.03385) as a few numbers. Parameters have
 * torchvision's names and shapes, so weights go to and fro without a table of names.
 * <p>
 * The <em>anti-aliased</em> form replaces strided convolutions by average pooling, as in
 * Sanchez-Fernandez et al. 2026 (arXiv:2604.20824): all convolutions but the stem's have
 * stride 1; a strided bottleneck has AvgPool(stride) after its 3x3 convolution's ReLU, its
 * shortcut is AvgPool(stride), 1x1 convolution, normalization; the head is AvgPool(7,
 * stride 1) where the map is at least 7x7, then the global mean. For the basic blocks of
 * ResNet-18 and -34, which that paper doesn't use, the pooling after the first 3x3
 * convolution is our choice. The names of the parameters are the same in both forms.
 * </p>
 *
 * @param depth which of the published depths
 * @param antiAliased whether pooling replaces strided convolutions
 * @param channels number of channels of the images, at least 1
 * @param width number of channels after the stem; 64 in all published networks
 * @param classes number of outputs of the last layer {@code fc}; 0 = no such layer
 * @param head how that layer makes logits of an embedding
 * @param norms normalization after each convolution
 * @param selfStandardized whether each channel of each image is first standardized by its own mean and standard
 *          deviation
 * @param perChannel whether each channel of an image goes through the same network with one input, and an embedding
 *          is the features of all channels, one channel's after the other's: [C x D], which the last layer takes
 * @param output stage after which features are taken, and their pooling; stages behind it are no part of the network
 */
public record Architecture(NetworkDepth depth, boolean antiAliased, int channels, int width, int classes, Head head,
	LayerNorms norms, boolean selfStandardized, boolean perChannel, FeatureOutput output) implements Network
{

	/** Key in {@code model.json}: name of the published network. */
	static final String NETWORK = "network";
	/** Key in {@code model.json}. */
	static final String CHANNELS = "channels";

	/** Images that go through a network of width 64 at once on a CPU: more are slower, as they leave the cache. */
	private static final int CPU_IMAGES = 4;
	/** The same on a GPU, where fewer are slower. */
	private static final int GPU_IMAGES = 32;
	/** Number of stages of the published networks. */
	private static final int STAGES = 4;

	/** Key in {@code model.json}; absent for a linear layer. */
	private static final String COSINE_SCALE = "cosineScale";
	/** Key in {@code model.json}; absent for batch normalization. */
	private static final String NORMALIZATION = "normalization";
	/** Key in {@code model.json}; absent where images are taken as they are. */
	private static final String SELF_STANDARDIZED = "selfStandardized";
	/** Key in {@code model.json}; absent where all channels enter the network together. */
	private static final String PER_CHANNEL = "perChannel";
	/** End of the name of a network whose images are standardized by themselves. */
	private static final String STANDARDIZED = "-std";
	/** End of the name of a network that every channel goes through by itself. */
	private static final String EACH = "-each";

	/** The published depths: their blocks per stage, and whether these are bottlenecks. */
	public enum NetworkDepth {
		/** 18 layers, basic blocks. */
		RESNET18(false, 2, 2, 2, 2),
		/** 34 layers, basic blocks. */
		RESNET34(false, 3, 4, 6, 3),
		/** 50 layers, bottleneck blocks. */
		RESNET50(true, 3, 4, 6, 3);

		private final boolean bottleneck;
		private final int[] blocks;

		NetworkDepth(final boolean bottleneck, final int... blocks) {
			this.bottleneck = bottleneck;
			this.blocks = blocks;
		}

		/** {@code resnet18}, {@code resnet34} or {@code resnet50}. */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/**
	 * A convolution without bias and the batch normalization after it.
	 *
	 * @param conv the convolution's name; its weight is {@code conv + ".weight"}, [out, in, kernel, kernel]
	 * @param norm the normalization's name: {@code .weight, .bias, .running_mean, .running_var}, all [out]
	 * @param in input channels
	 * @param out output channels
	 * @param kernel height and width of the kernel
	 * @param stride of the convolution
	 * @param pool size and stride of the average pooling: after this convolution's ReLU inside a
	 *          block, before the convolution in a shortcut; 1 = none
	 */
	public record ConvNorm(String conv, String norm, int in, int out, int kernel, int stride, int pool) {

		/** Zeros added on each side: half the kernel. */
		public int padding() {
			return kernel / 2;
		}

		/** Name of the convolution's weight. */
		public String weight() {
			return conv + ".weight";
		}
	}

	/**
	 * A residual block: ReLU after each convolution but the last; the shortcut is added to the
	 * last, then ReLU.
	 *
	 * @param name {@code layer1.0}...
	 * @param convs in order
	 * @param shortcut {@code null} = the block's input itself
	 */
	public record Block(String name, List<ConvNorm> convs, ConvNorm shortcut) {}

	/**
	 * @throws IllegalArgumentException if a number is out of range
	 */
	public Architecture {
		if (channels < 1) throw new IllegalArgumentException("A network needs at least 1 channel, not " + channels);
		if (width < 1) throw new IllegalArgumentException("The width of a network is at least 1, not " + width);
		if (classes < 0) throw new IllegalArgumentException("The number of classes can't be " + classes);
		Objects.requireNonNull(head, "head");
		Objects.requireNonNull(norms, "norms");
		final FeatureOutput of = output.in(depth.label(), FeatureOutput.LayerUnit.STAGE, 1, STAGES,
			FeatureOutput.Pooling.OF_MAPS);
		output = of.index() == STAGES ? new FeatureOutput(null, 0, of.pooling()) : of;
	}

	/** With batch normalization, of images as they are, all channels together. */
	public Architecture(final NetworkDepth depth, final boolean antiAliased, final int channels, final int width,
		final int classes, final Head head)
	{
		this(depth, antiAliased, channels, width, classes, head, LayerNorms.BATCH, false, false,
			FeatureOutput.OWN);
	}

	/** With a linear layer at the end, as torchvision has it. */
	public Architecture(final NetworkDepth depth, final boolean antiAliased, final int channels, final int width,
		final int classes)
	{
		this(depth, antiAliased, channels, width, classes, Head.LINEAR);
	}

	/**
	 * By the names that users give.
	 *
	 * @param name {@code resnet18}, {@code resnet34}, {@code resnet50}; behind it, in any order, {@code -aa} for the
	 *          anti-aliased form, {@code -in} or {@code -gn} for instance or group normalization, {@code -std} for
	 *          images standardized by themselves, {@code -each} for each channel by itself
	 */
	public static Architecture of(final String name, final int channels, final int width, final int classes) {
		final String lower = name.strip().toLowerCase(Locale.ROOT);
		final List<String> parts = new ArrayList<>(Arrays.asList(lower.split("(?=-)")));
		final String base = parts.remove(0);
		final boolean antiAliased = parts.remove("-aa");
		final boolean standardized = parts.remove(STANDARDIZED);
		final boolean each = parts.remove(EACH);
		LayerNorms norms = LayerNorms.BATCH;
		for (final LayerNorms kind : LayerNorms.values()) {
			if (norms == LayerNorms.BATCH && parts.remove(kind.suffix())) norms = kind;
		}
		for (final NetworkDepth depth : NetworkDepth.values()) {
			if (depth.label().equals(base) && parts.isEmpty())
				return new Architecture(depth, antiAliased, channels, width, classes, Head.LINEAR, norms, standardized,
					each, FeatureOutput.OWN);
		}
		throw new IllegalArgumentException("There is no architecture '" + name + "': use " +
			Arrays.stream(NetworkDepth.values()).map(NetworkDepth::label).collect(Collectors.joining(", ")) +
			"; behind it -aa (anti-aliased), -in or -gn (instance or group normalization), -std (each image " +
			"standardized by itself), -each (each channel by itself)");
	}

	/** Returns what {@link #of} takes: {@code resnet50}, {@code resnet50-aa}, {@code resnet18-in}... */
	@Override
	public String name() {
		return depth.label() + (antiAliased ? "-aa" : "") + norms.suffix() + (selfStandardized ? STANDARDIZED : "") +
			(perChannel ? EACH : "");
	}

	@Override
	public boolean adapts() {
		return norms == LayerNorms.BATCH;
	}

	/** Returns the same network with another normalization after each convolution. */
	public Architecture withNorms(final LayerNorms other) {
		return new Architecture(depth, antiAliased, channels, width, classes, head, other, selfStandardized,
			perChannel, output);
	}

	/** Returns the same network on images standardized by themselves. */
	public Architecture withSelfStandardization() {
		return new Architecture(depth, antiAliased, channels, width, classes, head, norms, true, perChannel,
			output);
	}

	/** Returns the network that all channels of an image enter together. */
	public Architecture together(final int number) {
		return new Architecture(depth, antiAliased, number, width, classes, head, norms, selfStandardized, false,
			output);
	}

	/** Returns the network that each of some channels of an image goes through by itself. */
	public Architecture each(final int number) {
		return new Architecture(depth, antiAliased, number, width, classes, head, norms, selfStandardized, true,
			output);
	}

	/** Returns the same network with features from another place, or pooled in another way. */
	public Architecture withOutput(final FeatureOutput other) {
		return new Architecture(depth, antiAliased, channels, width, classes, head, norms, selfStandardized,
			perChannel, other);
	}

	/** Returns the number of stages up to the output, 1 to 4. */
	public int stageCount() {
		return output.last() ? STAGES : output.index();
	}

	/**
	 * Returns the number of channels after a stage, of each pass of an image.
	 *
	 * @param stage 1 to {@link #stageCount}
	 * @throws IllegalArgumentException if the network ends before
	 */
	public int stageChannels(final int stage) {
		if (stage < 1 || stage > stageCount())
			throw new IllegalArgumentException("There is no stage " + stage + " in this " + name() +
				", which ends after stage " + stageCount() + ", where its features are taken");
		return (width << stage - 1) * expansion();
	}

	@Override
	public Architecture withFeaturesOf(final FeatureOutput other) {
		return withClasses(0).withOutput(other);
	}

	@Override
	public List<FeatureOutput.Pooling> poolings() {
		return FeatureOutput.Pooling.OF_MAPS;
	}

	@Override
	public int minimumTile() {
		return pooling().minimumTile(4 << stageCount() - 1);
	}

	/** Length of an embedding: the pooled channels of the last feature map, of each pass of an image. */
	@Override
	public int embeddingDimension() {
		return Math.multiplyExact(stageChannels(stageCount()) * pooling().vectors(), passes());
	}

	/** The same network with another number of classes; 0 = without a last layer. */
	public Architecture withClasses(final int other) {
		return new Architecture(depth, antiAliased, channels, width, other, head, norms, selfStandardized,
			perChannel, output);
	}

	/** The same network with another way from embeddings to logits. */
	public Architecture withHead(final Head other) {
		return new Architecture(depth, antiAliased, channels, width, classes, other, norms, selfStandardized,
			perChannel, output);
	}

	/** The first layers: convolution 7x7 stride 2, then max-pool 3x3 stride 2 padding 1. */
	public ConvNorm stem() {
		return new ConvNorm("conv1", "bn1", channels / passes(), width, 7, 2, 1);
	}

	/** The blocks of each stage up to the output, in order. */
	public List<List<Block>> stages() {
		final List<List<Block>> stages = new ArrayList<>();
		int in = width;
		for (int s = 0; s < stageCount(); s++) {
			final List<Block> blocks = new ArrayList<>();
			for (int b = 0; b < depth.blocks[s]; b++) {
				final Block block = block("layer" + (s + 1) + "." + b, in, width << s, s > 0 && b == 0 ? 2 : 1);
				blocks.add(block);
				in = (width << s) * expansion();
			}
			stages.add(Collections.unmodifiableList(blocks));
		}
		return Collections.unmodifiableList(stages);
	}

	private int expansion() {
		return depth.bottleneck ? 4 : 1;
	}

	private Block block(final String name, final int in, final int planes, final int stride) {
		final int out = planes * expansion();
		final int strided = antiAliased ? 1 : stride;
		final int pool = antiAliased ? stride : 1;
		final List<ConvNorm> convs = depth.bottleneck
			? List.of(conv(name, 1, in, planes, 1, 1, 1), conv(name, 2, planes, planes, 3, strided, pool),
				conv(name, 3, planes, out, 1, 1, 1))
			: List.of(conv(name, 1, in, planes, 3, strided, pool), conv(name, 2, planes, planes, 3, 1, 1));
		final ConvNorm shortcut = stride == 1 && in == out ? null
			: new ConvNorm(name + ".downsample.0", name + ".downsample.1", in, out, 1, strided, pool);
		return new Block(name, convs, shortcut);
	}

	private static ConvNorm conv(final String block, final int index, final int in, final int out, final int kernel,
		final int stride, final int pool)
	{
		return new ConvNorm(block + ".conv" + index, block + ".bn" + index, in, out, kernel, stride, pool);
	}

	/** Every convolution with its normalization, in torchvision's order. */
	public List<ConvNorm> convolutions() {
		final List<ConvNorm> all = new ArrayList<>(List.of(stem()));
		for (final List<Block> stage : stages()) {
			for (final Block block : stage) {
				all.addAll(block.convs());
				if (block.shortcut() != null) all.add(block.shortcut());
			}
		}
		return all;
	}

	/** Name and shape of everything that belongs into the state dict, in torchvision's order. */
	@Override
	public Map<String, long[]> parameters() {
		final Map<String, long[]> shapes = new LinkedHashMap<>();
		for (final ConvNorm c : convolutions()) {
			shapes.put(c.weight(), new long[]{c.out(), c.in(), c.kernel(), c.kernel()});
			for (final String part : adapts() ? NormParameters.PARTS : NormParameters.LEARNED)
				shapes.put(c.norm() + part, new long[]{c.out()});
		}
		if (classes > 0) {
			shapes.put("fc.weight", new long[]{classes, embeddingDimension()});
			if (!head.cosine()) shapes.put("fc.bias", new long[]{classes});
		}
		return shapes;
	}

	@Override
	public String describe() {
		return name() + " with " + Count.of(channels, "channel") + ", width " + width + " and " +
			Count.of(classes, "class");
	}

	@Override
	public int rowsAtOnce(final boolean gpu) {
		return (gpu ? GPU_IMAGES : CPU_IMAGES) * 64 / width;
	}

	@Override
	public boolean ofFirstVersion() {
		return adapts() && !selfStandardized && !perChannel && output.equals(FeatureOutput.OWN);
	}

	/** As it stands in {@code model.json}. */
	@Override
	public JsonObject toJson() {
		final JsonObject json = new JsonObject();
		json.addProperty(NETWORK, depth.label());
		json.addProperty("antiAliased", antiAliased);
		json.addProperty(CHANNELS, channels);
		json.addProperty("width", width);
		json.addProperty("classes", classes);
		// Only where it isn't the ordinary one: files of networks with a linear layer stay as they were.
		if (head.cosine()) json.addProperty(COSINE_SCALE, head.scale());
		if (norms != LayerNorms.BATCH) json.addProperty(NORMALIZATION, norms.label());
		if (selfStandardized) json.addProperty(SELF_STANDARDIZED, true);
		if (perChannel) json.addProperty(PER_CHANNEL, true);
		output.addTo(json);
		return json;
	}

	/**
	 * From {@code model.json}.
	 *
	 * @throws IllegalArgumentException if a key is missing or its value is out of range
	 */
	public static Architecture fromJson(final JsonObject json) {
		final boolean antiAliased = ModelJson.bool(json, "antiAliased");
		final Architecture plain = of(ModelJson.string(json, NETWORK) + (antiAliased ? "-aa" : ""),
			ModelJson.integer(json, CHANNELS), ModelJson.integer(json, "width"), ModelJson.integer(json, "classes"))
			.withHead(json.has(COSINE_SCALE) ? Head.cosine(ModelJson.number(json, COSINE_SCALE)) : Head.LINEAR)
			.withNorms(json.has(NORMALIZATION) ? LayerNorms.of(ModelJson.string(json, NORMALIZATION))
				: LayerNorms.BATCH)
			.withOutput(FeatureOutput.fromJson(json));
		final Architecture of = flag(json, SELF_STANDARDIZED) ? plain.withSelfStandardization() : plain;
		return flag(json, PER_CHANNEL) ? of.each(of.channels) : of;
	}

	private static boolean flag(final JsonObject json, final String key) {
		return json.has(key) && ModelJson.bool(json, key);
	}
}
