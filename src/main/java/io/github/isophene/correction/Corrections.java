// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.isophene.plugins.Plugins;
import io.github.isophene.settings.Settings;

/** The corrections there are, found by name. */
public final class Corrections {

	private final List<Correction> all;

	/**
	 * @param corrections in any order, such as SciJava's PluginService gives them
	 * @throws IllegalArgumentException if two have the same name
	 */
	public Corrections(final Collection<? extends Correction> corrections) {
		final List<Correction> sorted = new ArrayList<>(corrections);
		sorted.sort(Comparator.comparing(Correction::name));
		for (int i = 1; i < sorted.size(); i++) {
			if (sorted.get(i).name().equals(sorted.get(i - 1).name())) {
				throw new IllegalArgumentException("Two corrections are named '" + sorted.get(i).name() + "'");
			}
		}
		all = List.copyOf(sorted);
	}

	/** Returns all corrections on the class path, found through SciJava's index of plug-ins. */
	public static Corrections installed() {
		return new Corrections(Plugins.of(Correction.class));
	}

	/** Every correction, sorted by name. */
	public List<Correction> all() {
		return all;
	}

	/**
	 * The correction of a name.
	 *
	 * @throws IllegalArgumentException if there is none; the message lists those there are
	 */
	public Correction of(final String name) {
		final String wanted = name.strip().toLowerCase(Locale.ROOT);
		return all.stream()
			.filter(c -> c.name().equals(wanted))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'" + name.strip() + "' is no correction: use " +
				all.stream().map(Correction::name).collect(Collectors.joining(", "))));
	}

	/**
	 * Reads a chain, for example {@code mad_robustize,int,sphering:zca-cor:0.01,harmony:nclust=300}:
	 * corrections one after the other, with settings after colons, each by its place or as
	 * {@code name=value}.
	 *
	 * @throws IllegalArgumentException naming the part that is unknown, and what there is
	 */
	public CorrectionChain parse(final String method) {
		final List<CorrectionChain.ChainStep> steps = new ArrayList<>();
		for (final String part : method.split(",", -1)) {
			final List<String> words = Arrays.asList(part.strip().split(":", -1));
			if (words.get(0).isBlank()) {
				throw new IllegalArgumentException("method is '" + method +
					"': name one or more corrections, separated by commas, such as standardize,sphering:zca:0.1");
			}
			if (part.contains(";")) {
				throw new IllegalArgumentException("method is '" + method +
					"': a semicolon separates chains to compare, in Assess Batch Effects; separate the steps of one " +
					"chain by commas");
			}
			final Correction correction = of(words.get(0));
			steps.add(new CorrectionChain.ChainStep(correction, Settings.parse(correction.name(), correction.settings(),
				words.subList(1, words.size()))));
		}
		return new CorrectionChain(steps);
	}

	/** Every correction with its settings and defaults, a line each. */
	public String help() {
		return all.stream()
			.map(c -> c.name() + " [" + Settings.describe(c.settings()) + "]: " + c.description())
			.collect(Collectors.joining("\n"));
	}
}
