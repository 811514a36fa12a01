// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.List;

/** ER: a fine net that fills the cell, brightest around the nucleus and dimmer within it. */
final class ReticulumPainter implements CellPainter {

	private static final double LEVEL = 850;

	@Override
	public DemoChannel channel() {
		return DemoChannel.ER;
	}

	@Override
	public void paint(final Canvas canvas, final List<Cell> cells, final Territories territories,
		final DemoRandom random)
	{
		final Texture net = new Texture(random, 4);
		final Texture clouds = new Texture(random, 16);
		final int size = canvas.size();
		for (int y = 0; y < size; y++) {
			for (int x = 0; x < size; x++) {
				final int p = y * size + x;
				if (territories.owner(p) < 0) continue;
				final Cell cell = cells.get(territories.owner(p));
				final double radius = cell.body().radius();
				final double border = Falloff.step(territories.edge(p) * radius / 4 + .15);
				// Thin cells spread the same light over more area.
				final double thickness = 23 / radius * (.14 + .95 * Falloff.gauss(territories.depth(p), .38));
				final double texture = 1 + .38 * net.at(x, y) + .22 * clouds.at(x, y);
				double shade = 1;
				for (final Outline nucleus : cell.nuclei()) {
					shade *= 1 - .5 * Falloff.step((1 - nucleus.at(x, y)) * nucleus.radius() / 2.5 + .5);
				}
				canvas.light()[p] += (float) (LEVEL * cell.brightness(DemoChannel.ER) * border * thickness * texture *
					shade);
			}
		}
	}
}
