// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.Comparator;

/**
 * The order a person expects: numbers inside names count as numbers, so that
 * {@code site 2} comes before {@code site 10}. Independent of the locale.
 */
public final class NaturalOrder {

	/** Compares digits as numbers and everything else by character code. */
	public static final Comparator<String> COMPARATOR = NaturalOrder::compare;

	private NaturalOrder() {}

	private static int compare(final String a, final String b) {
		int i = 0;
		int j = 0;
		while (i < a.length() && j < b.length()) {
			if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
				final int iEnd = digitsEnd(a, i);
				final int jEnd = digitsEnd(b, j);
				final int order = compareNumbers(a, i, iEnd, b, j, jEnd);
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

	/** Compares numbers of any length: without leading zeros the longer is the larger. */
	private static int compareNumbers(final String a, final int aStart, final int aEnd, final String b,
		final int bStart, final int bEnd)
	{
		int i = aStart;
		int j = bStart;
		while (i < aEnd - 1 && a.charAt(i) == '0') i++;
		while (j < bEnd - 1 && b.charAt(j) == '0') j++;
		if (aEnd - i != bEnd - j) return Integer.compare(aEnd - i, bEnd - j);
		for (; i < aEnd; i++, j++) {
			if (a.charAt(i) != b.charAt(j)) return Character.compare(a.charAt(i), b.charAt(j));
		}
		return 0;
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
