// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.util.List;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Wells;

/**
 * Well of a plate, its fields, and the rows that tables have of it.
 *
 * @param plate name of the plate
 * @param name normalized well name
 * @param fields in the order of the screen; empty if only a table knows the well
 * @param rows of the joined table; empty if it has none of this well
 */
public record ViewedWell(String plate, String name, List<Field> fields, int[] rows) {

	/** Returns the row of the well, from 1. */
	public int row() {
		return Wells.row(name);
	}

	/** Returns the column of the well, from 1. */
	public int column() {
		return Wells.column(name);
	}

	/** Returns plate and well as messages name a well. */
	public String label() {
		return plate + " " + name;
	}
}
