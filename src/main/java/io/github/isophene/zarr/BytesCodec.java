// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Turns bytes into bytes: decompression or a checksum. Stateless. */
@FunctionalInterface
interface BytesCodec {

	/**
	 * The bytes before they were encoded.
	 *
	 * @param bytes all that remains of an array-backed buffer, whose array stays unchanged
	 * @param size how many they are, where the codec itself can't know; -1: unknown
	 * @param scratch array that the result may be put into if it is of its size; {@code null}: none
	 * @return an array-backed buffer, whose array may be that of {@code bytes}
	 * @throws IOException if they are damaged, with a reason that makes sense behind "is damaged: "
	 * @throws RuntimeException the same; libraries throw several kinds
	 */
	ByteBuffer decode(ByteBuffer bytes, int size, byte[] scratch) throws IOException;
}
