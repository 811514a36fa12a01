// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.Serializable;

/**
 * Outcome of a plate.
 *
 * @param plate the plate's identity in its screen
 * @param fields its fields
 * @param failed of these, those that could not be read
 * @param rows rows written; 0: no field could be read, and the next run tries again
 * @param tiles tiles that went through the network, 0 where it isn't counted
 * @param seconds how long it took
 * @param host where
 * @param mistake why nothing more can be done, in one line for the user; {@code null}: it went well
 */
record PlateOutcome(String plate, int fields, int failed, long rows, long tiles, double seconds, String host,
	String mistake) implements Serializable
{

	/** The same with what is known only outside of the work. */
	PlateOutcome took(final double time, final String where) {
		return new PlateOutcome(plate, fields, failed, rows, tiles, time, where, mistake);
	}
}
