// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.github.isophene.files.DiskRoot;
import io.github.isophene.storage.NetworkShare;
import io.github.isophene.storage.RemoteConsent;
import io.github.isophene.storage.Storages;
import org.scijava.plugin.Plugin;

/**
 * The formats there are, and which of them a source has. Of several that fit,
 * the one of the highest {@link Plugin#priority()} is taken, then the first by
 * name.
 */
public final class ScreenFormats {

	/** The key that leaves the choice to us. */
	public static final String AUTO = "auto";

	private final List<ScreenFormat> formats;

	/**
	 * @param formats in any order, such as SciJava's PluginService gives them
	 * @throws IllegalArgumentException if two have the same name
	 */
	public ScreenFormats(final List<? extends ScreenFormat> formats) {
		final List<ScreenFormat> sorted = new ArrayList<>(formats);
		sorted.sort(Comparator.comparingDouble((ScreenFormat f) -> -priority(f)).thenComparing(ScreenFormat::name));
		for (int i = 1; i < sorted.size(); i++) {
			final String name = sorted.get(i).name();
			if (sorted.subList(0, i).stream().anyMatch(f -> f.name().equals(name))) {
				throw new IllegalArgumentException("Two screen formats are named '" + name + "'");
			}
		}
		this.formats = List.copyOf(sorted);
	}

	/** Every format, in the order in which they are tried. */
	public List<ScreenFormat> all() {
		return formats;
	}

	/** Returns the values of the key {@code format}: {@code auto} and the names. */
	public List<String> keys() {
		final List<String> keys = new ArrayList<>(List.of(AUTO));
		formats.forEach(f -> keys.add(f.name()));
		return keys;
	}

	/**
	 * Opens a screen.
	 *
	 * @param source a file or folder
	 * @param format a format's name or {@code auto}; {@code auto} with a pattern
	 *          means {@code pattern}
	 * @param options what else the user said
	 * @throws IOException if the source doesn't exist, no format fits (with the
	 *           reason of each), reading fails, or images lie on the network, which neither the options nor an earlier
	 *           {@link RemoteConsent} allow
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public Screen open(final Path source, final String format, final ScreenOptions options) throws IOException {
		final boolean pattern = options.pattern() != null && !options.pattern().isBlank();
		final String key = isAuto(format) && pattern ? "pattern" : format;
		final ScreenFormat chosen = choose(source, key);
		final Screen screen = chosen.read(source, options);
		// What stands in a table of one's own was said when it was written.
		if (!chosen.name().equals("loaddata")) FocalPlanes.differing(screen).ifPresent(options.warnings());
		if (!options.remote()) {
			final Set<String> hosts = hosts(screen);
			final String place = source.toAbsolutePath().toString();
			// Who opens a folder of a share has agreed to read from it.
			if (NetworkShare.is(place)) hosts.remove(NetworkShare.server(place));
			RemoteConsent.require(source, hosts);
		}
		return screen;
	}

	/**
	 * Returns the servers, buckets and other machines' shares that the images of a screen lie on, as the starts of
	 * their addresses.
	 */
	public static Set<String> hosts(final Screen screen) {
		final Set<String> hosts = new LinkedHashSet<>();
		String last = null;
		for (final Field field : screen.fields()) {
			for (final Plane plane : field.planes()) {
				for (Plane p = plane; p != null; p = p.illumination()) {
					if (last != null && p.path().startsWith(last)) continue;
					if (NetworkShare.is(p.path())) hosts.add(NetworkShare.server(p.path()));
					if (!p.isUrl()) continue;
					final int end = p.path().indexOf('/', p.path().indexOf("//") + 2);
					last = end < 0 ? p.path() + "/" : p.path().substring(0, end + 1);
					// Without a name and password: what is asked for goes into messages and logs.
					hosts.add(last.replaceFirst("//[^/]*@", "//"));
				}
			}
		}
		return hosts;
	}

	/**
	 * Opens a screen that a path or an address names.
	 *
	 * @param source a file or folder, {@code https://...} or {@code s3://...}
	 * @throws IOException as {@link #open(Path, String, ScreenOptions)}
	 */
	public Screen open(final String source, final String format, final ScreenOptions options) throws IOException {
		final String address = Storages.normalize(source);
		if (!Storages.isRemote(address)) return open(Path.of(source), format, options);
		return choose(address, format, candidate -> candidate.reject(address), () -> "").read(address, options);
	}

	/**
	 * The format of a source.
	 *
	 * @param format a format's name, which is taken at its word, or {@code auto}
	 * @throws IOException if the source doesn't exist or no format fits
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public ScreenFormat choose(final Path source, final String format) throws IOException {
		// A drive's letter is one, the name of a protocol more.
		if (!Files.exists(source))
			throw new IOException("No such file or folder: " + source +
				(source.toString().matches("(?i)file:.*") ? ". Give the path without file:"
					: ImagePaths.isUrl(source.toString())
						? ". An address begins with " + Storages.SCHEMES.replace("s3://", "s3://bucket/")
					: ""));
		DiskRoot.refuse(source);
		final boolean bioFormats = formats.stream().anyMatch(candidate -> candidate.name().equals("bioformats"));
		return choose(source.toString(), format, candidate -> candidate.reject(source),
			() -> FormatAdvice.of(source, bioFormats));
	}

	/** Asks a format why a source isn't one of its screens. */
	private interface Question {

		Optional<String> to(ScreenFormat format) throws IOException;
	}

	private ScreenFormat choose(final String source, final String format, final Question question,
		final Supplier<String> advice) throws IOException
	{
		if (!isAuto(format)) {
			final String name = format.strip().toLowerCase(Locale.ROOT);
			return formats.stream()
				.filter(f -> f.name().equals(name))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException(
					"No screen format is named '" + format + "': choose one of " + String.join(", ", keys())));
		}
		final StringBuilder reasons = new StringBuilder();
		IOException failure = null;
		for (final ScreenFormat candidate : formats) {
			final Optional<String> reason;
			try {
				reason = question.to(candidate);
			}
			catch (final InterruptedIOException exc) {
				throw exc;
			}
			catch (final IOException exc) {
				if (failure == null) failure = exc;
				continue;
			}
			if (reason.isEmpty()) return candidate;
			reasons.append("\n  Not ").append(candidate.name()).append(": ").append(reason.get());
		}
		// What isn't wrong with a file that is known would only hide what is.
		if (failure != null) throw failure;
		throw new IOException("No screen format fits " + source + "." + advice.get() + "\nThe formats:" + reasons);
	}

	private static boolean isAuto(final String format) {
		return format == null || format.isBlank() || format.strip().equalsIgnoreCase(AUTO);
	}

	private static double priority(final ScreenFormat format) {
		final Plugin plugin = format.getClass().getAnnotation(Plugin.class);
		return plugin == null ? 0 : plugin.priority();
	}
}
