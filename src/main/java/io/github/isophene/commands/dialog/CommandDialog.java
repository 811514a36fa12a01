// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.prefs.PrefService;

/**
 * Parts of a command's dialog besides its keys: a line that says what is still missing or
 * wrong, a button that restores the defaults, and the values of the last time. These are read
 * only here, when a dialog is about to open, so no macro, script or headless run ever sees them.
 */
final class CommandDialog {

	/** Keys that belong to one folder of images. */
	private static final Set<String> OF_A_FOLDER = Set.of("platemap", "pattern");

	/** The types that keys have. */
	private static final List<
		Class<?>> TYPES = List.of(String.class, Boolean.class, Integer.class, Double.class, File.class);

	private final Module module;
	private final IsopheneCommand command;
	private final PrefService prefs;
	private final Map<String, Object> defaults = new LinkedHashMap<>();
	private final Map<String, Object> proposals = new HashMap<>();
	private boolean proposed;
	private boolean ready;

	/** @param module of an {@link IsopheneCommand} */
	CommandDialog(final Module module, final PrefService prefs) {
		this.module = module;
		this.command = (IsopheneCommand) module.getDelegateObject();
		this.prefs = prefs;
	}

	/** Returns whether an input is a key that users give, not a service, an image or a text of the dialog. */
	static boolean isKey(final ModuleItem<?> item) {
		return TYPES.contains(item.getType()) && item.getVisibility() != ItemVisibility.MESSAGE;
	}

	/** Returns the title of the command, without the menu's dots. */
	String title() {
		return module.getInfo().getTitle().replace("...", "");
	}

	/** Returns the sentence that the command's run ended with; empty if it gave none. */
	String summary() {
		final Object summary = module.getInfo().getOutput("summary") == null ? null : module.getOutput("summary");
		return summary == null ? "" : summary.toString();
	}

	/** Prepares the command's inputs for the dialog. */
	void open() {
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			if (isKey(item)) defaults.put(item.getName(), module.getInput(item.getName()));
		}
		command.open(this);
		recall();
		offerLastStep();
	}

	/** Offers what the last commands of this session read and wrote, where this one reads it. */
	private void offerLastStep() {
		for (final String key : defaults.keySet()) {
			final String value = isOutput(key) ? null : LastStep.get(key);
			if (value != null) module.setInput(key, typed(value, module.getInfo().getInput(key).getType()));
		}
	}

	/**
	 * Fills in a key as long as the user has not: if it is blank, holds an earlier proposal, or has a default
	 * that cannot be meant.
	 *
	 * @param replacesDefault whether the default is none for the chosen table
	 */
	void propose(final String key, final Object value, final boolean replacesDefault) {
		final Object now = module.getInput(key);
		final Object before = proposals.get(key);
		final boolean blank = now == null || now.toString().isBlank();
		// Whoever empties a key means it.
		if (blank ? Objects.equals(value, before)
			: !now.equals(before) && !(replacesDefault && now.equals(defaults.get(key)))) return;
		proposals.put(key, value);
		if (Objects.equals(now, value)) return;
		module.setInput(key, value);
		proposed = true;
	}

	/** Returns whether keys have been filled in since this was asked last, so that their widgets must be refreshed. */
	boolean takeProposed() {
		final boolean was = proposed;
		proposed = false;
		return was;
	}

	/** Returns whether nothing was missing or wrong when the advice was last asked for. */
	boolean isReady() {
		return ready;
	}

	/** Returns what is missing or wrong, as HTML: grey for what is still to be given, red for what is wrong. */
	String advice() {
		ready = false;
		try {
			command.propose();
			command.check();
			ready = true;
			return line("#2e7d32", command.ready()).replace("</html>", command.details() + "</html>");
		}
		catch (final MissingKey exc) {
			return line("#606060", labeled(exc.getMessage()));
		}
		catch (final IOException | RuntimeException exc) {
			return line("#b00020", exc.getMessage() == null ? exc.toString() : labeled(exc.getMessage()));
		}
	}

	/** Returns a sentence on a key with the label that the key has in the dialog. */
	private String labeled(final String sentence) {
		final int end = sentence.indexOf(sentence.contains(" is missing: ") ? " is missing: " : ": ");
		final String key = end < 0 ? "" : sentence.substring(0, end);
		if (!defaults.containsKey(key)) return sentence;
		final String label = module.getInfo().getInput(key).getLabel();
		return label == null ? sentence : label.replaceFirst("( \\(|,).*", "") + sentence.substring(end);
	}

	private static String line(final String colour, final String text) {
		final String sentence = text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
		return "<html><span style='color:" + colour + "'>" +
			Sentence.escaped(sentence).replace("\n", "<br>") + "</span></html>";
	}

	/** Returns the keys of a section, possibly hidden, that differ from their defaults. */
	List<String> changes(final String section) {
		final List<String> others = new ArrayList<>();
		boolean inside = false;
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			if (item.getName().equals(section)) inside = true;
			else if (inside && item.getVisibility() == ItemVisibility.MESSAGE) break;
			else
				if (inside && defaults.containsKey(item.getName()) &&
					!Objects.equals(defaults.get(item.getName()), module.getInput(item.getName())))
				{
					others.add(item.getName());
				}
		}
		return others;
	}

	/** Gives the keys of a preset its values. */
	void apply(final Preset preset) {
		preset.values().forEach((key, value) -> module.setInput(key, value == null ? defaults.get(key) : value));
	}

	/** Returns the first preset of the command whose values all keys have; {@code null} if none fits. */
	Preset preset() {
		for (final Preset preset : command.presets()) {
			if (preset.values().entrySet().stream().allMatch(entry -> Objects.equals(module.getInput(entry.getKey()),
				entry.getValue() == null ? defaults.get(entry.getKey()) : entry.getValue()))) return preset;
		}
		return null;
	}

	/** Gives every key its default again, and those that the last commands answer their files and columns. */
	void restoreDefaults() {
		proposals.clear();
		defaults.forEach(module::setInput);
		offerLastStep();
	}

	/** Keeps the keys for the next dialog; what is written to differs from time to time and is not kept. */
	void remember() {
		for (final String key : defaults.keySet()) {
			if (isOutput(key)) continue;
			final Object value = module.getInput(key);
			prefs.put(command.getClass(), key, value == null ? "" : value.toString());
			if (value == null) continue;
			LastStep.put(module.getInfo().getName() + " " + key, value.toString());
			if (LastStep.KEYS.contains(key)) LastStep.put(key, value.toString());
		}
	}

	private void recall() {
		for (final String key : defaults.keySet()) {
			// The platemap of another folder would give the wells wrong names without a word, and its pattern
			// fit no file.
			final String value = isOutput(key) || OF_A_FOLDER.contains(key) ? null : prefs.get(command.getClass(), key);
			if (value == null) continue;
			try {
				module.setInput(key, typed(value, module.getInfo().getInput(key).getType()));
			}
			catch (final NumberFormatException exc) {
				// Kept by another version, where the key was something else.
			}
		}
	}

	private boolean isOutput(final String key) {
		final String style = module.getInfo().getInput(key).getWidgetStyle();
		return style != null && (style.contains("save") || style.contains("directory"));
	}

	private static Object typed(final String value, final Class<?> type) {
		if (type == Integer.class) return Integer.valueOf(value);
		if (type == Double.class) return Double.valueOf(value);
		if (type == Boolean.class) return Boolean.valueOf(value);
		if (type == File.class) return value.isEmpty() ? null : new File(value);
		return value;
	}
}
