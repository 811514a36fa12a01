// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.isophene.run.PlateRetry;
import io.github.isophene.run.ProfileParts;

/** The three tables of a prediction as they grow plate by plate. */
final class PredictionParts implements PlateRetry.Parts {

	/**
	 * Number of rows written.
	 *
	 * @param fields rows per field
	 * @param wells rows per well
	 */
	record RowCounts(long fields, long wells) {}

	private final ScreenPredictionOptions options;
	private final ProfileParts fields;
	private final ProfileParts wells;
	private final ProfileParts drifts;

	private PredictionParts(final ScreenPredictionOptions options, final Map<String, String> signature)
		throws IOException
	{
		this.options = options;
		fields = ProfileParts.open(options.predictions(), signature);
		wells = ProfileParts.open(options.wells(), signature);
		drifts = ProfileParts.open(options.drifts(), signature);
	}

	/**
	 * Opens or makes them.
	 *
	 * @param signature what the parts are made with
	 * @throws IOException if there are parts that were made with something else
	 * @throws IllegalArgumentException if two of the tables have the same file
	 */
	static PredictionParts open(final ScreenPredictionOptions options, final Map<String, String> signature)
		throws IOException
	{
		if (options.wells().equals(options.predictions()) || options.wells().equals(options.drifts())) {
			throw new IllegalArgumentException(
				"wells is " + options.wells() + ", which another table is written to: give it another name");
		}
		if (!options.resume()) {
			ProfileParts.discard(options.predictions());
			ProfileParts.discard(options.wells());
			ProfileParts.discard(options.drifts());
		}
		return new PredictionParts(options, signature);
	}

	/** Returns whether a plate is done. */
	@Override
	public boolean has(final String key) throws IOException {
		return fields.has(key) && wells.has(key) && drifts.has(key);
	}

	/** Returns the time at which a finished plate was written: its first table. */
	@Override
	public FileTime written(final String key) throws IOException {
		return Collections.min(List.of(fields.written(key), wells.written(key), drifts.written(key)));
	}

	/** Deletes a plate's parts, as it must be done again. */
	@Override
	public void discardPlate(final String key) throws IOException {
		fields.discardPlate(key);
		wells.discardPlate(key);
		drifts.discardPlate(key);
	}

	void write(final String key, final PlateResult result) throws IOException {
		drifts.write(key, result.drifts());
		wells.write(key, result.wells());
		fields.write(key, result.fields());
	}

	/**
	 * Writes the tables; parts go when all of them are whole, so that a run that is killed
	 * meanwhile has nothing to do again.
	 *
	 * @param keys of the plates, in order
	 */
	RowCounts merge(final List<String> keys) throws IOException {
		drifts.copyInto(options.drifts(), keys);
		final long wellRows = wells.copyInto(options.wells(), keys);
		final long fieldRows = fields.copyInto(options.predictions(), keys);
		delete();
		return new RowCounts(fieldRows, wellRows);
	}

	/** Deletes all parts. */
	void delete() throws IOException {
		fields.delete();
		wells.delete();
		drifts.delete();
	}
}
