// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.isophene.plugins.Plugins;
import io.github.isophene.settings.Setting;

/** The intensities on the class path, found through SciJava's index of plug-ins. */
public final class Intensities {

	private static final List<Intensity> ALL = List.copyOf(Plugins.of(Intensity.class));

	private Intensities() {}

	/**
	 * Returns the names of all intensities, sorted, each with the default values of its settings, or the name of a
	 * setting without one in capitals: {@code percentile:0.1:99.9}, {@code fixed:MEANS:SDS}.
	 */
	public static List<String> forms() {
		return ALL.stream()
			.flatMap(intensity -> intensity.names().stream().map(name -> form(name, intensity.settings())))
			.sorted()
			.toList();
	}

	private static String form(final String name, final List<Setting> settings) {
		return name + settings.stream()
			.map(s -> ":" + (s.value().isEmpty() ? s.name().toUpperCase(Locale.ROOT) : s.value()))
			.collect(Collectors.joining());
	}

	/** Returns one sentence on a text such as {@code percentile:0.1:99.9}; empty if it is none that is known. */
	public static String description(final String spec) {
		final String name = spec.strip().split("[:+]", 2)[0];
		return find(name).map(intensity -> intensity.description(name)).orElse("");
	}

	/**
	 * Returns the plug-in of a name.
	 *
	 * @throws IllegalArgumentException if there is none; the message lists the forms that there are
	 */
	static Intensity named(final String name) {
		return find(name).orElseThrow(() -> new IllegalArgumentException(
			"known are " + String.join(", ", forms()) + ", and any of them before +fixed:MEANS:SDS"));
	}

	private static Optional<Intensity> find(final String name) {
		return ALL.stream()
			.filter(intensity -> intensity.names().contains(name))
			.findFirst();
	}
}
