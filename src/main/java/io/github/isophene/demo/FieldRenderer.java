// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.demo.DemoRandom.Purpose;
import io.github.isophene.screen.Wells;

/**
 * Draws the cells of one field as a perfect microscope would see them. Knows
 * nothing of batch effects but the number of cells; {@link Microscope} adds the
 * others.
 */
final class FieldRenderer {

	private static final List<CellPainter> PAINTERS = List.of(new NucleusPainter(), new ReticulumPainter(),
		new ActinPainter(), new MitochondriaPainter());

	private final DemoOptions options;

	FieldRenderer(final DemoOptions options) {
		this.options = options;
	}

	/** One field's light, a canvas per {@link DemoChannel}, and the number of cells whose center lies in it. */
	record Scene(List<Canvas> channels, int cells) {}

	Scene render(final PlannedField field) {
		final int size = options.size();
		final List<Cell> cells = sample(field);
		final Territories territories = new Territories(size, cells);
		final DemoRandom random = stream(Purpose.TEXTURE, field, field.site());
		final List<Canvas> channels = new ArrayList<>();
		for (final CellPainter painter : PAINTERS) {
			final Canvas canvas = new Canvas(size);
			painter.paint(canvas, cells, territories, random);
			channels.add(canvas);
		}
		return new Scene(channels, inside(cells));
	}

	/** Returns the number of cells of a field, without painting them. */
	int cells(final PlannedField field) {
		return inside(sample(field));
	}

	private int inside(final List<Cell> cells) {
		return (int) cells.stream().filter(cell -> isInside(cell, options.size())).count();
	}

	private List<Cell> sample(final PlannedField field) {
		final DemoRandom well = stream(Purpose.WELL, field, 0);
		final double wellDensity = well.logNormal(.06);
		final double direction = well.uniform(0, Math.PI);
		final CellSampler sampler = new CellSampler(stream(Purpose.CELLS, field, field.site()), field.phenotype(),
			direction);
		return sampler.sample(options.size(), field.effect().density() * wellDensity);
	}

	private DemoRandom stream(final Purpose purpose, final PlannedField field, final int site) {
		return DemoRandom.of(options.seed(), purpose, field.batch(), field.plate(), Wells.row(field.well()),
			Wells.column(field.well()), site);
	}

	private static boolean isInside(final Cell cell, final int size) {
		final double x = cell.body().x();
		final double y = cell.body().y();
		return x >= -.5 && y >= -.5 && x < size - .5 && y < size - .5;
	}
}
