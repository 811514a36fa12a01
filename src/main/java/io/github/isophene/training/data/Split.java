// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.RandomStream;

/**
 * Split of samples into training, validation and held-out. Whole plates only: images of one plate share its
 * technical state, and a split
 * inside a plate would test on what was learned.
 *
 * @param training indices of the samples to learn from, controls included, ascending
 * @param validation those for early stopping, ascending
 * @param heldOut those of the held-out batches, ascending
 * @param messages what a person should know about this split, for the log
 */
public record Split(int[] training, int[] validation, int[] heldOut, List<String> messages) {

	/** The published share of the inner validation part. */
	public static final double INNER = 0.15;

	/** With fewer batches than this, the inner split is by plate: one batch alone teaches nothing about batches. */
	private static final int MIN_BATCHES = 3;

	/** Number of random splits that are tried to keep every class in training. */
	private static final int TRIES = 200;

	/**
	 * Holds out batches by name, then takes a share of the rest, by batch if at least 3 are
	 * left, otherwise by plate, for validation.
	 *
	 * @param heldOutBatches names of batches; may be empty
	 * @param inner share of the validation part, above 0 and below 1, see {@link #INNER}
	 * @throws IllegalArgumentException if there is no such batch or too few plates are left
	 */
	public static Split of(final List<Sample> samples, final Collection<String> heldOutBatches, final double inner,
		final long seed)
	{
		if (!(inner > 0 && inner < 1))
			throw new IllegalArgumentException(
				"The share of the validation part must be between " + "0 and 1, not " + inner);
		final Set<String> batches = new TreeSet<>();
		for (final Sample s : samples) batches.add(s.batch());
		for (final String name : heldOutBatches) {
			if (!batches.contains(name))
				throw new IllegalArgumentException(
					"There is no batch '" + name + "' to hold out: the batches are " + String.join(", ", batches));
		}
		final List<String> messages = new ArrayList<>();
		final Set<String> out = Set.copyOf(heldOutBatches);
		if (out.isEmpty())
			messages.add("No batch is held out: accuracy on new batches is known from the validation part only");
		final Set<String> validation = inner(samples, out, inner, seed, messages);
		return new Split(select(samples, s -> !out.contains(s.batch()) && !validation.contains(s.plate())),
			select(samples, s -> !out.contains(s.batch()) && validation.contains(s.plate())),
			select(samples, s -> out.contains(s.batch())), List.copyOf(messages));
	}

	/**
	 * As {@link #of(List, Collection, double, long)}, holding out batches at random.
	 *
	 * @param heldOutBatches how many; 0 = none
	 * @throws IllegalArgumentException if no batch would be left to learn from
	 */
	public static Split of(final List<Sample> samples, final int heldOutBatches, final double inner, final long seed) {
		final List<String> batches = samples.stream().map(Sample::batch).distinct().sorted().toList();
		if (heldOutBatches < 0 || heldOutBatches > 0 && heldOutBatches >= batches.size()) {
			throw new IllegalArgumentException("Of " + Count.of(batches.size(), "batch") + " " + heldOutBatches +
				" can't be held out: at least one must be left to learn from");
		}
		return of(samples, draw(batches, heldOutBatches, RandomStream.of(seed, "outer split")), inner, seed);
	}

	/** The plates of the validation part. */
	private static Set<String> inner(final List<Sample> samples, final Set<String> out, final double share,
		final long seed, final List<String> messages)
	{
		final TreeMap<String, String> batchOfPlate = new TreeMap<>();
		final TreeMap<String, String> everyPlate = new TreeMap<>();
		for (final Sample s : samples) {
			if (out.contains(s.batch())) continue;
			everyPlate.put(s.plate(), s.batch());
			if (s.labeled()) batchOfPlate.put(s.plate(), s.batch());
		}
		if (batchOfPlate.size() < 2)
			throw new IllegalArgumentException("Training needs labeled images of at least 2 plates, " +
				"one of them for validation, but outside the held-out batches there " +
				(batchOfPlate.isEmpty() ? "is none" : "is only " + batchOfPlate.firstKey()));
		final TreeSet<String> batches = new TreeSet<>(batchOfPlate.values());
		final boolean byBatch = batches.size() >= MIN_BATCHES;
		if (!byBatch)
			messages.add("Only " + Count.of(batches.size(), "batch is", "batches are") +
				" left to learn from: the validation part is split off by plate, so its accuracy says little about " +
				"new batches");
		final List<String> units = List.copyOf(byBatch ? batches : batchOfPlate.navigableKeySet());
		final int n = Math.max(1, (int) Math.round(share * units.size()));
		Set<String> first = null;
		for (int i = 0; i < TRIES; i++) {
			final Set<
				String> chosen = draw(units, Math.min(n, units.size() - 1), RandomStream.of(seed, "inner split", i));
			final Set<String> plates = new TreeSet<>();
			everyPlate.forEach((plate, batch) -> {
				if (chosen.contains(byBatch ? batch : plate)) plates.add(plate);
			});
			if (first == null) first = plates;
			if (lost(samples, out, plates) == 0) return plates;
		}
		messages.add(Count.of(lost(samples, out, first), "class occurs", "classes occur") +
			" on validation plates only: they can't be learned");
		return first;
	}

	/** Returns the number of classes outside the held-out batches that are missing from the training part. */
	private static int lost(final List<Sample> samples, final Set<String> out, final Set<String> validation) {
		final Set<Integer> all = new TreeSet<>();
		final Set<Integer> training = new TreeSet<>();
		for (final Sample s : samples) {
			if (!s.labeled() || out.contains(s.batch())) continue;
			all.add(s.label());
			if (!validation.contains(s.plate())) training.add(s.label());
		}
		return all.size() - training.size();
	}

	private static Set<String> draw(final List<String> names, final int n, final RandomStream random) {
		final int[] order = IntStream.range(0, names.size()).toArray();
		random.shuffle(order, n);
		final Set<String> drawn = new LinkedHashSet<>();
		for (int i = 0; i < n; i++) drawn.add(names.get(order[i]));
		return drawn;
	}

	private static int[] select(final List<Sample> samples, final Predicate<Sample> wanted) {
		return IntStream.range(0, samples.size()).filter(i -> wanted.test(samples.get(i))).toArray();
	}
}
