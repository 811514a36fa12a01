// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.List;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.run.Failure;
import io.github.isophene.run.PlateParts;

/**
 * Fields and wells predicted for one plate.
 *
 * @param fields a row per field; {@code null} if nothing could be predicted
 * @param wells a row per well
 * @param drifts a row per model
 * @param failures the fields that couldn't be read or predicted
 * @param warnings what the user should know of the plate
 */
record PlateResult(ProfileTable fields, ProfileTable wells, ProfileTable drifts, List<Failure> failures,
	List<String> warnings)
{

	/** Of a plate of which nothing could be predicted. */
	static PlateResult nothing(final List<Failure> failures) {
		return new PlateResult(null, null, null, failures, List.of());
	}

	/** Returns the result as it is stored: predictions, wells and drifts, or nothing but the failures. */
	PlateParts.PlateTables stored() {
		return new PlateParts.PlateTables(fields == null ? List.of() : List.of(fields, wells, drifts), failures);
	}
}
