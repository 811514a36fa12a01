// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.controls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.isophene.network.ChannelMoments;
import io.github.isophene.network.NormParameters;
import io.github.isophene.numerics.Statistics;

/**
 * Robust check of a plate's control wells against each other, layer by layer: finds treated, dead or empty wells
 * among the negative controls. The rule is ours.
 * <p>
 * At each layer, a well's distance d is that of its mean m and standard deviation s per channel from the medians over
 * all control wells, in units of the median standard deviation, root mean square over the channels. Its score is the
 * mean over the layers of d divided by the median d of all wells: about 1 for a well like the others, whatever the
 * layer. Scores are compared as logarithms, as wells with few cells are far from the others, too: a well is unlike the
 * others if its logarithm exceeds the median by more than {@value #LIMIT} robust standard deviations (1.4826 times the
 * median absolute deviation, at least {@value #LEAST_SPREAD}), that is, if it is at least 1.8 times as far as a
 * typical well.
 * Medians hold while fewer than half of the wells are wrong, and so at most that many are found.
 * </p>
 */
public final class ControlGuard {

	/** Fewest wells that can be told apart: of two that differ, either may be wrong. */
	static final int LEAST_WELLS = 4;

	/** Robust standard deviations of the logarithm above the median. */
	public static final double LIMIT = 6;

	/** Least robust standard deviation of the scores' logarithms. */
	public static final double LEAST_SPREAD = 0.1;

	private static final double NORMAL = 1.4826;

	/**
	 * Wells that are unlike the others.
	 *
	 * @param wells names of these, the most unlike first
	 * @param scores their scores over the median score
	 * @param of number of control wells that were compared
	 */
	public record Decision(List<String> wells, List<Double> scores, int of) {

		/** Decision on a plate on which nothing is wrong, or nothing can be told. */
		static Decision none(final int of) {
			return new Decision(List.of(), List.of(), of);
		}

		/**
		 * Returns a sentence for the user.
		 *
		 * @param consequence what becomes of the wells
		 * @return empty if all wells are alike
		 */
		public Optional<String> sentence(final String plate, final String consequence) {
			if (wells.isEmpty()) return Optional.empty();
			final List<String> named = IntStream.range(0, wells.size())
				.mapToObj(i -> String.format(Locale.ROOT, "%s (%.1f)", wells.get(i), scores.get(i)))
				.toList();
			return Optional.of("Plate " + plate + ": " +
				(wells.size() == 1 ? "the control well " : "the control wells ") + String.join(", ", named) +
				(wells.size() == 1 ? " is" : " are") + " unlike the other " + (of - wells.size()) +
				" (in brackets: times as far from their median as a typical one): treated, dead or empty? " +
				consequence);
		}
	}

	private ControlGuard() {}

	/**
	 * Compares wells.
	 *
	 * @param layers moments of each well at each layer
	 * @param names names of the wells
	 */
	public static Decision judge(final List<ChannelMoments[]> layers, final List<String> names) {
		final int n = names.size();
		if (n < LEAST_WELLS || layers.isEmpty()) return Decision.none(n);
		final double[] scores = Arrays.stream(scores(layers, n))
			.map(s -> Math.log(Math.max(Double.MIN_NORMAL, s)))
			.toArray();
		final double median = Statistics.median(scores);
		final double spread = Math.max(LEAST_SPREAD,
			NORMAL * Statistics.median(IntStream.range(0, n).mapToDouble(w -> Math.abs(scores[w] - median)).toArray()));
		final List<Integer> wrong = new ArrayList<>(
			IntStream.range(0, n).filter(w -> scores[w] > median + LIMIT * spread).boxed().toList());
		wrong.sort((a, b) -> Double.compare(scores[b], scores[a]));
		final List<Integer> most = wrong.subList(0, Math.min(wrong.size(), (n - 1) / 2));
		return new Decision(most.stream().map(names::get).toList(),
			most.stream().map(w -> Math.exp(scores[w] - median)).toList(), n);
	}

	/** Computes the score of each well. */
	public static double[] scores(final List<ChannelMoments[]> layers, final int n) {
		final double[] scores = new double[n];
		for (final ChannelMoments[] layer : layers) {
			final double[] distances = distances(layer, n);
			final double typical = Statistics.median(distances);
			// A layer in which at least half of the wells are exactly alike tells nothing.
			if (typical > 0) for (int w = 0; w < n; w++) scores[w] += distances[w] / typical / layers.size();
		}
		return scores;
	}

	private static double[] distances(final ChannelMoments[] wells, final int n) {
		final int channels = wells[0].channels();
		final double[] squares = new double[n];
		final double[] means = new double[n];
		final double[] sds = new double[n];
		for (int c = 0; c < channels; c++) {
			for (int w = 0; w < n; w++) {
				means[w] = wells[w].mean(c);
				sds[w] = Math.sqrt(wells[w].variance(c) + NormParameters.EPSILON);
			}
			final double mean = Statistics.median(means);
			final double sd = Statistics.median(sds);
			for (int w = 0; w < n; w++) {
				final double off = (means[w] - mean) / sd;
				final double wider = (sds[w] - sd) / sd;
				squares[w] += (off * off + wider * wider) / channels;
			}
		}
		return Arrays.stream(squares).map(Math::sqrt).toArray();
	}
}
