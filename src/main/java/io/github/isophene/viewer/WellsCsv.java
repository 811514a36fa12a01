// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.CsvCell;

/** Table of wells: plate, well, row, column, control, every metadata column, and the column that is shown. */
public final class WellsCsv {

	private WellsCsv() {}

	/** Returns the header and a row per well. */
	public static List<List<String>> rows(final PlateWells wells, final List<ViewedWell> some, final String shown) {
		final List<
			String> columns = new ArrayList<>(wells.columns().stream().filter(c -> c.startsWith("Metadata_")).toList());
		if (!columns.contains(shown)) columns.add(shown);
		final List<List<String>> rows = new ArrayList<>();
		final List<
			String> header = new ArrayList<>(List.of("Metadata_Plate", "Metadata_Well", "row", "column", "control"));
		header.addAll(columns);
		rows.add(header);
		for (final ViewedWell well : some) {
			final List<String> row = new ArrayList<>(List.of(well.plate(), well.name(), Integer.toString(well.row()),
				Integer.toString(well.column()), Boolean.toString(wells.isControl(well))));
			columns.forEach(column -> row.add(wells.text(well, column)));
			rows.add(row);
		}
		return rows;
	}

	/** Writes wells to a file. */
	public static void write(final PlateWells wells, final List<ViewedWell> some, final String shown, final Path file)
		throws IOException
	{
		final StringBuilder text = new StringBuilder();
		for (final List<String> row : rows(wells, some, shown)) {
			text.append(String.join(",", row.stream().map(CsvCell::inFile).toList())).append('\n');
		}
		AtomicFile.write(file, text.toString());
	}
}
