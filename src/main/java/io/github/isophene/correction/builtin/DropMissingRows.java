// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.StatelessCorrection;
import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/** Leaves out rows of which more than a share of the features is missing or infinite. */
@Plugin(type = Correction.class)
public final class DropMissingRows extends StatelessCorrection {

	@Override
	public String name() {
		return "drop_missing_rows";
	}

	@Override
	public String description() {
		return "leaves out rows with more than a share of missing or infinite features";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.number("share", 0, 0, 1, "the largest share of missing values allowed"));
	}

	@Override
	public ProfileTable correct(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final double allowed = settings.number("share") * table.featureCount();
		final int[] rows = IntStream.range(0, table.rowCount())
			.filter(row -> missing(table.row(row)) <= allowed)
			.toArray();
		if (rows.length == 0) {
			throw new IllegalArgumentException(settings + " would leave out all " + Count.of(table.rowCount(), "row") +
				": drop features before it (drop_missing)");
		}
		return rows.length == table.rowCount() ? table : table.selectRows(rows);
	}

	private static int missing(final float[] values) {
		int missing = 0;
		for (final float value : values) {
			if (!Float.isFinite(value)) missing++;
		}
		return missing;
	}
}
