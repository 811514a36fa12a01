// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an update site, or of a Fiji: those in {@code plugins}, {@code jars},
 * {@code macros}, {@code scripts} and {@code models}.
 *
 * @param root the folder that holds these
 * @param files size in bytes by path with '/'
 * @param jars those of them that are jars
 */
record SiteFiles(Path root, Map<String, Long> files, List<SiteJar> jars) {

	/** Fiji's names of the platforms that the engine exists for. */
	static final List<String> PLATFORMS = List.of("linux64", "linux-arm64", "win64", "macos-arm64");

	static SiteFiles read(final Path root) throws IOException {
		final Map<String, Long> files = new TreeMap<>();
		final List<SiteJar> jars = new ArrayList<>();
		for (final String folder : List.of("plugins", "jars", "macros", "scripts", "models")) {
			if (!Files.isDirectory(root.resolve(folder))) continue;
			final List<Path> found;
			try (Stream<Path> walk = Files.walk(root.resolve(folder))) {
				found = walk.filter(Files::isRegularFile).sorted().toList();
			}
			for (final Path file : found) {
				files.put(root.relativize(file).toString().replace('\\', '/'), Files.size(file));
				if (file.toString().endsWith(".jar")) jars.add(SiteJar.read(root, file));
			}
		}
		return new SiteFiles(root, files, jars);
	}

	/** The platform that a file is for; {@code null}: for all. */
	static String platform(final String path) {
		final String[] parts = path.split("/");
		return parts.length > 2 && parts[0].equals("jars") && PLATFORMS.contains(parts[1]) ? parts[1] : null;
	}

	/** Returns the number of bytes that a user of a platform downloads. */
	long bytes(final String platform) {
		return files.entrySet()
			.stream()
			.filter(e -> platform(e.getKey()) == null || platform.equals(platform(e.getKey())))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}
}
