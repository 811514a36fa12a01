// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

/** Intensity that equals another if their texts do. (A record would too, but SciJava's index takes classes only.) */
public abstract class SpecifiedIntensity implements Intensity {

	@Override
	public final boolean equals(final Object other) {
		return other instanceof SpecifiedIntensity intensity && intensity.spec().equals(spec());
	}

	@Override
	public final int hashCode() {
		return spec().hashCode();
	}

	@Override
	public final String toString() {
		return spec();
	}
}
