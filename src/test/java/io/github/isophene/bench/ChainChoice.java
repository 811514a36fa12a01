// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.github.isophene.assessment.AssessedProfiles;
import io.github.isophene.assessment.Bbbc021;
import io.github.isophene.assessment.Metric;
import io.github.isophene.assessment.MetricResult;
import io.github.isophene.assessment.NotSameCompound;
import io.github.isophene.assessment.NotSameCompoundOrBatch;
import io.github.isophene.assessment.Replicability;
import io.github.isophene.assessment.UndefinedMetricException;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.correction.CorrectionContext;
import io.github.isophene.profiles.correction.Corrections;

/**
 * Which correction of BBBC021, learnt from DMSO wells alone, would one have chosen without seeing
 * the mechanisms that it is judged by? A grid of chains is laid down beforehand; one is chosen (a)
 * by mAP replicability, which reads no mechanism, on all wells, (b) by NSC + NSCB on the treatments of
 * five of the ten weeks, and judged on those of the other five, for all 252 choices of five weeks.
 */
public final class ChainChoice {

	private static final List<String> BASES = List.of("standardize:per=table", "standardize:per=table,center:per=batch",
		"standardize:per=table,center:per=plate", "standardize:per=batch", "standardize:per=plate", "mad_robustize,clip:20");
	private static final List<String> TAILS = List.of("", ",sphering:zca:0.01:to=variance", ",sphering:zca:0.03:to=variance",
		",sphering:zca:0.1:to=variance", ",sphering:zca:0.3:to=variance", ",sphering:zca:1:to=variance", ",sphering:zca:3:to=variance",
		",sphering:zca:10:to=variance", ",sphering:zca-cor:1:to=variance", ",tvn:coral", ",tvn:coral:ridge=10", ",tvn:efaar");

	/** What a chain is worth. */
	private record Judged(String chain, AssessedProfiles all, double replicability, double nsc, double nscb, double[] halves,
		double[] halfNsc, double[] halfNscb) {}

	private ChainChoice() {}

	public static void main(final String... args) throws IOException {
		final ProfileTable raw = Bbbc021.raw();
		final List<String> weeks = List.copyOf(new TreeSet<>(Arrays.asList(raw.metadata("Metadata_Batch"))));
		final int[] choices = IntStream.range(0, 1 << weeks.size()).filter(bits -> Integer.bitCount(bits) == weeks.size() / 2).toArray();
		final List<Judged> judged = new ArrayList<>();
		for (final String base : BASES) {
			for (final String tail : TAILS) {
				final Judged j = judge(raw, base + tail, weeks, choices);
				judged.add(j);
				System.out.printf(Locale.ROOT, "%-75s replicability %.4f  NSC %.3f  NSCB %.3f%n", j.chain, j.replicability, j.nsc,
					j.nscb);
			}
		}
		chosen("chosen by replicability, all wells", best(judged, j -> j.replicability));
		chosen("best NSC + NSCB, chosen on the test", best(judged, j -> j.nsc + j.nscb));
		otherWeeks(judged, choices, weeks.size());
	}

	private static Judged judge(final ProfileTable raw, final String chain, final List<String> weeks, final int[] choices) {
		final ProfileTable corrected = Corrections.builtIn().parse(chain).fit(raw, CorrectionContext.standard().controls(
			"Metadata_Compound=DMSO")).table();
		final AssessedProfiles all = AssessedProfiles.of(corrected, Bbbc021.ROLES, 1);
		final double[] halves = new double[choices.length];
		final double[] nsc = new double[choices.length];
		final double[] nscb = new double[choices.length];
		IntStream.range(0, choices.length).parallel().forEach(c -> {
			final int[] rows = IntStream.range(0, corrected.rowCount()).filter(row -> (choices[c] >> weeks.indexOf(corrected.metadata(
				"Metadata_Batch", row)) & 1) == 1).toArray();
			final AssessedProfiles half = AssessedProfiles.of(corrected.selectRows(rows), Bbbc021.ROLES, 1);
			nsc[c] = value(new NotSameCompound(), half);
			nscb[c] = value(new NotSameCompoundOrBatch(), half);
			halves[c] = nsc[c] + nscb[c];
		});
		return new Judged(chain, all, value(new Replicability(), all), value(new NotSameCompound(), all), value(
			new NotSameCompoundOrBatch(), all), halves, nsc, nscb);
	}

	/** Chosen on five weeks, judged on the other five. */
	private static void otherWeeks(final List<Judged> judged, final int[] choices, final int weeks) {
		final Judged baseline = judged.get(0);
		double nsc = 0;
		double nscb = 0;
		double baseNsc = 0;
		double baseNscb = 0;
		int better = 0;
		int worse = 0;
		final int[] votes = new int[judged.size()];
		for (int c = 0; c < choices.length; c++) {
			final int half = c;
			final int other = Arrays.binarySearch(choices, (1 << weeks) - 1 - choices[c]);
			final Judged pick = best(judged, j -> j.halves[half]);
			votes[judged.indexOf(pick)]++;
			nsc += pick.halfNsc[other] / choices.length;
			nscb += pick.halfNscb[other] / choices.length;
			baseNsc += baseline.halfNsc[other] / choices.length;
			baseNscb += baseline.halfNscb[other] / choices.length;
			if (pick.halves[other] > baseline.halves[other]) better++;
			if (pick.halves[other] < baseline.halves[other]) worse++;
		}
		System.out.printf(Locale.ROOT, "chosen on five weeks, judged on the other five, mean of %d: NSC %.3f  NSCB %.3f; %s there: NSC " +
			"%.3f  NSCB %.3f; better in %d, worse in %d%n", choices.length, nsc, nscb, baseline.chain, baseNsc, baseNscb, better, worse);
		for (final String fixed : List.of("standardize:per=table,sphering:zca:1:to=variance",
			"standardize:per=table,center:per=plate,sphering:zca:1:to=variance", best(judged, j -> j.replicability).chain))
		{
			final Judged f = judged.stream().filter(j -> j.chain.equals(fixed)).findFirst().orElseThrow();
			System.out.printf(Locale.ROOT, "  always %s: NSC %.3f  NSCB %.3f%n", fixed, Arrays.stream(f.halfNsc).average().orElse(0),
				Arrays.stream(f.halfNscb).average().orElse(0));
		}
		IntStream.range(0, votes.length).boxed().filter(i -> votes[i] > 0).sorted(Comparator.comparing(i -> -votes[i])).limit(6)
			.forEach(i -> System.out.println("  chosen " + votes[i] + " times: " + judged.get(i).chain));
	}

	private static void chosen(final String how, final Judged j) {
		System.out.printf(Locale.ROOT, "%s: %s: NSC %.3f  NSCB %.3f%n", how, j.chain, j.nsc, j.nscb);
	}

	/** The first of the best. */
	private static Judged best(final List<Judged> judged, final ToDoubleFunction<Judged> by) {
		Judged best = judged.get(0);
		for (final Judged j : judged) if (by.applyAsDouble(j) > by.applyAsDouble(best) + 1e-12) best = j;
		return best;
	}

	private static double value(final Metric metric, final AssessedProfiles profiles) {
		try {
			final MetricResult result = metric.measure(profiles);
			return result.isDefined() ? result.value() : 0;
		}
		catch (final UndefinedMetricException e) {
			// No label in two batches of the half.
			return 0;
		}
	}
}
