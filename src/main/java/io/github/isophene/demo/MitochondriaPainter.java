// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.List;

/**
 * Mitochondria: winding threads, or granules, that gather around the nucleus.
 * A cell's total light does not depend on their number or length.
 */
final class MitochondriaPainter implements CellPainter {

	/** Light of an untreated cell's mitochondria together. */
	private static final double LEVEL = 260_000;
	/** Distance of the spots that make a thread, in pixels. */
	private static final double STEP = .9;
	/** Light per pixel at the center of a cell that is out of focus. */
	private static final double HAZE = 200;

	@Override
	public DemoChannel channel() {
		return DemoChannel.MITO;
	}

	@Override
	public void paint(final Canvas canvas, final List<Cell> cells, final Territories territories,
		final DemoRandom random)
	{
		for (final Cell cell : cells) paint(canvas, cell, random);
		haze(canvas, cells, territories);
	}

	private static void paint(final Canvas canvas, final Cell cell, final DemoRandom random) {
		final int count = (int) StrictMath.rint(cell.value(Trait.MITO_COUNT) * random.logNormal(.12));
		final double length = Math.max(0, cell.value(Trait.MITO_LENGTH));
		final double spread = cell.value(Trait.MITO_SPREAD);
		final int steps = 1 + (int) (length / STEP);
		final double sigma = steps == 1 ? 1.15 : .8;
		final double dose = LEVEL * cell.brightness(DemoChannel.MITO) / (count * steps) * (cell.condensed() ? .4 : 1);
		for (int i = 0; i < count; i++) {
			double[] at = place(cell, spread, random);
			if (at == null) continue;
			double heading = random.uniform(0, 2 * Math.PI);
			final double own = dose * random.logNormal(.35);
			for (int s = 0; s < steps; s++) {
				canvas.spot(at[0], at[1], sigma, own);
				heading += .3 * random.normal(2);
				final double x = at[0] + STEP * StrictMath.cos(heading);
				final double y = at[1] + STEP * StrictMath.sin(heading);
				if (cell.body().at(x, y) > .95 || cell.inNucleus(x, y, 0)) heading += Math.PI / 2;
				else at = new double[]{x, y};
			}
		}
	}

	private static double[] place(final Cell cell, final double spread, final DemoRandom random) {
		for (int attempt = 0; attempt < 8; attempt++) {
			final double u = random.uniform();
			final double nucleus = cell.nuclei().get(0).radius() / cell.body().radius();
			final double fraction = Math.min(.93, .8 * nucleus + Math.max(.05, spread) * .75 * u * StrictMath.sqrt(u));
			final double[] at = cell.body().point(random.uniform(0, 2 * Math.PI), fraction);
			if (!cell.inNucleus(at[0], at[1], .05)) return at;
		}
		return null;
	}

	/** Paints out-of-focus light and stain in the cytosol. */
	private static void haze(final Canvas canvas, final List<Cell> cells, final Territories territories) {
		final int size = canvas.size();
		for (int y = 0; y < size; y++) {
			for (int x = 0; x < size; x++) {
				final int p = y * size + x;
				if (territories.owner(p) < 0) continue;
				final Cell cell = cells.get(territories.owner(p));
				final double shade = cell.inNucleus(x, y, 0) ? .5 : 1;
				canvas.light()[p] += (float) (HAZE * shade * cell.brightness(DemoChannel.MITO) *
					Falloff.gauss(territories.depth(p), .5));
			}
		}
	}
}
