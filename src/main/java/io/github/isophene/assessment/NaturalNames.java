// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as people sort them: Week2 before Week10. */
final class NaturalNames implements Comparator<String> {

	private static final Pattern PART = Pattern.compile("\\d+|\\D+");

	@Override
	public int compare(final String a, final String b) {
		final Matcher left = PART.matcher(a);
		final Matcher right = PART.matcher(b);
		while (left.find()) {
			if (!right.find()) return 1;
			final int order = part(left.group(), right.group());
			if (order != 0) return order;
		}
		return right.find() ? -1 : a.compareTo(b);
	}

	private static int part(final String a, final String b) {
		if (Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0))) return new BigInteger(a).compareTo(new BigInteger(
			b));
		return a.compareTo(b);
	}
}
