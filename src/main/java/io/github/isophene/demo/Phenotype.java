// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Appearance of the cells of one class: the traits that differ from untreated cells.
 * Class 0 is the negative control. Most phenotypes are morphological; two are a
 * change of intensity alone, which a batch's gain can imitate. Behind the ten
 * {@link #basic() basic} ones come combinations of two and then of three of them,
 * for screens of many classes.
 * <p>
 * Cells vary: one in ten does not respond, and a responding one shows
 * {@code neutral + s * (value - neutral)} with s ~ N(1, 0.2).
 * </p>
 *
 * @param name the class name; in the screen table it stands for the compound
 * @param description one line for people
 * @param traits what differs, trait to its value at full strength
 */
public record Phenotype(String name, String description, Map<Trait, Double> traits) {

	/** The name of class 0. */
	public static final String CONTROL = "DMSO";

	private static final double RESPONDERS = .9;

	private static final List<Phenotype> BASIC = List.of( //
		new Phenotype(CONTROL, "untreated cells", Map.of()), //
		new Phenotype("large-nuclei", "larger nuclei and cells, fewer of them", Map.of( //
			Trait.NUCLEUS_AREA, 1.8, Trait.CELL_AREA, 1.2, Trait.DENSITY, .8)), //
		new Phenotype("mito-fragmented", "granular mitochondria instead of threads", Map.of( //
			Trait.MITO_LENGTH, 0., Trait.MITO_COUNT, 100.)), //
		new Phenotype("er-bright", "ER stain 1.5 times as bright, nothing else", Map.of( //
			Trait.ER, 1.5)), //
		new Phenotype("elongated", "long cells and nuclei, all pointing the same way", Map.of( //
			Trait.ELONGATION, 3., Trait.ALIGNMENT, .85, Trait.NUCLEUS_ELONGATION, 1.8)), //
		new Phenotype("rounded", "small round cells without stress fibres", Map.of( //
			Trait.CELL_AREA, .5, Trait.ELONGATION, 1.05, Trait.IRREGULARITY, .25, Trait.FIBRES, 2.)), //
		new Phenotype("multinucleate", "two to four nuclei in larger cells", Map.of( //
			Trait.MULTINUCLEATE, .8, Trait.CELL_AREA, 1.35, Trait.DENSITY, .75)), //
		new Phenotype("dna-dim", "DNA stain 0.7 times as bright, nothing else", Map.of( //
			Trait.DNA, .7)), //
		new Phenotype("mito-perinuclear", "mitochondria crowd around the nucleus", Map.of( //
			Trait.MITO_SPREAD, .4)), //
		new Phenotype("fibre-loss", "stress fibres are gone, outlines ragged", Map.of( //
			Trait.FIBRES, 1., Trait.IRREGULARITY, 1.9)));

	private static final List<Phenotype> ALL = Collections.unmodifiableList(combined());

	public Phenotype {
		traits = traits.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(traits));
	}

	/** The control and the nine phenotypes that differ from it in one way each. */
	public static List<Phenotype> basic() {
		return BASIC;
	}

	/**
	 * Every phenotype that the simulator knows: the basic ones, then all combinations of two treatments
	 * (named {@code a+b}), then all of three. A screen of K classes uses the first K.
	 */
	public static List<Phenotype> all() {
		return ALL;
	}

	private static List<Phenotype> combined() {
		final List<Phenotype> all = new ArrayList<>(BASIC);
		final int n = BASIC.size();
		for (int i = 1; i < n; i++) {
			for (int j = i + 1; j < n; j++) all.add(BASIC.get(i).and(BASIC.get(j)));
		}
		for (int i = 1; i < n; i++) {
			for (int j = i + 1; j < n; j++) {
				for (int k = j + 1; k < n; k++) all.add(BASIC.get(i).and(BASIC.get(j)).and(BASIC.get(k)));
			}
		}
		return all;
	}

	/**
	 * Returns the phenotype of both treatments together. Where both change a trait, their factors on the value
	 * of an untreated cell are multiplied.
	 */
	private Phenotype and(final Phenotype other) {
		final Map<Trait, Double> both = new EnumMap<>(Trait.class);
		both.putAll(traits);
		other.traits.forEach((trait, value) -> both.merge(trait, value, (a, b) -> a * b / trait.neutral()));
		return new Phenotype(name + "+" + other.name, description + "; " + other.description, both);
	}

	/** Returns whether this is class 0. */
	public boolean isControl() {
		return name.equals(CONTROL);
	}

	/** A trait at full strength. */
	public double value(final Trait trait) {
		return traits.getOrDefault(trait, trait.neutral());
	}

	/** A trait at some strength: 0 untreated, 1 full. */
	double value(final Trait trait, final double strength) {
		return trait.neutral() + strength * (value(trait) - trait.neutral());
	}

	/** Returns the strength of one cell's response. */
	static double strength(final DemoRandom random) {
		final double respond = random.uniform();
		final double strength = Math.min(1.5, Math.max(.3, 1 + .2 * random.normal(2.5)));
		return respond < RESPONDERS ? strength : 0;
	}
}
