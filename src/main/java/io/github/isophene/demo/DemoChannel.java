// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.Arrays;
import java.util.List;

/**
 * The stains of a simulated field, in the order of their emission wavelengths,
 * so that neighbors in this list are the ones that bleed into each other.
 */
public enum DemoChannel {

	/** Nuclei (as Hoechst). */
	DNA("DNA", 45),
	/** Endoplasmic reticulum (as concanavalin A): the cell body. */
	ER("ER", 70),
	/** Actin, Golgi, plasma membrane (as phalloidin and wheat germ agglutinin): fibers and outlines. */
	AGP("AGP", 60),
	/** Mitochondria: threads and granules. */
	MITO("Mito", 50);

	private final String label;
	private final double background;

	DemoChannel(final String label, final double background) {
		this.label = label;
		this.background = background;
	}

	/** The name in the screen table and in file names. */
	public String label() {
		return label;
	}

	/** Light from the empty medium, in counts. */
	double background() {
		return background;
	}

	/** The names of all channels, in order. */
	public static List<String> labels() {
		return Arrays.stream(values()).map(DemoChannel::label).toList();
	}
}
