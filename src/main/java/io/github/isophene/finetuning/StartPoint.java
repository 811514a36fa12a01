// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.isophene.network.Architecture;
import io.github.isophene.network.Head;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.pixels.Downscale;

/** Start of a training: a model, or an architecture with random weights. */
final class StartPoint {

	private static final String DEFAULT = "resnet18";

	/** {@code null}: from scratch. */
	private final Model model;
	private final String network;

	private StartPoint(final Model model, final String network) {
		this.model = model;
		this.network = network;
	}

	/**
	 * Opens what the options name.
	 *
	 * @throws IOException if the model can't be read
	 * @throws IllegalArgumentException if it can't be trained, or an architecture is asked for besides
	 */
	static StartPoint of(final String start, final String architecture) throws IOException {
		if (start.isEmpty()) {
			final String network = architecture.isEmpty() ? DEFAULT : architecture.toLowerCase(Locale.ROOT);
			parse(network, 1, 2);
			return new StartPoint(null, network);
		}
		final Model model = Model.load(start);
		if (model.card().input() == ModelCard.Input.EACH_CHANNEL)
			throw new IllegalArgumentException("start is '" + start +
				"', which looks at each channel by itself and can't be trained: import its weights with all channels " +
				"named (Import " + "Model), or set start to none to train from scratch");
		final Architecture of = model.card().architecture();
		if (!architecture.isEmpty() &&
			!parse(architecture, of.channels(), of.classes()).withHead(of.head()).equals(of))
		{
			throw new IllegalArgumentException("architecture is '" + architecture + "', but the start model is a " +
				of.name() + " of width " + of.width() + ": leave architecture empty, or set start to none");
		}
		return new StartPoint(model, "");
	}

	private static Architecture parse(final String text, final int channels, final int classes) {
		final String[] parts = text.split(":", -1);
		int width = 64;
		if (parts.length > 1) {
			try {
				width = Integer.parseInt(parts[1].strip());
			}
			catch (final NumberFormatException e) {
				width = 0;
			}
		}
		if (parts.length > 2 || width < 1)
			throw new IllegalArgumentException("architecture is '" + text +
				"': write resnet18, resnet34 or resnet50, with -aa behind for the anti-aliased form, and :width for " +
				"another width than 64, as in resnet50-aa or resnet18:16");
		return Architecture.of(parts[0], channels, width, classes);
	}

	boolean scratch() {
		return model == null;
	}

	/** The start model's channels; empty from scratch. */
	List<String> channels() {
		return model == null ? List.of() : model.card().channels();
	}

	String name() {
		return model == null ? "scratch" : model.card().name();
	}

	/** For the training record. */
	String describe() {
		return model == null ? "scratch" : model.card().name() + " (SHA-256 " + model.digest() + ")";
	}

	Downscale downscale(final String wanted) {
		if (!wanted.isEmpty()) return Downscale.parse(wanted);
		return model == null ? Downscale.NONE : Downscale.parse(model.card().downscale());
	}

	/** Side of a tile; 0: not decided. */
	int tile(final int wanted) {
		return wanted > 0 || model == null ? wanted : model.card().tileSize();
	}

	/** The intensity of the start model; empty if it has none. */
	String intensity() {
		return model == null ? "" : model.card().intensity();
	}

	/** The network to train. */
	Architecture architecture(final List<String> channels, final int classes) {
		if (model == null) return parse(network, channels.size(), classes);
		if (channels.size() != model.card().architecture().channels())
			throw new IllegalArgumentException("channels are " + channels.size() + " (" + String.join(", ", channels) +
				"), but the start model takes " + model.card().architecture().channels() + " (" +
				String.join(", ", model.card().channels()) + ")");
		return model.card().architecture().withClasses(classes);
	}

	/** Returns a sentence where the objective's last layer is another than the start model's. */
	Optional<String> otherHead(final Head wanted) {
		if (model == null || model.card().architecture().classes() == 0) return Optional.empty();
		final Head own = model.card().architecture().head();
		if (own.equals(wanted)) return Optional.empty();
		if (own.cosine() && wanted.cosine())
			return Optional.of("The cosine classifier of the start model has scale " + own.scale() +
				", the objective's has " + wanted.scale() + " (setting scale): its class directions are kept where " +
				"the classes are the same, and its logits change by that ratio");
		return Optional.of("The start model has " + (own.cosine() ? "a cosine classifier" : "a linear layer") +
			" at its end, the objective trains " + (wanted.cosine() ? "a cosine classifier" : "a linear layer") +
			" (setting head): the last layer is new");
	}

	/**
	 * Returns its first weights; the last layer is new unless the classes are the start model's and it is of the same
	 * kind.
	 */
	StateDict weights(final Architecture architecture, final List<String> classes, final long seed) {
		final StateDict random = Initialization.random(architecture, seed);
		if (model == null) return random;
		final StateDict weights = new StateDict();
		for (final Map.Entry<String, long[]> e : architecture.parameters().entrySet()) {
			final String name = e.getKey();
			final boolean anew = name.startsWith("fc.") &&
				!(classes.equals(model.card().classes()) && architecture.equals(model.card().architecture().withHead(
					architecture.head().cosine() && model.card().architecture().head().cosine() ? architecture.head()
						: model.card().architecture().head())));
			final NamedTensor from = (anew ? random : model.weights()).get(name);
			weights.put(name, from);
		}
		return weights;
	}
}
