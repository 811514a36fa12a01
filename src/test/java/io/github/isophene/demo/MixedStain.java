// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.List;

/**
 * A stain that the simulator's four are not: a random mixture of what stains show, from
 * diffuse proteins that are more or less in the nucleus to vesicles, foci, nucleoli, threads
 * and membranes. Light is in counts, per pixel or per cell.
 *
 * @param cytosol light of the cell body
 * @param decline how far it reaches from the center, as fraction of the radius; large: even
 * @param grain contrast of its texture
 * @param grainScale size of the texture's grains, pixels
 * @param nucleus light of the nucleus, negative where it is dark
 * @param rim light at the border of the cell
 * @param envelope light at the border of the nucleus
 * @param nucleoli light of one to five round bodies in the nucleus
 * @param spots how many vesicles or foci a cell has
 * @param spotSigma their size, pixels
 * @param spotLight light of one at its brightest pixel
 * @param spotsInside whether they are in the nucleus
 * @param spotSpread how far they reach from the nucleus, 0 to 1
 * @param threads how many a cell has
 * @param threadLength pixels
 * @param threadLight light along them
 * @param threadsRadial whether they point away from the nucleus
 */
record MixedStain(double cytosol, double decline, double grain, double grainScale, double nucleus, double rim,
	double envelope, double nucleoli, int spots, double spotSigma, double spotLight, boolean spotsInside,
	double spotSpread, int threads, double threadLength, double threadLight, boolean threadsRadial)
{

	private static final double STEP = .9;

	static MixedStain draw(final DemoRandom r) {
		final boolean spotty = r.uniform() < .5;
		final boolean threaded = r.uniform() < .35;
		final double nucleus = r.uniform() < .3 ? CellLook.logUniform(r, 200, 900) : r.uniform(-250, 100);
		return new MixedStain(CellLook.logUniform(r, 30, 500), CellLook.logUniform(r, .25, 1.5), r.uniform(0, .7),
			CellLook.logUniform(r, 2.5, 14), nucleus, r.uniform() < .35 ? r.uniform(100, 500) : 0,
			r.uniform() < .2 ? r.uniform(100, 400) : 0, r.uniform() < .25 ? r.uniform(150, 600) : 0,
			spotty ? (int) CellLook.logUniform(r, 3, 80) : 0, r.uniform(.8, 2.6), CellLook.logUniform(r, 150, 900),
			r.uniform() < .3, r.uniform(.2, 1), threaded ? (int) CellLook.logUniform(r, 8, 60) : 0, r.uniform(8, 40),
			CellLook.logUniform(r, 60, 300), r.uniform() < .5);
	}

	void paint(final Canvas canvas, final List<Cell> cells, final Territories territories, final DemoRandom random) {
		body(canvas, cells, territories, new Texture(random, grainScale));
		for (final Cell cell : cells) {
			final double level = cell.brightness(DemoChannel.ER);
			for (final Outline n : cell.nuclei()) inNucleus(canvas, n, level, random);
			for (int i = 0; i < (int) StrictMath.rint(spots * random.logNormal(.3)); i++)
				spot(canvas, cell, level, random);
			for (int i = 0; i < (int) StrictMath.rint(threads * random.logNormal(.2)); i++)
				thread(canvas, cell, level, random);
		}
		// Where the nucleus is darker than the body around it, light can't fall below none.
		for (int p = 0; p < canvas.light().length; p++) canvas.light()[p] = Math.max(0, canvas.light()[p]);
	}

	private void body(final Canvas canvas, final List<Cell> cells, final Territories territories,
		final Texture texture)
	{
		final int size = canvas.size();
		for (int p = 0; p < size * size; p++) {
			if (territories.owner(p) < 0) continue;
			final int x = p % size;
			final int y = p / size;
			final Cell cell = cells.get(territories.owner(p));
			final double border = territories.edge(p) * cell.body().radius();
			double light = cytosol * Falloff.step(border / 3 + .2) *
				(.15 + Falloff.gauss(territories.depth(p), decline)) * Math.max(.05, 1 + grain * texture.at(x, y)) +
				rim * Falloff.gauss(border - 1.2, 1.2);
			for (final Outline n : cell.nuclei()) {
				final double at = n.at(x, y);
				if (at > 2) continue;
				final double inside = Falloff.step((1 - at) * n.radius() / 2.2 + .5);
				light += nucleus < 0 ? light * inside * nucleus / 300 : nucleus * inside * (1 + .3 * texture.at(x, y));
				light += envelope * Falloff.gauss((1 - at) * n.radius(), 1);
			}
			canvas.light()[p] += (float) (cell.brightness(DemoChannel.ER) * light);
		}
	}

	private void inNucleus(final Canvas canvas, final Outline n, final double level, final DemoRandom random) {
		if (nucleoli == 0) return;
		final int bodies = 1 + random.below(5);
		for (int i = 0; i < bodies; i++) {
			final double[] at = n.point(random.uniform(0, 2 * Math.PI), .7 * random.uniform());
			final double sigma = random.uniform(1.1, 2.2);
			canvas.spot(at[0], at[1], sigma, level * nucleoli * 2 * Math.PI * sigma * sigma);
		}
	}

	private void spot(final Canvas canvas, final Cell cell, final double level, final DemoRandom random) {
		final double[] at = place(cell, random, spotsInside);
		final double sigma = spotSigma * random.logNormal(.2);
		canvas.spot(at[0], at[1], sigma, level * spotLight * random.logNormal(.5) * 2 * Math.PI * sigma * sigma);
	}

	private double[] place(final Cell cell, final DemoRandom random, final boolean inside) {
		if (inside) {
			final Outline n = cell.nuclei().get(random.below(cell.nuclei().size()));
			return n.point(random.uniform(0, 2 * Math.PI), .9 * StrictMath.sqrt(random.uniform()));
		}
		double[] at = null;
		for (int attempt = 0; attempt < 6; attempt++) {
			at = cell.body().point(random.uniform(0, 2 * Math.PI), .95 * (1 - spotSpread * random.uniform()));
			if (!cell.inNucleus(at[0], at[1], .05)) break;
		}
		return at;
	}

	private void thread(final Canvas canvas, final Cell cell, final double level, final DemoRandom random) {
		final double way = random.uniform(0, 2 * Math.PI);
		final double[] start = cell.body().point(way, threadsRadial ? .4 : StrictMath.sqrt(random.uniform()) * .9);
		double x = start[0];
		double y = start[1];
		double heading = threadsRadial
			? StrictMath.atan2(y - cell.body().y(), x - cell.body().x()) + .3 * random.normal(2)
			: random.uniform(0, 2 * Math.PI);
		final double bend = .06 * random.normal(2);
		for (double s = 0; s < threadLength && cell.body().at(x, y) < 1; s += STEP) {
			canvas.spot(x, y, .7, level * threadLight * 1.6);
			heading += bend;
			x += STEP * StrictMath.cos(heading);
			y += STEP * StrictMath.sin(heading);
		}
	}
}
