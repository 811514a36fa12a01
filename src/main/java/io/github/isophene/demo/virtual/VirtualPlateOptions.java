// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.Effects;
import io.github.isophene.demo.Micro;
import io.github.isophene.messages.RangeCheck;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Selection;

/**
 * Options of virtual plates. Two equal options give the same bytes from the same source screen. Start from
 * {@link #of}.
 *
 * @param label column of the source screen with the class of each well; where it is empty, a well is left out
 * @param controls negative controls of the source screen; they are one class
 * @param batches number of batches, 1 to 99
 * @param plates plates per batch, 1 to 99
 * @param wells wells in use per plate, at most 384
 * @param fields fields per well, 1 to 99
 * @param size height and width of a field, 32 to 4096 pixels
 * @param heldout number of batches, the last ones, whose wells come from the held-out part of the source wells;
 *          0 to batches - 1
 * @param effects which technical effects there are
 * @param shift factor on the size of every technical effect, 0 (none) to 5
 * @param seed start of all random numbers
 */
public record VirtualPlateOptions(String label, Selection controls, int batches, int plates, int wells, int fields,
	int size, int heldout, Effects effects, double shift, long seed)
{

	/** @throws IllegalArgumentException naming the key that is out of range */
	public VirtualPlateOptions {
		label = label.strip();
		if (label.isEmpty()) throw new IllegalArgumentException("label is missing: give the column with the classes");
		if (controls.isNone())
			throw new IllegalArgumentException(
				"controls is missing: give the negative controls as column=value, such as " +
					ControlTypes.NEGATIVE_CONTROLS);
		DemoOptions.checkPlates(batches, plates, wells, fields, size, shift);
		RangeCheck.integer("heldout", heldout, 0, batches - 1, ", as at least one batch is for training");
		shift = Micro.round(shift);
	}

	/** Returns 6 batches, the last 2 held out, of 2 plates with 16 wells of 2 fields, size 192, effects of JUMP. */
	public static VirtualPlateOptions of(final String label, final Selection controls) {
		return new VirtualPlateOptions(label, controls, 6, 2, 16, 2, 192, 2, Effects.JUMP, 1, 1);
	}

	/** Returns these options with another number of batches, the last of which are held out. */
	public VirtualPlateOptions withBatches(final int value, final int heldOut) {
		return new VirtualPlateOptions(label, controls, value, plates, wells, fields, size, heldOut, effects, shift,
			seed);
	}

	/** Returns these options with another number of plates per batch. */
	public VirtualPlateOptions withPlates(final int value) {
		return new VirtualPlateOptions(label, controls, batches, value, wells, fields, size, heldout, effects, shift,
			seed);
	}

	/** Returns these options with another number of wells per plate. */
	public VirtualPlateOptions withWells(final int value) {
		return new VirtualPlateOptions(label, controls, batches, plates, value, fields, size, heldout, effects, shift,
			seed);
	}

	/** Returns these options with another number of fields per well. */
	public VirtualPlateOptions withFields(final int value) {
		return new VirtualPlateOptions(label, controls, batches, plates, wells, value, size, heldout, effects, shift,
			seed);
	}

	/** Returns these options with another height and width of a field in pixels. */
	public VirtualPlateOptions withSize(final int value) {
		return new VirtualPlateOptions(label, controls, batches, plates, wells, fields, value, heldout, effects, shift,
			seed);
	}

	/** Returns these options with other technical effects. */
	public VirtualPlateOptions withEffects(final Effects value) {
		return new VirtualPlateOptions(label, controls, batches, plates, wells, fields, size, heldout, value, shift,
			seed);
	}

	/** Returns these options with another strength of the technical effects. */
	public VirtualPlateOptions withShift(final double value) {
		return new VirtualPlateOptions(label, controls, batches, plates, wells, fields, size, heldout, effects, value,
			seed);
	}

	/** Returns these options with another seed. */
	public VirtualPlateOptions withSeed(final long value) {
		return new VirtualPlateOptions(label, controls, batches, plates, wells, fields, size, heldout, effects, shift,
			value);
	}

	/** Returns whether the wells of a batch come from the held-out part; batches count from 1. */
	boolean isHeldOut(final int batch) {
		return batch > batches - heldout;
	}
}
