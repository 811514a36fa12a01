// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.isophene.files.AtomicFile;

/**
 * The file beside the profiles that names every field without a profile: a CSV with
 * {@code Metadata_Plate}, {@code Metadata_Well}, {@code Metadata_Site} and
 * {@code Reason}. Written after each plate, before the plate counts as done, so that a
 * run that is taken up again still knows the failures of the plates it skips. There is no
 * such file where nothing failed.
 */
final class ErrorsFile {

	private static final List<String> HEADER = List.of("Metadata_Plate", "Metadata_Well", "Metadata_Site", "Reason");

	private final Path path;
	private final List<Failure> failures = new ArrayList<>();

	/**
	 * @param profiles the profiles that it lies beside
	 * @param resume whether what an earlier run wrote is read
	 */
	ErrorsFile(final Path profiles, final boolean resume) throws IOException {
		path = profiles.resolveSibling(profiles.getFileName() + ".errors.csv");
		if (!resume || !Files.exists(path)) return;
		try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(path)) {
			for (final NamedCsvRecord row : rows) {
				failures.add(new Failure(row.getField(HEADER.get(0)), row.getField(HEADER.get(1)), row.getField(HEADER.get(2)),
					row.getField(HEADER.get(3))));
			}
		}
		catch (final RuntimeException exc) {
			throw new IOException(path + " is no errors file of an earlier run (" + exc.getMessage() +
				"): move it away, or choose other profiles", exc);
		}
	}

	/** Forgets the failures of all other plates, which will be done again. */
	void keepPlates(final Collection<String> plates) throws IOException {
		failures.removeIf(failure -> !plates.contains(failure.plate()));
		write();
	}

	void add(final List<Failure> more) throws IOException {
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
					writer.writeRecord(failure.plate(), failure.well(), failure.site(), failure.reason());
				}
			}
		});
	}

	Path path() {
		return path;
	}

	boolean isEmpty() {
		return failures.isEmpty();
	}

	int size() {
		return failures.size();
	}

	/** The first failure. */
	Failure first() {
		return failures.get(0);
	}
}
