// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.messages;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Hint in a message that a name is almost one of those there are. */
public final class NearMiss {

	private NearMiss() {}

	/**
	 * Returns a question for behind a name that isn't known: {@code " (did you mean Metadata_Plate?)"}; empty where no
	 * name differs from it in capitals and blanks around it alone.
	 *
	 * @param name as it was given
	 * @param known names that there are
	 */
	public static String of(final String name, final Collection<String> known) {
		return known.stream()
			.filter(other -> other.strip().equalsIgnoreCase(name.strip()))
			.findFirst()
			.map(other -> " (did you mean " + other + "?)")
			.orElse("");
	}

	/**
	 * Returns the candidate that was probably meant.
	 *
	 * @param typed a name that is none of the candidates
	 * @return empty if none is close
	 */
	public static Optional<String> nearest(final String typed, final Collection<String> candidates) {
		final int most = Math.max(1, typed.length() / 3);
		return candidates.stream()
			.filter(name -> distance(typed, name) <= most || typed.length() > 2 && name.startsWith(typed))
			.min(Comparator.comparingInt(name -> distance(typed, name)));
	}

	/** Number of letters to insert, delete, replace or swap with their neighbor (optimal string alignment). */
	private static int distance(final String a, final String b) {
		final int[][] d = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				if (i == 0 || j == 0) {
					d[i][j] = i + j;
					continue;
				}
				final int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
				d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
					d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
				}
			}
		}
		return d[a.length()][b.length()];
	}
}
