// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.training.data.Sample;

/**
 * Held-out batches of one seed's trainings. Whole plates only.
 * <ul>
 * <li><em>held out</em>: all plates of some batches, drawn by the seed, or named;</li>
 * <li><em>in domain</em>, none where every batch is one plate: of some of the other batches one plate each, drawn by
 * the seed, which is not
 * trained on while its sister plates are: the batch is known, the plate isn't;</li>
 * <li><em>training</em>: every other plate.</li>
 * </ul>
 * Nothing is selected on either of the first two.
 *
 * @param training indices of samples, controls included, ascending
 * @param inDomain the plates that say how good a method is where it was trained, sorted
 * @param heldOut the plates of held-out batches, sorted
 */
public record OuterSplit(int[] training, List<String> inDomain, List<String> heldOut) {

	/**
	 * Splits as the options ask: by the batches that they name, or by drawn ones.
	 *
	 * @throws IllegalArgumentException if the samples can't be split so
	 */
	static OuterSplit of(final List<Sample> samples, final ComparisonOptions options, final long seed) {
		return options.heldOutBatches().isEmpty() ? of(samples, options.heldOut(), options.inDomain(), seed)
			: of(samples, new TreeSet<>(options.heldOutBatches()), options.inDomain(), seed);
	}

	/**
	 * Splits by drawing batches.
	 *
	 * @param heldOut how many batches are held out
	 * @param inDomain how many plates, each of another batch, are kept from training
	 * @throws IllegalArgumentException if there are too few batches
	 */
	public static OuterSplit of(final List<Sample> samples, final int heldOut, final int inDomain, final long seed) {
		final List<String> batches = new ArrayList<>(new TreeSet<>(plates(samples).values()));
		if (heldOut < 1 || heldOut > batches.size() - 2)
			throw new IllegalArgumentException("heldout = " + Count.of(heldOut, "batch") + " of " + batches.size() +
				" (" +
				String.join(", ", batches) + "): hold out at least 1, and leave at least 2 to learn from");
		final int[] order = IntStream.range(0, batches.size()).toArray();
		RandomStream.of(seed, "held-out batches").shuffle(order, heldOut);
		final Set<String> out = new TreeSet<>();
		for (int i = 0; i < heldOut; i++) out.add(batches.get(order[i]));
		return of(samples, out, inDomain, seed);
	}

	/**
	 * Splits by names.
	 *
	 * @param heldOut names of batches
	 * @param inDomain how many plates, each of another batch, are kept from training
	 * @throws IllegalArgumentException if there is no such batch, or nothing is left
	 */
	public static OuterSplit of(final List<Sample> samples, final Set<String> heldOut, final int inDomain,
		final long seed)
	{
		final Map<String, String> batchOf = plates(samples);
		for (final String batch : heldOut) {
			if (!batchOf.containsValue(batch))
				throw new IllegalArgumentException("heldout: there is no batch '" + batch + "': the batches are " +
					String.join(", ", new TreeSet<>(batchOf.values())));
		}
		final Map<String, List<String>> known = new TreeMap<>();
		batchOf.forEach((plate, batch) -> {
			if (!heldOut.contains(batch)) known.computeIfAbsent(batch, b -> new ArrayList<>()).add(plate);
		});
		final List<String> candidates = known.keySet().stream().filter(b -> known.get(b).size() > 1).toList();
		if (known.isEmpty())
			throw new IllegalArgumentException("All batches are held out: leave some to learn from");
		// Plates as batches: there is no accuracy in domain to measure.
		final int wanted = candidates.isEmpty() ? 0 : inDomain;
		if (wanted < 0 || wanted > candidates.size())
			throw new IllegalArgumentException("indomain = " + Count.of(inDomain, "plate") +
				": outside the held-out batches " +
				Count.of(candidates.size(), "batch has", "batches have") + " two plates or more, of which one " +
				"each can be kept from training; give 0 (no accuracy in domain) to " + candidates.size());
		final RandomStream random = RandomStream.of(seed, "in-domain plates");
		final int[] order = IntStream.range(0, candidates.size()).toArray();
		random.shuffle(order, wanted);
		final Set<String> in = new TreeSet<>();
		for (int i = 0; i < wanted; i++) {
			final List<String> plates = known.get(candidates.get(order[i]));
			in.add(plates.get(random.nextInt(plates.size())));
		}
		final List<String> out = batchOf.keySet().stream().filter(p -> heldOut.contains(batchOf.get(p))).toList();
		return new OuterSplit(select(samples, s -> !heldOut.contains(s.batch()) && !in.contains(s.plate())),
			List.copyOf(in), out);
	}

	/** The batch of each plate that has labeled images. */
	private static Map<String, String> plates(final List<Sample> samples) {
		final Map<String, String> batchOf = new TreeMap<>();
		for (final Sample s : samples) if (s.labeled()) batchOf.put(s.plate(), s.batch());
		return batchOf;
	}

	private static int[] select(final List<Sample> samples, final Predicate<Sample> wanted) {
		return IntStream.range(0, samples.size()).filter(i -> wanted.test(samples.get(i))).toArray();
	}
}
