// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.demo.DemoRandom.Purpose;

/**
 * Appearance of one kind of cells in one stain: a class that the default encoder learns to tell
 * from others. Traits are drawn at random, so the ten phenotypes of demo screens are not
 * among them.
 *
 * @param stain the simulator's stain, or {@code null} for one of {@link MixedStain}
 * @param mixed what a mixed stain shows; {@code null} otherwise
 * @param phenotype how the cells look
 * @param uneven sd of the log brightness of single cells, besides the simulator's own
 */
record CellLook(DemoChannel stain, MixedStain mixed, Phenotype phenotype, double uneven) {

	/** Traits of a cell that a stain shows. */
	private static final Map<DemoChannel, List<Trait>> VISIBLE = Map.of( //
		DemoChannel.DNA, List.of(Trait.NUCLEUS_AREA, Trait.NUCLEUS_ELONGATION, Trait.MULTINUCLEATE, Trait.DENSITY), //
		DemoChannel.ER,
		List.of(Trait.CELL_AREA, Trait.ELONGATION, Trait.ALIGNMENT, Trait.IRREGULARITY, Trait.NUCLEUS_AREA,
			Trait.MULTINUCLEATE, Trait.DENSITY), //
		DemoChannel.AGP,
		List.of(Trait.FIBRES, Trait.CELL_AREA, Trait.ELONGATION, Trait.ALIGNMENT, Trait.IRREGULARITY, Trait.DENSITY), //
		DemoChannel.MITO, List.of(Trait.MITO_LENGTH, Trait.MITO_COUNT, Trait.MITO_SPREAD, Trait.CELL_AREA,
			Trait.ELONGATION, Trait.DENSITY));

	/** One to this many visible traits differ from those of untreated cells. */
	private static final int MOST_TRAITS = 3;

	/**
	 * Draws looks.
	 *
	 * @param perStain of each of the simulator's stains
	 * @param ofMixed of mixed stains
	 */
	static List<CellLook> draw(final long seed, final int perStain, final int ofMixed) {
		final List<CellLook> looks = new ArrayList<>();
		for (final DemoChannel stain : DemoChannel.values()) {
			for (int i = 0; i < perStain; i++) {
				final DemoRandom random = DemoRandom.of(seed, Purpose.LAYOUT, stain.ordinal(), i);
				looks.add(new CellLook(stain, null, phenotype(stain.label() + i, VISIBLE.get(stain), random), 0));
			}
		}
		for (int i = 0; i < ofMixed; i++) {
			final DemoRandom random = DemoRandom.of(seed, Purpose.LAYOUT, DemoChannel.values().length, i);
			final List<Trait> traits = List.of(Trait.NUCLEUS_AREA, Trait.CELL_AREA, Trait.ELONGATION, Trait.ALIGNMENT,
				Trait.IRREGULARITY, Trait.MULTINUCLEATE, Trait.DENSITY);
			final Phenotype phenotype = phenotype("mixed" + i, traits, random);
			looks.add(new CellLook(null, MixedStain.draw(random), phenotype, random.uniform() < .3 ? .6 : 0));
		}
		return looks;
	}

	private static Phenotype phenotype(final String name, final List<Trait> visible, final DemoRandom random) {
		final List<Trait> left = new ArrayList<>(visible);
		final Map<Trait, Double> traits = new EnumMap<>(Trait.class);
		final int n = 1 + random.below(MOST_TRAITS);
		for (int i = 0; i < n; i++) {
			final Trait trait = left.remove(random.below(left.size()));
			traits.put(trait, value(trait, random));
		}
		return new Phenotype(name, "drawn at random", new LinkedHashMap<>(traits));
	}

	private static double value(final Trait trait, final DemoRandom random) {
		return switch (trait) {
			case DENSITY -> logUniform(random, .35, 1.7);
			case NUCLEUS_AREA -> logUniform(random, .5, 2.2);
			case NUCLEUS_ELONGATION -> random.uniform(1, 2.2);
			case MULTINUCLEATE -> random.uniform(.15, .95);
			case CELL_AREA -> logUniform(random, .45, 1.8);
			case ELONGATION -> random.uniform(1.02, 3.5);
			case ALIGNMENT -> random.uniform(.3, .95);
			case IRREGULARITY -> random.uniform(.1, 2.2);
			case MITO_LENGTH -> random.uniform() < .3 ? 0 : random.uniform(2, 26);
			case MITO_COUNT -> logUniform(random, 15, 150);
			case MITO_SPREAD -> random.uniform(.25, 1.3);
			case FIBRES -> random.uniform(0, 32);
			default -> throw new IllegalArgumentException(trait + " is intensity, which a gain can imitate");
		};
	}

	static double logUniform(final DemoRandom random, final double low, final double high) {
		return low * StrictMath.exp(random.uniform() * StrictMath.log(high / low));
	}
}
