// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.PrivateFolder;
import io.github.isophene.files.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consent of the user to read images on the network that a table or an index on this machine lists. A file from
 * elsewhere could otherwise have this machine ask any server, also one that only this machine can reach.
 * <p>
 * Consent is given to one file and the servers and buckets that it lists: by {@code remote=true} or the question of
 * a dialog, and to the screen tables that the user writes of such images. It is kept in a folder of the user, never in
 * or beside the file, which may be a stranger's; a table that was moved, or lists another server, is asked for again.
 * System properties: {@link #PROPERTY}, {@link #FOLDER}.
 * </p>
 */
public final class RemoteConsent {

	/**
	 * System property: {@code true} for any server, or the beginnings of addresses that are read without asking,
	 * separated by commas.
	 */
	public static final String PROPERTY = "isophene.remote";

	/** System property: folder of the consents ({@code .isophene/remote} in the home folder). */
	public static final String FOLDER = "isophene.remote.consents";

	private static final Logger LOG = LoggerFactory.getLogger(RemoteConsent.class);
	private static final Predicate<String> NOBODY = question -> false;

	/** Servers that a question names, each on a line. */
	private static final int SHOWN = 8;

	private static Predicate<String> asker = NOBODY;

	private RemoteConsent() {}

	/**
	 * Sets who is asked from now on, in the whole process.
	 *
	 * @param agrees answers a question with yes or no; no where there is nobody to ask
	 */
	public static synchronized void use(final Predicate<String> agrees) {
		asker = agrees;
	}

	/** Nobody is asked any more. */
	public static void reset() {
		use(NOBODY);
	}

	/**
	 * Checks that the user has agreed to read from servers, or asks.
	 *
	 * @param source file or folder that lists the images
	 * @param hosts beginnings of their addresses, {@code https://host/}, {@code s3://bucket/}, {@code //server/} of a
	 *          share
	 * @throws IOException naming the source, the servers and the remedy, if the user has not agreed
	 */
	public static synchronized void require(final Path source, final Collection<String> hosts) throws IOException {
		final List<String> unknown = new ArrayList<>(hosts);
		unknown.removeIf(RemoteConsent::isAllowed);
		if (unknown.isEmpty()) return;
		unknown.removeAll(known(source));
		if (unknown.isEmpty()) return;
		final String what = source + " lists images on the network, at ";
		final String further = unknown.size() > SHOWN ? "and " + (unknown.size() - SHOWN) + " others\n" : "";
		final String question = what + "\n" +
			String.join("\n", unknown.subList(0, Math.min(SHOWN, unknown.size()))) + "\n" + further +
			" \nRead them from there? Only if you trust whoever made the file.";
		if (!asker.test(question))
			throw new IOException(what + String.join(", ", unknown) +
				": if you trust it, open it with Open Screen and remote=true, whose table all commands read, or " +
				"allow these addresses by -D" + PROPERTY + "=" + String.join(",", unknown));
		grant(source, hosts);
	}

	/** Keeps the user's consent to read from the servers that a file lists; without any, does nothing. */
	public static synchronized void grant(final Path source, final Collection<String> hosts) {
		if (hosts.isEmpty()) return;
		try {
			final Set<String> all = new TreeSet<>(known(source));
			if (!all.addAll(hosts)) return;
			final List<String> lines = new ArrayList<>(List.of(place(source)));
			lines.addAll(all);
			AtomicFile.writeSmall(file(source), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
		}
		catch (final IOException exc) {
			LOG.warn("The consent to read the images of {} from the network can't be kept ({}): -D{}=<folder> names " +
				"another place", source, exc.getMessage(), FOLDER);
		}
	}

	private static boolean isAllowed(final String host) {
		final String allowed = System.getProperty(PROPERTY, "").strip();
		if (allowed.equalsIgnoreCase("true")) return true;
		for (final String start : allowed.split("\\s*,\\s*")) {
			// A beginning of a host's name is none of its address: https://a.org allows nothing of https://a.org.evil.
			final String address = Storages.normalize(start) + "/";
			if (Storages.isRemote(start) && host.equals(address)) return true;
			if (NetworkShare.is(start) && host.equals(NetworkShare.server(start))) return true;
		}
		return false;
	}

	private static Set<String> known(final Path source) throws IOException {
		final Path file = file(source);
		if (!Files.exists(file)) return Set.of();
		final List<String> lines = Files.readAllLines(file);
		return lines.isEmpty() || !lines.get(0).equals(place(source)) ? Set.of()
			: Set.copyOf(lines.subList(1, lines.size()));
	}

	private static Path file(final Path source) throws IOException {
		final String given = System.getProperty(FOLDER, "");
		final Path folder = given.isBlank() ? Path.of(System.getProperty("user.home", "."), ".isophene", "remote")
			: Path.of(given);
		return PrivateFolder.require(folder).resolve(Sha256.of(place(source)) + ".txt");
	}

	/** Absolute path without links, in one line. */
	private static String place(final Path source) throws IOException {
		final Path path = Files.exists(source) ? source.toRealPath() : source.toAbsolutePath().normalize();
		return path.toString().replace('\n', ' ');
	}
}
