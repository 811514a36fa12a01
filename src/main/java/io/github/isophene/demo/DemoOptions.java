// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.messages.Count;
import io.github.isophene.messages.RangeCheck;

/**
 * Options of a simulated screen. Two equal options give the same bytes.
 * Start from {@link #defaults()}:
 *
 * <pre>
 * DemoOptions options = DemoOptions.defaults().withBatches(2).withPlates(1).withWells(8);
 * </pre>
 *
 * @param batches number of batches, 1 to 99
 * @param plates plates per batch, 1 to 99
 * @param wells wells used per plate, enough for every class (7 for 6 classes)
 *          and at most 384; up to 96 lie on a 96-well plate, more on a 384-well plate
 * @param fields fields of view per well, 1 to 99
 * @param size height and width of an image, 32 to 4096 pixels; cells keep their
 *          size, so a larger field shows more of them
 * @param classes number of phenotypes including the untreated one, from 2 to
 *          {@link Phenotype#all()}'s size
 * @param library whether the treatments are divided among the plates of a batch, as those of a compound
 *          library; else every plate holds all of them
 * @param effects which technical effects there are
 * @param shift factor on the size of every technical effect, 0 (none) to 5
 * @param seed where all randomness starts
 */
public record DemoOptions(int batches, int plates, int wells, int fields, int size, int classes, boolean library,
	Effects effects, double shift, long seed)
{

	/** @throws IllegalArgumentException naming the key that is out of range */
	public DemoOptions {
		checkPlates(batches, plates, wells, fields, size, shift);
		RangeCheck.integer("classes", classes, 2, Phenotype.all().size(), ", the phenotypes known to the simulator");
		shift = Micro.round(shift);
	}

	/**
	 * Checks what simulated and virtual plates have in common.
	 *
	 * @throws IllegalArgumentException naming the key that is out of range
	 */
	public static void checkPlates(final int batches, final int plates, final int wells, final int fields,
		final int size, final double shift)
	{
		RangeCheck.integer("batches", batches, 1, 99, "");
		RangeCheck.integer("plates", plates, 1, 99, "");
		RangeCheck.integer("wells", wells, PlateLayout.minimalWells(2), PlateLayout.MAX_WELLS, "");
		RangeCheck.integer("fields", fields, 1, 99, "");
		RangeCheck.integer("size", size, 32, 4096, "");
		RangeCheck.number("shift", shift, 0, 5, " (0: no batch effects)");
	}

	/** 6 batches of 2 plates with 16 wells of 2 fields, 192 pixels wide, 6 classes, shift 1, seed 1. */
	public static DemoOptions defaults() {
		return new DemoOptions(6, 2, 16, 2, 192, 6, false, Effects.STANDARD, 1, 1);
	}

	/** These options with another number of batches. */
	public DemoOptions withBatches(final int value) {
		return new DemoOptions(value, plates, wells, fields, size, classes, library, effects, shift, seed);
	}

	/** These options with another number of plates per batch. */
	public DemoOptions withPlates(final int value) {
		return new DemoOptions(batches, value, wells, fields, size, classes, library, effects, shift, seed);
	}

	/** These options with another number of wells per plate. */
	public DemoOptions withWells(final int value) {
		return new DemoOptions(batches, plates, value, fields, size, classes, library, effects, shift, seed);
	}

	/** These options with another number of fields per well. */
	public DemoOptions withFields(final int value) {
		return new DemoOptions(batches, plates, wells, value, size, classes, library, effects, shift, seed);
	}

	/** These options with another width and height of an image in pixels. */
	public DemoOptions withSize(final int value) {
		return new DemoOptions(batches, plates, wells, fields, value, classes, library, effects, shift, seed);
	}

	/** These options with another number of classes. */
	public DemoOptions withClasses(final int value) {
		return new DemoOptions(batches, plates, wells, fields, size, value, library, effects, shift, seed);
	}

	/** These options with the treatments divided among the plates of a batch, or all on each. */
	public DemoOptions withLibrary(final boolean value) {
		return new DemoOptions(batches, plates, wells, fields, size, classes, value, effects, shift, seed);
	}

	/** These options with other technical effects. */
	public DemoOptions withEffects(final Effects value) {
		return new DemoOptions(batches, plates, wells, fields, size, classes, library, value, shift, seed);
	}

	/** These options with another strength of the technical effects. */
	public DemoOptions withShift(final double value) {
		return new DemoOptions(batches, plates, wells, fields, size, classes, library, effects, value, seed);
	}

	/** These options with another seed. */
	public DemoOptions withSeed(final long value) {
		return new DemoOptions(batches, plates, wells, fields, size, classes, library, effects, shift, value);
	}

	/** Returns the number of fields of the whole screen. */
	public int fieldCount() {
		return Math.multiplyExact(Math.multiplyExact(batches, plates), Math.multiplyExact(wells, fields));
	}

	/**
	 * Returns the classes on a plate beside the negative control, ascending. With {@link #library} the treatments
	 * are dealt to the plates of a batch in turn, the same to plate p of every batch.
	 *
	 * @param plate number of the plate within its batch, from 1
	 */
	List<Integer> treatments(final int plate) {
		return IntStream.range(1, classes).filter(k -> !library || (k - 1) % plates == plate - 1).boxed().toList();
	}

	/** @throws IllegalArgumentException if not every class fits on its plate; single keys can't tell */
	void checkTogether() {
		if (library && classes <= plates)
			throw new IllegalArgumentException("library: " + Count.of(classes - 1, "treatment") + " can't be divided " +
				"among " + Count.of(plates, "plate") + " of a batch: fewer plates, more classes, or library=false");
		checkWells(wells, treatments(1).size() + 1);
	}

	/**
	 * Checks that a plate has a well of every class and two of the negative controls.
	 *
	 * @throws IllegalArgumentException naming the least number of wells
	 */
	public static void checkWells(final int wells, final int classes) {
		final int least = PlateLayout.minimalWells(classes);
		if (wells >= least) return;
		throw new IllegalArgumentException("wells = " + wells + ": must be at least " + least + " for " +
			Count.of(classes, "class") + ", so that every class and two negative controls are on each plate");
	}
}
