// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.github.isophene.messages.Count;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Head;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.imports.WeightImport;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.pixels.Downscale;

/** Start of a training: a model, or an architecture with random weights. */
final class StartPoint {

	private static final String DEFAULT = "resnet18";

	/** {@code null}: from scratch. */
	private final Model model;
	/** Network to train, in the notation of the key {@code architecture}. */
	private final String network;

	private StartPoint(final Model model, final String network) {
		this.model = model;
		this.network = network;
	}

	/**
	 * Opens what the options name.
	 *
	 * @throws IOException if the model can't be read
	 * @throws IllegalArgumentException if the architecture is none, or not one that the model can be trained as
	 */
	static StartPoint of(final String start, final String architecture) throws IOException {
		if (start.isEmpty()) {
			final String network = architecture.isEmpty() ? DEFAULT : architecture.toLowerCase(Locale.ROOT);
			parse(network, 1, 2);
			return new StartPoint(null, network);
		}
		final Model model = Model.load(start);
		final Architecture of = model.card().architecture();
		final boolean any = model.card().anyChannels();
		if (architecture.isEmpty()) return new StartPoint(model, any ? name(of.each(1)) : name(of));
		final Architecture wanted = parse(architecture, of.channels(), of.classes()).withHead(of.head())
			.withOutput(of.output());
		if (!wanted.equals(of) && !(any && wanted.equals(of.each(of.channels())))) {
			throw new IllegalArgumentException("architecture is '" + architecture + "', but the start model is a " +
				name(of) + ": leave architecture empty" +
				(any ? " or write " + name(of.each(1)) + " to train it channel by channel, write " + name(of) +
					" to widen its first layer to all channels," : ",") +
				" or set start to none");
		}
		return new StartPoint(model, name(wanted));
	}

	/** As a user writes it. */
	private static String name(final Architecture of) {
		return of.name() + (of.width() == 64 ? "" : ":" + of.width());
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
				"': write resnet18, resnet34 or resnet50, with -aa behind for the anti-aliased form, -each for " +
				"each channel by itself, and :width for " +
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

	/** Side of the start model's tiles, pixels; empty from scratch. */
	OptionalInt tile() {
		return model == null ? OptionalInt.empty() : OptionalInt.of(model.card().tileSize());
	}

	/** The intensity of the start model; empty if it has none. */
	String intensity() {
		return model == null ? "" : model.card().intensity();
	}

	/** The network to train. */
	Architecture architecture(final List<String> channels, final int classes) {
		final Architecture of = parse(network, channels.size(), classes);
		if (model != null && !model.card().anyChannels() && channels.size() != model.card().architecture().channels())
			throw new IllegalArgumentException("channels are " + channels.size() + " (" + String.join(", ", channels) +
				"), but the start model takes " + model.card().architecture().channels() + " (" +
				String.join(", ", model.card().channels()) + ")");
		return model == null ? of
			: of.withHead(model.card().architecture().head()).withOutput(model.card().architecture().output());
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

	/** Returns a sentence where the network that is trained sees channels otherwise than the start model. */
	Optional<String> otherChannels(final Architecture trained) {
		if (model == null || !model.card().anyChannels()) return Optional.empty();
		final String n = Count.of(trained.channels(), "channel");
		return Optional.of(trained.perChannel()
			? "Each of the " + n + " goes through the network of '" + model.card().name() +
				"' by itself, and the last layer gets the " +
				Count.of(trained.embeddingDimension(), "feature") + " of all"
			: "The first layer of '" + model.card().name() + "' is widened to " + n +
				": its kernel over their number at each");
	}

	/**
	 * Returns its first weights; the last layer is new unless the classes are the start model's and it is of the same
	 * kind, the first is widened where a start model of single channels is trained on all together.
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
			final boolean first = name.equals(WeightImport.FIRST);
			weights.put(name, first ? WeightImport.widen(from, architecture.stem().in()) : from);
		}
		return weights;
	}
}
