// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import java.util.List;

import io.github.isophene.screen.Field;

/**
 * A real well.
 *
 * @param plate name of its plate
 * @param well normalized name
 * @param fields its fields, by site
 */
record SourceWell(String plate, String well, List<Field> fields) {

	/** Returns plate and well as tables name them: {@code BR00117006 A01}. */
	String name() {
		return plate + " " + well;
	}
}
