// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import io.github.isophene.screen.Field;

/**
 * A field without a profile.
 *
 * @param plate plate, well and site name the field
 * @param reason why, naming the file where it was a file's fault
 */
record Failure(String plate, String well, String site, String reason) {

	static Failure of(final Field field, final String reason) {
		return new Failure(field.plate(), field.well(), field.site(), reason);
	}

	@Override
	public String toString() {
		return plate + " " + well + " site " + site + ": " + reason;
	}
}
