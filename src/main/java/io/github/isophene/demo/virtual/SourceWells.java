// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.isophene.demo.DemoRandom;
import io.github.isophene.demo.DemoRandom.Purpose;
import io.github.isophene.messages.Count;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.RealWells;
import io.github.isophene.screen.Screen;

/**
 * Wells of the source screen by class, each class split by seed into a training part and a held-out part. The order of
 * the screen's rows does not matter.
 */
final class SourceWells {

	/** Columns that the written table has, whatever the source has. */
	private static final Set<String> OWN = Set.of(Field.PLATE, Field.WELL, Field.SITE, VirtualTable.BATCH,
		VirtualTable.TYPE, RealWells.PART, RealWells.COLUMN);

	private static final Comparator<SourceWell> ORDER = Comparator.comparing(SourceWell::plate)
		.thenComparing(SourceWell::well);

	private final List<String> classes;
	private final List<Map<SourcePart, List<SourceWell>>> parts = new ArrayList<>();

	/**
	 * Sorts and splits the wells.
	 *
	 * @throws IllegalArgumentException naming the key, the class or the well at fault
	 */
	SourceWells(final Screen screen, final VirtualPlateOptions options) {
		final Map<String, List<SourceWell>> wells = wells(screen, options.label());
		final String control = control(screen, options);
		classes = new ArrayList<>(List.of(control));
		wells.keySet().stream().filter(name -> !name.equals(control)).forEach(classes::add);
		if (classes.size() < 2)
			throw new IllegalArgumentException(options.label() + " has no class beside the negative controls '" +
				control + "': virtual plates need a treatment");
		for (final String name : classes) parts.add(split(name, wells.get(name), options));
	}

	/** Returns the names of the classes, the negative control first. */
	List<String> classes() {
		return classes;
	}

	/** Returns the wells of one part of a class, an index into {@link #classes}. */
	List<SourceWell> of(final int label, final SourcePart part) {
		return parts.get(label).get(part);
	}

	/** Returns all wells. */
	List<SourceWell> all() {
		final List<SourceWell> all = new ArrayList<>();
		parts.forEach(part -> part.values().forEach(all::addAll));
		return all;
	}

	private Map<SourcePart, List<SourceWell>> split(final String name, final List<SourceWell> wells,
		final VirtualPlateOptions options)
	{
		if (wells.size() < 2)
			throw new IllegalArgumentException("Class '" + name + "' of " + options.label() + " has " +
				Count.of(wells.size(), "well") +
				": at least 2 are needed, one for training and one that is held out. Leave the class out by emptying " +
				options.label() + " in its rows, or add wells");
		final DemoRandom random = DemoRandom.of(options.seed(), Purpose.SOURCE_PARTS, parts.size());
		final List<SourceWell> rest = new ArrayList<>(wells);
		final List<SourceWell> training = new ArrayList<>();
		while (training.size() < (wells.size() + 1) / 2) training.add(rest.remove(random.below(rest.size())));
		training.sort(ORDER);
		return Map.of(SourcePart.TRAINING, training, SourcePart.HELDOUT, rest);
	}

	/** The wells of every class, sorted. */
	private static Map<String, List<SourceWell>> wells(final Screen screen, final String label) {
		if (OWN.contains(label))
			throw new IllegalArgumentException(
				"label = " + label + ": virtual plates have a column of this name; copy the classes to another column");
		if (!screen.metadataColumns().contains(label))
			throw new IllegalArgumentException("label = " + label + ": the screen has no such column: it has " +
				String.join(", ", screen.metadataColumns()));
		final Map<List<String>, List<Field>> fields = new LinkedHashMap<>();
		for (final Field field : screen.fields()) {
			if (!field.get(label).isBlank())
				fields.computeIfAbsent(List.of(field.plate(), field.well()), k -> new ArrayList<>()).add(field);
		}
		if (fields.isEmpty())
			throw new IllegalArgumentException("label = " + label + ": it is empty in all rows of the screen");
		final Map<String, List<SourceWell>> wells = new TreeMap<>();
		fields.forEach((place, own) -> {
			final Set<String> names = new TreeSet<>();
			own.forEach(field -> names.add(field.get(label).strip()));
			if (names.size() > 1)
				throw new IllegalArgumentException("Well " + String.join(" ", place) + " has several values of " +
					label + ": " + String.join(", ", names) + ". A well must be of one class");
			own.sort(Comparator.comparing(Field::site));
			wells.computeIfAbsent(names.iterator().next(), k -> new ArrayList<>())
				.add(new SourceWell(place.get(0), place.get(1), List.copyOf(own)));
		});
		wells.values().forEach(list -> list.sort(ORDER));
		return wells;
	}

	/** The one class of the negative controls. */
	private static String control(final Screen screen, final VirtualPlateOptions options) {
		final String label = options.label();
		final Set<String> names = new TreeSet<>();
		for (final Field field : options.controls().fields(screen)) {
			if (!field.get(label).isBlank()) names.add(field.get(label).strip());
		}
		if (names.size() != 1)
			throw new IllegalArgumentException("controls = " + options.controls() +
				": these wells must have one value of " + label + ", but have " +
				(names.isEmpty() ? "none" : String.join(", ", names)));
		final String control = names.iterator().next();
		for (final Field field : screen.fields()) {
			if (field.get(label).strip().equals(control) && !options.controls().test(field))
				throw new IllegalArgumentException("Well " + field.plate() + " " + field.well() + " has " + label +
					" '" + control + "' like the negative controls, but is not among them (" + options.controls() +
					"): correct controls or the screen table");
		}
		return control;
	}
}
