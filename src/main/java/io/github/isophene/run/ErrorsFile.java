// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.CsvCell;

/**
 * The file beside the profiles that names every field without a profile or prediction: a CSV with
 * {@code Metadata_Plate}, {@code Metadata_Well}, {@code Metadata_Site}, {@code Kind}
 * ({@link Failure.Kind#label}) and {@code Reason}. Written after each plate, before the plate counts as done, so that a
 * run that is taken up again still knows the failures of the plates it skips. There is no
 * such file where nothing failed.
 */
public final class ErrorsFile {

	private static final List<
		String> HEADER = List.of("Metadata_Plate", "Metadata_Well", "Metadata_Site", "Kind", "Reason");

	private final Path path;
	private final List<Failure> failures = new ArrayList<>();

	/**
	 * The errors file {@code <profiles>.errors.csv}.
	 *
	 * @param profiles the profiles that it lies beside
	 * @param resume whether what an earlier run wrote is read
	 * @throws IOException if there is a file of this name that is no errors file
	 */
	public ErrorsFile(final Path profiles, final boolean resume) throws IOException {
		path = profiles.resolveSibling(profiles.getFileName() + ".errors.csv");
		if (resume) failures.addAll(read(path));
	}

	/**
	 * Reads the failures of an errors file; nothing if there is none.
	 *
	 * @throws IOException if there is a file of this name that is no errors file
	 */
	public static List<Failure> read(final Path path) throws IOException {
		final List<Failure> failures = new ArrayList<>();
		if (!Files.exists(path)) return failures;
		try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(path)) {
			for (final NamedCsvRecord row : rows) {
				failures.add(new Failure(cell(row, 0), cell(row, 1), cell(row, 2), Failure.Kind.of(cell(row, 3)),
					cell(row, 4)));
			}
		}
		catch (final RuntimeException exc) {
			throw new IOException(path + " is no errors file of an earlier run (" + exc.getMessage() +
				"): move it away, or choose other profiles", exc);
		}
		return failures;
	}

	private static String cell(final NamedCsvRecord row, final int column) {
		return CsvCell.read(row.getField(HEADER.get(column)));
	}

	/** Forgets the failures of all other plates, which will be done again. */
	public void keepPlates(final Collection<String> plates) throws IOException {
		failures.removeIf(failure -> !plates.contains(failure.plate()));
		write();
	}

	/** Adds what has failed, and writes the file. */
	public void add(final List<Failure> more) throws IOException {
		if (more.isEmpty()) return;
		failures.addAll(more);
		write();
	}

	private void write() throws IOException {
		if (failures.isEmpty()) {
			Files.deleteIfExists(path);
			return;
		}
		AtomicFile.write(path, temporary -> {
			try (CsvWriter writer = CsvWriter.builder().build(temporary)) {
				writer.writeRecord(HEADER);
				for (final Failure failure : failures) {
					writer.writeRecord(Stream
						.of(failure.plate(), failure.well(), failure.site(), failure.kind().label(), failure.reason())
						.map(CsvCell::written)
						.toList());
				}
			}
		});
	}

	/** Returns the failures of a plate. */
	public List<Failure> of(final String plate) {
		return failures.stream().filter(failure -> failure.plate().equals(plate)).toList();
	}

	/** Returns the path of the file, whether or not it exists. */
	public Path path() {
		return path;
	}

	/** Returns whether nothing has failed. */
	public boolean isEmpty() {
		return failures.isEmpty();
	}

	/** Returns the number of failed fields. */
	public int size() {
		return failures.size();
	}

	/** The first failure. */
	public Failure first() {
		return failures.get(0);
	}
}
