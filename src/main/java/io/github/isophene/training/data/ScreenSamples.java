// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.RealWells;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/**
 * Training samples of a screen: one sample per field. A field of a control well is a
 * negative control and carries no label; every other field has the class that the label
 * column says; those where it is blank are left out.
 *
 * @param fields the fields of the samples, in the screen's order
 * @param samples one per field
 * @param classes names of the classes, sorted; a label is an index into them
 * @param labelColumn where the classes come from
 * @param messages what a person should know, for the log
 */
public record ScreenSamples(List<Field> fields, List<Sample> samples, List<String> classes, String labelColumn,
	List<String> messages)
{

	/** Number of names that a message lists. */
	private static final int NAMED = 10;

	public ScreenSamples {
		fields = List.copyOf(fields);
		samples = List.copyOf(samples);
		classes = List.copyOf(classes);
		messages = List.copyOf(messages);
	}

	/**
	 * Reads a screen.
	 *
	 * @param label the column of the classes
	 * @param batch the column of the batches; empty: each plate is a batch of its own
	 * @param controls which wells are negative controls; may be none
	 * @throws IllegalArgumentException if a column is missing, there are fewer than 2 classes, a plate
	 *           is in two batches, or no field is a control
	 */
	public static ScreenSamples of(final Screen screen, final String label, final String batch,
		final Selection controls)
	{
		if (label.isEmpty())
			throw new IllegalArgumentException("label is missing: give the column with the classes; the screen " +
				"has " + String.join(", ", screen.metadataColumns()));
		requireColumn(screen, "label", label);
		if (!batch.isEmpty()) requireColumn(screen, "batch", batch);
		if (!controls.isNone()) controls.fields(screen);
		final List<String> messages = new ArrayList<>();
		final Map<String, String> plates = plates(screen, batch, messages);
		final TreeSet<String> classes = new TreeSet<>();
		for (final Field field : screen.fields()) {
			if (!controls.test(field)) classes.add(field.get(label));
		}
		classes.remove("");
		if (classes.size() < 2)
			throw new IllegalArgumentException("Training needs at least 2 classes, but " + label +
				(classes.isEmpty() ? " is blank in all fields" : " is '" + classes.first() + "' in all fields") +
				(controls.isNone() ? "" : " that are no controls (" + controls + ")") + ": choose another label " +
					"column");
		final List<String> names = List.copyOf(classes);
		final Map<String, Integer> index = new HashMap<>();
		for (int i = 0; i < names.size(); i++) index.put(names.get(i), i);
		final List<Field> fields = new ArrayList<>();
		final List<Sample> samples = new ArrayList<>();
		for (final Field field : screen.fields()) {
			final boolean control = controls.test(field);
			final Integer of = index.get(field.get(label));
			if (!control && of == null) continue;
			final String batchName = batchOf(field, batch);
			final String plate = plates.getOrDefault(key(field.plate(), batchName), field.plate());
			fields.add(field);
			samples.add(new Sample(plate, batchName, control ? Sample.NO_LABEL : of, control));
		}
		final int left = screen.fields().size() - fields.size();
		if (left > 0) messages.add(Count.of(left, "field is", "fields are") + " left out: they have no " + label +
			" and are no controls");
		messages.add(describe(samples, names, label));
		onePlate(samples, names.size(), label).ifPresent(messages::add);
		return new ScreenSamples(fields, samples, names, label, messages);
	}

	/** The plate that a sample is of, by its identity. */
	public String plate(final int sample) {
		return samples.get(sample).plate();
	}

	/** A message that names the classes of which there is no image among those to learn from. */
	public Optional<String> unlearned(final int[] training) {
		final TreeSet<String> missing = new TreeSet<>(classes);
		for (final int i : training) if (samples.get(i).labeled()) missing.remove(classes.get(samples.get(i).label()));
		if (missing.isEmpty()) return Optional.empty();
		return Optional.of("No training plate shows these classes of " + labelColumn + ", so they can't be learned: " +
			String.join(", ", missing.stream().limit(NAMED).toList()) +
			(missing.size() > NAMED ? "... (" + missing.size() + ")" : ""));
	}

	/**
	 * Refuses to learn from a real well and to test on it, which virtual plates make possible ({@link RealWells}).
	 * Nothing is checked where the screen names no real wells.
	 *
	 * @param training indices of samples to learn from
	 * @param heldOut indices of samples that nothing may be learned from
	 * @throws IllegalArgumentException naming a well that is on both sides, and the remedy
	 */
	public void requireApart(final int[] training, final int[] heldOut) {
		final Map<String, Integer> learned = new HashMap<>();
		for (final int i : training) learned.putIfAbsent(RealWells.of(fields.get(i)), i);
		learned.remove("");
		for (final int i : heldOut) {
			final String well = RealWells.of(fields.get(i));
			final Integer twin = learned.get(well);
			if (twin == null) continue;
			final Map<Field, String> batches = new IdentityHashMap<>();
			for (int s = 0; s < fields.size(); s++) batches.put(fields.get(s), samples.get(s).batch());
			throw new IllegalArgumentException("The real well " + well + " is on plate " + plate(twin) +
				", which is learned from, and on plate " + plate(i) + " of batch " + samples.get(i).batch() +
				", which is held out, so that results would be those of known wells: hold out the batches of the " +
				"part that is made for it: heldout=" +
				String.join(",", RealWells.heldOutBatches(fields, batches::get)));
		}
	}

	/** Classes that lie on one plate each can't be told from their plates. */
	private static Optional<String> onePlate(final List<Sample> samples, final int classes, final String label) {
		final Map<Integer, Set<String>> plates = new HashMap<>();
		for (final Sample s : samples) {
			if (s.labeled()) plates.computeIfAbsent(s.label(), l -> new HashSet<>()).add(s.plate());
		}
		final long alone = plates.values().stream().filter(of -> of.size() == 1).count();
		if (2 * alone <= classes) return Optional.empty();
		return Optional.of("Beware: " + alone + " of the " + Count.of(classes, "class") + " of " + label +
			" lie on one plate each, so what is learned may be the plate; choose a label that occurs on several " +
			"plates");
	}

	private static String describe(final List<Sample> samples, final List<String> classes, final String label) {
		final int[] counts = new int[classes.size()];
		int controls = 0;
		for (final Sample s : samples) {
			if (s.control()) controls++;
			else counts[s.label()]++;
		}
		final List<String> parts = new ArrayList<>();
		for (int i = 0; i < Math.min(NAMED, counts.length); i++) parts.add(classes.get(i) + " " + counts[i]);
		return "Fields per " + label + ": " + String.join(", ", parts) +
			(counts.length > NAMED ? "... (" + Count.of(counts.length, "class") + ")" : "") + "; negative controls " +
			controls;
	}

	private static String batchOf(final Field field, final String batch) {
		return batch.isEmpty() ? field.plate() : field.get(batch);
	}

	private static String key(final String plate, final String batch) {
		return batch + "\0" + plate;
	}

	/**
	 * Identities of plates whose names occur in several batches. If such a name has the same
	 * field in two batches, it stands for two plates, which are told apart by their batches; if
	 * not, the batch column cuts a plate into pieces.
	 */
	private static Map<String, String> plates(final Screen screen, final String batch, final List<String> messages) {
		final Map<String, Map<String, Set<String>>> places = new TreeMap<>();
		for (final Field field : screen.fields()) {
			places.computeIfAbsent(field.plate(), p -> new TreeMap<>())
				.computeIfAbsent(batchOf(field, batch), b -> new HashSet<>())
				.add(field.well() + " " + field.site());
		}
		final Map<String, String> identities = new HashMap<>();
		final Map<String, Integer> shared = new LinkedHashMap<>();
		places.forEach((plate, batches) -> {
			if (batches.size() == 1) return;
			final Set<String> all = new HashSet<>();
			boolean twice = false;
			for (final Set<String> wells : batches.values()) {
				for (final String well : wells) twice |= !all.add(well);
			}
			if (!twice)
				throw new IllegalArgumentException("Plate " + plate + " is cut into pieces by the batch column " +
					batch + " (" + String.join(", ", batches.keySet().stream().limit(NAMED).toList()) +
					"): a plate belongs to one batch; choose another batch column");
			for (final String b : batches.keySet()) identities.put(key(plate, b), b + "/" + plate);
			shared.put(plate, batches.size());
		});
		if (!shared.isEmpty())
			messages.add("Plates of the same name in several batches are different plates: " +
				String.join(", ", shared.keySet().stream().limit(NAMED).toList()));
		return identities;
	}

	private static void requireColumn(final Screen screen, final String key, final String column) {
		if (!screen.metadataColumns().contains(column))
			throw new IllegalArgumentException(key + " is '" + column +
				"', but the screen has no such column: it has " + String.join(", ", screen.metadataColumns()));
	}
}
