// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.correction.Columns;
import io.github.isophene.correction.Corrected;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FittedCorrection;
import io.github.isophene.correction.FittedState;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * Subtracts what a straight line on a number in the metadata (or in a feature), such as the
 * count of cells, tells about each feature: the residuals of ordinary least squares, as JUMP's
 * recipe ({@code cc}). Rows without the number stay as they are.
 */
@Plugin(type = Correction.class)
public final class RegressOut implements Correction {

	@Override
	public String name() {
		return "regress_out";
	}

	@Override
	public String description() {
		return "subtracts the straight line on a column such as the cell count, as JUMP's recipe (cc)";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.text("column", "Metadata_Count_Cells", "a column that holds numbers"));
	}

	@Override
	public Corrected fit(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		Columns.requireFinite(table, name());
		final double[] x = numbers(table, settings.text("column"));
		double n = 0;
		double meanX = 0;
		for (final double value : x) {
			if (!Double.isNaN(value)) {
				n++;
				meanX += value;
			}
		}
		meanX /= n;
		double sxx = 0;
		final double[] sums = new double[table.featureCount()];
		final double[] products = new double[sums.length];
		for (int row = 0; row < x.length; row++) {
			if (Double.isNaN(x[row])) continue;
			final float[] values = table.row(row);
			final double dx = x[row] - meanX;
			sxx += dx * dx;
			for (int i = 0; i < sums.length; i++) {
				sums[i] += values[i];
				products[i] += dx * values[i];
			}
		}
		if (!(sxx > 0)) {
			throw new IllegalArgumentException("Column '" + settings.text("column") +
				"' has no two different numbers: nothing can be regressed on it");
		}
		final double[] slope = new double[sums.length];
		final double[] intercept = new double[sums.length];
		for (int i = 0; i < sums.length; i++) {
			slope[i] = products[i] / sxx;
			intercept[i] = sums[i] / n - slope[i] * meanX;
		}
		return Corrected.by(new Lines(settings.text("column"), table.featureColumns(), slope, intercept), table,
			context);
	}

	@Override
	public FittedCorrection restore(final Settings settings, final FittedState state) {
		return new Lines(settings.text("column"), state.list("features"), state.vector("slope"),
			state.vector("intercept"));
	}

	/** @throws IllegalArgumentException naming the row that holds no number */
	private static double[] numbers(final ProfileTable table, final String column) {
		final double[] numbers = new double[table.rowCount()];
		if (!table.hasMetadata(column)) {
			final List<String> near = new ArrayList<>(table.metadataColumns());
			throw new IllegalArgumentException("The profiles have no metadata column '" + column + "', only " +
				String.join(", ", near) + ": join a table that has it");
		}
		for (int row = 0; row < numbers.length; row++) {
			final String text = table.metadata(column, row).strip();
			try {
				numbers[row] = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
			}
			catch (final NumberFormatException e) {
				throw new IllegalArgumentException(
					"Row " + (row + 1) + " of '" + column + "' is '" + text + "', which is no number", e);
			}
		}
		return numbers;
	}

	/** A line per feature. */
	private record Lines(String column, List<String> features, double[] slope, double[] intercept)
		implements FittedCorrection
	{

		@Override
		public ProfileTable apply(final ProfileTable given, final CorrectionContext context) {
			final ProfileTable table = Columns.align(given, features);
			final double[] x = numbers(table, column);
			return table.mapRows(features, (row, in, out) -> {
				for (int i = 0; i < out.length; i++) {
					out[i] = Double.isNaN(x[row]) ? in[i] : (float) (in[i] - intercept[i] - slope[i] * x[row]);
				}
			});
		}

		@Override
		public FittedState state() {
			return new FittedState().with("features", features).with("slope", slope).with("intercept", intercept);
		}
	}
}
