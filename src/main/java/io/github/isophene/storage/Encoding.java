// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.nio.charset.StandardCharsets;

/** Percent encoding as RFC 3986 and S3's signatures want it: everything but letters, digits, and {@code - _ . ~}. */
final class Encoding {

	private Encoding() {}

	/** A path: {@code /} stays. */
	static String path(final String path) {
		return encode(path, true);
	}

	/** A key or value behind {@code ?}. */
	static String query(final String text) {
		return encode(text, false);
	}

	private static String encode(final String text, final boolean slash) {
		final StringBuilder encoded = new StringBuilder();
		for (final byte b : text.getBytes(StandardCharsets.UTF_8)) {
			final char c = (char) (b & 0xff);
			final boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
				"-_.~".indexOf(c) >= 0;
			if (plain || slash && c == '/') encoded.append(c);
			else encoded.append(String.format("%%%02X", b & 0xff));
		}
		return encoded.toString();
	}
}
