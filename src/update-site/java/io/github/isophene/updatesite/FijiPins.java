// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pinned jars of a Fiji: the artifacts that its parent
 * (pom-scijava) pins for it, and the packages of the libraries that it shares with all its
 * plug-ins. Read from {@code update-site/*.tsv}.
 *
 * @param parent version of pom-scijava
 * @param versions by {@code group:artifact}
 * @param packages owner by package
 * @param expected what we count on, {@code group:artifact}, and why that is there
 */
record FijiPins(String parent, Map<String, String> versions, Map<String, String> packages,
	Map<String, String> expected)
{

	static FijiPins read(final Path folder) throws IOException {
		final Path pins = folder.resolve("fiji-pins.tsv");
		final String parent = Files.readAllLines(pins).get(0).split("\t")[1];
		return new FijiPins(parent, table(pins), table(folder.resolve("fiji-packages.tsv")),
			table(folder.resolve("expected-in-fiji.tsv")));
	}

	/** The first two columns. */
	static Map<String, String> table(final Path file) throws IOException {
		final Map<String, String> rows = new TreeMap<>();
		for (final String line : Files.readAllLines(file)) {
			if (line.startsWith("#") || line.isBlank()) continue;
			final String[] cells = line.split("\t");
			if (rows.put(cells[0], cells[1]) != null) throw new IOException(file + " has " + cells[0] + " twice");
		}
		return rows;
	}

	/** Whose the class is in a Fiji; {@code null} if it is nobody's. */
	String owner(final String className) {
		for (int dot = className.lastIndexOf('.'); dot > 0; dot = className.lastIndexOf('.', dot - 1)) {
			final String owner = packages.get(className.substring(0, dot));
			if (owner != null) return owner;
		}
		return null;
	}

	/** The artifacts that are pinned under this name, in whatever group. */
	List<String> named(final String artifactId) {
		return versions.keySet().stream().filter(a -> a.substring(a.indexOf(':') + 1).equals(artifactId)).toList();
	}

	/** Returns whether it, or another one of its group, is pinned. */
	boolean hasGroup(final String group) {
		return groups().contains(group);
	}

	private Set<String> groups() {
		final Set<String> groups = new HashSet<>();
		for (final String artifact : versions.keySet()) groups.add(artifact.substring(0, artifact.indexOf(':')));
		return groups;
	}

	/** The same with the jars of a Fiji that is there. */
	static Map<String, SiteJar> jarsOf(final Path fiji) throws IOException {
		final Map<String, SiteJar> jars = new HashMap<>();
		for (final SiteJar jar : SiteFiles.read(fiji).jars()) jars.put(jar.unversioned(), jar);
		return jars;
	}
}
