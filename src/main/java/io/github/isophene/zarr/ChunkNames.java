// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Names of chunks (or shards).
 *
 * @param prefix {@code c} in Zarr 3, else empty
 * @param separator {@code /} or {@code .}
 */
record ChunkNames(String prefix, String separator) {

	String of(final long[] index) {
		final String numbers = Arrays.stream(index).mapToObj(Long::toString).collect(Collectors.joining(separator));
		if (index.length == 0) return prefix.isEmpty() ? "0" : prefix;
		return prefix.isEmpty() ? numbers : prefix + separator + numbers;
	}
}
