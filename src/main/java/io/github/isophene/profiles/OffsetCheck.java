// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.messages.Count;

/**
 * Finds features whose mean exceeds their standard deviation so far that float32, with its
 * seven digits, keeps little of how they vary. Takes them in float64, before they are rounded.
 */
final class OffsetCheck {

	/** |mean| / sd beyond it leaves less than two digits to the variation. */
	private static final double LIMIT = 1e5;
	private static final int NAMED = 5;

	private final List<String> features;
	private final long[] count;
	/** The first value, from which the others are summed so that an offset costs no digits. */
	private final double[] first;
	private final double[] sum;
	private final double[] squares;

	OffsetCheck(final List<String> features) {
		this.features = features;
		count = new long[features.size()];
		first = new double[features.size()];
		sum = new double[features.size()];
		squares = new double[features.size()];
	}

	void add(final int feature, final double value) {
		if (!Double.isFinite(value)) return;
		if (count[feature]++ == 0) first[feature] = value;
		final double difference = value - first[feature];
		sum[feature] += difference;
		squares[feature] += difference * difference;
	}

	/** The features found, in their order. */
	List<String> found() {
		final List<String> found = new ArrayList<>();
		for (int i = 0; i < count.length; i++) {
			if (count[i] < 2) continue;
			final double shift = sum[i] / count[i];
			final double deviation = Math.sqrt(Math.max(0, squares[i] / count[i] - shift * shift));
			final double mean = first[i] + shift;
			// What float64 itself rounds is no variation.
			if (deviation > Math.abs(mean) * 1e-14 && Math.abs(mean) > LIMIT * deviation) found.add(features.get(i));
		}
		return found;
	}

	/** A sentence on the features found, {@code null} if there are none. */
	String warning(final Path file) {
		final List<String> found = found();
		if (found.isEmpty()) return null;
		return file + ": " + Count.of(found.size(), "feature varies", "features vary") +
			" by less than a 100,000th of the mean, which float32 rounds away: " +
			String.join(", ", found.subList(0, Math.min(NAMED, found.size()))) + (found.size() > NAMED ? "..." : "") +
			"; subtract a constant from them, or leave them out";
	}
}
