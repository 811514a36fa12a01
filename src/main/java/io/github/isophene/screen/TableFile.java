// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.isophene.files.CsvCell;
import io.github.isophene.files.RegularFile;
import io.github.isophene.messages.NearMiss;

/**
 * A delimited text file with a header, read row by row. Takes what spreadsheets
 * write: comma, semicolon or tab (also said in a first line {@code sep=;}), quoted cells
 * with anything in them, a byte order mark (UTF-8 or UTF-16), any line ending, gzip.
 * Parquet files are read as the CSV of the same table.
 */
public final class TableFile implements Closeable {

	private static final String SAID = "sep=";

	/** Number of characters in which the separator is searched: longer than any header line. */
	private static final int PEEK = 1 << 18;

	private final Path path;
	private final CsvReader<CsvRecord> reader;
	private final Iterator<CsvRecord> records;
	private final ParquetRows parquet;
	private long parquetRow;
	private final List<String> header = new ArrayList<>();
	private final Map<String, Integer> columns = new HashMap<>();
	private final Map<String, String> pool = new HashMap<>();

	/**
	 * One row of cells.
	 *
	 * @param line where it starts in the file, from 1
	 * @param cells as many as the header has columns
	 */
	public record Row(long line, String[] cells) {

		/** The cell of a column without outer blanks; empty for column -1. */
		public String get(final int column) {
			return column < 0 ? "" : cells[column].strip();
		}
	}

	private TableFile(final Path path, final CsvReader<CsvRecord> reader) throws IOException {
		this.path = path;
		this.reader = reader;
		this.records = reader.iterator();
		parquet = null;
		final CsvRecord first = nextRecord();
		if (first == null) throw new IOException(path + " is empty: expected a header line with column names");
		for (int i = 0; i < first.getFieldCount(); i++) {
			final String name = CsvCell.read(first.getField(i).strip());
			header.add(name);
			if (!name.isEmpty() && columns.putIfAbsent(name, i) != null) {
				throw new IOException(path + " has two columns named '" + name + "': rename or remove one");
			}
		}
	}

	private TableFile(final Path path, final ParquetRows parquet) {
		this.path = path;
		this.parquet = parquet;
		reader = null;
		records = null;
		for (final String name : parquet.header()) {
			columns.putIfAbsent(name.strip(), header.size());
			header.add(name.strip());
		}
	}

	/**
	 * Opens a table and reads its header.
	 *
	 * @throws IOException if it can't be read, is empty or has two columns of one name
	 */
	public static TableFile open(final Path path) throws IOException {
		if (!Files.isRegularFile(RegularFile.require(path))) throw new IOException("No such file: " + path);
		if (isParquet(path)) return new TableFile(path, new ParquetRows(path));
		return open(path, text(path, StandardCharsets.UTF_8));
	}

	/**
	 * As {@link #open}, for the header of a table whose encoding is unknown: each byte is a letter, and Latin ones are
	 * right.
	 */
	public static TableFile openBytes(final Path path) throws IOException {
		if (!Files.isRegularFile(RegularFile.require(path))) throw new IOException("No such file: " + path);
		return open(path, text(path, StandardCharsets.ISO_8859_1));
	}

	private static TableFile open(final Path path, final BufferedReader text) throws IOException {
		try {
			final char said = saidSeparator(text);
			final char separator = said == 0 ? separator(text) : said;
			return new TableFile(path, CsvReader.builder()
				.fieldSeparator(separator) //
				.trimWhitespacesAroundQuotes(separator != '\t')
				.allowUnclosedQuote(false) //
				.extraFieldStrategy(FieldMismatchStrategy.IGNORE) //
				.missingFieldStrategy(FieldMismatchStrategy.IGNORE)
				.ofCsvRecord(text));
		}
		catch (final IOException | RuntimeException e) {
			text.close();
			throw e;
		}
	}

	public Path path() {
		return path;
	}

	/** Column names in order; the empty string for a column without name. */
	public List<String> header() {
		return header;
	}

	/** Returns the index of a column, or -1. */
	public int column(final String name) {
		return columns.getOrDefault(name, -1);
	}

	/**
	 * Returns the index of a column.
	 *
	 * @param remedy what to do if it is missing: the end of the message
	 * @throws IOException naming the column, those there are, and the remedy
	 */
	public int require(final String name, final String remedy) throws IOException {
		final int column = column(name);
		if (column < 0) {
			throw new IOException(path + " has no column " + name + NearMiss.of(name, header) + " (it has " +
				String.join(", ", header) + "): " + remedy);
		}
		return column;
	}

	/** The next row that isn't blank, or {@code null} after the last. */
	public Row next() throws IOException {
		if (parquet != null) {
			final String[] cells = parquet.next();
			return cells == null ? null : new Row(++parquetRow, cells);
		}
		for (CsvRecord record = nextRecord(); record != null; record = nextRecord()) {
			final String[] cells = new String[header.size()];
			boolean blank = true;
			for (int i = 0; i < Math.max(cells.length, record.getFieldCount()); i++) {
				final String cell = i < record.getFieldCount() ? CsvCell.read(record.getField(i)) : "";
				blank &= cell.isBlank();
				if (i < cells.length) cells[i] = cell;
				else if (!cell.isBlank()) {
					throw problem(record.getStartingLineNumber(), record.getFieldCount() + " cells under " +
						cells.length + " column names: quote a cell that contains the separator");
				}
			}
			if (!blank) return new Row(record.getStartingLineNumber(), cells);
		}
		return null;
	}

	/** One object for equal strings, as tables repeat themselves. */
	public String intern(final String text) {
		final String known = pool.putIfAbsent(text, text);
		return known == null ? text : known;
	}

	/** An error that names this file and a line of it. */
	public IOException problem(final long line, final String what) {
		return new IOException(path + (parquet == null ? ", line " : ", row ") + line + ": " + what);
	}

	@Override
	public void close() throws IOException {
		if (parquet != null) parquet.close();
		else reader.close();
	}

	private CsvRecord nextRecord() throws IOException {
		try {
			return records.hasNext() ? records.next() : null;
		}
		catch (final UncheckedIOException e) {
			if (e.getCause() instanceof CharacterCodingException) {
				throw new IOException(path + " is not UTF-8 text: save it as \"CSV UTF-8\"", e);
			}
			throw new IOException("Cannot read " + path + ": " + e.getCause().getMessage(), e);
		}
		catch (final CsvParseException e) {
			throw new IOException("Cannot read " + path + " as a table: " + e.getMessage(), e);
		}
	}

	private static BufferedReader text(final Path path, final Charset unmarked) throws IOException {
		InputStream in = new BufferedInputStream(Files.newInputStream(path));
		try {
			if (startsWith(in, 0x1f, 0x8b)) in = new BufferedInputStream(new GZIPInputStream(in));
			Charset charset = unmarked;
			if (startsWith(in, 0xef, 0xbb, 0xbf)) in.skipNBytes(3);
			else if (startsWith(in, 0xff, 0xfe) || startsWith(in, 0xfe, 0xff)) charset = StandardCharsets.UTF_16;
			final Reader reader = new InputStreamReader(in, charset.newDecoder() //
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT));
			return new BufferedReader(reader, 1 << 16);
		}
		catch (final IOException | RuntimeException e) {
			in.close();
			throw new IOException("Cannot read " + path + ": " + e.getMessage(), e);
		}
	}

	private static boolean startsWith(final InputStream in, final int... bytes) throws IOException {
		in.mark(bytes.length);
		boolean same = true;
		for (final int b : bytes) same &= in.read() == b;
		in.reset();
		return same;
	}

	private static boolean isParquet(final Path path) throws IOException {
		try (InputStream in = Files.newInputStream(path)) {
			return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("PAR1");
		}
	}

	/**
	 * The separator that spreadsheets are told in a line before the header, {@code sep=;}, which is read; 0 if
	 * there is none.
	 */
	private static char saidSeparator(final BufferedReader text) throws IOException {
		text.mark(SAID.length() + 4);
		final char[] start = new char[SAID.length() + 3];
		int n = 0;
		try {
			while (n < start.length) {
				final int c = text.read();
				if (c < 0 || c == '\n' || c == '\r') break;
				start[n++] = (char) c;
			}
		}
		catch (final CharacterCodingException e) {
			n = 0; // reported, with the file's name, when the line is read
		}
		final String line = new String(start, 0, n).replace("\"", "");
		if (line.length() == SAID.length() + 1 && line.regionMatches(true, 0, SAID, 0, SAID.length())) {
			// The line's end may be two signs; a blank line is passed over.
			return line.charAt(SAID.length());
		}
		text.reset();
		return 0;
	}

	/** The separator that the first line has most of, quoted text apart. */
	private static char separator(final BufferedReader text) throws IOException {
		text.mark(PEEK);
		int commas = 0;
		int semicolons = 0;
		int tabs = 0;
		boolean quoted = false;
		for (int i = 0; i < PEEK; i++) {
			final int c;
			try {
				c = text.read();
			}
			catch (final CharacterCodingException e) {
				break; // reported, with the file's name, when the line is read
			}
			if (c < 0 || (c == '\n' || c == '\r') && !quoted) break;
			if (c == '"') quoted = !quoted;
			else if (quoted) continue;
			else if (c == ',') commas++;
			else if (c == ';') semicolons++;
			else if (c == '\t') tabs++;
		}
		text.reset();
		return tabs > Math.max(commas, semicolons) ? '\t' : semicolons > commas ? ';' : ',';
	}
}
