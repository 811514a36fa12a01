// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

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
 * Values of an objective's {@link Setting}s; the others have their defaults.
 */
public final class Settings {

	private final String owner;
	private final Map<String, String> values = new LinkedHashMap<>();
	private final Map<String, String> defaults = new LinkedHashMap<>();

	/**
	 * Defaults and choices together.
	 *
	 * @param owner name of the objective, for messages
	 * @param known what can be chosen
	 * @param given name to value
	 * @throws IllegalArgumentException naming a setting that isn't known, and those that are
	 */
	public Settings(final String owner, final Collection<Setting> known, final Map<String, String> given) {
		this.owner = owner;
		known.forEach(s -> defaults.put(s.name(), s.value()));
		values.putAll(defaults);
		given.forEach((name, value) -> {
			final String wanted = name.strip().toLowerCase(Locale.ROOT);
			if (!values.containsKey(wanted))
				throw new IllegalArgumentException("The objective " + owner + " has no setting '" + name + "': " +
					(known.isEmpty() ? "it has none at all"
						: "it has\n  " + known.stream().map(Setting::toString).collect(Collectors.joining("\n  "))));
			values.put(wanted, value.strip());
		});
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

	/** As it was written. */
	public String text(final String name) {
		return values.get(name);
	}

	/** Returns whether it is what it is if nobody chooses. */
	public boolean isDefault(final String name) {
		return text(name).equals(defaults.get(name));
	}

	/**
	 * A number.
	 *
	 * @throws IllegalArgumentException if it isn't one from min to max
	 */
	public double number(final String name, final double min, final double max) {
		return number(name, min, max, "a number from " + text(min) + " to " + text(max));
	}

	/**
	 * A whole number.
	 *
	 * @throws IllegalArgumentException if it isn't one from min to max
	 */
	public int whole(final String name, final int min, final int max) {
		final String allowed = "a whole number from " + min + " to " + max;
		final double value = number(name, min, max, allowed);
		if (value != Math.rint(value)) throw wrong(name, allowed);
		return (int) value;
	}

	private double number(final String name, final double min, final double max, final String allowed) {
		try {
			final double value = Double.parseDouble(text(name));
			if (value >= min && value <= max) return value;
		}
		catch (final NumberFormatException e) {
			// Same message as for a number out of range.
		}
		throw wrong(name, allowed);
	}

	/**
	 * {@code true} or {@code false}.
	 *
	 * @throws IllegalArgumentException if it is neither
	 */
	public boolean flag(final String name) {
		return switch (text(name).toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw wrong(name, "true or false");
		};
	}

	/**
	 * One of the constants of an enumeration, by its label.
	 *
	 * @throws IllegalArgumentException naming all labels
	 */
	public <E> E choice(final String name, final E[] constants, final Function<E, String> label) {
		final List<E> all = Arrays.asList(constants);
		return all.stream()
			.filter(e -> label.apply(e).equals(text(name).toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> wrong(name, "one of " + all.stream().map(label).collect(Collectors.joining(", "))));
	}

	/** The message for a value that can't be. */
	public IllegalArgumentException wrong(final String name, final String allowed) {
		return new IllegalArgumentException("The setting " + name + " of the objective " + owner + " must be " +
			allowed + ", not '" + text(name) + "'");
	}

	/** All values by name, sorted. */
	public Map<String, String> all() {
		return Collections.unmodifiableMap(new TreeMap<>(values));
	}

	private static String text(final double v) {
		return v == Math.rint(v) && Math.abs(v) < 1e9 ? String.valueOf((long) v) : String.valueOf(v);
	}
}
