// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.files.PathNames;
import io.github.isophene.storage.Addresses;
import io.github.isophene.storage.NetworkShare;
import io.github.isophene.storage.Storages;

/**
 * Turns what a table says about a file's place into an absolute path or a URL,
 * and back. Relative folders are those of the table. Remembers the folders it
 * has seen, as a table has few of them and many files.
 */
public final class ImagePaths {

	/** Schemes without a slash behind them would pass for the name of a file. */
	private static final Pattern URL = Pattern
		.compile("(?s)[A-Za-z][A-Za-z0-9+.-]+:/.*|(?i:file|jar|nested|data|blob):.*");
	private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:[\\\\/].*");

	/** {@code //server/share/...} behind {@code file:}; {@code ///...} has no server. */
	private static final Pattern HOST = Pattern.compile("//([^/]+)(/.*)");

	private final Path folder;
	private final Consumer<String> above;
	private final Map<String, String> folders = new HashMap<>();
	private final Map<String, String> written = new HashMap<>();
	private final Map<Plane, Plane> planes = new HashMap<>();

	/** @param table the table's file, whose folder relative paths start from */
	ImagePaths(final Path table) {
		this(table, above -> {});
	}

	/** @param above receives folders that relative paths lead to outside of the table's */
	ImagePaths(final Path table, final Consumer<String> above) {
		this.above = above;
		folder = table.toAbsolutePath().normalize().getParent();
	}

	/** Returns whether a path is a URL of any scheme; {@code C:/images} is none. */
	public static boolean isUrl(final String path) {
		// Of many paths, few are.
		return path.indexOf(':') > 1 && URL.matcher(path).matches();
	}

	/**
	 * Returns the place that a path or URL means: an absolute path for {@code file:}, an address for {@code https://},
	 * {@code http://} and {@code s3://}; what is no URL stays.
	 *
	 * @throws IllegalArgumentException if the URL has another scheme, or names no file
	 */
	static String located(final String path) {
		if (Storages.isRemote(path)) return Storages.normalize(path);
		if (!isUrl(path)) return path;
		if (!path.regionMatches(true, 0, "file:", 0, 5))
			throw new IllegalArgumentException(Addresses.shown(path) + ": images are read from files and from " +
				"addresses that begin with " + Storages.SCHEMES + ", not from " +
				path.substring(0, path.indexOf(':') + 1));
		final String file = file(path);
		if (!isForeign(file) && !file.startsWith("/"))
			throw new IllegalArgumentException(path + " is no valid path: it must be absolute, such as " +
				"file:///data/a.tif");
		try {
			return isForeign(file) ? file : Path.of(file).normalize().toString();
		}
		catch (final InvalidPathException e) {
			throw new IllegalArgumentException(PathNames.problem(e), e);
		}
	}

	/**
	 * A file as FileName and PathName columns give it.
	 *
	 * @param directory empty for the table's folder; may be absolute, relative, of
	 *          another operating system, or a URL
	 * @param name the file's name
	 * @throws IOException if it can't be a path here
	 */
	String resolve(final String directory, final String name) throws IOException {
		final int end = lastSeparator(name, directory.isEmpty());
		// Some exporters put the whole path into the file's name, or a part of it.
		if (end >= 0 && !isUrl(directory)) {
			if (isUrl(name)) return url(name);
			final String parent = name.substring(0, end + 1);
			return resolve(directory.isEmpty() ? parent : directory + "/" + parent, name.substring(end + 1));
		}
		String base = folders.get(directory);
		if (base == null) {
			base = directory(directory);
			folders.put(directory, base);
		}
		return base + name;
	}

	private static int lastSeparator(final String name, final boolean ofAnySystem) {
		return ofAnySystem || File.separatorChar == '\\' ? Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'))
			: name.lastIndexOf('/');
	}

	/**
	 * Returns the place that an index names.
	 *
	 * @param folder from which relative names start
	 * @param name relative or absolute path with either separator, or a URL
	 * @throws IllegalArgumentException as {@link #located}; or if the place is a share of another machine
	 */
	public static String of(final Path folder, final String name) {
		final String path = isUrl(name) ? located(name) : name;
		NetworkShare.refuse(path);
		return isUrl(name) ? path : FolderListing.absolute(folder.resolve(path.replace('\\', '/')));
	}

	/** One object for equal planes, as many images have the same illumination function. */
	Plane same(final Plane plane) {
		if (plane == null) return null;
		final Plane known = planes.putIfAbsent(plane, plane);
		return known == null ? plane : known;
	}

	/** A file as a URL column gives it: {@code file:} becomes a path, addresses stay. */
	String url(final String url) throws IOException {
		if (!isUrl(url)) return resolve("", url);
		if (url.regionMatches(true, 0, "file:", 0, 5)) return resolve("", file(url));
		try {
			return located(url);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException(e.getMessage(), e);
		}
	}

	/** Returns the path in a {@code file:} URL. */
	private static String file(final String url) {
		String path = unescaped(url.substring(5));
		final Matcher host = HOST.matcher(path);
		if (host.matches())
			path = (host.group(1).equalsIgnoreCase("localhost") ? "" : "//" + host.group(1)) + host.group(2);
		final String fewer = path.replaceFirst("^/{3,}", path.startsWith("////") ? "//" : "/");
		path = NetworkShare.is(fewer) ? fewer : path.replaceFirst("^/+", "/");
		if (path.length() > 2 && WINDOWS.matcher(path.substring(1)).matches()) path = path.substring(1);
		return path;
	}

	/**
	 * Replaces percent escapes. A number or question sign stays what it is, a file has neither fragment nor
	 * query; where a
	 * percent sign begins no escape, none is one.
	 */
	private static String unescaped(final String text) {
		if (text.indexOf('%') < 0 || !text.matches("([^%]|%[0-9A-Fa-f]{2})*")) return text;
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) == '%') {
				bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
				i += 2;
			}
			else {
				final int end = Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() ? i + 2 : i + 1;
				bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
				i = end - 1;
			}
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
		}
		catch (final CharacterCodingException e) {
			return text;
		}
	}

	/** The PathName of a file: relative where it lies below the table's folder. */
	String pathName(final String path) {
		final int end = nameStart(path);
		final String directory = path.substring(0, end);
		return written.computeIfAbsent(directory, this::written);
	}

	/** The FileName of a file. */
	String fileName(final String path) {
		return path.substring(nameStart(path));
	}

	private static int nameStart(final String path) {
		return 1 + (File.separatorChar == '\\' ? Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
			: path.lastIndexOf('/'));
	}

	private String written(final String directory) {
		if (directory.isEmpty()) return ".";
		if (isForeign(directory) || isUrl(directory)) return directory;
		final Path path = Path.of(directory).toAbsolutePath().normalize();
		if (!path.startsWith(folder)) return slashes(path.toString());
		final String relative = slashes(folder.relativize(path).toString());
		return relative.isEmpty() ? "." : relative;
	}

	/** An absolute folder, ready for a file's name to be put behind it. */
	private String directory(final String text) throws IOException {
		if (isUrl(text)) {
			final String url = url(text);
			return url.endsWith("/") ? url : url + "/";
		}
		if (isForeign(text)) {
			final String path = text.replace('\\', '/');
			return path.endsWith("/") ? path : path + "/";
		}
		try {
			final String local = File.separatorChar == '/' ? text.replace('\\', '/') : text;
			final Path resolved = folder.resolve(local).normalize();
			if (!resolved.startsWith(folder) && !Path.of(local).isAbsolute()) above.accept(resolved.toString());
			final String path = resolved.toString();
			return path.endsWith(File.separator) ? path : path + File.separator;
		}
		catch (final InvalidPathException e) {
			throw new IOException(PathNames.problem(e), e);
		}
	}

	/** Absolute on Windows, or on a share, and this isn't Windows: kept as it is. */
	private static boolean isForeign(final String path) {
		return File.separatorChar == '/' && (WINDOWS.matcher(path).matches() || NetworkShare.is(path));
	}

	private static String slashes(final String path) {
		return File.separatorChar == '\\' ? path.replace('\\', '/') : path;
	}
}
