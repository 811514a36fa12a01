// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Groups;
import io.github.isophene.correction.StatelessCorrection;
import io.github.isophene.messages.NearMiss;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Wells;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/** One row per well of a table of cells, tiles or sites; metadata that differ within a well are left out. */
@Plugin(type = Correction.class)
public final class Aggregate extends StatelessCorrection {

	@Override
	public String name() {
		return "aggregate";
	}

	@Override
	public String description() {
		return "the median or mean of each well's rows";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.choice("by", List.of("median", "mean"), "what of each feature"),
			Setting.text("column", "Metadata_Well", "the column whose values are wells of a plate"));
	}

	@Override
	public ProfileTable correct(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final List<String> groups = new ArrayList<>(List.of(context.column(table, "plate"), settings.text("column")));
		if (!table.hasMetadata(groups.get(1))) {
			throw new IllegalArgumentException(
				"The profiles have no column '" + groups.get(1) + "' for the well" +
					NearMiss.of(groups.get(1), table.metadataColumns()) + ", only " +
					String.join(", ", table.metadataColumns()) + ": name it, as aggregate:column=<name>");
		}
		requireValues(table, groups);
		final String[] wells = Wells.normalizeAll(table.metadata(groups.get(1)));
		final ProfileTable normal = table.withMetadata(groups.get(1), wells);
		// Plates of several batches may have the same name.
		if (table.hasMetadata(context.batches()) && !groups.contains(context.batches())) groups.add(context.batches());
		return Aggregation.of(settings.text("by")).apply(normal, groups);
	}

	/** @throws IllegalArgumentException naming rows whose plate or well is missing: they would be one well */
	private static void requireValues(final ProfileTable table, final List<String> columns) {
		for (final String column : columns) Groups.requireValues(table, column, "it of every row");
	}
}
