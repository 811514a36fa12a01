// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.Arrays;
import java.util.List;

/** The held-out batches as a user gives them: names with commas between, or a number. */
public final class HeldOut {

	private HeldOut() {}

	/**
	 * Splits samples.
	 *
	 * @param batches names, or how many; empty: none. A number that is the name of a batch is a name
	 * @throws IllegalArgumentException if there is no such batch, or too little is left
	 */
	public static Split split(final List<Sample> samples, final String batches, final double validation,
		final long seed)
	{
		final String text = batches.strip();
		final boolean name = samples.stream().anyMatch(s -> s.batch().equals(text));
		if (!name && text.matches("\\d{1,6}")) return Split.of(samples, Integer.parseInt(text), validation, seed);
		final List<
			String> names = text.isEmpty() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
		return Split.of(samples, names, validation, seed);
	}
}
