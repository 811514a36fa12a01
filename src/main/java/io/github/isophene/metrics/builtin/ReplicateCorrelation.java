// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics.builtin;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Categories;
import io.github.isophene.metrics.Direction;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.TreatedRows;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.numerics.Statistics;
import org.scijava.plugin.Plugin;

/**
 * Similarity of replicates above that of other rows: median Pearson correlation of a
 * treatment's pairs of rows, mean over treatments, minus the median of pairs of different
 * treatments (which alone is near 1 for features that aren't centered).
 */
@Plugin(type = Metric.class, priority = 43)
public final class ReplicateCorrelation implements Metric {

	private static final int MOST_ROWS = 200;
	private static final int RANDOM_PAIRS = 10_000;

	@Override
	public MetricInfo info() {
		return new MetricInfo("replicate-correlation", "Replicate correlation, above others", MetricGroup.BIOLOGY,
			Direction.HIGHER, false,
			"Median Pearson correlation of a treatment's replicates, mean over treatments, minus that of pairs of " +
				"different treatments.",
			"Way 2022, Cell Syst 13:911");
	}

	@Override
	public MetricResult measure(final AssessedProfiles all) {
		if (all.featureCount() < 2) throw new UndefinedMetricException("there is only one feature");
		final AssessedProfiles profiles = TreatedRows.of(all);
		final Categories treatments = profiles.treatments();
		final Matrix unit = profiles.matrix().centeredUnit();
		final RandomStream random = RandomStream.of(all.seed(), "replicate correlation");
		final Map<String, Double> groups = new LinkedHashMap<>();
		final int[][] rows = treatments.rows();
		for (int t = 0; t < rows.length; t++) {
			if (rows[t].length < 2) continue;
			groups.put(treatments.names().get(t), median(unit, rows[t], random));
		}
		if (groups.isEmpty()) throw new UndefinedMetricException("no treatment has replicates");
		if (treatments.size() < 2) throw new UndefinedMetricException("there is only one treatment");
		final double others = others(unit, treatments, random);
		groups.replaceAll((name, value) -> value - others);
		return MetricResult.of(groups.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow(), 0)
			.withGroups(groups)
			.withNote(TreatedRows.note(all, profiles).replaceFirst("^; ", ""));
	}

	private static double median(final Matrix unit, final int[] rows, final RandomStream random) {
		final int[] some = rows.length <= MOST_ROWS ? rows
			: Arrays.stream(AssessedProfiles.choose(rows.length, MOST_ROWS, random)).map(i -> rows[i]).toArray();
		final double[] pairs = new double[some.length * (some.length - 1) / 2];
		int n = 0;
		for (int i = 0; i < some.length; i++) {
			for (int j = 0; j < i; j++) pairs[n++] = unit.product(some[i], some[j]);
		}
		return Statistics.median(pairs);
	}

	/** The median correlation of random pairs of different treatments. */
	private static double others(final Matrix unit, final Categories treatments, final RandomStream random) {
		final double[] pairs = new double[RANDOM_PAIRS];
		for (int i = 0; i < pairs.length;) {
			final int a = random.nextInt(unit.rows());
			final int b = random.nextInt(unit.rows());
			if (treatments.of()[a] != treatments.of()[b]) pairs[i++] = unit.product(a, b);
		}
		return Statistics.median(pairs);
	}
}
