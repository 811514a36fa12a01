// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.github.isophene.assessment.Bbbc021Profiles;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.metrics.UndefinedMetricException;
import io.github.isophene.metrics.builtin.NotSameCompound;
import io.github.isophene.metrics.builtin.NotSameCompoundOrBatch;
import io.github.isophene.metrics.builtin.Replicability;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;

/**
 * Choice of a correction of BBBC021, from DMSO wells alone, without the mechanisms that it is judged by. A grid
 * of chains is laid down beforehand; one is chosen (a)
 * by mAP replicability, which reads no mechanism, on all wells, (b) by NSC + NSCB on the treatments of
 * five of the ten weeks, and judged on those of the other five, for all 252 choices of five weeks.
 * The argument is a file that keeps what is done, a line per chain.
 */
public final class ChainChoice {

	private static final List<String> BASES = List.of("standardize:per=table", "standardize:per=table,center:per=batch",
		"standardize:per=table,center:per=plate", "standardize:per=batch", "standardize:per=plate",
		"mad_robustize,clip:20");
	private static final List<String> TAILS = List.of("", ",sphering:zca:0.1:to=variance",
		",sphering:zca:0.3:to=variance", ",sphering:zca:1:to=variance", ",sphering:zca:3:to=variance",
		",sphering:zca:10:to=variance", ",sphering:zca-cor:1:to=variance");
	private static final List<
		String> OTHERS = List.of("standardize:per=table,tvn:coral", "standardize:per=table,tvn:efaar",
			"standardize:per=table,center:per=plate,tvn:coral", "standardize:per=table,center:per=plate,tvn:efaar");

	/** Score of a chain. */
	private record Judged(String chain, double replicability, double nsc, double nscb, double[] halfNsc,
		double[] halfNscb)
	{

		/** On one half of the weeks. */
		double half(final int choice) {
			return halfNsc[choice] + halfNscb[choice];
		}

		String line() {
			return chain + ";" + replicability + ";" + nsc + ";" + nscb + ";" + Arrays.toString(halfNsc) + ";" +
				Arrays.toString(halfNscb);
		}

		static Judged of(final String line) {
			final String[] cells = line.split(";");
			return new Judged(cells[0], Double.parseDouble(cells[1]), Double.parseDouble(cells[2]),
				Double.parseDouble(cells[3]), numbers(cells[4]), numbers(cells[5]));
		}

		private static double[] numbers(final String text) {
			return Arrays.stream(text.substring(1, text.length() - 1).split(", "))
				.mapToDouble(Double::parseDouble)
				.toArray();
		}
	}

	private ChainChoice() {}

	public static void main(final String... args) throws IOException {
		final ProfileTable raw = Bbbc021Profiles.raw();
		final List<String> weeks = List.copyOf(new TreeSet<>(Arrays.asList(raw.metadata("Metadata_Batch"))));
		final int[] choices = IntStream.range(0, 1 << weeks.size())
			.filter(bits -> Integer.bitCount(bits) == weeks.size() / 2)
			.toArray();
		final Path file = Path.of(args[0]);
		final Map<String, Judged> done = new HashMap<>();
		if (Files.exists(file)) Files.readAllLines(file).stream().map(Judged::of).forEach(j -> done.put(j.chain, j));
		final List<Judged> judged = new ArrayList<>();
		final List<String> chains = new ArrayList<>();
		for (final String base : BASES) for (final String tail : TAILS) chains.add(base + tail);
		chains.addAll(OTHERS);
		for (final String chain : chains) {
			Judged j = done.get(chain);
			if (j == null) {
				j = judge(raw, chain, weeks, choices);
				Files.writeString(file, j.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			}
			judged.add(j);
			System.out.printf(Locale.ROOT, "%-75s replicability %.4f  NSC %.3f  NSCB %.3f%n", j.chain, j.replicability,
				j.nsc, j.nscb);
		}
		chosen("chosen by replicability, all wells", best(judged, j -> j.replicability));
		chosen("best NSC + NSCB, chosen on the test", best(judged, j -> j.nsc + j.nscb));
		otherWeeks(judged, choices, weeks.size());
	}

	private static Judged judge(final ProfileTable raw, final String chain, final List<String> weeks,
		final int[] choices)
	{
		final ProfileTable corrected = Corrections.installed()
			.parse(chain)
			.fit(raw, CorrectionContext.standard().withControls("Metadata_Compound=DMSO"))
			.table();
		final AssessedProfiles all = AssessedProfiles.of(corrected, Bbbc021Profiles.ROLES, 1);
		final ProfileTable treatments = treatments(corrected);
		final double[] nsc = new double[choices.length];
		final double[] nscb = new double[choices.length];
		IntStream.range(0, choices.length).parallel().forEach(c -> {
			final int[] rows = IntStream.range(0, treatments.rowCount())
				.filter(row -> (choices[c] >> weeks.indexOf(treatments.metadata("Metadata_Batch", row)) & 1) == 1)
				.toArray();
			final AssessedProfiles half = AssessedProfiles.of(treatments.selectRows(rows), Bbbc021Profiles.ROLES, 1);
			nsc[c] = value(new NotSameCompound(), half);
			nscb[c] = value(new NotSameCompoundOrBatch(), half);
		});
		return new Judged(chain, value(new Replicability(), all), value(new NotSameCompound(), all),
			value(new NotSameCompoundOrBatch(), all), nsc, nscb);
	}

	/** A row per treatment with a mechanism: the mean of its wells, in the week in which most of them are. */
	private static ProfileTable treatments(final ProfileTable wells) {
		final Map<String, List<Integer>> rows = new TreeMap<>();
		for (int row = 0; row < wells.rowCount(); row++) {
			if (wells.metadata("Metadata_moa", row).isEmpty() ||
				wells.metadata("Metadata_Compound", row).equals("DMSO")) continue;
			rows.computeIfAbsent(
				wells.metadata("Metadata_Compound", row) + " " + wells.metadata("Metadata_Concentration", row),
				k -> new ArrayList<>()).add(row);
		}
		final ProfileTableBuilder builder = ProfileTable.builder(wells.metadataColumns(), wells.featureColumns());
		for (final List<Integer> own : rows.values()) {
			final Map<String, Integer> counts = new TreeMap<>();
			final float[] mean = new float[wells.featureCount()];
			for (final int row : own) {
				counts.merge(wells.metadata("Metadata_Batch", row), 1, Integer::sum);
				for (int i = 0; i < mean.length; i++) mean[i] += wells.feature(row, i) / own.size();
			}
			final String week = counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
			builder.add(wells.metadataColumns()
				.stream()
				.map(c -> c.equals("Metadata_Batch") ? week : wells.metadata(c, own.get(0)))
				.toList(), mean);
		}
		return builder.build();
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
			final Judged pick = best(judged, j -> j.half(half));
			votes[judged.indexOf(pick)]++;
			nsc += pick.halfNsc[other] / choices.length;
			nscb += pick.halfNscb[other] / choices.length;
			baseNsc += baseline.halfNsc[other] / choices.length;
			baseNscb += baseline.halfNscb[other] / choices.length;
			if (pick.half(other) > baseline.half(other)) better++;
			if (pick.half(other) < baseline.half(other)) worse++;
		}
		System.out.printf(Locale.ROOT,
			"chosen on five weeks, judged on the other five, mean of %d: NSC %.3f  NSCB %.3f; %s there: NSC " +
				"%.3f  NSCB %.3f; better in %d, worse in %d%n",
			choices.length, nsc, nscb, baseline.chain, baseNsc, baseNscb, better, worse);
		for (final String fixed : List.of("standardize:per=table,sphering:zca:1:to=variance",
			"standardize:per=table,center:per=plate,sphering:zca:1:to=variance",
			best(judged, j -> j.replicability).chain))
		{
			final Judged f = judged.stream().filter(j -> j.chain.equals(fixed)).findFirst().orElseThrow();
			System.out.printf(Locale.ROOT, "  always %s: NSC %.3f  NSCB %.3f%n", fixed,
				Arrays.stream(f.halfNsc).average().orElse(0), Arrays.stream(f.halfNscb).average().orElse(0));
		}
		IntStream.range(0, votes.length)
			.boxed()
			.filter(i -> votes[i] > 0)
			.sorted(Comparator.comparing(i -> -votes[i]))
			.limit(6)
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
