// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.github.isophene.network.PickleBuilder;

/** Damages files: by bytes, by numbers and words of a text, and by the entries of a zip file. */
final class Mutations {

	private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
	private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:-]*");
	private static final String[] ABSURD = {"2147483647", "-1", "0", "9223372036854775807", "99999999999999999999",
		"1e309", "-1e309", "NaN", "Infinity", "0.5", "4294967295", "1e9", "", "1000000", "null", "true"};
	private static final String[] WORDS = {"../../../../etc/passwd", "..", "/", "", "=1+1", "\u0000", "\uFFFD", "[]",
		"{}", "<", ">", "&amp;", "&x;", "]]>", "\"", ",", ";", "\t", "\n", "A".repeat(3000), "C:\\x", "file:///etc",
		"s3://b/k", "\\\\host\\share", "ä", "CON", "%00", "\r"};
	private static final long[] INTEGERS = {0, 1, -1, 0x7fffffffL, 0x80000000L, 0xffffffffL, 0x7fffffffffffffffL, 255,
		65535, 1L << 40, 1L << 31};

	private Mutations() {}

	/** Damages a binary file once to four times. */
	static byte[] bytes(final byte[] valid, final Random random) {
		byte[] data = valid.clone();
		if (isSpared(random)) return data;
		for (int n = 1 + random.nextInt(4); n > 0 && data.length > 0; n--) data = once(data, random);
		return data;
	}

	/** Some files stay whole: a kind of which none can be read would show nothing. */
	private static boolean isSpared(final Random random) {
		return random.nextInt(20) == 0;
	}

	private static byte[] once(final byte[] data, final Random random) {
		// Half of all damage goes where the structure is: into the first or last kilobyte.
		final int reach = random.nextBoolean() ? data.length : Math.min(data.length, 1024);
		final int at = random.nextBoolean() ? random.nextInt(reach) : data.length - 1 - random.nextInt(reach);
		switch (random.nextInt(7)) {
			case 0 -> data[at] = (byte) random.nextInt();
			case 1 -> data[at] ^= (byte) (1 << random.nextInt(8));
			case 2 -> {
				return Arrays.copyOf(data, at);
			}
			case 3 -> {
				final int size = 1 << random.nextInt(4);
				if (at + size > data.length) return data;
				final ByteBuffer buffer = ByteBuffer.wrap(data)
					.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
				final long value = INTEGERS[random.nextInt(INTEGERS.length)];
				switch (size) {
					case 1 -> buffer.put(at, (byte) value);
					case 2 -> buffer.putShort(at, (short) value);
					case 4 -> buffer.putInt(at, (int) value);
					default -> buffer.putLong(at, value);
				}
			}
			case 4 -> {
				final byte[] more = new byte[random.nextInt(64)];
				random.nextBytes(more);
				return join(Arrays.copyOf(data, at), more, Arrays.copyOfRange(data, at, data.length));
			}
			case 5 -> {
				final int end = Math.min(data.length, at + random.nextInt(256));
				return join(Arrays.copyOf(data, end), Arrays.copyOfRange(data, at, data.length));
			}
			default -> {
				final int end = Math.min(data.length, at + random.nextInt(256));
				return join(Arrays.copyOf(data, at), Arrays.copyOfRange(data, end, data.length));
			}
		}
		return data;
	}

	/** Damages a text: numbers, words, lines and characters. */
	static String text(final String valid, final Random random) {
		String text = valid;
		if (isSpared(random)) return text;
		for (int n = 1 + random.nextInt(3); n > 0 && !text.isEmpty(); n--) {
			text = switch (random.nextInt(7)) {
				case 0, 1 -> replaced(text, NUMBER, ABSURD, random);
				case 2, 3 -> replaced(text, WORD, WORDS, random);
				case 4 -> lines(text, random);
				case 5 -> nested(text, random);
				default -> new String(bytes(text.getBytes(StandardCharsets.UTF_8), random),
					random.nextInt(4) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
			};
		}
		return text;
	}

	private static String replaced(final String text, final Pattern what, final String[] by, final Random random) {
		final List<int[]> places = new ArrayList<>();
		final Matcher matcher = what.matcher(text);
		while (matcher.find()) places.add(new int[]{matcher.start(), matcher.end()});
		if (places.isEmpty()) return text;
		final int[] place = places.get(random.nextInt(places.size()));
		return text.substring(0, place[0]) + by[random.nextInt(by.length)] + text.substring(place[1]);
	}

	/** A line, or in files of one line a piece up to the next tag, is lost, doubled or moved. */
	private static String lines(final String text, final Random random) {
		final List<String> lines = new ArrayList<>(
			List.of(text.indexOf('\n') >= 0 ? text.split("(?<=\n)") : text.split("(?=<)")));
		final String line = lines.remove(random.nextInt(lines.size()));
		for (int n = random.nextInt(3); n > 0; n--) lines.add(random.nextInt(lines.size() + 1), line);
		return String.join("", lines);
	}

	/** Opens a thousand of something. */
	private static String nested(final String text, final Random random) {
		final String[] opening = {"[", "{\"a\":", "<a>", "(", "\"", "'", "<!DOCTYPE a [<!ENTITY x \"y\">]>"};
		final int at = random.nextInt(text.length());
		final String one = opening[random.nextInt(opening.length)];
		return text.substring(0, at) + one.repeat(random.nextInt(4) == 0 ? 20_000 : 1) + text.substring(at);
	}

	/** Damages an entry of a zip file, its name, or the file itself. */
	static byte[] zip(final byte[] valid, final Random random) throws IOException {
		if (random.nextInt(3) == 0) return bytes(valid, random);
		final Map<String, byte[]> parts = new LinkedHashMap<>();
		final Path file = Files.createTempFile("isophene-fuzz", ".zip");
		Files.write(file, valid);
		// Not from a stream, which can't read what PyTorch writes.
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final ZipEntry e : Collections.list(zip.entries()))
				parts.put(e.getName(), zip.getInputStream(e).readAllBytes());
		}
		finally {
			Files.delete(file);
		}
		final List<String> names = new ArrayList<>(parts.keySet());
		final String name = names.get(random.nextInt(names.size()));
		final byte[] part = parts.get(name);
		switch (random.nextInt(5)) {
			case 0 -> parts.remove(name);
			case 1 -> {
				final String other = text(name, random);
				// Longer names can't be written.
				parts.put(other.substring(0, Math.min(other.length(), 20_000)), parts.remove(name));
			}
			default -> parts.put(name, name.matches(".*(json|\\.z\\w+)") //
				? text(new String(part, StandardCharsets.UTF_8), random).getBytes(StandardCharsets.UTF_8)
				: bytes(part, random));
		}
		return PickleBuilder.zip(parts, random.nextBoolean() ? ZipEntry.STORED : ZipEntry.DEFLATED);
	}

	private static byte[] join(final byte[]... parts) {
		final ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (final byte[] part : parts) all.writeBytes(part);
		return all.toByteArray();
	}
}
