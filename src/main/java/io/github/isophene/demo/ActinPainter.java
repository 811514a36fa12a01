// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.List;

/**
 * Actin, Golgi and membrane: stress fibers along the cell, a bright rim, a Golgi
 * beside the nucleus, and a dim body.
 */
final class ActinPainter implements CellPainter {

	private static final double BODY = 210;
	private static final double RIM = 230;
	private static final double FIBER = 200;
	private static final double GOLGI = 32_000;
	private static final double STEP = .8;
	private static final double SIGMA = .65;

	@Override
	public DemoChannel channel() {
		return DemoChannel.AGP;
	}

	@Override
	public void paint(final Canvas canvas, final List<Cell> cells, final Territories territories,
		final DemoRandom random)
	{
		body(canvas, cells, territories, new Texture(random, 6), new Texture(random, 26));
		for (final Cell cell : cells) {
			golgi(canvas, cell, random);
			final int fibers = (int) StrictMath.rint(cell.value(Trait.FIBRES) * random.logNormal(.2));
			for (int i = 0; i < fibers; i++) fiber(canvas, cell, random);
		}
	}

	private static void body(final Canvas canvas, final List<Cell> cells, final Territories territories,
		final Texture grain, final Texture ruffles)
	{
		final int size = canvas.size();
		for (int y = 0; y < size; y++) {
			for (int x = 0; x < size; x++) {
				final int p = y * size + x;
				if (territories.owner(p) < 0) continue;
				final Cell cell = cells.get(territories.owner(p));
				final double radius = cell.body().radius();
				final double border = territories.edge(p) * radius;
				final double inside = Falloff.step(border / 3 + .2);
				final double middle = .55 + .7 * Falloff.gauss(territories.depth(p), .5);
				final double rim = Falloff.gauss(border - 1.2, 1.3) * Math.max(.1, .6 + 1.1 * ruffles.at(x, y));
				canvas.light()[p] += (float) (cell.brightness(DemoChannel.AGP) * 23 / radius *
					(BODY * inside * middle * (1 + .35 * grain.at(x, y)) + RIM * rim));
			}
		}
	}

	private static void golgi(final Canvas canvas, final Cell cell, final DemoRandom random) {
		final Outline nucleus = cell.nuclei().get(0);
		final double angle = random.uniform(0, 2 * Math.PI);
		final int parts = cell.condensed() ? 0 : 14;
		for (int i = 0; i < parts; i++) {
			final double[] at = nucleus.point(angle + .4 * random.normal(2.5), 1.25 + .16 * random.normal(2.5));
			canvas.spot(at[0], at[1], 1.3, GOLGI / parts * cell.brightness(DemoChannel.AGP) * random.logNormal(.4));
		}
	}

	/** A gently bent line, mostly along the cell, that ends at its outline. */
	private static void fiber(final Canvas canvas, final Cell cell, final DemoRandom random) {
		final double[] middle = cell.body()
			.point(random.uniform(0, 2 * Math.PI), .85 * StrictMath.sqrt(random.uniform()));
		final double heading = cell.angle() + .22 * random.normal(2.5);
		final double bend = .016 * random.normal(2.5);
		final double half = cell.body().radius() * random.uniform(.5, 1.1);
		final double dose = FIBER * cell.brightness(DemoChannel.AGP) * random.logNormal(.35) * STEP * SIGMA * 2.5;
		for (int side = -1; side <= 1; side += 2) {
			double x = middle[0];
			double y = middle[1];
			double direction = heading;
			for (double way = 0; way < half && cell.body().at(x, y) < .98; way += STEP) {
				canvas.spot(x, y, SIGMA, dose * (cell.inNucleus(x, y, 0) ? .4 : 1));
				direction += side * bend * STEP;
				x += side * STEP * StrictMath.cos(direction);
				y += side * STEP * StrictMath.sin(direction);
			}
		}
	}
}
