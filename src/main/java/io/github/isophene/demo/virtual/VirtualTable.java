// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.isophene.demo.DemoFiles;
import io.github.isophene.demo.TruthTable;
import io.github.isophene.files.CsvCell;
import io.github.isophene.files.FileNames;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.RealWells;
import io.github.isophene.screen.Screen;

/** Tables of virtual plates: the screen table and truth.csv. */
final class VirtualTable {

	static final String BATCH = "Metadata_Batch";
	static final String TYPE = ControlTypes.COLUMN;

	private final VirtualPlan plan;
	private final List<VirtualField> fields;
	private final List<String> fileChannels = new ArrayList<>();

	VirtualTable(final VirtualPlan plan, final List<VirtualField> fields) {
		this.plan = plan;
		this.fields = fields;
		final Set<String> used = new HashSet<>();
		for (final String channel : plan.channels()) {
			final String name = FileNames.of(channel);
			// File systems may not tell upper case from lower.
			fileChannels.add(used.add(name.toLowerCase(Locale.ROOT)) ? name : FileNames.withHash(channel));
		}
	}

	/** Returns the files of a field, one per channel, relative to the screen's folder. */
	List<String> files(final VirtualField field) {
		return fileChannels.stream()
			.map(channel -> DemoFiles.image(field.plateName(), field.well(), field.site(), channel))
			.toList();
	}

	/** Returns the screen that lies in a folder, an absolute path. */
	Screen screen(final Path folder) {
		final List<Field> rows = new ArrayList<>();
		for (final VirtualField field : fields) {
			final Map<String, String> metadata = new LinkedHashMap<>();
			metadata.put(BATCH, field.batchName());
			metadata.put(plan.options().label(), plan.wells().classes().get(field.label()));
			metadata.put(TYPE, field.label() == 0 ? ControlTypes.NEGATIVE : ControlTypes.TREATMENT);
			metadata.put(RealWells.PART, field.part().label());
			metadata.put(RealWells.COLUMN, field.source().name());
			rows.add(new Field(field.plateName(), field.well(), String.valueOf(field.site()), metadata,
				files(field).stream().map(file -> Plane.of(folder.resolve(file).toString())).toList()));
		}
		return new Screen(plan.channels(), rows);
	}

	/** Returns the text of truth.csv: a row per field with its source and the exact sizes of all effects. */
	String truth() {
		final List<String> header = new ArrayList<>(List.of("batch", "plate", "well", "site", "class", "part",
			"source_plate", "source_well", "source_site", "x", "y", "symmetry"));
		header.addAll(TruthTable.columns(plan.channels()));
		final StringBuilder text = new StringBuilder(line(header));
		for (final VirtualField field : fields) {
			final Crop crop = field.crop();
			final List<String> row = new ArrayList<>(List.of(field.batchName(), field.plateName(), field.well(),
				String.valueOf(field.site()), plan.wells().classes().get(field.label()), field.part().label(),
				field.source().plate(), field.source().well(), field.field().site(), String.valueOf(crop.x()),
				String.valueOf(crop.y()), String.valueOf(crop.symmetry())));
			row.addAll(TruthTable.values(field.effect()));
			text.append(line(row));
		}
		return text.toString();
	}

	private static String line(final List<String> cells) {
		return cells.stream().map(CsvCell::inFile).collect(Collectors.joining(",", "", "\n"));
	}
}
