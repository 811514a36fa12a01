// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
			metadata.put("Metadata_pert_type", field.phenotype().isControl() ? "negcon" : "trt");
			final List<Plane> planes = new ArrayList<>();
			for (final DemoChannel channel : DemoChannel.values()) {
				planes.add(Plane.of(folder.resolve(DemoFiles.image(field, channel)).toString()));
			}
			rows.add(new Field(field.plateName(), field.well(), String.valueOf(field.site()), metadata, planes));
		}
		return new Screen(DemoChannel.labels(), rows);
	}

	/** The table's text; paths are relative to its folder. */
	static String text(final Path folder, final Screen screen) {
		final StringBuilder text = new StringBuilder();
		final List<String> header = new ArrayList<>();
		for (final String channel : screen.channels()) {
			header.add("FileName_Orig" + channel);
			header.add("PathName_Orig" + channel);
		}
		header.addAll(screen.metadataColumns());
		text.append(String.join(",", header)).append('\n');
		for (final Field field : screen.fields()) {
			final List<String> row = new ArrayList<>();
			for (final Plane plane : field.planes()) {
				final Path file = folder.relativize(Path.of(plane.path()));
				row.add(file.getFileName().toString());
				row.add(file.getParent().toString().replace('\\', '/'));
			}
			for (final String column : screen.metadataColumns()) row.add(field.get(column));
			text.append(String.join(",", row)).append('\n');
		}
		return text.toString();
	}
}
