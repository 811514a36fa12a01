// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * The order a person expects: numbers inside names count as numbers, so that
 * {@code site 2} comes before {@code site 10}. Independent of the locale.
 */
final class NaturalOrder {

	/** Compares digits as numbers and everything else by character code. */
	static final Comparator<String> COMPARATOR = NaturalOrder::compare;

	private NaturalOrder() {}

	private static int compare(final String a, final String b) {
		int i = 0;
		int j = 0;
		while (i < a.length() && j < b.length()) {
			if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
				final int iEnd = digitsEnd(a, i);
				final int jEnd = digitsEnd(b, j);
				final int order = new BigInteger(a.substring(i, iEnd)).compareTo(new BigInteger(b.substring(j, jEnd)));
				if (order != 0) return order;
				i = iEnd;
				j = jEnd;
			}
			else if (a.charAt(i) != b.charAt(j)) return Character.compare(a.charAt(i), b.charAt(j));
			else {
				i++;
				j++;
			}
		}
		final int order = Integer.compare(a.length() - i, b.length() - j);
		// 01 and 1 are the same number but not the same name
		return order != 0 ? order : a.compareTo(b);
	}

	private static int digitsEnd(final String text, final int from) {
		int end = from;
		while (end < text.length() && isDigit(text.charAt(end))) end++;
		return end;
	}

	private static boolean isDigit(final char c) {
		return c >= '0' && c <= '9';
	}
}
