// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * An object of a JSON file that somebody else wrote: whatever isn't as expected is an {@link IOException} that names
 * the file and the key.
 *
 * @param file path or address, for messages
 * @param key where in the file the object is; empty: the whole
 * @param object what is there
 */
record Json(String file, String key, JsonObject object) {

	/** @throws IOException if the bytes are no JSON object */
	static Json parse(final String file, final byte[] bytes) throws IOException {
		try {
			return new Json(file, "",
				JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject());
		}
		catch (final JsonParseException | IllegalStateException exc) {
			throw new IOException(file + " is no JSON object (" + bytes.length + " bytes): write or copy it again",
				exc);
		}
	}

	/** An object in this one; empty if there is none. */
	Optional<Json> child(final String name) throws IOException {
		final JsonElement child = get(name);
		if (child == null) return Optional.empty();
		if (!child.isJsonObject()) throw wrong(name, "an object", child);
		return Optional.of(new Json(file, path(name), child.getAsJsonObject()));
	}

	/** An object that must be there. */
	Json require(final String name) throws IOException {
		return child(name).orElseThrow(
			() -> new IOException(file + " has no " + path(name) + ": it is damaged, or of another format"));
	}

	/** A list of objects; an empty one if there is none. */
	List<Json> children(final String name) throws IOException {
		final List<Json> children = new ArrayList<>();
		for (final JsonElement child : array(name)) {
			if (!child.isJsonObject()) throw wrong(name, "a list of objects", child);
			children.add(new Json(file, path(name) + "[" + children.size() + "]", child.getAsJsonObject()));
		}
		return children;
	}

	/** A text or number as text; {@code null} if there is none. */
	String text(final String name) throws IOException {
		final JsonElement value = get(name);
		if (value == null) return null;
		if (!value.isJsonPrimitive()) throw wrong(name, "a text", value);
		return value.getAsString();
	}

	/** A text that must be there. */
	String requireText(final String name) throws IOException {
		final String text = text(name);
		if (text == null)
			throw new IOException(file + " has no " + path(name) + ": it is damaged, or of another format");
		return text;
	}

	/** Whole numbers from 0; an empty list if there are none. */
	long[] numbers(final String name) throws IOException {
		final List<Double> values = reals(name);
		final long[] numbers = new long[values.size()];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = values.get(i).longValue();
			if (numbers[i] != values.get(i) || numbers[i] < 0) throw wrong(name, "whole numbers from 0", get(name));
		}
		return numbers;
	}

	/** Numbers; an empty list if there are none. */
	List<Double> reals(final String name) throws IOException {
		final List<Double> values = new ArrayList<>();
		for (final JsonElement value : array(name)) {
			try {
				values.add(value.getAsDouble());
			}
			catch (final IllegalStateException | NumberFormatException | UnsupportedOperationException exc) {
				throw wrong(name, "numbers", get(name));
			}
		}
		return values;
	}

	/** Whatever is there; {@code null} for JSON's null, too. */
	JsonElement get(final String name) {
		final JsonElement element = object.get(name);
		return element == null || element.isJsonNull() ? null : element;
	}

	/** Returns the name of a key of this object for messages. */
	String path(final String name) {
		return key.isEmpty() ? name : key + "." + name;
	}

	IOException wrong(final String name, final String wanted, final Object found) {
		final String text = String.valueOf(found);
		return new IOException(
			file + ": " + path(name) + " is " + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + ", but " +
				wanted + " is expected: it is damaged, or of another format");
	}

	private JsonArray array(final String name) throws IOException {
		final JsonElement array = get(name);
		if (array == null) return new JsonArray();
		if (!array.isJsonArray()) throw wrong(name, "a list", array);
		return array.getAsJsonArray();
	}
}
