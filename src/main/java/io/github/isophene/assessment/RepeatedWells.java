// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.profiles.ProfileTable;

/** Finds wells that are in a table more than once: copies of a profile find each other, which flatters replicates. */
final class RepeatedWells {

	private RepeatedWells() {}

	/**
	 * Returns the number of rows whose plate and well occurred before; 0 where the table doesn't name plates
	 * and wells.
	 */
	static int count(final ProfileTable table, final ColumnRoles roles) {
		if (!table.hasMetadata(roles.plate()) || !table.hasMetadata(roles.well())) return 0;
		final Set<List<String>> seen = new HashSet<>();
		return (int) IntStream.range(0, table.rowCount())
			.mapToObj(row -> Arrays.asList(table.metadata(roles.plate(), row), table.metadata(roles.well(), row)))
			.filter(well -> !well.contains("") && !seen.add(well))
			.count();
	}
}
