// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.updatesite;

import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Check of an update site for clashes with a Fiji. Every method gives the faults
 * that it found as sentences, none if there is nothing wrong.
 */
final class ClashCheck {

	private final SiteFiles site;
	private final FijiPins fiji;

	ClashCheck(final SiteFiles site, final FijiPins fiji) {
		this.site = site;
		this.fiji = fiji;
	}

	/** All that can be found without a Fiji. */
	List<String> faults(final Collection<String> contents) {
		final List<String> faults = new ArrayList<>(contents(contents));
		faults.addAll(pinned());
		faults.addAll(foreignClasses());
		faults.addAll(twice());
		faults.addAll(modules());
		return faults;
	}

	/** Checks that the files are those of the list of contents; folders of it end in '/'. */
	List<String> contents(final Collection<String> contents) {
		final List<String> faults = new ArrayList<>();
		final TreeSet<String> missing = new TreeSet<>(contents);
		for (final String path : site.files().keySet()) {
			final String name = path.endsWith(".jar") ? SiteJar.unversioned(path) : path;
			final String folder = path.substring(0, path.lastIndexOf('/') + 1);
			if (!contents.contains(name) && !contents.contains(folder))
				faults.add(path + " is not on the list of contents");
			missing.remove(name);
			missing.remove(folder);
		}
		for (final String path : missing) faults.add(path + " of the list of contents is missing");
		return faults;
	}

	/** No jar is, by its name or by what it says of itself, one that Fiji's parent pins, or of such a family. */
	List<String> pinned() {
		final List<String> faults = new ArrayList<>();
		for (final SiteJar jar : site.jars()) {
			for (final String artifact : fiji.named(jar.artifactId())) {
				faults.add(jar.path() + " would replace Fiji's own " + artifact + " " + fiji.versions().get(artifact));
			}
			for (final String artifact : jar.artifacts()) {
				final String[] parts = artifact.split(":");
				if (fiji.hasGroup(parts[0]))
					faults.add(jar.path() + " is or holds " + artifact + ", of a family whose version Fiji pins");
			}
		}
		return faults;
	}

	/** No class lies in a package that is somebody else's, whatever the jar is called. */
	List<String> foreignClasses() {
		final List<String> faults = new ArrayList<>();
		for (final SiteJar jar : site.jars()) {
			final Map<String, Integer> owners = new TreeMap<>();
			for (final String name : jar.classes()) {
				final String owner = fiji.owner(name);
				if (owner != null) owners.merge(owner, 1, Integer::sum);
			}
			owners.forEach((owner, n) -> faults.add(jar.path() + " holds " + n + " classes in packages of " + owner));
		}
		return faults;
	}

	/** No class, and no file under the updater's name for it, is there twice. */
	List<String> twice() {
		final List<String> faults = new ArrayList<>();
		final Map<String, String> first = new TreeMap<>();
		for (final SiteJar jar : site.jars()) {
			final String same = first.put(jar.unversioned(), jar.path());
			if (same != null) faults.add(jar.path() + " and " + same + " are versions of the same file");
		}
		faults.addAll(duplicates(site.jars(), site.jars()));
		return faults;
	}

	/**
	 * Fiji makes each {@code jars/<platform>} a module path for JavaFX. A jar there that has no
	 * valid module name keeps the whole of Fiji from starting.
	 */
	List<String> modules() {
		final List<String> faults = new ArrayList<>();
		for (final String platform : SiteFiles.PLATFORMS) {
			final Path folder = site.root().resolve("jars").resolve(platform);
			if (!Files.isDirectory(folder)) continue;
			try {
				ModuleFinder.of(folder).findAll();
			}
			catch (final FindException e) {
				final Throwable cause = e.getCause() == null ? e : e.getCause();
				faults.add("Fiji wouldn't start with jars/" + platform + " as module path: " + e.getMessage() + " (" +
					cause.getMessage() + ")");
			}
		}
		return faults;
	}

	/**
	 * Checks that the jars expected in Fiji are pinned in the version of the build.
	 *
	 * @param classPath the jars we build with
	 */
	List<String> expected(final Collection<Path> classPath) {
		final List<String> faults = new ArrayList<>();
		for (final String artifact : fiji.expected().keySet()) {
			final String group = artifact.substring(0, artifact.indexOf(':'));
			final String name = artifact.substring(artifact.indexOf(':') + 1);
			final String pin = fiji.versions()
				.getOrDefault(artifact, group.equals("org.ejml") ? fiji.versions().get("org.ejml:ejml-all") : null);
			final String folder = "/" + group.replace('.', '/') + "/" + name + "/";
			final Path jar = classPath.stream()
				.filter(p -> p.toString().replace('\\', '/').contains(folder))
				.findFirst()
				.orElse(null);
			// What comes along with others has no pin; of these we call only what both versions have.
			final boolean unpinned = fiji.expected().get(artifact).endsWith("(unpinned)");
			if (pin == null && unpinned) continue;
			if (pin == null) faults.add(artifact + " is expected in Fiji, but its parent doesn't pin it");
			else if (jar != null && !jar.getFileName().toString().equals(name + "-" + pin + ".jar")) {
				faults.add("Fiji has " + artifact + " " + pin + ", but this is built with " + jar.getFileName());
			}
		}
		return faults;
	}

	/**
	 * Compares with a Fiji that is there, without this site in it or with it.
	 *
	 * @param root its folder
	 */
	List<String> against(final Path root) throws IOException {
		final List<String> faults = new ArrayList<>();
		final Map<String, SiteJar> jars = FijiPins.jarsOf(root);
		for (final SiteJar jar : site.jars()) jars.remove(jar.unversioned());
		faults.addAll(duplicates(site.jars(), jars.values()));
		final TreeSet<String> names = new TreeSet<>();
		for (final SiteJar jar : jars.values()) names.add(jar.artifactId());
		for (final String artifact : fiji.expected().keySet()) {
			final String name = artifact.substring(artifact.indexOf(':') + 1);
			final boolean optional = fiji.expected().get(artifact).startsWith("optional");
			if (!optional && !names.contains(name)) faults.add(root + " has no " + artifact + ", which this counts on");
		}
		return faults;
	}

	private static List<String> duplicates(final Collection<SiteJar> ours, final Collection<SiteJar> theirs) {
		final Map<String, List<String>> places = new TreeMap<>();
		for (final SiteJar jar : theirs) {
			for (final String name : jar.classes())
				places.computeIfAbsent(name, k -> new ArrayList<>()).add(jar.path());
		}
		final Map<String, Integer> pairs = new TreeMap<>();
		for (final SiteJar jar : ours) {
			for (final String name : jar.classes()) {
				for (final String other : places.getOrDefault(name, List.of())) {
					if (!other.equals(jar.path()) && (!ours.equals(theirs) || jar.path().compareTo(other) < 0)) {
						pairs.merge(jar.path() + " and " + other, 1, Integer::sum);
					}
				}
			}
		}
		final List<String> faults = new ArrayList<>();
		pairs.forEach((pair, n) -> faults.add(pair + " have " + n + " classes in common"));
		return faults;
	}
}
