// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.isophene.messages.Count;

/**
 * Pattern inferred from file names, with what it finds in them.
 *
 * @param pattern regular expression on the relative path, as {@code format=pattern} takes it
 * @param matched number of images that match
 * @param images number of images considered, thumbnails excluded
 * @param thumbnails number of thumbnails that were left out
 * @param groups number of different values of each named group, in the order of the path; empty values are not counted
 * @param channels values of the channel group in natural order; empty if there is no such group
 * @param ambiguous number of images that share plate, well, site, channel, time point and plane with another one
 */
public record PatternProposal(String pattern, int matched, int images, int thumbnails, Map<String, Integer> groups,
	List<String> channels, int ambiguous)
{

	private static final Pattern NUMBERED = Pattern.compile("\\(\\?<well>\\\\d\\+\\)");

	/** Copies the collections. */
	public PatternProposal {
		groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
		channels = List.copyOf(channels);
	}

	/** Returns one line for the user: counts of plates, wells and so on, and the share of the images that match. */
	public String summary() {
		final String found = groups.entrySet()
			.stream()
			.map(e -> e.getValue() + " " + noun(e.getKey(), e.getValue()))
			.collect(Collectors.joining(", "));
		final String names = channels.isEmpty() || channels.size() > 8 ? "" : " (" + String.join(", ", channels) + ")";
		return found + names + "; " +
			(matched == images ? "all " + Count.of(images, "image matches", "images match") : matched + " of " +
			Count.of(images, "image matches", "images match")) +
			(thumbnails == 0 ? ""
				: ", " + Count.of(thumbnails, "thumbnail") + " left out") +
			(ambiguous == 0 ? "" : "; " + Count.of(ambiguous, "image") + " can't be told apart") +
			(!NUMBERED.matcher(pattern).find() ? ""
				: "; wells are numbers, counted row by row: for a plate of 24 columns, write (?<well24>\\d+)");
	}

	private String noun(final String group, final int count) {
		// Plates share the names of wells: so many wells there are on one plate.
		if (group.equals("well") && groups.getOrDefault("plate", 1) > 1)
			return count == 1 ? "well position" : "well positions";
		return count == 1 ? group : group + "s";
	}
}
