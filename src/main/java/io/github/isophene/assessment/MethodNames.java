// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.List;

/**
 * Names of methods in the report: by their own names where those are short, otherwise by
 * letters with a key, so that tables and sentences can be read on a phone.
 */
final class MethodNames {

	/** Number of characters that fit into a column's head. */
	private static final int SHORT = 20;
	private static final int LETTERS = 26;

	private final List<AssessedMethod> methods;
	private final boolean letters;

	MethodNames(final List<AssessedMethod> methods) {
		this.methods = List.copyOf(methods);
		letters = methods.size() > 1 && methods.stream().anyMatch(m -> m.name().length() > SHORT);
	}

	/** The name for tables and sentences, as HTML. */
	String of(final AssessedMethod method) {
		return letters ? letter(index(method)) : Html.name(method.name());
	}

	/** The name for headings, as HTML: with the letter, if it has one. */
	String withLetter(final AssessedMethod method) {
		return letters ? "<b>" + of(method) + "</b> <span class=\"small\">" + Html.name(method.name()) + "</span>"
			: of(method);
	}

	/** Returns the legend of the letters that stand for methods; empty where methods go by their own names. */
	String key() {
		if (!letters) return "";
		final StringBuilder html = new StringBuilder("<ul class=\"key\">");
		for (final AssessedMethod method : methods) html.append("<li>").append(withLetter(method)).append("</li>");
		return html.append("</ul>\n").toString();
	}

	/** By identity: equal results are no reason to take one method for another. */
	private int index(final AssessedMethod method) {
		for (int i = 0; i < methods.size(); i++) if (methods.get(i) == method) return i;
		throw new IllegalArgumentException(method.name() + " is none of the methods of the report");
	}

	/** A to Z, then AA, AB, ... */
	static String letter(final int index) {
		final String last = String.valueOf((char) ('A' + index % LETTERS));
		return index < LETTERS ? last : letter(index / LETTERS - 1) + last;
	}
}
