// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;

/** Failure to scale the intensities of a whole plate, whatever the field that was asked for. */
public final class PlateScalingException extends IOException {

	private static final long serialVersionUID = 1L;

	/** @param plate the plate's name */
	PlateScalingException(final String plate, final String reason) {
		super("The intensities of plate " + plate + " can't be scaled: " + reason);
	}
}
