// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.messages.Count;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.EfficientNetLite;
import io.github.isophene.network.Network;
import io.github.isophene.network.VisionTransformer;
import io.github.isophene.network.weights.StateDict;

/** Kind of networks whose weights can be imported: recognized by its names, and made of the shapes. */
enum ImportForm {

	/** Residual networks under torchvision's names. */
	RESNET(WeightImport.FIRST) {

		@Override
		List<String> published() {
			return Arrays.stream(Architecture.NetworkDepth.values()).map(Architecture.NetworkDepth::label).toList();
		}

		@Override
		boolean recognizes(final StateDict found) {
			return found.contains(WeightImport.FIRST) && found.contains("layer1.0.conv1.weight");
		}

		@Override
		Network network(final StateDict found, final ImportOptions options, final List<String> notes) {
			final boolean each = options.channels().isEmpty();
			final int channels = each ? 1 : options.channels().size();
			final Architecture guess = options.architecture().equals(ImportOptions.AUTO) ? guess(found, notes) : null;
			final int width = found.contains(WeightImport.FIRST) && found.get(WeightImport.FIRST).rank() > 0
				? Math.toIntExact(found.get(WeightImport.FIRST).shape()[0])
				: 64;
			final Architecture named = guess == null ? Architecture.of(name(options, width), channels, width, 0)
				: guess;
			if (each && named.perChannel() && (guess == null || !options.classes().isEmpty()))
				throw new IllegalArgumentException("architecture is " + named.name() +
					", whose last layer takes the features of certain channels: name them in channels, or leave out " +
					(guess == null ? "-each" : "classes"));
			return (named.perChannel() && !each ? named.each(channels) : named.together(channels))
				.withClasses(options.classes().size());
		}

		private static Architecture guess(final StateDict found, final List<String> notes) {
			final Architecture guess = WeightImport.guessArchitecture(found);
			notes.add("the names and shapes are those of " + guess.name() + " with " +
				Count.of(guess.channels(), "channel") +
				(guess.classes() > 0 ? " and " + Count.of(guess.classes(), "class") : ""));
			if (guess.depth() == Architecture.NetworkDepth.RESNET50 && !guess.antiAliased()) {
				notes.add("whether it is anti-aliased can't be seen: if it is (as in CS-ARM-BN), import it as " +
					"resnet50-aa");
			}
			return guess;
		}

		/** Returns the name of the architecture that is given; the width behind it must be that of the weights. */
		private static String name(final ImportOptions options, final int width) {
			final String[] parts = options.architecture().split(":", 2);
			if (parts.length > 1 && !parts[1].strip().equals(Integer.toString(width)))
				throw new IllegalArgumentException("architecture is " + options.architecture() +
					", but the weights are of width " + width + ": write " + parts[0] + ":" + width +
					" or " + parts[0]);
			return parts[0];
		}

		/** The linear layer under torchvision's name, or not at all. */
		@Override
		StateDict renamed(final StateDict found, final ImportOptions options, final List<String> notes) {
			final boolean rename = found.contains("classifier.weight") && !found.contains("fc.weight");
			if (rename) notes.add("took the layer 'classifier' for 'fc'");
			final StateDict renamed = new StateDict();
			for (final String foundName : found.names()) {
				final String name = rename && foundName.startsWith("classifier.")
					? "fc" + foundName.substring("classifier".length())
					: foundName;
				if (name.startsWith("fc.") && options.classes().isEmpty()) {
					if (name.equals("fc.weight"))
						notes.add("left out the linear layer, since its classes are not named");
					continue;
				}
				renamed.put(name, found.get(foundName));
			}
			return renamed;
		}
	},
	/** EfficientNet-Lite under the names of efficientnet_lite_pytorch. */
	EFFICIENTNET_LITE(EfficientNetLite.FIRST) {

		@Override
		List<String> published() {
			return EfficientNetLite.names();
		}

		@Override
		boolean recognizes(final StateDict found) {
			return EfficientNetLite.recognizes(found);
		}

		@Override
		Network network(final StateDict found, final ImportOptions options, final List<String> notes) {
			return embedding(EfficientNetLite.of(found, Math.max(1, options.channels().size())), options, notes);
		}
	},
	/** Vision transformers under the names that timm, DINO and DINOv2 share. */
	VISION_TRANSFORMER(VisionTransformer.FIRST) {

		@Override
		List<String> published() {
			return VisionTransformer.names();
		}

		@Override
		boolean recognizes(final StateDict found) {
			return VisionTransformer.recognizes(found);
		}

		@Override
		Network network(final StateDict found, final ImportOptions options, final List<String> notes) {
			return embedding(VisionTransformer.of(renamed(found, options, notes),
				Math.max(1, options.channels().size())), options, notes);
		}

		/** Register tokens under DINOv2's name. */
		@Override
		StateDict renamed(final StateDict found, final ImportOptions options, final List<String> notes) {
			final StateDict renamed = new StateDict();
			for (final String name : found.names()) {
				renamed.put(name.equals(VisionTransformer.TIMM_REGISTERS) ? VisionTransformer.REGISTERS : name,
					found.get(name));
			}
			return renamed;
		}
	};

	private final String first;

	ImportForm(final String first) {
		this.first = first;
	}

	/** Returns the names of the published networks of this kind. */
	abstract List<String> published();

	/** Returns whether weights have the names of this kind. */
	abstract boolean recognizes(StateDict found);

	/**
	 * Makes the network of some weights, for the channels and classes of the options.
	 *
	 * @param notes receives what was guessed
	 * @throws IllegalArgumentException if the weights are of no such network, or not of the one that is named
	 */
	abstract Network network(StateDict found, ImportOptions options, List<String> notes);

	/** Returns weights under the names that the network has for them. */
	StateDict renamed(final StateDict found, final ImportOptions options, final List<String> notes) {
		return found;
	}

	/** Returns the name of the first convolution's weight. */
	String first() {
		return first;
	}

	/** Checks the options of a network that embeds and does nothing else. */
	static Network embedding(final Network network, final ImportOptions options, final List<String> notes) {
		final String wanted = options.architecture();
		if (wanted.equals(ImportOptions.AUTO)) notes.add("the names and shapes are those of " + network.name());
		else if (!network.name().equals(wanted))
			throw new IllegalArgumentException("architecture is " + wanted +
				", but the names and shapes are those of " + network.name() +
				": leave architecture out, or look for another file");
		if (!options.classes().isEmpty())
			throw new IllegalArgumentException("classes are named, but " + network.name() +
				" is imported without its last layer: leave classes out");
		return network;
	}

	/** Returns the names of all published networks that can be imported. */
	static List<String> names() {
		return Arrays.stream(values()).flatMap(f -> f.published().stream()).toList();
	}

	/**
	 * Returns the kind that a user names, or that weights are of.
	 *
	 * @param architecture {@code auto}, or a name
	 * @throws IllegalArgumentException if weights of that kind are nowhere in it
	 */
	static ImportForm of(final String architecture, final StateDict found) {
		final boolean auto = architecture.equals(ImportOptions.AUTO);
		for (final ImportForm form : values()) {
			if (auto ? !form.recognizes(found) : !form.published().contains(architecture)) continue;
			if (form != RESNET && !form.recognizes(found))
				throw new IllegalArgumentException("The weights don't fit " + architecture + ": there is no '" +
					form.first + "'" + resemblance(found, null));
			return form;
		}
		if (auto) throw new IllegalArgumentException(WeightImport.unknown(found));
		// The others have endings behind their names.
		if (architecture.startsWith("resnet")) return RESNET;
		throw new IllegalArgumentException("There is no architecture '" + architecture + "': use auto, " +
			String.join(", ", names()) + "; behind a ResNet's name -aa (anti-aliased)");
	}

	/** Returns a sentence on the network that weights seem to be of, if it is another one; empty if none. */
	static String resemblance(final StateDict found, final Network wanted) {
		final List<String> seem = new ArrayList<>();
		for (final ImportForm form : values()) {
			if (!form.recognizes(found)) continue;
			try {
				final ImportOptions auto = ImportOptions.of(ImportOptions.AUTO, List.of());
				seem.add(form.network(found, auto, new ArrayList<>()).name());
			}
			catch (final IllegalArgumentException exc) {
				// Names like those of this kind, in a network of another form: nothing to tell.
				continue;
			}
		}
		if (wanted != null) seem.remove(wanted.name());
		return seem.isEmpty() ? "" : ". They seem to be of " + String.join(" or ", seem);
	}
}
