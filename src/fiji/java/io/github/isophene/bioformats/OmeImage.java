// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.util.Map;

import io.github.isophene.screen.Plane;

/**
 * An image (series) of a file as a field takes it: one time point, one focal plane.
 *
 * @param name the image's name; may be empty
 * @param place where the OME metadata put it; {@code null} if on no plate
 * @param channels name to plane, in the file's order
 * @param times how many time points there are
 * @param depth how many focal planes there are
 */
record OmeImage(String name, OmePosition place, Map<String, Plane> channels, int times, int depth) {

	/**
	 * A position on a plate.
	 *
	 * @param acquisition the run it was taken in; empty where the plate has one run only
	 */
	record OmePosition(String plate, String well, String site, String acquisition) {}

	/** The focal plane that is taken of a number of them, from 0: the middle one, the lower of two. */
	static int middle(final int depth) {
		return (depth - 1) / 2;
	}
}
