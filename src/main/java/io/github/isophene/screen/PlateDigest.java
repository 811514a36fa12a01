// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

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
		final MessageDigest digest;
		try {
			digest = MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException exc) {
			throw new IllegalStateException(exc);
		}
		for (final Field field : fields) {
			for (final String column : columns) update(digest, field.get(column));
			update(digest, field.site());
			for (final Plane plane : field.planes()) {
				update(digest, plane == null ? "" : plane.path() + plane.position());
				if (plane != null && plane.illumination() != null)
					update(digest, plane.illumination().path() + plane.illumination().position());
			}
		}
		return HexFormat.of().formatHex(digest.digest(), 0, 8);
	}

	private static void update(final MessageDigest digest, final String text) {
		digest.update(text.getBytes(StandardCharsets.UTF_8));
		digest.update((byte) 0);
	}
}
