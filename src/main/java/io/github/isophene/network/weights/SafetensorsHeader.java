// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;

/**
 * The JSON header of a safetensors file: for every tensor its type, shape and
 * place, and the free metadata under {@code __metadata__}.
 *
 * @param entries the tensors in the order of the header
 * @param metadata the free metadata, empty if there are none
 */
record SafetensorsHeader(List<TensorEntry> entries, Map<String, String> metadata) {

	private static final String METADATA = "__metadata__";

	/** More than any network has; bounds what a header can cost. */
	private static final int MAX_TENSORS = 200_000;

	/**
	 * One tensor.
	 *
	 * @param begin first byte, counted from the end of the header
	 * @param end the byte after its last
	 */
	record TensorEntry(String name, WeightType type, long[] shape, long begin, long end) {

		int count() {
			return NamedTensor.count(shape);
		}
	}

	/**
	 * Reads and checks a header.
	 *
	 * @param json the header's bytes
	 * @param dataBytes how many bytes follow the header
	 * @param source what to call the file in messages
	 * @throws IOException if it is no valid header for so many bytes
	 */
	static SafetensorsHeader parse(final byte[] json, final long dataBytes, final String source) throws IOException {
		final SafetensorsHeader header;
		try {
			header = parse(json, source);
		}
		catch (final CharacterCodingException | MalformedJsonException exc) {
			throw new IOException(
				source + ": the header is no valid JSON (" + exc.getMessage() + "); " + Safetensors.REMEDY, exc);
		}
		catch (final IllegalStateException | NumberFormatException | java.io.EOFException exc) {
			throw new IOException(source + ": the header is not as the safetensors format wants it (" +
				exc.getMessage() + "); " + Safetensors.REMEDY, exc);
		}
		header.checkPlaces(dataBytes, source);
		return header;
	}

	private static SafetensorsHeader parse(final byte[] json, final String source) throws IOException {
		if (json[0] != '{')
			throw new IOException(source + " is no safetensors file: its header doesn't begin with '{'");
		final List<TensorEntry> entries = new ArrayList<>();
		Map<String, String> metadata = Map.of();
		final Set<String> seen = new HashSet<>();
		// A decoder of its own, since the reader's would replace what is no UTF-8.
		final JsonReader reader = new JsonReader(
			new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder()));
		reader.beginObject();
		while (reader.hasNext()) {
			final String name = reader.nextName();
			if (!seen.add(name))
				throw new IOException(source + ": tensor '" + name + "' is there twice; " + Safetensors.REMEDY);
			if (name.equals(METADATA)) metadata = metadata(reader, source);
			else entries.add(entry(name, reader, source));
			if (entries.size() > MAX_TENSORS)
				throw new IOException(source + " has more than " + MAX_TENSORS + " tensors");
		}
		reader.endObject();
		if (reader.peek() != JsonToken.END_DOCUMENT)
			throw new IllegalStateException("something follows the closing '}'");
		return new SafetensorsHeader(entries, metadata);
	}

	private static Map<String, String> metadata(final JsonReader reader, final String source) throws IOException {
		final Map<String, String> map = new LinkedHashMap<>();
		reader.beginObject();
		while (reader.hasNext()) {
			final String key = reader.nextName();
			if (reader.peek() != JsonToken.STRING)
				throw new IOException(source + ": metadata '" + key + "' is no string");
			if (map.put(key, reader.nextString()) != null)
				throw new IOException(source + ": metadata '" + key + "' is there twice");
		}
		reader.endObject();
		return map;
	}

	private static TensorEntry entry(final String name, final JsonReader reader,
		final String source) throws IOException {
		final String tensor = source + ": tensor '" + name + "'";
		String dtype = null;
		List<Long> shape = null;
		List<Long> place = null;
		final Set<String> seen = new HashSet<>();
		reader.beginObject();
		while (reader.hasNext()) {
			final String key = reader.nextName();
			if (!seen.add(key)) throw new IOException(tensor + " has '" + key + "' twice");
			switch (key) {
				case "dtype" -> dtype = reader.nextString();
				case "shape" -> shape = integers(reader, tensor);
				case "data_offsets" -> place = integers(reader, tensor);
				default ->
					throw new IOException(tensor + " has a key '" + key + "' that the safetensors format doesn't know");
			}
		}
		reader.endObject();
		if (dtype == null || shape == null || place == null || place.size() != 2) {
			throw new IOException(
				tensor + " lacks one of dtype, shape and data_offsets [begin, end]; " + Safetensors.REMEDY);
		}
		final TensorEntry entry = new TensorEntry(name, type(dtype, tensor),
			shape.stream().mapToLong(Long::longValue).toArray(), place.get(0), place.get(1));
		final int count;
		try {
			count = entry.count();
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException(tensor + ": " + exc.getMessage(), exc);
		}
		if (entry.begin() > entry.end() || entry.end() - entry.begin() != (long) count * entry.type().bytes()) {
			throw new IOException(
				tensor + ": shape " + shape + " of " + dtype + " takes " + (long) count * entry.type().bytes() +
					" bytes, but its data_offsets are " + place + "; " + Safetensors.REMEDY);
		}
		return entry;
	}

	private static WeightType type(final String dtype, final String tensor) throws IOException {
		for (final WeightType type : WeightType.values()) {
			if (type.name().equals(dtype)) return type;
		}
		throw new IOException(
			tensor + " has the element type " + dtype + ", which is not read here; save it as F32, F16 or BF16");
	}

	/** Whole numbers from 0: JSON numbers such as 1.0 or "1" are not taken for them. */
	private static List<Long> integers(final JsonReader reader, final String tensor) throws IOException {
		final List<Long> list = new ArrayList<>();
		reader.beginArray();
		while (reader.hasNext()) {
			if (reader.peek() != JsonToken.NUMBER)
				throw new IOException(tensor + " has something else than a number in a list");
			final String number = reader.nextString();
			if (!number.matches("[0-9]{1,18}")) {
				throw new IOException(tensor + " has " + number + " where a whole number from 0 to 10^18 must be");
			}
			if (list.size() == 64) throw new IOException(tensor + " has more than 64 dimensions");
			list.add(Long.parseLong(number));
		}
		reader.endArray();
		return list;
	}

	/** The tensors must follow one another without hole or overlap and fill the file to its end. */
	private void checkPlaces(final long dataBytes, final String source) throws IOException {
		long at = 0;
		for (final TensorEntry entry : byPlace()) {
			if (entry.begin() != at) {
				throw new IOException(
					source + ": tensor '" + entry.name() + "' begins at byte " + entry.begin() + " where byte " + at +
						" is due (" + (entry.begin() < at ? "an overlap" : "a hole") + "); " + Safetensors.REMEDY);
			}
			at = entry.end();
			if (at > dataBytes) {
				throw new IOException(
					source + ": tensor '" + entry.name() + "' ends at byte " + at + ", but there are only " +
						dataBytes + " bytes of data: the file is cut short; fetch or copy it again");
			}
		}
		if (at != dataBytes) {
			throw new IOException(
				source + " has " + (dataBytes - at) + " bytes that belong to no tensor; " + Safetensors.REMEDY);
		}
	}

	/** The tensors in the order of their data. */
	List<TensorEntry> byPlace() {
		final List<TensorEntry> sorted = new ArrayList<>(entries);
		sorted.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
		return sorted;
	}

	/** The header as JSON without its padding; the metadata first, as the reference implementation writes them. */
	static byte[] write(final List<TensorEntry> entries, final SortedMap<String, String> metadata) throws IOException {
		final StringWriter text = new StringWriter();
		try (JsonWriter writer = new JsonWriter(text)) {
			writer.setHtmlSafe(false);
			writer.beginObject();
			if (!metadata.isEmpty()) {
				writer.name(METADATA).beginObject();
				for (final Map.Entry<String, String> e : metadata.entrySet())
					writer.name(e.getKey()).value(e.getValue());
				writer.endObject();
			}
			for (final TensorEntry entry : entries) {
				writer.name(entry.name())
					.beginObject()
					.name("dtype")
					.value(entry.type().name())
					.name("shape")
					.beginArray();
				for (final long d : entry.shape()) writer.value(d);
				writer.endArray()
					.name("data_offsets")
					.beginArray()
					.value(entry.begin())
					.value(entry.end())
					.endArray()
					.endObject();
			}
			writer.endObject();
		}
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}
}
