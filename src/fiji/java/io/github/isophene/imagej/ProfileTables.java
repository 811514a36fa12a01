// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import io.github.isophene.profiles.ProfileTable;
import org.scijava.table.DefaultColumn;
import org.scijava.table.DefaultGenericTable;
import org.scijava.table.FloatColumn;
import org.scijava.table.GenericTable;

/** Profiles as the tables that ImageJ2 shows, saves and hands to scripts. */
final class ProfileTables {

	private ProfileTables() {}

	/** A copy: a column of strings for each of the metadata, then a column of floats for each feature. */
	static GenericTable of(final ProfileTable profiles) {
		final GenericTable table = new DefaultGenericTable();
		for (final String name : profiles.metadataColumns()) {
			final DefaultColumn<String> column = new DefaultColumn<>(String.class, name);
			column.setArray(profiles.metadata(name).clone());
			column.setSize(profiles.rowCount());
			table.add(column);
		}
		for (int f = 0; f < profiles.featureCount(); f++) {
			final FloatColumn column = new FloatColumn(profiles.featureColumns().get(f));
			column.fill(profiles.column(f));
			table.add(column);
		}
		return table;
	}
}
