// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells paths from addresses, and opens either. */
public final class Storages {

	/** Beginnings of the addresses that are read, for messages. */
	public static final String SCHEMES = "https://, http:// or s3://";

	private static final Pattern REMOTE = Pattern.compile("(?is)(https?|s3):[/\\\\]+(.+)");

	private Storages() {}

	/**
	 * Returns whether this is an address of the web or of a bucket: {@code http://}, {@code https://}, {@code
	 * s3://}.
	 */
	public static boolean isRemote(final String location) {
		// Of a million paths, few are; of a million addresses, few are written otherwise.
		return location.indexOf(':') > 1 && (isNormal(location) || REMOTE.matcher(location).matches());
	}

	private static boolean isNormal(final String location) {
		final int start = location.startsWith("https://") ? 8 : location.startsWith("http://") ? 7
			: location.startsWith("s3://") ? 5 : Integer.MAX_VALUE;
		if (location.length() <= start || location.charAt(start) == '/' || location.indexOf('\\') >= 0) return false;
		final char last = location.charAt(location.length() - 1);
		return last != '/' && !Character.isWhitespace(last);
	}

	/**
	 * The address as its author wrote it, where it has gone through a file's path, which makes
	 * one slash (or backslash) of two.
	 *
	 * @return the address without {@code /} at its end; anything else as it is
	 */
	public static String normalize(final String location) {
		if (isNormal(location)) return location;
		final Matcher remote = REMOTE.matcher(location.strip());
		if (!remote.matches()) return location;
		return remote.group(1).toLowerCase(java.util.Locale.ROOT) + "://" +
			remote.group(2).replace('\\', '/').replaceFirst("/+$", "");
	}

	/**
	 * Opens a place, without looking whether anything is there.
	 *
	 * @param location a path of a folder, or of a zip file ({@code .ozx}, {@code .zarr.zip}) or a folder in it,
	 * or an address
	 * @throws IllegalArgumentException if it is neither
	 */
	public static Storage open(final String location) {
		final String place = normalize(location);
		final Storage zip = isRemote(place) ? null : ZipStorage.find(place);
		if (zip != null) return zip;
		if (!isRemote(place)) return new FolderStorage(Path.of(place).toAbsolutePath().normalize());
		if (place.startsWith("s3:")) return S3Storage.open(place, S3Settings.current());
		return new WebStorage(FileCache.uri(place));
	}
}
