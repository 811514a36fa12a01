// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

/** The smallest and the largest finite value of a plane; 0 and 1 where there is none. */
final class Range {

	private Range() {}

	static double[] of(final Object plane) {
		double low = Double.POSITIVE_INFINITY;
		double high = Double.NEGATIVE_INFINITY;
		final int n = java.lang.reflect.Array.getLength(plane);
		for (int i = 0; i < n; i++) {
			final double value = plane instanceof byte[] bytes ? bytes[i] & 0xff
				: plane instanceof short[] shorts ? shorts[i] & 0xffff
				: ((float[]) plane)[i];
			if (!Double.isFinite(value)) continue;
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
		return low > high ? new double[]{0, 1} : new double[]{low, high};
	}
}
