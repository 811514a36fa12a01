// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.Objects;

/**
 * Metadata of one image for training.
 *
 * @param plate identity of the plate, unique in the data set (not "1" in every batch)
 * @param batch the batch the plate belongs to
 * @param label index of the class, or {@link #NO_LABEL}; a control has none
 * @param control whether it is a negative control
 */
public record Sample(String plate, String batch, int label, boolean control) {

	/** The label of an image that isn't of any class: of every negative control. */
	public static final int NO_LABEL = -1;

	/** @throws IllegalArgumentException if the label is below -1, or a control has one */
	public Sample {
		Objects.requireNonNull(plate, "plate");
		Objects.requireNonNull(batch, "batch");
		if (label < NO_LABEL)
			throw new IllegalArgumentException(
				"The label of a sample is the index of its class, or " + NO_LABEL + ", not " + label);
		if (control && label != NO_LABEL)
			throw new IllegalArgumentException(
				"A negative control of plate " + plate + " has the label " + label + ", but controls carry none");
	}

	/** Returns whether it can be learned from: not a control, and of a known class. */
	public boolean labeled() {
		return label != NO_LABEL;
	}
}
