// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.util.regex.Pattern;

/**
 * Names of plates and the like as names of files that every system allows: Windows has no {@code aux.zip} and no name
 * that ends with a dot and file systems have 255 bytes for a name. The name itself
 * stands in the file or in a table beside it, from where it comes back.
 */
public final class FileNames {

	/** Longest name without the checksum, in letters. */
	private static final int LONGEST = 60;

	private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9._-]");
	private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

	private FileNames() {}

	/**
	 * Returns a name that every system allows, the same for the same text always and different for different ones: the
	 * text itself where it is of Latin letters, digits, {@code .}, {@code _} and {@code -} and no reserved name,
	 * otherwise {@code <what is left of it>-<16 hexadecimal digits of its SHA-256>}. It never begins with {@code _} or
	 * a dot.
	 */
	public static String of(final String text) {
		return isPlain(text) ? text : withHash(text);
	}

	/** Returns the name with the checksum, however harmless the text is. */
	public static String withHash(final String text) {
		String safe = OTHER.matcher(text).replaceAll("_").replaceFirst("^[._]", "x_");
		// A reserved name stays one with anything behind its dot.
		if (RESERVED.matcher(safe).matches()) safe = "x_" + safe;
		return (safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe) + "-" + Sha256.of(text).substring(0, 16);
	}

	private static boolean isPlain(final String text) {
		return !text.isEmpty() && text.length() <= LONGEST && !OTHER.matcher(text).find() &&
			!RESERVED.matcher(text).matches() && text.charAt(0) != '.' && text.charAt(0) != '_' && !text.endsWith(".");
	}
}
