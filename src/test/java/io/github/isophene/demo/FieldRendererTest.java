// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Phenotypes change what they say, and nothing else. */
class FieldRendererTest {

	private static final int SIZE = 256;
	private static final DemoOptions OPTIONS = DemoOptions.defaults().withSize(SIZE).withClasses(8);
	private static final FieldRenderer.Scene CONTROL = render("DMSO");

	@Test
	void aBrighterStainChangesThatStainAlone() {
		final FieldRenderer.Scene bright = render("er-bright");
		for (final DemoChannel other : List.of(DemoChannel.DNA, DemoChannel.AGP, DemoChannel.MITO)) {
			assertArrayEquals(light(CONTROL, other), light(bright, other), other.label());
		}
		// Nine cells in ten respond, at 1.5 on average.
		assertEquals(1 + .9 * .5, total(bright, DemoChannel.ER) / total(CONTROL, DemoChannel.ER), .06);
		final FieldRenderer.Scene dim = render("dna-dim");
		assertEquals(1 - .9 * .3, total(dim, DemoChannel.DNA) / total(CONTROL, DemoChannel.DNA), .06);
		assertArrayEquals(light(CONTROL, DemoChannel.ER), light(dim, DemoChannel.ER));
	}

	@Test
	void fragmentsAreGranularWithoutMoreLight() {
		final FieldRenderer.Scene fragmented = render("mito-fragmented");
		assertArrayEquals(light(CONTROL, DemoChannel.DNA), light(fragmented, DemoChannel.DNA));
		assertEquals(1, total(fragmented, DemoChannel.MITO) / total(CONTROL, DemoChannel.MITO), .1);
		assertFalse(Arrays.equals(light(CONTROL, DemoChannel.MITO), light(fragmented, DemoChannel.MITO)));
	}

	@Test
	void nucleiGrowBySoMuchPerCell() {
		final FieldRenderer.Scene large = render("large-nuclei");
		assertTrue(large.cells() < CONTROL.cells());
		assertEquals(1 + .9 * .8, nuclearArea(large) / large.cells() / (nuclearArea(CONTROL) / CONTROL.cells()), .25);
	}

	@Test
	void elongatedCellsPointTheSameWay() {
		assertTrue(orientation(render("elongated")) > 2.5 * orientation(CONTROL));
	}

	@Test
	void roundedCellsCoverLess() {
		assertTrue(covered(render("rounded")) < .75 * covered(CONTROL));
	}

	@Test
	void severalNucleiDivideTheDna() {
		final DemoOptions options = OPTIONS.withClasses(10);
		final CellSampler sampler = new CellSampler(DemoRandom.of(5, DemoRandom.Purpose.CELLS, 1),
			phenotype("multinucleate"), 0);
		final List<Cell> cells = sampler.sample(4 * options.size(), 1);
		final double share = cells.stream().filter(cell -> cell.nuclei().size() > 1).count() / (double) cells.size();
		// .03 + .9 * .77: non-responders keep the untreated rate.
		assertEquals(.72, share, .06);
	}

	@Test
	void densityActsOnTheNumberOfCells() {
		final BatchEffect none = BatchEffect.none(4);
		final BatchEffect dense = new BatchEffect(none.gain(), none.offset(), none.blur(), 0, 0, 0, none.bleed(), 1,
			1.3);
		final int more = new FieldRenderer(OPTIONS).render(new PlannedField(1, 1, "C07", 1, 0, dense)).cells();
		assertEquals(1.3, more / (double) CONTROL.cells(), .15);
	}

	@Test
	void everyPhenotypeIsOneOfAKind() {
		for (final Phenotype a : Phenotype.all()) {
			for (final Phenotype b : Phenotype.all()) {
				assertEquals(a == b, a.name().equals(b.name()));
				assertEquals(a == b, a.traits().equals(b.traits()));
			}
		}
		assertTrue(Phenotype.all().get(0).isControl() && Phenotype.all().get(0).traits().isEmpty());
		assertEquals(10 + 36 + 84, Phenotype.all().size());
		assertEquals(Phenotype.basic(), Phenotype.all().subList(0, 10));
	}

	@Test
	void twoTreatmentsTogetherMultiplyTheirFactors() {
		final Phenotype both = phenotype("large-nuclei+multinucleate");
		assertEquals(.8 * .75, both.value(Trait.DENSITY), 1e-12);
		assertEquals(1.2 * 1.35, both.value(Trait.CELL_AREA), 1e-12);
		assertEquals(1.8, both.value(Trait.NUCLEUS_AREA));
		assertEquals(.5 * 1.35, phenotype("rounded+multinucleate").value(Trait.CELL_AREA), 1e-12);
	}

	private static FieldRenderer.Scene render(final String name) {
		final int label = Phenotype.all().indexOf(phenotype(name));
		return new FieldRenderer(OPTIONS).render(new PlannedField(1, 1, "C07", 1, label, BatchEffect.none(4)));
	}

	private static Phenotype phenotype(final String name) {
		return Phenotype.all().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
	}

	private static float[] light(final FieldRenderer.Scene scene, final DemoChannel channel) {
		return scene.channels().get(channel.ordinal()).light();
	}

	private static double total(final FieldRenderer.Scene scene, final DemoChannel channel) {
		double sum = 0;
		for (final float v : light(scene, channel)) sum += v;
		return sum;
	}

	private static double nuclearArea(final FieldRenderer.Scene scene) {
		int area = 0;
		for (final float v : light(scene, DemoChannel.DNA)) if (v > 250) area++;
		return area;
	}

	private static double covered(final FieldRenderer.Scene scene) {
		int area = 0;
		for (final float v : light(scene, DemoChannel.ER)) if (v > 0) area++;
		return area;
	}

	/** Coherence of the structure tensor of the actin channel: 0 all directions, 1 one. */
	private static double orientation(final FieldRenderer.Scene scene) {
		final float[] v = light(scene, DemoChannel.AGP);
		double xx = 0, yy = 0, xy = 0;
		for (int y = 1; y < SIZE - 1; y++) {
			for (int x = 1; x < SIZE - 1; x++) {
				final double gx = v[y * SIZE + x + 1] - v[y * SIZE + x - 1];
				final double gy = v[(y + 1) * SIZE + x] - v[(y - 1) * SIZE + x];
				xx += gx * gx;
				yy += gy * gy;
				xy += gx * gy;
			}
		}
		return Math.hypot(xx - yy, 2 * xy) / (xx + yy);
	}
}
