// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.demo.DemoRandom.Purpose;

/**
 * Fields of single stains for the training of the default encoder: many kinds of cells, each
 * seen by a perfect microscope in several fields. The camera and the batch come later, anew
 * whenever a field is looked at. Light is kept as its square root in 8 bits: its steps are
 * finer than photon noise.
 */
public final class CellLooks {

	/** Height and width of a field, pixels. */
	public static final int SIZE = 192;

	private static final float CODE = 3.9f;

	private static final float[] LIGHT = new float[256];
	static {
		for (int code = 0; code < LIGHT.length; code++) LIGHT[code] = code / CODE * (code / CODE);
	}

	private final List<CellLook> looks;
	private final int fields;
	private final byte[][] own;
	private final byte[][] other;

	/**
	 * Renders the fields, on all processors.
	 *
	 * @param perStain looks of each of the simulator's four stains
	 * @param ofMixed looks of other stains, each a mixture of its own
	 * @param fields of each look
	 */
	public CellLooks(final long seed, final int perStain, final int ofMixed, final int fields) {
		looks = CellLook.draw(seed, perStain, ofMixed);
		this.fields = fields;
		own = new byte[looks.size() * fields][];
		other = new byte[own.length][];
		IntStream.range(0, own.length).parallel().forEach(i -> render(seed, i));
	}

	/** Returns the number of kinds of cells and stains. */
	public int looks() {
		return looks.size();
	}

	/** Returns the number of fields of each. */
	public int fields() {
		return fields;
	}

	/** The name of a look. */
	public String name(final int look) {
		return looks.get(look).phenotype().name();
	}

	/** Returns whether two looks have the same stain; a mixed stain has one look. */
	public boolean sameStain(final int look, final int other) {
		return look == other || looks.get(look).stain() != null && looks.get(look).stain() == looks.get(other).stain();
	}

	/** Light of the stain at a pixel, in counts. */
	public static float light(final byte code) {
		return LIGHT[code & 0xff];
	}

	/** The stain's light, coded, [SIZE * SIZE] row by row; not to be changed. */
	public byte[] own(final int look, final int field) {
		return own[look * fields + field];
	}

	/** Another stain of the same cells, which may bleed through. */
	public byte[] other(final int look, final int field) {
		return other[look * fields + field];
	}

	private void render(final long seed, final int index) {
		final int l = index / fields;
		final CellLook look = looks.get(l);
		final DemoRandom random = DemoRandom.of(seed, Purpose.CELLS, l, index % fields);
		final CellSampler sampler = new CellSampler(random, look.phenotype(), random.uniform(0, Math.PI));
		final List<Cell> cells = new ArrayList<>();
		for (final Cell cell : sampler.sample(SIZE, random.logNormal(.25))) cells.add(uneven(cell, look, random));
		final Territories territories = new Territories(SIZE, cells);
		final Canvas canvas = new Canvas(SIZE);
		if (look.mixed() != null) look.mixed().paint(canvas, cells, territories, random);
		else painter(look.stain()).paint(canvas, cells, territories, random);
		own[index] = coded(canvas);
		final DemoChannel[] stains = DemoChannel.values();
		DemoChannel bleeding = stains[random.below(stains.length)];
		if (bleeding == look.stain()) bleeding = stains[(bleeding.ordinal() + 1) % stains.length];
		final Canvas beside = new Canvas(SIZE);
		painter(bleeding).paint(beside, cells, territories, random);
		other[index] = coded(beside);
	}

	private static Cell uneven(final Cell cell, final CellLook look, final DemoRandom random) {
		if (look.uneven() == 0) return cell;
		final double factor = random.logNormal(look.uneven());
		final double[] brightness = cell.brightness().clone();
		for (int c = 0; c < brightness.length; c++) brightness[c] *= factor;
		return new Cell(cell.body(), cell.nuclei(), cell.angle(), cell.strength(), cell.phenotype(), brightness,
			cell.condensed());
	}

	private static CellPainter painter(final DemoChannel stain) {
		return switch (stain) {
			case DNA -> new NucleusPainter();
			case ER -> new ReticulumPainter();
			case AGP -> new ActinPainter();
			case MITO -> new MitochondriaPainter();
		};
	}

	private static byte[] coded(final Canvas canvas) {
		final byte[] codes = new byte[canvas.light().length];
		for (int p = 0; p < codes.length; p++) {
			codes[p] = (byte) Math.min(255, Math.round(CODE * Math.sqrt(canvas.light()[p])));
		}
		return codes;
	}
}
