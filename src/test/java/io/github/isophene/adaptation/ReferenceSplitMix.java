// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.nio.charset.StandardCharsets;

/** SplitMix64 seeded by the FNV-1a hash of a name: the same numbers as in src/test/python/golden_adaptation.py. */
public final class ReferenceSplitMix {

	private long state;

	public ReferenceSplitMix(final String name) {
		long hash = 0xCBF29CE484222325L;
		for (final byte b : name.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ b & 0xFF) * 0x100000001B3L;
		state = mix(hash);
	}

	/** Uniform in [0, 1). */
	public double next() {
		return (mix(state += 0x9E3779B97F4A7C15L) >>> 11) * 0x1p-53;
	}

	private static long mix(final long state) {
		long z = state;
		z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
		z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
		return z ^ z >>> 31;
	}
}
