// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws the cells of a field: where they are and what each looks like. Places
 * are random with a least distance, as cells on glass; sizes, shapes and
 * brightness vary from cell to cell.
 */
final class CellSampler {

	/** Semi-axis of a round nucleus and of a round cell body, in pixels (about 0.6 um per pixel, as 20x binned). */
	private static final double NUCLEUS = 9;
	private static final double BODY = 23;
	/** Area per cell at density 1, in square pixels. */
	private static final double TERRITORY = 1750;
	private static final double CONDENSED = .03;
	private static final int WAVES = 4;

	private final DemoRandom random;
	private final Phenotype phenotype;
	private final double direction;

	/**
	 * @param random where all chance comes from
	 * @param phenotype what the cells show
	 * @param direction where aligned cells point, in radians
	 */
	CellSampler(final DemoRandom random, final Phenotype phenotype, final double direction) {
		this.random = random;
		this.phenotype = phenotype;
		this.direction = direction;
	}

	/**
	 * Cells in and just around a square field.
	 *
	 * @param size of the field in pixels
	 * @param density factor on the number of cells
	 */
	List<Cell> sample(final int size, final double density) {
		final double margin = BODY;
		final double side = size + 2 * margin;
		final double expected = side * side / TERRITORY * density * phenotype.value(Trait.DENSITY);
		final int wanted = (int) StrictMath.rint(expected * random.logNormal(.12));
		final double least = 2.3 * NUCLEUS * StrictMath.sqrt(phenotype.value(Trait.NUCLEUS_AREA));
		final List<double[]> places = new ArrayList<>();
		for (int i = 0; i < 30 * wanted && places.size() < wanted; i++) {
			final double[] place = {random.uniform(-margin, size + margin), random.uniform(-margin, size + margin)};
			if (isFree(place, places, least)) places.add(place);
		}
		final List<Cell> cells = new ArrayList<>();
		for (final double[] place : places) cells.add(cell(place[0], place[1]));
		return cells;
	}

	private static boolean isFree(final double[] place, final List<double[]> places, final double least) {
		for (final double[] other : places) {
			final double dx = place[0] - other[0];
			final double dy = place[1] - other[1];
			if (dx * dx + dy * dy < least * least) return false;
		}
		return true;
	}

	private Cell cell(final double x, final double y) {
		final double strength = Phenotype.strength(random);
		final boolean condensed = random.uniform() < CONDENSED;
		final double angle = direction +
			(1 - phenotype.value(Trait.ALIGNMENT, Math.min(1, strength))) * Math.PI * (random.uniform() - .5);
		final double shrink = condensed ? .55 : 1;
		final double area = phenotype.value(Trait.CELL_AREA, strength);
		final double aspect = condensed ? 1.05
			: Math.max(1, phenotype.value(Trait.ELONGATION, strength) * random.logNormal(.16));
		final double ragged = condensed ? .2 : Math.max(.1, phenotype.value(Trait.IRREGULARITY, strength));
		final double radius = shrink * BODY * StrictMath.sqrt(area) * random.logNormal(.13);
		final double[] a = new double[WAVES];
		final double[] b = new double[WAVES];
		for (int k = 0; k < WAVES; k++) {
			a[k] = .22 * ragged / (k + 1.5) * random.normal(2);
			b[k] = .22 * ragged / (k + 1.5) * random.normal(2);
		}
		final double stretch = StrictMath.sqrt(aspect);
		final Outline body = new Outline(x, y, angle, radius * stretch, radius / stretch, a, b);
		final double[] brightness = new double[DemoChannel.values().length];
		final double common = random.logNormal(.12);
		for (final DemoChannel channel : DemoChannel.values()) {
			final double stain = phenotype.value(Trait.valueOf(channel.name()), strength);
			brightness[channel.ordinal()] = stain * common * random.logNormal(.14) / StrictMath.sqrt(shrink);
		}
		return new Cell(body, nuclei(body, angle, strength, condensed), angle, strength, phenotype, brightness,
			condensed);
	}

	private List<Outline> nuclei(final Outline body, final double angle, final double strength,
		final boolean condensed)
	{
		final boolean several = random.uniform() < phenotype.value(Trait.MULTINUCLEATE, strength);
		final int count = several ? 2 + random.below(3) : 1;
		final double area = Math.max(.3, phenotype.value(Trait.NUCLEUS_AREA, strength));
		final double radius = (condensed ? .6 : 1) * (several ? .8 : 1) * NUCLEUS * StrictMath.sqrt(area);
		final double ring = several ? radius * (count == 2 ? 1.05 : 1.3) : .12 * body.radius() * random.uniform();
		final double start = random.uniform(0, 2 * Math.PI);
		final List<Outline> nuclei = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			final double turn = start + 2 * Math.PI * i / count;
			final double x = body.x() + ring * StrictMath.cos(turn);
			final double y = body.y() + ring * StrictMath.sin(turn);
			final double own = radius * random.logNormal(.09);
			final double stretch = StrictMath
				.sqrt(Math.max(1, phenotype.value(Trait.NUCLEUS_ELONGATION, strength) * random.logNormal(.1)));
			final double[] a = {.05 * random.normal(2), .04 * random.normal(2)};
			final double[] b = {.05 * random.normal(2), .04 * random.normal(2)};
			nuclei.add(new Outline(x, y, angle + .35 * random.normal(2), own * stretch, own / stretch, a, b));
		}
		return nuclei;
	}
}
