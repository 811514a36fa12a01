// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.messages;

import java.util.Collection;

/** Hint in a message that a name is almost one of those there are. */
public final class NearMiss {

	private NearMiss() {}

	/**
	 * Returns a question for behind a name that isn't known: {@code " (did you mean Metadata_Plate?)"}; empty where no
	 * name differs from it in capitals and blanks around it alone.
	 *
	 * @param name as it was given
	 * @param known names that there are
	 */
	public static String of(final String name, final Collection<String> known) {
		return known.stream()
			.filter(other -> other.strip().equalsIgnoreCase(name.strip()))
			.findFirst()
			.map(other -> " (did you mean " + other + "?)")
			.orElse("");
	}
}
