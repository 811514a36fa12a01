// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import io.github.isophene.screen.RealWells;

/** Half of the source wells of every class. */
enum SourcePart {
	TRAINING, HELDOUT;

	/** Returns the name in tables. */
	String label() {
		return this == TRAINING ? "training" : RealWells.HELD_OUT;
	}
}
