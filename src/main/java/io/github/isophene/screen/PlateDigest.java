// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import io.github.isophene.files.Sha256;

/** Tells whether a plate is what it was: for long runs that keep what is done of a plate. */
public final class PlateDigest {

	private PlateDigest() {}

	/**
	 * The same only for the same fields in the same order, with the same files and metadata.
	 * What is in the files isn't looked at.
	 *
	 * @param columns the metadata columns that count
	 * @return 16 hexadecimal digits
	 */
	public static String of(final List<Field> fields, final List<String> columns) {
		final MessageDigest digest = Sha256.digest();
		for (final Field field : fields) {
			for (final String column : columns) update(digest, field.get(column));
			update(digest, field.site());
			for (final Plane plane : field.planes()) {
				update(digest, plane == null ? "" : plane.path() + plane.position());
				if (plane != null && plane.illumination() != null)
					update(digest, plane.illumination().path() + plane.illumination().position());
			}
		}
		return Sha256.hex(digest).substring(0, 16);
	}

	private static void update(final MessageDigest digest, final String text) {
		digest.update(text.getBytes(StandardCharsets.UTF_8));
		digest.update((byte) 0);
	}
}
