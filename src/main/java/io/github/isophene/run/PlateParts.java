// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.run.RunOutline.PlateJob;

/** Finished plates of a run on one machine: parts beside each of its tables, and the errors file of the first. */
public final class PlateParts implements PlateStore<PlateParts.PlateTables> {

	/**
	 * Result of a plate.
	 *
	 * @param tables its rows of each output; none if no field of the plate is good
	 * @param failures fields without rows
	 */
	public record PlateTables(List<ProfileTable> tables, List<Failure> failures) {}

	private final List<Path> outputs;
	private final String done;
	private final List<ProfileParts> parts = new ArrayList<>();
	private ErrorsFile errors;

	/**
	 * @param outputs tables that the run writes; the errors file lies beside the first
	 * @param done what is done to a field, as a participle for messages
	 */
	public PlateParts(final List<Path> outputs, final String done) {
		this.outputs = List.copyOf(outputs);
		this.done = done;
	}

	@Override
	public List<Path> outputs() {
		return outputs;
	}

	@Override
	public void open(final Map<String, String> settings, final boolean anew) throws IOException {
		if (anew) for (final Path output : outputs) ProfileParts.discard(output);
		for (final Path output : outputs) parts.add(ProfileParts.open(output, settings));
		errors = new ErrorsFile(outputs.get(0), !anew);
	}

	@Override
	public boolean has(final PlateJob plate) throws IOException {
		for (final ProfileParts part : parts) if (!part.has(plate.key())) return false;
		return true;
	}

	/** Returns the time at which the first table of a finished plate was written. */
	@Override
	public FileTime written(final PlateJob plate) throws IOException {
		FileTime first = null;
		for (final ProfileParts part : parts) {
			final FileTime time = part.written(plate.key());
			if (first == null || time.compareTo(first) < 0) first = time;
		}
		return first;
	}

	@Override
	public List<Failure> failures(final PlateJob plate) {
		return errors.of(plate.name());
	}

	@Override
	public void begin(final Collection<PlateJob> finished, final Collection<PlateJob> pending) throws IOException {
		// Parts go before their errors do: else a run that ends meanwhile would leave rows that lack fields, and no
		// word of it.
		for (final PlateJob plate : pending) for (final ProfileParts part : parts) part.discardPlate(plate.key());
		errors.keepPlates(finished.stream().map(PlateJob::name).toList());
	}

	@Override
	public boolean write(final PlateJob plate, final PlateTables result) throws IOException {
		errors.add(result.failures());
		if (result.tables().isEmpty()) return false;
		for (int i = parts.size() - 1; i >= 0; i--) parts.get(i).write(plate.key(), result.tables().get(i));
		return true;
	}

	/**
	 * Writes the outputs; parts go when all of them are whole, so that a run that is killed meanwhile has nothing to do
	 * again.
	 *
	 * @param plates in the order of their rows
	 * @return the number of rows of each output
	 */
	public long[] merge(final List<PlateJob> plates) throws IOException {
		final List<String> keys = plates.stream().map(PlateJob::key).toList();
		final long[] rows = new long[outputs.size()];
		for (int i = rows.length - 1; i >= 0; i--) rows[i] = parts.get(i).copyInto(outputs.get(i), keys);
		for (final ProfileParts part : parts) part.delete();
		return rows;
	}

	@Override
	public IOException nothing(final int fields) throws IOException {
		for (final ProfileParts part : parts) part.delete();
		return new NothingReadException("None of the " + Count.of(fields, "field") + " could be " + done +
			". The first: " + errors.first().reason() + ". All reasons: " + errors.path());
	}

	/** Returns the number of fields without rows. */
	public int failed() {
		return errors.size();
	}

	/** Returns the errors file; {@code null} if there is none, as nothing failed. */
	public Path errors() {
		return errors.isEmpty() ? null : errors.path();
	}
}
