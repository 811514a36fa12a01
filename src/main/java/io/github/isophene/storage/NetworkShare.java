// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths of another machine's share, {@code //server/share/a.tif} with either separator (UNC). Windows connects to the
 * server, with the user's name, as soon as it is asked whether such a file exists. Elsewhere they lead nowhere, except
 * for those with slashes whose first folder is there: they are paths of this machine with a slash too many.
 */
public final class NetworkShare {

	private static final Pattern SHARE = Pattern.compile("(?s)[/\\\\]{2,}([^/\\\\]+).*");

	private NetworkShare() {}

	/** Returns whether a path names a file of another machine. Asks no other machine. */
	public static boolean is(final String path) {
		return is(path, File.separatorChar == '\\');
	}

	static boolean is(final String path, final boolean windows) {
		if (path.length() < 3 || !isSeparator(path.charAt(0)) || !isSeparator(path.charAt(1))) return false;
		final Matcher share = SHARE.matcher(path);
		if (!share.matches()) return false;
		return windows || path.charAt(0) == '\\' || share.group(1).indexOf('\0') >= 0 ||
			!Files.exists(Path.of("/" + share.group(1)));
	}

	/** Returns the beginning of the paths of a share's server, {@code //server/}, for consents and messages. */
	public static String server(final String path) {
		final Matcher share = SHARE.matcher(path);
		if (!share.matches()) throw new IllegalArgumentException(path + " is on no share");
		return "//" + share.group(1).toLowerCase(Locale.ROOT) + "/";
	}

	/**
	 * Refuses a path of a share where an export names the files beside it.
	 *
	 * @throws IllegalArgumentException naming path, server and remedy
	 */
	public static void refuse(final String path) {
		if (is(path))
			throw new IllegalArgumentException(path + " lies on another machine (" + server(path) + "), which no " +
				"export of this format needs: copy it into the folder, or list the images in a screen table (format " +
				"loaddata)");
	}

	private static boolean isSeparator(final char c) {
		return c == '/' || c == '\\';
	}
}
