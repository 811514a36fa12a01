// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The prefixes that wrappers put before the names of a network's parameters:
 * {@code module.} (distributed training), {@code _orig_mod.} (compilation),
 * {@code model.}, {@code encoder.}, {@code backbone.} and others. A prefix is
 * taken away, again and again, as long as more than half of all names have it. Of
 * self-supervised training's two networks (MoCo, BYOL, their successors) the one that
 * is trained by gradients is taken, the other, its moving average, left aside.
 */
public final class NamePrefixes {

	private static final List<String> KNOWN = List.of("module.", "_orig_mod.", "model.", "net.", "network.", "encoder.",
		"backbone.", "featurizer.");

	/** A network that is trained, and the moving average of it that the same file holds. */
	private static final List<List<String>> PAIRS = List.of(List.of("encoder_q.", "encoder_k."),
		List.of("base_encoder.", "momentum_encoder."), List.of("online_network.", "target_network."),
		List.of("online_encoder.", "target_encoder."), List.of("online_net.", "target_net."),
		List.of("online.", "target."), List.of("backbone.", "backbone_momentum."),
		List.of("encoder.", "momentum_encoder."), List.of("encoder.", "encoder_momentum."),
		List.of("backbone.", "momentum_backbone."), List.of("student.", "teacher."), List.of("model.", "model_ema."));

	/** More wrappers round each other than anybody has. */
	private static final int MAX_DEPTH = 8;

	private NamePrefixes() {}

	/**
	 * Takes prefixes away. Names without the prefix stay as they are; one that would
	 * then stand for two weights goes to the one that had the prefix.
	 *
	 * @param notes gets a line for each prefix that was taken away
	 */
	public static <T> Map<String, T> strip(final Map<String, T> weights, final List<String> notes) {
		Map<String, T> current = weights;
		for (int depth = 0; depth < MAX_DEPTH; depth++) {
			final Map<String, T> chosen = choose(current, notes);
			if (chosen != null) {
				current = chosen;
				continue;
			}
			final String prefix = shared(current);
			if (prefix == null) break;
			final Map<String, T> stripped = new LinkedHashMap<>();
			final List<String> aside = new ArrayList<>();
			int count = 0;
			for (final Map.Entry<String, T> e : current.entrySet()) {
				final String name = e.getKey();
				if (name.startsWith(prefix)) {
					stripped.put(name.substring(prefix.length()), e.getValue());
					count++;
				}
				else if (current.containsKey(prefix + name)) aside.add(name);
				else stripped.put(name, e.getValue());
			}
			notes.add("took the prefix '" + prefix + "' from " + count + " of " + current.size() + " names" +
				(aside.isEmpty() ? ""
					: ", and left aside " + aside.size() + " that would have got the same name, such as " +
						aside.get(0)));
			current = stripped;
		}
		return current;
	}

	/** The weights of one of two networks, without its prefix; {@code null} if there are no two. */
	private static <T> Map<String, T> choose(final Map<String, T> weights, final List<String> notes) {
		for (final List<String> pair : PAIRS) {
			final Map<String, T> own = new LinkedHashMap<>();
			int others = 0;
			for (final Map.Entry<String, T> e : weights.entrySet()) {
				if (e.getKey().startsWith(pair.get(0)))
					own.put(e.getKey().substring(pair.get(0).length()), e.getValue());
				else
					if (e.getKey().startsWith(pair.get(1))) others++;
			}
			// The average has a counterpart of each weight, at most without a predictor.
			if (own.isEmpty() || others == 0 || 3 * (own.size() + others) < 2 * weights.size() ||
				2 * others < own.size()) continue;
			notes.add("took the network '" + pair.get(0) + "' (" + own.size() + " names), and left aside '" +
				pair.get(1) + "', its moving average, and " + (weights.size() - own.size() - others) + " other names");
			return own;
		}
		return null;
	}

	/** A known prefix that more than half of the names have; {@code null} if there is none. */
	private static String shared(final Map<String, ?> weights) {
		for (final String prefix : KNOWN) {
			final long having = weights.keySet()
				.stream()
				.filter(n -> n.startsWith(prefix) && n.length() > prefix.length())
				.count();
			if (2 * having > weights.size()) return prefix;
		}
		return null;
	}
}
