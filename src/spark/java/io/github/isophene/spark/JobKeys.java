// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys and values of a job: {@code key=value} words, the keys of the desktop's commands. A key that there
 * isn't, or a value of
 * the wrong type, is an error, never a default.
 */
final class JobKeys {

	private final Map<String, String> values = new LinkedHashMap<>();

	/**
	 * Reads words.
	 *
	 * @param defaults every key there is, with its default; {@code null}: it must be given
	 * @throws IllegalArgumentException naming the word or key that is wrong
	 */
	JobKeys(final Map<String, String> defaults, final List<String> words) {
		final Map<String, String> given = new LinkedHashMap<>();
		for (final String word : words) {
			final int at = word.indexOf('=');
			if (at < 1) throw new IllegalArgumentException("'" + word + "' is no key=value");
			final String key = word.substring(0, at);
			if (!defaults.containsKey(key))
				throw new IllegalArgumentException("There is no key '" + key + "'; there are " + describe(defaults));
			if (given.put(key, word.substring(at + 1).strip()) != null)
				throw new IllegalArgumentException("The key '" + key + "' is there twice");
		}
		final List<String> missing = new ArrayList<>();
		defaults.forEach((key, value) -> {
			final String text = given.getOrDefault(key, value);
			if (text == null || value == null && text.isEmpty()) missing.add(key);
			values.put(key, text);
		});
		if (!missing.isEmpty())
			throw new IllegalArgumentException(
				"The key '" + missing.get(0) + "' is missing; there are " + describe(defaults));
	}

	/** Keys in the order of a list {@code key, default, key, default...}. */
	static Map<String, String> defaults(final String... keysAndValues) {
		final Map<String, String> defaults = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) defaults.put(keysAndValues[i], keysAndValues[i + 1]);
		return defaults;
	}

	/** Every key with its default. */
	static String describe(final Map<String, String> defaults) {
		return defaults.entrySet()
			.stream()
			.map(key -> key.getKey() +
				(key.getValue() == null ? " (must be given)" : key.getValue().isEmpty() ? "" : "=" + key.getValue()))
			.collect(Collectors.joining(", "));
	}

	String text(final String key) {
		return values.get(key);
	}

	boolean isGiven(final String key) {
		return !values.get(key).isEmpty();
	}

	int whole(final String key) {
		try {
			return Integer.parseInt(values.get(key));
		}
		catch (final NumberFormatException e) {
			throw wrong(key, "whole number");
		}
	}

	double number(final String key) {
		try {
			return Double.parseDouble(values.get(key));
		}
		catch (final NumberFormatException e) {
			throw wrong(key, "number");
		}
	}

	boolean yes(final String key) {
		return switch (values.get(key)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw wrong(key, "true or false");
		};
	}

	/** A comma-separated list. */
	List<String> list(final String key) {
		return Stream.of(values.get(key).split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
	}

	/** All of them, to travel to other machines. */
	Map<String, String> all() {
		return new LinkedHashMap<>(values);
	}

	/** Restores the output of {@link #all}, on the machine where it has arrived. */
	static JobKeys arrived(final Map<String, String> all) {
		return new JobKeys(all, List.of());
	}

	private IllegalArgumentException wrong(final String key, final String type) {
		return new IllegalArgumentException(key + " is '" + values.get(key) + "', which is no " + type);
	}
}
