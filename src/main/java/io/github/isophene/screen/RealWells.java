// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Columns of virtual plates: which real well a virtual well is a part of, and which wells are for tests. */
public final class RealWells {

	/** The real well. It comes again on many plates, in other parts. */
	public static final String COLUMN = "Metadata_Source_Well";

	/** The part that the real wells of a plate are drawn from: {@value #HELD_OUT}, or that of training. */
	public static final String PART = "Metadata_Part";

	/** Value of {@value #PART} on the plates to test on. */
	public static final String HELD_OUT = "heldout";

	private RealWells() {}

	/** Returns the real well of a field; empty if its screen isn't made of virtual plates. */
	public static String of(final Field field) {
		return field.get(COLUMN);
	}

	/**
	 * Returns the batches of the plates to test on, sorted; none for screens that are not made of virtual plates.
	 *
	 * @param batch batch of a field
	 */
	public static List<String> heldOutBatches(final Collection<Field> fields, final Function<Field, String> batch) {
		final TreeSet<String> batches = new TreeSet<>();
		for (final Field field : fields) if (field.get(PART).equals(HELD_OUT)) batches.add(batch.apply(field));
		return List.copyOf(batches);
	}
}
