// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings of a correction, defaults included. */
public final class Settings {

	private final String correction;
	private final Map<String, String> values;

	private Settings(final String correction, final Map<String, String> values) {
		this.correction = correction;
		this.values = values;
	}

	/**
	 * Reads the part after a correction's name: values in the order of its settings,
	 * {@code name=value}, or both, each after a colon.
	 *
	 * @throws IllegalArgumentException naming what is unknown or not allowed, and what there is
	 */
	public static Settings parse(final Correction correction, final List<String> parts) {
		final List<Setting> settings = correction.settings();
		final Map<String, String> values = new LinkedHashMap<>();
		for (final Setting setting : settings) values.put(setting.name(), setting.value());
		int position = 0;
		for (final String part : parts) {
			final int equals = part.indexOf('=');
			if (equals < 0 && position >= settings.size()) throw unknown(correction, part);
			final String name = equals < 0 ? settings.get(position++).name()
				: part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
			final Setting setting = settings.stream()
				.filter(s -> s.name().equals(name))
				.findFirst()
				.orElseThrow(() -> unknown(correction, part));
			values.put(name, setting.check(correction.name(), part.substring(equals + 1)));
		}
		return new Settings(correction.name(), values);
	}

	/** The value of a setting. */
	public String text(final String name) {
		return values.get(name);
	}

	/** The value of a setting that is a number. */
	public double number(final String name) {
		return Double.parseDouble(values.get(name));
	}

	/** The value of a setting that is a whole number. */
	public int integer(final String name) {
		return (int) Math.round(number(name));
	}

	/** The same with one more value, which the user cannot set. */
	public Settings with(final String name, final String value) {
		final Map<String, String> more = new LinkedHashMap<>(values);
		more.put(name, value);
		return new Settings(correction, more);
	}

	/** As a user may write it, every setting named: {@code sphering:method=zca:eps=0.1}. */
	@Override
	public String toString() {
		return correction +
			values.entrySet().stream().map(e -> ":" + e.getKey() + "=" + e.getValue()).collect(Collectors.joining());
	}

	private static IllegalArgumentException unknown(final Correction correction, final String part) {
		return new IllegalArgumentException("'" + part + "' is no setting of " + correction.name() + ": " +
			(correction.settings().isEmpty() ? "it has none" : "it has " + describe(correction)));
	}

	/** The settings of a correction with their defaults: {@code method=zca (zca, pca), eps=1e-6}. */
	static String describe(final Correction correction) {
		return correction.settings()
			.stream()
			.map(s -> s.name() + "=" + s.value() +
				(s.choices().isEmpty() ? "" : " (" + String.join(", ", s.choices()) + ")"))
			.collect(Collectors.joining(", "));
	}
}
