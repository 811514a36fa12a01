// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Values of the {@link Setting}s of a plug-in, defaults included, each checked against its range.
 * <p>
 * There are two ways to write them: after the name of a correction, each behind a colon ({@code sphering:zca:eps=0.1}),
 * and as {@code name=value; name=value} in a key of their own.
 * </p>
 */
public final class Settings {

	private final String owner;
	private final Map<String, Setting> known = new LinkedHashMap<>();
	private final Map<String, String> values = new LinkedHashMap<>();

	private Settings(final String owner, final Collection<Setting> known) {
		this.owner = owner;
		for (final Setting setting : known) {
			this.known.put(setting.name(), setting);
			values.put(setting.name(), setting.value());
		}
	}

	/**
	 * Checks values by name; what is not given has its default.
	 *
	 * @param owner name of the plug-in, for messages
	 * @param known what can be chosen
	 * @param given name to value
	 * @throws IllegalArgumentException naming what is unknown or not allowed, and what there is
	 */
	public static Settings of(final String owner, final Collection<Setting> known, final Map<String, String> given) {
		final Settings settings = new Settings(owner, known);
		given.forEach(settings::set);
		return settings;
	}

	/**
	 * Reads the parts behind a plug-in's name: values in the order of its settings, {@code name=value}, or both.
	 *
	 * @throws IllegalArgumentException naming what is unknown or not allowed, and what there is
	 */
	public static Settings parse(final String owner, final Collection<Setting> known, final List<String> parts) {
		final Settings settings = new Settings(owner, known);
		final List<String> names = List.copyOf(settings.known.keySet());
		int position = 0;
		for (final String part : parts) {
			final int equals = part.indexOf('=');
			if (equals < 0 && position >= names.size()) throw settings.unknown(part);
			settings.set(equals < 0 ? names.get(position++) : part.substring(0, equals), part.substring(equals + 1));
		}
		return settings;
	}

	/**
	 * Reads {@code name=value; name=value}; blank text is no setting.
	 *
	 * @throws IllegalArgumentException naming the part that has no {@code =}, or the name that occurs twice
	 */
	public static Map<String, String> parse(final String text) {
		final Map<String, String> given = new LinkedHashMap<>();
		for (final String part : text.split(";")) {
			if (part.isBlank()) continue;
			final int equals = part.indexOf('=');
			if (equals < 1)
				throw new IllegalArgumentException("settings = " + text + ": '" + part.strip() +
					"' isn't of the form name=value; separate several by ;");
			final String name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
			if (given.put(name, part.substring(equals + 1).strip()) != null)
				throw new IllegalArgumentException("settings = " + text + ": '" + name + "' occurs twice");
		}
		return given;
	}

	private void set(final String name, final String value) {
		final String wanted = name.strip().toLowerCase(Locale.ROOT);
		if (!known.containsKey(wanted)) throw unknown(name.strip());
		values.put(wanted, known.get(wanted).check(owner, value));
	}

	private IllegalArgumentException unknown(final String name) {
		return new IllegalArgumentException(owner + " has no setting '" + name + "': " + (known.isEmpty()
			? "it has none at all"
			: "it has\n  " + known.values().stream().map(Setting::toString).collect(Collectors.joining("\n  "))));
	}

	/** Returns the value as text. */
	public String text(final String name) {
		return values.get(name);
	}

	/** Returns the value of a setting that is a number. */
	public double number(final String name) {
		return Double.parseDouble(text(name));
	}

	/** Returns the value of a setting that is a whole number. */
	public int integer(final String name) {
		return (int) Math.round(number(name));
	}

	/** Returns the value of a setting that is true or false. */
	public boolean flag(final String name) {
		return Boolean.parseBoolean(text(name));
	}

	/**
	 * Returns the constant of an enumeration that a setting names by its label.
	 *
	 * @throws IllegalArgumentException naming all labels
	 */
	public <E> E choice(final String name, final E[] constants, final Function<E, String> label) {
		final List<E> all = Arrays.asList(constants);
		return all.stream()
			.filter(e -> label.apply(e).equals(text(name)))
			.findFirst()
			.orElseThrow(() -> wrong(name, "one of " + all.stream().map(label).collect(Collectors.joining(", "))));
	}

	/** Returns whether a setting has its default value. */
	public boolean isDefault(final String name) {
		return text(name).equals(known.get(name).value());
	}

	/** Returns the exception for a value that can't be beside the others: what it must be. */
	public IllegalArgumentException wrong(final String name, final String allowed) {
		return known.get(name).wrong(owner, text(name), "must be " + allowed);
	}

	/** Returns the same with one more value, which the user cannot set. */
	public Settings with(final String name, final String value) {
		final Settings more = new Settings(owner, known.values());
		more.values.putAll(values);
		more.values.put(name, value);
		return more;
	}

	/** Returns all values by name, sorted. */
	public Map<String, String> all() {
		return Collections.unmodifiableMap(new TreeMap<>(values));
	}

	/** As a user may write it behind a name, every setting named: {@code sphering:method=zca:eps=0.1}. */
	@Override
	public String toString() {
		return owner +
			values.entrySet().stream().map(e -> ":" + e.getKey() + "=" + e.getValue()).collect(Collectors.joining());
	}

	/** Returns settings with their defaults in one line: {@code method=zca (zca, pca), eps=1e-6}. */
	public static String describe(final Collection<Setting> settings) {
		return settings.stream()
			.map(s -> s.name() + "=" + s.value() +
				(s.choices().isEmpty() ? "" : " (" + String.join(", ", s.choices()) + ")"))
			.collect(Collectors.joining(", "));
	}
}
