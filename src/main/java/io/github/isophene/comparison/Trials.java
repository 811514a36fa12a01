// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.isophene.numerics.RandomStream;

/**
 * Makes the tests of one seed: which images of which plate, with which controls. They depend
 * on data, options and seed alone, so every method gets the same ones.
 * <p>
 * Of more than {@value #CLASSES} classes, a plate is tested with so many of the rotations of each mixture and so many
 * classes alone: the number of trials does not grow with the number of classes. The classes are drawn by the seed
 * and continue from plate to plate, so that as many as possible are tested on some plate.
 * </p>
 */
final class Trials {

	/** Rotations of a mixture, and classes alone, of a plate and draw at most (our choice). */
	static final int CLASSES = 10;

	private final ComparisonData data;
	private final ComparisonOptions options;
	private final long seed;
	private final List<Trial> trials = new ArrayList<>();

	private Trials(final ComparisonData data, final ComparisonOptions options, final long seed) {
		this.data = data;
		this.options = options;
		this.seed = seed;
	}

	/** All tests of a seed, in the order of conditions and plates. */
	static List<Trial> of(final ComparisonData data, final OuterSplit split, final ComparisonOptions options,
		final long seed)
	{
		final Trials all = new Trials(data, options, seed);
		for (final String plate : split.inDomain()) all.whole(Condition.IN_DOMAIN, plate);
		for (final String plate : split.heldOut()) all.whole(Condition.HELD_OUT, plate);
		final List<String> out = split.heldOut();
		for (final double alpha : options.alphas()) {
			for (int p = 0; p < out.size(); p++) all.shifted(alpha, out.get(p), p);
		}
		for (int p = 0; p < out.size(); p++) all.singleClasses(out.get(p), p);
		for (final int wells : options.controlWells()) {
			for (final String plate : split.heldOut()) all.fewControls(wells, plate);
		}
		return List.copyOf(all.trials);
	}

	/** All images of the plate, with all its controls. */
	private void whole(final Condition condition, final String plate) {
		trials.add(new Trial(condition, plate, 0, data.queries(plate), data.controls(plate)));
	}

	/** Mixtures of classes, as many queries as an episode has. */
	private void shifted(final double alpha, final String plate, final int place) {
		final int[][] byClass = byClass(plate);
		for (int d = 0; d < options.draws(); d++) {
			final RandomStream random = stream("label shift " + alpha + " " + plate, d);
			final int[][] rotations = LabelShift.counts(byClass.length, options.queries(), alpha, random);
			for (final int r : some(rotations.length, place * options.draws() + d, 1)) {
				final IntStream.Builder queries = IntStream.builder();
				for (int k = 0; k < byClass.length; k++)
					draw(byClass[k], rotations[r][k], random).forEach(queries::add);
				trials.add(new Trial(Condition.labelShift(alpha), plate, d * rotations.length + r,
					queries.build().toArray(), data.controls(plate)));
			}
		}
	}

	/** As many queries of one class as an episode has, or as there are. */
	private void singleClasses(final String plate, final int place) {
		final int[][] byClass = byClass(plate);
		for (final int k : some(byClass.length, place, options.draws())) {
			final int[] queries = draw(byClass[k], Math.min(options.queries(), byClass[k].length),
				stream("single class " + plate, k)).toArray();
			trials.add(new Trial(Condition.SINGLE_CLASS, plate, k, queries, data.controls(plate)));
		}
	}

	/** The same queries with some of the control wells, drawn anew several times; nothing if the plate has fewer. */
	private void fewControls(final int wells, final String plate) {
		final List<int[]> all = data.controlWells(plate);
		if (wells > all.size()) return;
		final int[] some = draw(data.queries(plate), Math.min(2 * options.queries(), data.queries(plate).length),
			stream("queries " + plate, 0)).toArray();
		for (int d = 0; d < options.controlDraws(); d++) {
			final int[] order = IntStream.range(0, all.size()).toArray();
			stream("control wells " + plate, wells, d).shuffle(order, wells);
			final int[] controls = Arrays.stream(order, 0, wells)
				.flatMap(w -> Arrays.stream(all.get(w)))
				.sorted()
				.toArray();
			trials.add(new Trial(Condition.controlWells(wells), plate, d, some, controls));
		}
	}

	/**
	 * Some of the classes of a plate, ascending; all where they are few.
	 *
	 * @param place number of the choice: each goes on where the one before ended
	 * @param draws how often {@value #CLASSES} are chosen
	 */
	private int[] some(final int classes, final int place, final int draws) {
		final int[] order = IntStream.range(0, classes).toArray();
		final int n = (int) Math.min(classes, (long) CLASSES * draws);
		if (n == classes) return order;
		stream("classes to test").shuffle(order);
		return IntStream.range(0, n)
			.map(i -> order[(int) (((long) place * n + i) % classes)])
			.sorted()
			.toArray();
	}

	/** Returns a sentence on what is not tested of many classes; empty where all are. */
	static Optional<String> sampling(final int classes, final ComparisonOptions options) {
		if (classes <= CLASSES) return Optional.empty();
		return Optional.of(String.format(Locale.ROOT,
			"Of %d classes, each held-out plate is tested with %d alone, and each mixture of it in %d of " +
				"its rotations: drawn by the seed, the same for all methods.",
			classes, Math.min(classes, (long) CLASSES * options.draws()), CLASSES));
	}

	/** The plate's queries of each class that it has. */
	private int[][] byClass(final String plate) {
		final int[] queries = data.queries(plate);
		return IntStream.range(0, data.images().classes().size())
			.mapToObj(k -> Arrays.stream(queries).filter(i -> data.samples().get(i).label() == k).toArray())
			.filter(of -> of.length > 0)
			.toArray(int[][]::new);
	}

	/** So many at random; each comes again only when all have been drawn equally often. */
	private static IntStream draw(final int[] from, final int n, final RandomStream random) {
		final int[] order = from.clone();
		random.shuffle(order);
		return IntStream.range(0, n).map(i -> order[i % order.length]);
	}

	private RandomStream stream(final String purpose, final long... place) {
		return RandomStream.of(seed, purpose, place);
	}
}
