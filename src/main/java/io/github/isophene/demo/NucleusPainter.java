// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.List;

/** DNA: bright ellipses with clumps of chromatin and dark nucleoli. */
final class NucleusPainter implements CellPainter {

	private static final double LEVEL = 900;

	@Override
	public DemoChannel channel() {
		return DemoChannel.DNA;
	}

	@Override
	public void paint(final Canvas canvas, final List<Cell> cells, final Territories territories,
		final DemoRandom random)
	{
		final Texture chromatin = new Texture(random, 4.5);
		for (final Cell cell : cells) {
			for (final Outline nucleus : cell.nuclei()) nucleus(canvas, cell, nucleus, chromatin, random);
		}
	}

	private static void nucleus(final Canvas canvas, final Cell cell, final Outline nucleus, final Texture chromatin,
		final DemoRandom random)
	{
		final double level = LEVEL * cell.brightness(DemoChannel.DNA) * (cell.condensed() ? 2 : 1);
		final double contrast = cell.condensed() ? .1 : .42;
		final int holes = cell.condensed() ? 0 : 1 + random.below(3);
		final double[][] nucleoli = new double[holes][];
		for (int i = 0; i < holes; i++) {
			nucleoli[i] = nucleus.point(random.uniform(0, 2 * Math.PI), .6 * random.uniform());
		}
		final double radius = nucleus.radius();
		final int size = canvas.size();
		final Box box = Box.around(nucleus, 2, size);
		for (int y = box.top(); y <= box.bottom(); y++) {
			for (int x = box.left(); x <= box.right(); x++) {
				final double at = nucleus.at(x, y);
				final double mask = Falloff.step((1 - at) * radius / 2.2 + .5);
				if (mask == 0) continue;
				double light = (1 + contrast * chromatin.at(x, y)) * (1.05 - .25 * at * at);
				for (final double[] hole : nucleoli) {
					final double dx = x - hole[0];
					final double dy = y - hole[1];
					light *= 1 - .4 * Falloff.exp((dx * dx + dy * dy) / 6);
				}
				canvas.light()[y * size + x] += (float) (level * mask * light);
			}
		}
	}
}
