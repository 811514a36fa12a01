// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.isophene.messages.Count;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;

/**
 * Fits weights from elsewhere into a network: matches names and shapes, says in
 * one message what doesn't fit, and adapts the first convolution to another
 * number of channels.
 */
public final class WeightImport {

	/** Name of the first convolution in the known networks. */
	public static final String FIRST = "conv1.weight";

	/** Weights of the last layer. */
	private static final List<String> LAST = List.of("fc.weight", "classifier.weight");

	/** Number of names that a message lists before it only counts. */
	private static final int SHOWN = 5;

	/** First parts of names that belong to what follows an encoder, and so may be left aside. */
	private static final Set<String> HEADS = Set.of("fc", "_fc", "mask_token", "classifier", "head", "heads",
		"projector", "projection", "projection_head", "predictor", "prototypes", "queue", "queue_ptr");

	/**
	 * Weights that fit a network.
	 *
	 * @param weights exactly what the network asked for, in its order
	 * @param notes what was left aside, one line each, for the user to see
	 */
	public record Matched(StateDict weights, List<String> notes) {}

	private WeightImport() {}

	/**
	 * Picks what a network needs. Counters of batches ({@code num_batches_tracked}) and
	 * what follows an encoder (a linear layer {@code fc}, a projection head) are left
	 * aside where the network doesn't ask for them.
	 *
	 * @param expected name and shape of everything the network needs
	 * @param found the weights there are
	 * @param network what to call the network in messages
	 * @throws IllegalArgumentException if weights are missing, have another shape or don't
	 *           belong to this network: all of it in one message
	 */
	public static Matched match(final Map<String, long[]> expected, final StateDict found, final String network) {
		final List<String> missing = new ArrayList<>();
		final List<String> misshaped = new ArrayList<>();
		final List<String> unexpected = new ArrayList<>();
		final List<String> aside = new ArrayList<>();
		final StateDict weights = new StateDict();
		expected.forEach((name, shape) -> {
			if (!found.contains(name)) missing.add(name);
			else if (!Arrays.equals(found.get(name).shape(), shape)) {
				misshaped.add(
					name + " is " + Arrays.toString(found.get(name).shape()) + " instead of " + Arrays.toString(shape));
			}
			else weights.put(name, found.get(name));
		});
		for (final String name : found.names()) {
			if (expected.containsKey(name) || name.endsWith("num_batches_tracked")) continue;
			(HEADS.contains(name.split("\\.", 2)[0]) ? aside : unexpected).add(name);
		}
		if (!missing.isEmpty() || !misshaped.isEmpty() || !unexpected.isEmpty()) {
			final List<String> faults = new ArrayList<>();
			if (!missing.isEmpty()) faults.add(missing.size() + " missing (" + first(missing) + ")");
			if (!misshaped.isEmpty()) faults.add(misshaped.size() + " of another shape (" + first(misshaped) + ")");
			if (!unexpected.isEmpty())
				faults.add(unexpected.size() + " that it doesn't have (" + first(unexpected) + ")");
			throw new IllegalArgumentException("The weights don't fit " + network + ": of its " +
				Count.of(expected.size(), "weight") + " and the " + found.size() + " there are, " +
				String.join("; ", faults));
		}
		return new Matched(weights, aside.isEmpty() ? List.of()
			: List.of(
				"left aside " + Count.of(aside.size(), "weight") + " that the encoder doesn't have (" + first(aside) +
				")"));
	}

	private static String first(final List<String> names) {
		return String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))) +
			(names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
	}

	/**
	 * A first convolution for another number of channels.
	 * <p>
	 * From C input channels (3 of a network for photographs, 1 of one for gray images) to
	 * N: each of the N is the mean over the C, times C / N. So an image whose channels
	 * are all the same gives the same responses as before. With N = C the weight is taken
	 * as it is.
	 * </p>
	 *
	 * @param weight [out, C, height, width] with C = N, 3 or 1
	 * @param channels N, at least 1
	 * @return [out, N, height, width]
	 * @throws IllegalArgumentException if it is no convolution, or C is neither N nor 3 nor 1:
	 *           then the channels mean something, and a mean would lose it
	 */
	public static NamedTensor widen(final NamedTensor weight, final int channels) {
		final int c = inputs(weight);
		if (channels < 1) throw new IllegalArgumentException("A network needs at least 1 channel, not " + channels);
		if (c == channels) return weight;
		if (c != 3 && c != 1) {
			throw new IllegalArgumentException("The network takes " + Count.of(c, "channel") + ", but " + channels +
				" are named: name as many, in the order in which it was trained (only networks with 3 or 1 channels " +
				"can be adapted)");
		}
		final long[] shape = weight.shape();
		final int pixels = Math.toIntExact(shape[2] * shape[3]);
		final float[] values = new float[NamedTensor.count(shape[0], channels, shape[2], shape[3])];
		for (int o = 0; o < shape[0]; o++) {
			for (int p = 0; p < pixels; p++) {
				double sum = 0;
				for (int i = 0; i < c; i++) sum += weight.values()[(o * c + i) * pixels + p];
				for (int n = 0; n < channels; n++) values[(o * channels + n) * pixels + p] = (float) (sum / channels);
			}
		}
		return new NamedTensor(new long[]{shape[0], channels, shape[2], shape[3]}, values);
	}

	/**
	 * A first convolution for the same channels in another order.
	 *
	 * @param weight [out, C, height, width]
	 * @param from the names of its C channels in their order
	 * @param to the same names in the order in which images will have them
	 * @throws IllegalArgumentException if there are not C names, or other names in the one
	 *           than in the other
	 */
	public static NamedTensor reorder(final NamedTensor weight, final List<String> from, final List<String> to) {
		final int c = inputs(weight);
		if (from.size() != c) {
			throw new IllegalArgumentException("The network takes " + Count.of(c, "channel") + ", but " + from.size() +
				" are named as its own: " + String.join(", ", from));
		}
		if (to.size() != c || !Set.copyOf(to).equals(Set.copyOf(from)) || Set.copyOf(from).size() != c) {
			throw new IllegalArgumentException("The channels " + String.join(", ", to) +
				" are not those of the network in another order: " + String.join(", ", from));
		}
		final long[] shape = weight.shape();
		final int pixels = Math.toIntExact(shape[2] * shape[3]);
		final float[] values = new float[weight.values().length];
		for (int o = 0; o < shape[0]; o++) {
			for (int n = 0; n < c; n++) {
				System.arraycopy(weight.values(), (o * c + from.indexOf(to.get(n))) * pixels, values,
					(o * c + n) * pixels, pixels);
			}
		}
		return new NamedTensor(shape, values);
	}

	private static int inputs(final NamedTensor weight) {
		if (weight.rank() != 4 || weight.values().length == 0) {
			throw new IllegalArgumentException(
				"The first convolution is " + weight + ", not [out, channels, height, width]");
		}
		return Math.toIntExact(weight.shape()[1]);
	}

	/**
	 * Guesses the architecture from names and shapes: torchvision's names, which timm,
	 * MoCo, DINO, the blocks of OpenAI's CLIP and CS-ARM-BN share.
	 * <p>
	 * Whether a network is anti-aliased shows in no name, as pooling has no parameters.
	 * It is taken for anti-aliased only if it is a ResNet-50 followed by a layer called
	 * {@code classifier}, as the published CS-ARM-BN networks are.
	 * </p>
	 *
	 * @param found weights without prefixes before their names
	 * @return with the classes of a linear layer {@code fc} or {@code classifier}, 0 without; each channel by itself
	 *         where the first convolution takes one and that layer the features of several
	 * @throws IllegalArgumentException if it is no network that is known here; the message
	 *           says what it seems to be, and the remedy
	 */
	public static Architecture guessArchitecture(final StateDict found) {
		if (!found.contains(FIRST) || !found.contains("layer1.0.conv1.weight") ||
			!found.contains("layer4.0.conv1.weight") || found.names().stream().anyMatch(n -> n.contains("attnpool.")))
		{
			throw new IllegalArgumentException(unknown(found));
		}
		final NamedTensor first = found.get(FIRST);
		final int channels = inputs(first);
		final int width = Math.toIntExact(first.shape()[0]);
		final boolean bottleneck = found.contains("layer1.0.conv3.weight");
		final int[] blocks = new int[4];
		for (int s = 0; s < blocks.length; s++) {
			while (found.contains("layer" + (s + 1) + "." + blocks[s] + ".conv1.weight")) blocks[s]++;
		}
		for (final Architecture.NetworkDepth depth : Architecture.NetworkDepth.values()) {
			final Architecture plain = new Architecture(depth, false, channels, width, classes(found));
			if (plain.stages().get(0).get(0).convs().size() != (bottleneck ? 3 : 2)) continue;
			if (!Arrays.equals(blocks, plain.stages().stream().mapToInt(List::size).toArray())) continue;
			final boolean antiAliased = bottleneck && found.contains("classifier.weight") &&
				!found.contains("fc.weight");
			final Architecture guess = new Architecture(depth, antiAliased, channels, width, plain.classes());
			// A last layer that takes the features of several passes: a network of single channels, trained on several.
			final int passes = channels == 1 ? features(found) / guess.embeddingDimension() : 1;
			return passes > 1 && features(found) == passes * guess.embeddingDimension() ? guess.each(passes) : guess;
		}
		throw new IllegalArgumentException("The weights are of a residual network with " + Arrays.toString(blocks) +
			(bottleneck ? " bottleneck" : " basic") + " blocks, which is none of resnet18, resnet34 and resnet50. " +
			ALTERNATIVE);
	}

	static final String ALTERNATIVE = "Export the network with torch.jit.script or torch.jit.trace, and use the " +
		"TorchScript file as an encoder";

	private static int classes(final StateDict found) {
		return last(found, 0);
	}

	/** Returns the number of inputs of the last layer; 0 without one. */
	private static int features(final StateDict found) {
		return last(found, 1);
	}

	private static int last(final StateDict found, final int axis) {
		for (final String layer : LAST) {
			if (found.contains(layer) && found.get(layer).rank() == 2)
				return Math.toIntExact(found.get(layer).shape()[axis]);
		}
		return 0;
	}

	/** Returns the message for weights of no known network. */
	static String unknown(final StateDict found) {
		final Set<String> names = found.names();
		final String seems;
		if (names.stream().anyMatch(n -> n.contains("attnpool."))) {
			seems = "They seem to be of OpenAI's CLIP, whose stem has three convolutions and whose head is an " +
				"attention pool";
		}
		else if (names.stream().anyMatch(n -> n.contains("cls_token") || n.contains("patch_embed."))) {
			seems = "They seem to be of a vision transformer";
		}
		else if (names.stream().anyMatch(n -> n.contains("conv1.0.weight"))) {
			seems = "They seem to be of a residual network whose stem has several convolutions";
		}
		else if (names.contains("conv_stem.weight")) {
			seems = "They seem to be of a network of timm's EfficientNet family: of these, EfficientNet-Lite is read " +
				"with the names of the package efficientnet_lite_pytorch (_conv_stem.weight, _blocks.0...)";
		}
		else if (names.isEmpty()) seems = "There are none";
		else seems = "Their names are " + first(List.copyOf(names));
		return "The weights are of no network that is known here (" + String.join(", ", ImportForm.names()) + "). " +
			seems + ". " + ALTERNATIVE;
	}
}
