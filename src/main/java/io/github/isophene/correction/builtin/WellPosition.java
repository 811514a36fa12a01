// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;

import io.github.isophene.correction.Corrected;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.correction.GroupScaling;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Selection;
import io.github.isophene.screen.Wells;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * Subtracts, from every feature, its mean over all rows of the same well position: what edges
 * and dispensing patterns do alike on every plate. Needs layouts that put different treatments
 * into a position; JUMP's recipe does it for ORF and CRISPR plates ({@code wellpos}). A position
 * that is new to the fit is learned from the new table.
 */
@Plugin(type = Correction.class)
public final class WellPosition extends GroupScaling {

	@Override
	public String name() {
		return "wellpos";
	}

	@Override
	public String description() {
		return "subtracts the mean of all rows of the same well position, as JUMP's recipe";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.text("column", "Metadata_Well", "the column that names the well"));
	}

	/** Never: it learns from the treatments that lie in a position. */
	@Override
	public boolean learnsFromControls(final Settings settings) {
		return false;
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final String column = settings.text("column");
		final Corrected corrected = super.fit(normal(table, column), positions(settings),
			context.withColumns(context.plates(), column).withControls(Selection.NONE));
		return new Corrected(spelled(corrected.table(), table, column), corrected.fitted());
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		final FittedCorrection fitted = super.restore(positions(settings), state);
		return new FittedCorrection() {

			@Override
			public ProfileTable apply(final ProfileTable table, final CorrectionContext context) {
				final String column = settings.text("column");
				return spelled(
					fitted.apply(normal(table, column), context.withColumns(context.plates(), column)
						.withControls(Selection.NONE)), table,
					column);
			}

			@Override
			public List<String> features() {
				return fitted.features();
			}

			@Override
			public FittedState state() {
				return state;
			}
		};
	}

	@Override
	public double[] centerAndScale(final double[] values, final int count, final Settings settings) {
		return new double[]{mean(values, count), 1};
	}

	/** A1 and A01 are one position. */
	private static ProfileTable normal(final ProfileTable table, final String column) {
		return table.hasMetadata(column) ? table.withMetadata(column, Wells.normalizeAll(table.metadata(column)))
			: table;
	}

	private static ProfileTable spelled(final ProfileTable corrected, final ProfileTable table, final String column) {
		return corrected.withMetadata(column, table.metadata(column));
	}

	/** The settings of a scaling per position, for which the batch column stands in. */
	private static Settings positions(final Settings settings) {
		return settings.with("per", "batch").with("rows", "all");
	}
}
