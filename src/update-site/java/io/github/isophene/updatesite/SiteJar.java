// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.updatesite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.scijava.util.FileUtils;

/**
 * A jar as the updater and the class loader see it.
 *
 * @param path in the site, with '/': {@code jars/fastcsv-4.4.0.jar}
 * @param artifacts what it says it was built from, {@code group:artifact:version}; none if it doesn't say
 * @param classes names with '.', without those of modules and of other Java versions
 */
record SiteJar(String path, List<String> artifacts, Set<String> classes) {

	static SiteJar read(final Path root, final Path file) throws IOException {
		final List<String> artifacts = new ArrayList<>();
		final Set<String> classes = new TreeSet<>();
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (final ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
				final String name = entry.getName();
				if (name.matches("META-INF/maven/.*/pom\\.properties")) artifacts.add(artifact(zip, entry));
				if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("-info.class")) {
					classes.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
				}
			}
		}
		return new SiteJar(root.relativize(file).toString().replace('\\', '/'), artifacts, classes);
	}

	private static String artifact(final ZipFile zip, final ZipEntry entry) throws IOException {
		final Properties properties = new Properties();
		try (InputStream in = zip.getInputStream(entry)) {
			properties.load(in);
		}
		return properties.getProperty("groupId") + ":" + properties.getProperty("artifactId") + ":" +
			properties.getProperty("version");
	}

	/** Returns the name by which the updater knows the file: the same for all its versions. */
	String unversioned() {
		return unversioned(path);
	}

	static String unversioned(final String path) {
		return FileUtils.stripFilenameVersion(path);
	}

	/** The artifact by the file's name. */
	String artifactId() {
		final String name = unversioned().substring(path.lastIndexOf('/') + 1);
		return name.replaceFirst("\\.jar$", "");
	}
}
