// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.isophene.messages.Count;

/**
 * Warning of a screen whose images were taken at different focal planes: some fields at another plane than the others,
 * or channels of one field at several. Profiles of such fields differ by their focus, too.
 */
final class FocalPlanes {

	private static final int SHOWN = 3;

	private FocalPlanes() {}

	/** Returns a sentence about the fields that differ from the most frequent choice; empty if all are alike. */
	static Optional<String> differing(final Screen screen) {
		final Map<String, List<Field>> byPlane = screen.fields()
			.stream()
			.filter(field -> field.metadata().containsKey(ScreenBuilder.PLANE))
			.collect(Collectors.groupingBy(field -> field.get(ScreenBuilder.PLANE), TreeMap::new,
				Collectors.toList()));
		if (byPlane.size() < 2) return Optional.empty();
		final String usual = byPlane.entrySet()
			.stream()
			.max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
			.orElseThrow()
			.getKey();
		final List<Field> others = byPlane.entrySet()
			.stream()
			.filter(entry -> !entry.getKey().equals(usual))
			.flatMap(entry -> entry.getValue().stream())
			.toList();
		final String examples = others.stream()
			.limit(SHOWN)
			.map(field -> field.label() + " (" + field.get(ScreenBuilder.PLANE) + ")")
			.collect(Collectors.joining(", "));
		return Optional.of(Count.of(others.size(), "field shows", "fields show") + " other focal planes than the " +
			"rest (" + usual + "), or several at once: " + examples +
			(others.size() > SHOWN ? ", ..." : "") + ". Images may be missing in the export; the column " +
			ScreenBuilder.PLANE + " of the table says what was taken, and rows can be deleted there");
	}
}
