// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.github.isophene.files.CsvCell;

/**
 * The first record of a comma-separated file (RFC 4180, UTF-8), or of one with semicolons, as spreadsheets
 * write it where the comma
 * is the decimal mark.
 *
 * @param names the columns' names as they stand there
 * @param separator a comma; a semicolon where the header has these and no comma
 * @param skipped lines before the header: one, {@code sep=;}, or none
 */
record CsvHeader(List<String> names, char separator, int skipped) {

	/** @throws IOException if the file has no header or is separated by something else */
	static CsvHeader read(final Path file, final boolean gzip) throws IOException {
		final List<String> names = names(file, gzip, ',', 0);
		// Spreadsheets are told the separator in a line before the header; of sep=, the comma has parted the line.
		if (names.get(0).equalsIgnoreCase("sep=;") && names.size() == 1)
			return new CsvHeader(names(file, gzip, ';', 1), ';', 1);
		if (names.equals(List.of("sep=", "")) || names.equals(List.of("sep=,")))
			return new CsvHeader(names(file, gzip, ',', 1), ',', 1);
		if (names.size() > 1 || !names.get(0).contains(";")) return new CsvHeader(names, ',', 0);
		return new CsvHeader(names(file, gzip, ';', 0), ';', 0);
	}

	private static List<String> names(final Path file, final boolean gzip, final char separator, final int skip)
		throws IOException
	{
		try (InputStream raw = Files.newInputStream(file);
			InputStream in = gzip ? new GZIPInputStream(raw) : raw;
			Reader reader = new BufferedReader(new InputStreamReader(in,
				StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT))))
		{
			for (int i = 0; i < skip; i++) ((BufferedReader) reader).readLine();
			final List<String> names = record(reader, separator);
			if (names.size() == 1 && names.get(0).isBlank()) {
				throw new IOException(file + " has no header: its first line must hold the columns' names");
			}
			if (names.size() == 1 && names.get(0).contains("\t")) {
				throw new IOException(file + " is separated by tabs: save it as CSV with commas and decimal points");
			}
			return names;
		}
		catch (final ZipException e) {
			throw new IOException(file + " is not compressed with gzip as its name says: " + e.getMessage(), e);
		}
		catch (final CharacterCodingException e) {
			throw new IOException(file + " is not text in UTF-8: save it as CSV in UTF-8", e);
		}
		catch (final EOFException e) {
			throw new IOException(file + " is empty or ends too early: copy or write it again", e);
		}
	}

	private static List<String> record(final Reader in, final char separator) throws IOException {
		final List<String> fields = new ArrayList<>();
		final StringBuilder field = new StringBuilder();
		boolean quoted = false;
		for (int c = in.read(); c >= 0; c = in.read()) {
			if (c == '\uFEFF' && fields.isEmpty() && field.isEmpty()) continue;
			if (c == '"') {
				quoted = !quoted;
				// A quote right after a closing one stands for itself.
				if (quoted && !field.isEmpty() && field.charAt(field.length() - 1) == 0)
					field.setCharAt(field.length() - 1, '"');
				else
					if (!quoted) field.append((char) 0);
			}
			else if (!quoted && c == separator) {
				fields.add(text(field));
				field.setLength(0);
			}
			else if (!quoted && (c == '\n' || c == '\r')) {
				break;
			}
			else {
				field.append((char) c);
			}
		}
		fields.add(text(field));
		return fields;
	}

	/** The field without the marks that closing quotes have left. */
	private static String text(final StringBuilder field) {
		return CsvCell.read(field.toString().replace("\0", ""));
	}
}
