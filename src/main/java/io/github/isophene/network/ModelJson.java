// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Typed access to a JSON object of a model file, with messages that name the key. */
final class ModelJson {

	private static final int MAX_DIGITS = 64;
	private static final int MAX_DEPTH = 32;

	private ModelJson() {}

	/**
	 * @throws IllegalArgumentException if objects and lists are nested so deep that what handles them would
	 * overflow the stack
	 */
	static void requireShallow(final String text) {
		int depth = 0;
		boolean quoted = false;
		for (int i = 0; i < text.length(); i++) {
			final char c = text.charAt(i);
			if (c == '"') quoted = !quoted;
			else if (quoted && c == '\\') i++;
			else if (!quoted && (c == '{' || c == '[') && ++depth > MAX_DEPTH) {
				throw new IllegalArgumentException(
					"its JSON is nested more than " + MAX_DEPTH + " deep: it is broken or made to harm");
			}
			else if (!quoted && (c == '}' || c == ']')) depth--;
		}
	}

	static String string(final JsonObject json, final String key) {
		return get(json, key, "text", e -> {
			if (!e.getAsJsonPrimitive().isString()) throw new IllegalStateException();
			return e.getAsString();
		});
	}

	static boolean bool(final JsonObject json, final String key) {
		return get(json, key, "true or false", e -> {
			if (!e.getAsJsonPrimitive().isBoolean()) throw new IllegalStateException();
			return e.getAsBoolean();
		});
	}

	static int integer(final JsonObject json, final String key) {
		return get(json, key, "a whole number", e -> few(e).getAsBigDecimal().intValueExact());
	}

	static double number(final JsonObject json, final String key) {
		return get(json, key, "a number", e -> few(e).getAsDouble());
	}

	static JsonObject object(final JsonObject json, final String key) {
		return get(json, key, "an object", JsonElement::getAsJsonObject);
	}

	static List<String> strings(final JsonObject json, final String key) {
		return get(json, key, "a list of texts", e -> {
			final List<String> list = new ArrayList<>();
			for (final JsonElement item : e.getAsJsonArray()) list.add(item.getAsString());
			return list;
		});
	}

	static List<Integer> integers(final JsonObject json, final String key) {
		return get(json, key, "a list of whole numbers", e -> {
			final List<Integer> list = new ArrayList<>();
			for (final JsonElement item : e.getAsJsonArray()) list.add(few(item).getAsBigDecimal().intValueExact());
			return list;
		});
	}

	/** One of the constants of an enumeration, by its label. */
	static <E extends Enum<E>> E constant(final JsonObject json, final String key, final Class<E> type,
		final Function<E, String> label)
	{
		final String value = string(json, key);
		final List<String> labels = new ArrayList<>();
		for (final E constant : type.getEnumConstants()) {
			if (label.apply(constant).equals(value)) return constant;
			labels.add(label.apply(constant));
		}
		throw new IllegalArgumentException(
			"the key '" + key + "' must be one of " + String.join(", ", labels) + ", not " + value);
	}

	static JsonArray array(final List<String> texts) {
		final JsonArray array = new JsonArray();
		texts.forEach(array::add);
		return array;
	}

	/** For a message; a list may be nested so deep that writing it out would overflow the stack. */
	private static String shortened(final JsonElement e) {
		if (!e.isJsonPrimitive()) return e.isJsonArray() ? "a list" : "an object";
		final String text = e.toString();
		return text.length() > MAX_DIGITS ? text.substring(0, MAX_DIGITS) + "..." : text;
	}

	/** Reading a number of millions of digits would take hours; the parser takes such a one for a text. */
	private static JsonElement few(final JsonElement number) {
		if (number.getAsString().length() > MAX_DIGITS) throw new NumberFormatException();
		return number;
	}

	private static <T> T get(final JsonObject json, final String key, final String kind,
		final Function<JsonElement, T> read)
	{
		final JsonElement e = json.get(key);
		if (e == null || e.isJsonNull()) throw new IllegalArgumentException("the key '" + key + "' is missing");
		try {
			return read.apply(e);
		}
		catch (final IllegalStateException | ClassCastException | UnsupportedOperationException | ArithmeticException |
			NumberFormatException exc)
		{
			throw new IllegalArgumentException("the key '" + key + "' must be " + kind + ", not " + shortened(e), exc);
		}
	}
}
