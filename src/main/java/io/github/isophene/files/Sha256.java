// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 checksums as 64 lower-case hexadecimal digits. */
public final class Sha256 {

	private Sha256() {}

	/** Returns the checksum of a text in UTF-8. */
	public static String of(final String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Returns the checksum of bytes. */
	public static String of(final byte[] bytes) {
		final MessageDigest digest = digest();
		digest.update(bytes);
		return hex(digest);
	}

	/** Returns the checksum of the content of a file. */
	public static String of(final Path file) throws IOException {
		final MessageDigest digest = digest();
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
			in.transferTo(OutputStream.nullOutputStream());
		}
		return hex(digest);
	}

	/** Returns a checksum that parts are added to. */
	public static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException exc) {
			throw new IllegalStateException("Every Java has SHA-256", exc);
		}
	}

	/** Returns the checksum of what was added, and resets it. */
	public static String hex(final MessageDigest digest) {
		return HexFormat.of().formatHex(digest.digest());
	}
}
