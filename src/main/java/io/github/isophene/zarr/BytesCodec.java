// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;

/** Turns bytes into bytes: decompression or a checksum. Stateless. */
@FunctionalInterface
interface BytesCodec {

	/**
	 * The bytes before they were encoded.
	 *
	 * @param size how many they are, where the codec itself can't know; -1: unknown
	 * @throws IOException if they are damaged, with a reason that makes sense behind "is damaged: "
	 * @throws RuntimeException the same; libraries throw several kinds
	 */
	byte[] decode(byte[] bytes, int size) throws IOException;
}
