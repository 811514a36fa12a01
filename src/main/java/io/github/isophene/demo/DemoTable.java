// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;

/** The screen table of a simulated screen, in CellProfiler's LoadData form. */
final class DemoTable {

	private DemoTable() {}

	/**
	 * The screen that lies in a folder.
	 *
	 * @param folder absolute
	 * @param fields in the table's order
	 */
	static Screen screen(final Path folder, final List<PlannedField> fields) {
		final List<Field> rows = new ArrayList<>();
		for (final PlannedField field : fields) {
			final Map<String, String> metadata = new LinkedHashMap<>();
			metadata.put("Metadata_Batch", field.batchName());
			metadata.put("Metadata_Compound", field.phenotype().name());
			metadata.put("Metadata_Class", String.valueOf(field.label()));
			metadata.put(ControlTypes.COLUMN,
				field.phenotype().isControl() ? ControlTypes.NEGATIVE : ControlTypes.TREATMENT);
			final List<Plane> planes = new ArrayList<>();
			for (final DemoChannel channel : DemoChannel.values()) {
				planes.add(Plane.of(folder.resolve(DemoFiles.image(field, channel)).toString()));
			}
			rows.add(new Field(field.plateName(), field.well(), String.valueOf(field.site()), metadata, planes));
		}
		return new Screen(DemoChannel.labels(), rows);
	}
}
