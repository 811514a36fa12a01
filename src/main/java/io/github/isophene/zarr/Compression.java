// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

import com.google.gson.JsonObject;

/** Compression of chunks that are written. */
public enum Compression {
	/** Zstandard, level 1: at higher ones noisy pixels take twice as long to read, for 5 % fewer bytes. */
	ZSTD,
	/** gzip, level 6: for readers that know nothing newer. */
	GZIP,
	/** Not at all. */
	NONE;

	/** @throws IllegalArgumentException if there is none of this name */
	public static Compression parse(final String name) {
		for (final Compression compression : values())
			if (compression.key().equals(name.strip().toLowerCase(Locale.ROOT))) return compression;
		throw new IllegalArgumentException("compression is '" + name + "': give zstd, gzip or none");
	}

	/** The value of the key {@code compression}. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	byte[] encode(final byte[] bytes) {
		switch (this) {
			case ZSTD : {
				try {
					return Zstd.best().compress(bytes);
				}
				catch (final NoClassDefFoundError exc) {
					// Neither is shipped for Fiji, which has both.
					throw new UncheckedIOException(
						new IOException("compression=zstd needs zstd-jni or aircompressor, which come with Fiji and " +
							"are not here: give compression=gzip", exc));
				}
			}
			case GZIP : {
				final ByteArrayOutputStream out = new ByteArrayOutputStream();
				try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
					gzip.write(bytes);
				}
				catch (final IOException exc) {
					throw new UncheckedIOException(exc);
				}
				return out.toByteArray();
			}
			default :
				return bytes;
		}
	}

	/** As {@code zarr.json} and {@code .zarray} name it, by {@code name} or {@code id}; {@code null}: none. */
	JsonObject json(final int version) {
		if (this == NONE) return null;
		final JsonObject settings = new JsonObject();
		if (version == 2) settings.addProperty("id", key());
		settings.addProperty("level", this == ZSTD ? Zstd.LEVEL : 6);
		// In Zarr 2 tensorstore refuses the key; the checksum is there nevertheless.
		if (this == ZSTD && version == 3) settings.addProperty("checksum", true);
		if (version == 2) return settings;
		final JsonObject codec = new JsonObject();
		codec.addProperty("name", key());
		codec.add("configuration", settings);
		return codec;
	}
}
