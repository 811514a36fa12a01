// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The metadata of one field: an immutable map in column order. The fields of a
 * screen share their column names, so that a field costs one array; a linked map
 * per field would take ten times the memory, which screens of a million fields
 * feel.
 */
public final class MetadataMap extends AbstractMap<String, String> {

	/** Column names, shared by many maps. */
	public static final class ColumnNames {

		private final List<String> names;
		private final Map<String, Integer> index = new HashMap<>();

		/** @throws IllegalArgumentException if a name comes twice */
		public ColumnNames(final List<String> names) {
			this.names = List.copyOf(names);
			for (int i = 0; i < names.size(); i++) {
				if (index.put(this.names.get(i), i) != null) {
					throw new IllegalArgumentException("Two columns are named '" + names.get(i) + "'");
				}
			}
		}

		List<String> names() {
			return names;
		}
	}

	private final ColumnNames columns;
	private final String[] values;

	/**
	 * @param columns the names
	 * @param values one per name, none {@code null}; belongs to the map from now on
	 */
	public MetadataMap(final ColumnNames columns, final String[] values) {
		if (values.length != columns.names.size()) {
			throw new IllegalArgumentException(values.length + " values for the columns " + columns.names);
		}
		for (int i = 0; i < values.length; i++) {
			if (values[i] == null) throw new NullPointerException("no value for " + columns.names.get(i));
		}
		this.columns = columns;
		this.values = values;
	}

	/** The map itself if it is of this kind, else a copy. */
	static MetadataMap copyOf(final Map<String, String> map) {
		if (map instanceof MetadataMap) return (MetadataMap) map;
		return new MetadataMap(new ColumnNames(List.copyOf(map.keySet())), map.values().toArray(String[]::new));
	}

	/** The names, to be shared with further maps. */
	ColumnNames columns() {
		return columns;
	}

	@Override
	public int size() {
		return values.length;
	}

	@Override
	public boolean containsKey(final Object key) {
		return columns.index.containsKey(key);
	}

	@Override
	public String get(final Object key) {
		final Integer i = columns.index.get(key);
		return i == null ? null : values[i];
	}

	@Override
	public Set<Entry<String, String>> entrySet() {
		return new AbstractSet<>() {

			@Override
			public int size() {
				return values.length;
			}

			@Override
			public Iterator<Entry<String, String>> iterator() {
				return new Iterator<>() {

					private int next = 0;

					@Override
					public boolean hasNext() {
						return next < values.length;
					}

					@Override
					public Entry<String, String> next() {
						if (!hasNext()) throw new NoSuchElementException();
						return Map.entry(columns.names.get(next), values[next++]);
					}
				};
			}
		};
	}
}
