// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.isophene.messages.Count;

/**
 * A screen: fields of view on plates, with the channels they share. Holds where
 * things are and what is known about them, never pixels.
 *
 * @param channels channel names in order, for example {@code [DNA, ER, Mito]}
 * @param fields every field, in the order of the table or folder it came from
 */
public record Screen(List<String> channels, List<Field> fields) {

	public Screen {
		channels = List.copyOf(channels);
		fields = Collections.unmodifiableList(new ArrayList<>(fields));
		if (new LinkedHashSet<>(channels).size() != channels.size()) {
			throw new IllegalArgumentException("Two channels have the same name: " + channels);
		}
		for (final Field field : fields) {
			if (field.planes().size() != channels.size()) {
				throw new IllegalArgumentException(field.label() + " has " + Count.of(field.planes().size(), "plane") +
					", but the screen has the channels " + channels);
			}
		}
	}

	/** The fields of each plate, plates and fields in order of first appearance. */
	public Map<String, List<Field>> plates() {
		final Map<String, List<Field>> plates = new LinkedHashMap<>();
		for (final Field field : fields) {
			plates.computeIfAbsent(field.plate(), k -> new ArrayList<>()).add(field);
		}
		return plates;
	}

	/**
	 * The fields of some plates, in the order of {@link #plates()}.
	 *
	 * @param only which; {@code null}: every plate
	 * @throws IllegalArgumentException naming plates that the screen doesn't have
	 */
	public Map<String, List<Field>> plates(final Collection<String> only) {
		final Map<String, List<Field>> plates = plates();
		if (only == null) return plates;
		final Set<String> missing = new LinkedHashSet<>(only);
		missing.removeAll(plates.keySet());
		if (!missing.isEmpty())
			throw new IllegalArgumentException("The screen has no plate " + String.join(", ", missing));
		plates.keySet().retainAll(only);
		return plates;
	}

	/** The number of distinct (plate, well) pairs. */
	public int wellCount() {
		final Set<List<String>> wells = new LinkedHashSet<>();
		for (final Field field : fields) wells.add(List.of(field.plate(), field.well()));
		return wells.size();
	}

	/**
	 * Every {@code Metadata_*} column that some field has, plate, well and site
	 * first, the others in order of first appearance.
	 */
	public List<String> metadataColumns() {
		final Set<String> columns = new LinkedHashSet<>(List.of(Field.PLATE, Field.WELL, Field.SITE));
		for (final Field field : fields) columns.addAll(field.metadata().keySet());
		return List.copyOf(columns);
	}

	/**
	 * Those of the {@link #metadataColumns()} whose value is the same in all fields of any one
	 * well: what a row per well can have. The site isn't one.
	 */
	public List<String> wellColumns() {
		final List<String> columns = new ArrayList<>(metadataColumns());
		columns.remove(Field.SITE);
		final Map<List<String>, Field> firsts = new HashMap<>();
		for (final Field field : fields) {
			final Field first = firsts.putIfAbsent(List.of(field.plate(), field.well()), field);
			if (first != null) columns.removeIf(column -> !first.get(column).equals(field.get(column)));
		}
		return columns;
	}
}
