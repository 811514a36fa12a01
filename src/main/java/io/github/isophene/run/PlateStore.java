// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.isophene.run.RunOutline.PlateJob;

/**
 * Storage of the plates that a run has finished, each whole or not there.
 *
 * @param <R> result of a plate
 */
public interface PlateStore<R> {

	/** Returns the files or the folder that the run writes, and nobody else meanwhile. */
	List<Path> outputs();

	/**
	 * Takes the storage for a run; what is finished stays.
	 *
	 * @param settings what all rows depend on
	 * @param anew whether what an earlier run of any settings has made is deleted
	 * @throws IOException if it holds plates that were made with other settings, or can't be written to
	 */
	void open(Map<String, String> settings, boolean anew) throws IOException;

	/** Returns whether a plate is finished. */
	boolean has(PlateJob plate) throws IOException;

	/** Returns the time at which a finished plate was written. */
	FileTime written(PlateJob plate) throws IOException;

	/** Returns the fields of a finished plate that could not be read. */
	List<Failure> failures(PlateJob plate) throws IOException;

	/**
	 * Prepares for the computation of plates.
	 *
	 * @param finished plates that stay as they are
	 * @param pending plates that the run computes, some of them again
	 */
	void begin(Collection<PlateJob> finished, Collection<PlateJob> pending) throws IOException;

	/**
	 * Writes the result of a plate.
	 *
	 * @return whether the plate is finished: one without a single good field isn't, as the disk may be back next time
	 */
	boolean write(PlateJob plate, R result) throws IOException;

	/**
	 * Cleans up after a run that has no finished plate.
	 *
	 * @param fields number of fields of the run
	 * @return the reason, for the user
	 */
	IOException nothing(int fields) throws IOException;
}
