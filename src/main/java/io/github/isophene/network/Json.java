// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Typed access to a JSON object, with messages that name the key. */
final class Json {

	private static final int MAX_DIGITS = 64;

	private Json() {}

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
		return get(json, key, "a whole number", e -> e.getAsBigDecimal().intValueExact());
	}

	static double number(final JsonObject json, final String key) {
		return get(json, key, "a number", JsonElement::getAsDouble);
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
		throw new IllegalArgumentException("the key '" + key + "' must be one of " + String.join(", ", labels) + ", not " +
			value);
	}

	static JsonArray array(final List<String> texts) {
		final JsonArray array = new JsonArray();
		texts.forEach(array::add);
		return array;
	}

	private static <T> T get(final JsonObject json, final String key, final String kind,
		final Function<JsonElement, T> read)
	{
		final JsonElement e = json.get(key);
		if (e == null || e.isJsonNull()) throw new IllegalArgumentException("the key '" + key + "' is missing");
		// A number of millions of digits would take hours to read.
		if (e.isJsonPrimitive() && e.getAsJsonPrimitive().isNumber() && e.getAsString().length() > MAX_DIGITS) {
			throw new IllegalArgumentException("the key '" + key + "' must be " + kind + ", not " + e.getAsString().length() + " digits");
		}
		try {
			return read.apply(e);
		}
		catch (final IllegalStateException | ClassCastException | UnsupportedOperationException | ArithmeticException
				| NumberFormatException exc)
		{
			throw new IllegalArgumentException("the key '" + key + "' must be " + kind + ", not " + e, exc);
		}
	}
}
