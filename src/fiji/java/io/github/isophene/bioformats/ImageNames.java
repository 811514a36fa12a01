// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.isophene.screen.ImagePattern;

/**
 * Pattern for files without plates: a regular expression with named groups on the
 * path relative to the source (with {@code /}), behind which a slash and the image's name
 * follow where the file holds several images. It has to match all of it, for example
 * {@code (?<plate>[^/]+)/.*_Well(?<well>[A-Z]{1,2}\d{1,4}).*\.nd2/.*Point (?<site>\d+).*}.
 * <p>
 * Groups: {@code well}, or {@code row} and {@code column}; optional {@code plate} (else
 * named after the source) and {@code site} (else counted); any other group {@code x} becomes
 * {@code Metadata_x}. Images that don't match are left out.
 * </p>
 */
final class ImageNames {

	/** Position of an image on a plate; empty where the name doesn't tell. */
	record NamedPosition(String plate, String well, String site, Map<String, String> metadata) {}

	private static final Set<String> KNOWN = Set.of("plate", "row", "column", "site");

	private final ImagePattern pattern;

	/** @throws IllegalArgumentException if it is no regular expression, or has no group for the well */
	ImageNames(final String regex, final Path source) {
		pattern = new ImagePattern(regex, source);
	}

	/**
	 * The place of an image, nothing if its name doesn't match.
	 *
	 * @throws IllegalArgumentException if the well can't be one
	 */
	Optional<NamedPosition> place(final String name) {
		return pattern.values(name).map(values -> {
			final Map<String, String> metadata = new LinkedHashMap<>();
			values.forEach((group, value) -> {
				if (!KNOWN.contains(group) && !pattern.isWell(group)) metadata.put("Metadata_" + group, value);
			});
			return new NamedPosition(values.getOrDefault("plate", ""), pattern.well(values),
				values.getOrDefault("site", ""), metadata);
		});
	}

	@Override
	public String toString() {
		return pattern.toString();
	}
}
