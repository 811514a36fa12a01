// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses as messages, logs and tables of errors show them: without the name and password before the host, and
 * without the query, which may be a signature or a token.
 */
public final class Addresses {

	/** A scheme; of a path that was made of an address, one slash is left. */
	private static final String SCHEME = "(?<![A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]+:[/\\\\]+)";

	/** Name and password before the host, also where a slash or question mark in the password hides its end. */
	private static final Pattern USER = Pattern
		.compile(SCHEME + "(?:[^/\\\\\\s]*@|[^/\\\\\\s@\\[]*:(?!\\d{0,5}(?:[/\\\\?\\s]|$))\\S*?@)");

	private static final Pattern START = Pattern.compile(SCHEME);

	/** A query in a sentence, whose punctuation stays. */
	private static final Pattern QUERY = Pattern.compile("\\?(?=[^\\s\"'])[^\\s\"'<>]*?(?=[,:;.)]*(?:[\\s\"'<>]|$))");

	/** In place of a blank, at which an address in a sentence would end. */
	private static final char BLANK = '\uE000';

	private Addresses() {}

	/** Returns an address as it may be shown; what is no address stays as it is. */
	public static String shown(final String address) {
		// Of a million paths, few are addresses.
		if (address.indexOf(':') < 0 || !START.matcher(address).lookingAt()) return address;
		final String plain = USER.matcher(address.replace(' ', BLANK)).replaceFirst("$1").replace(BLANK, ' ');
		final int query = plain.indexOf('?');
		return query < 0 ? plain : plain.substring(0, query);
	}

	/** Returns a text with all addresses in it as they may be shown. */
	public static String hidden(final String text) {
		if (text == null || text.indexOf(':') < 0 || !START.matcher(text).find()) return text;
		final String plain = USER.matcher(text).replaceAll("$1");
		final StringBuilder lines = new StringBuilder();
		int at = 0;
		// A blank doesn't end an address for sure, the end of the line does.
		while (at <= plain.length()) {
			final int end = plain.indexOf('\n', at) < 0 ? plain.length() : plain.indexOf('\n', at);
			final String line = plain.substring(at, end);
			final Matcher start = START.matcher(line);
			if (start.find())
				lines.append(line, 0, start.start())
					.append(QUERY.matcher(line.substring(start.start())).replaceAll(""));
			else lines.append(line);
			if (end < plain.length()) lines.append('\n');
			at = end + 1;
		}
		return lines.toString();
	}
}
