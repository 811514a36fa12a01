// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.Locale;

/** Unit that one row of the profiles stands for. */
public enum Level {
	/** One tile of one field. */
	TILE,
	/** One field of view: its tiles aggregated. */
	FIELD,
	/** One well: its fields aggregated. */
	WELL;

	/**
	 * The level of a key's value, in any case.
	 *
	 * @throws IllegalArgumentException if it is neither tile, field nor well
	 */
	public static Level parse(final String text) {
		for (final Level level : values()) {
			if (level.name().equalsIgnoreCase(text.strip())) return level;
		}
		throw new IllegalArgumentException("level is '" + text + "': choose tile, field or well");
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
