// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.scijava.plugin.PluginService;

/** Finds objectives by name. */
public final class Objectives {

	private Objectives() {}

	/** A new instance of every objective there is, sorted by name. */
	public static List<Objective> all(final PluginService plugins) {
		return plugins.createInstancesOfType(Objective.class)
			.stream()
			.sorted(Comparator.comparing(Objective::name))
			.toList();
	}

	/**
	 * The objective of a name.
	 *
	 * @throws IllegalArgumentException if there is none; the message names those there are
	 */
	public static Objective of(final Collection<Objective> objectives, final String name) {
		final String wanted = name.strip().toLowerCase(Locale.ROOT);
		return objectives.stream()
			.filter(o -> o.name().equals(wanted))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("objective = " + name + ": use " +
				objectives.stream().map(Objective::name).sorted().collect(Collectors.joining(", "))));
	}
}
