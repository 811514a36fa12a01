// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;

/** Messages about names that can't be file names. */
public final class PathNames {

	private PathNames() {}

	/**
	 * Returns the reason why a name can't be used, and the remedy. Most often nothing is wrong with it: started
	 * under a locale without
	 * letters like ä, as cluster jobs and cron often are (LANG=C), Java 17 can't open files whose names have them.
	 */
	public static String problem(final InvalidPathException exc) {
		return problem(exc, System.getProperty("sun.jnu.encoding", "UTF-8"));
	}

	/** @param encoding in which this Java gives names to the system */
	static String problem(final InvalidPathException exc, final String encoding) {
		final String name = exc.getInput();
		// Letters that were lost before they came here, as arguments do, are replaced by this one.
		final boolean lost = name.indexOf('\uFFFD') >= 0;
		if (!lost && writable(name, encoding)) return "'" + name + "' can't be the name of a file: " + exc.getReason();
		return "The name '" + name +
			"' has letters that Java can't open a file by under this locale (its encoding is " + encoding +
			"): set LC_ALL=C.UTF-8 in the environment before the program starts";
	}

	private static boolean writable(final String name, final String encoding) {
		return !Charset.isSupported(encoding) || !Charset.forName(encoding).canEncode() ||
			Charset.forName(encoding).newEncoder().canEncode(name);
	}
}
