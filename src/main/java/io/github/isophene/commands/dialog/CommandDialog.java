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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
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
	private final Map<String, String> offered = new HashMap<>();
	private Map<String, List<String>> suggestions;
	private Map<String, Object> looked;
	private boolean ready;

	/**
	 * Values of a dialog's keys at one moment.
	 *
	 * @param inputs by key, and what else the command is given, such as the active image
	 * @param proposals that were filled in so far
	 */
	record Keys(Map<String, Object> inputs, Map<String, Object> proposals) {}

	/**
	 * Result of a look at keys.
	 *
	 * @param text what is missing or wrong, or that nothing is, as HTML
	 * @param filled keys that were filled in, with their values
	 * @param proposals as in {@link Keys}, after the look
	 * @param suggestions likely values of keys
	 */
	record Advice(String text, boolean ready, Map<String, Object> filled, Map<String, Object> proposals,
		Map<String, List<String>> suggestions)
	{}

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
		for (final String key : defaults.keySet()) {
			final String value = isOutput(key) ? unfinishedOutput(key) : LastStep.get(key);
			final String fit = value == null || isOutput(key) ? value : command.offered(key, value);
			if (fit != null) offered.put(key, fit);
		}
		offerLastStep();
	}

	/** Returns the file that a run of the same inputs was to write when it ended early; {@code null} if none did. */
	private String unfinishedOutput(final String key) {
		return inputFiles().equals(LastStep.get(unfinished("of"))) ? LastStep.get(unfinished(key)) : null;
	}

	private String unfinished(final String key) {
		return module.getInfo().getName() + " unfinished " + key;
	}

	/** Returns the files that the command reads, with those that the last commands wrote where it reads them. */
	private String inputFiles() {
		final StringBuilder files = new StringBuilder("of");
		for (final String key : defaults.keySet()) {
			if (isOutput(key) || module.getInfo().getInput(key).getType() != File.class) continue;
			files.append(' ').append(offered.getOrDefault(key, String.valueOf(module.getInput(key))));
		}
		return files.toString();
	}

	/** Offers what the last commands of this session read and wrote, where this one reads it. */
	private void offerLastStep() {
		offered.forEach(
			(key, value) -> module.setInput(key, typed(value, module.getInfo().getInput(key).getType())));
	}

	/** Returns a dialog of the same command, with a module of its own: to look at keys in another thread. */
	CommandDialog copy() {
		final Module other = command.context().service(ModuleService.class).createModule(module.getInfo());
		final CommandDialog copy = new CommandDialog(other, prefs);
		copy.defaults.putAll(defaults);
		copy.offered.putAll(offered);
		copy.command.open(copy);
		return copy;
	}

	/** Returns the values that the keys have now. */
	Keys keys() {
		final Map<String, Object> inputs = new LinkedHashMap<>();
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			final Object value = module.getInput(item.getName());
			if (defaults.containsKey(item.getName()) ||
				value != null && item.getVisibility() != ItemVisibility.MESSAGE) inputs.put(item.getName(), value);
		}
		return new Keys(inputs, new HashMap<>(proposals));
	}

	/** Looks at keys, which takes as long as their files do: for a {@link #copy} and its thread. */
	Advice look(final Keys keys) {
		keys.inputs().forEach(module::setInput);
		proposals.clear();
		proposals.putAll(keys.proposals());
		final String text = advice();
		final Map<String, Object> filled = new LinkedHashMap<>();
		final Map<String, List<String>> likely = new HashMap<>();
		for (final String key : defaults.keySet()) {
			final Object value = module.getInput(key);
			if (!Objects.equals(value, keys.inputs().get(key))) filled.put(key, value);
			final String style = module.getInfo().getInput(key).getWidgetStyle();
			if (style != null && style.contains(Suggestions.STYLE)) likely.put(key, command.suggestions(key));
		}
		return new Advice(text, ready, filled, new HashMap<>(proposals), likely);
	}

	/** Takes what a look at keys has found, and returns whether they are still what they were. */
	boolean take(final Keys keys, final Advice advice) {
		if (!keys().equals(keys)) return false;
		proposals.clear();
		proposals.putAll(advice.proposals());
		advice.filled().forEach(module::setInput);
		suggestions = advice.suggestions();
		ready = advice.ready();
		looked = keys().inputs();
		return true;
	}

	/** Returns whether the last look that was taken was at the keys as they are now. */
	boolean isLookedAt() {
		return keys().inputs().equals(looked);
	}

	/** Returns likely values of a key, as the last look found them; before the first, the command is asked. */
	List<String> suggestions(final String key) {
		return suggestions == null ? command.suggestions(key) : suggestions.getOrDefault(key, List.of());
	}

	/**
	 * Fills in a key as long as the user has not: if it is blank, holds an earlier proposal, or has a default
	 * that cannot be meant.
	 *
	 * @param replacesDefault whether the default, or what the last commands left, is none for the chosen table
	 */
	void propose(final String key, final Object value, final boolean replacesDefault) {
		final Object now = module.getInput(key);
		final Object before = proposals.get(key);
		final boolean blank = now == null || now.toString().isBlank();
		// Whoever empties a key means it.
		if (blank ? Objects.equals(value, before)
			: !now.equals(before) && !(replacesDefault &&
				(now.equals(defaults.get(key)) || now.toString().equals(offered.get(key))))) return;
		proposals.put(key, value);
		if (!Objects.equals(now, value)) module.setInput(key, value);
	}

	/** Returns whether nothing was missing or wrong when the advice was last asked for. */
	boolean isReady() {
		return ready;
	}

	/** Returns what is missing or wrong, as HTML: gray for what is still to be given, red for what is wrong. */
	String advice() {
		ready = false;
		try {
			command.propose();
			command.check();
			ready = true;
			return line("#2e7d32", command.ready()).replace("</html>", command.details() + "</html>");
		}
		catch (final MissingKey exc) {
			return waiting(labeled(exc.getMessage()));
		}
		catch (final IOException | RuntimeException exc) {
			return wrong(exc.getMessage() == null ? exc.toString() : labeled(exc.getMessage()));
		}
	}

	/** Returns a sentence, which may name keys ({@code wells=1}), with the labels that these have in the dialog. */
	String labeled(final String sentence) {
		final Matcher keys = Pattern.compile("(?:^(KEY)(?= is missing: |: )|(?<![\\w.-])(KEY) ?= ?(?=\\S))"
			.replace("KEY", String.join("|", defaults.keySet()))).matcher(sentence);
		return keys.replaceAll(found -> Matcher.quoteReplacement(
			found.group(1) == null ? label(found.group(2)) + " = " : label(found.group(1))));
	}

	/** Returns a sentence on something that is going on, as HTML. */
	static String waiting(final String sentence) {
		return line("#606060", sentence);
	}

	/** Returns a sentence on something wrong, as HTML. */
	static String wrong(final String sentence) {
		return line("#b00020", sentence);
	}

	private static String line(final String color, final String text) {
		final String sentence = text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
		return "<html><span style='color:" + color + "'>" +
			Sentence.escaped(sentence).replace("\n", "<br>") + "</span></html>";
	}

	/** Returns the keys of a section, possibly hidden, that the user has given another value than their default. */
	List<String> changes(final String section) {
		return differing(section).stream()
			.filter(key -> !Objects.equals(proposals.get(key), module.getInput(key)) &&
				!String.valueOf(module.getInput(key)).equals(offered.get(key)))
			.toList();
	}

	/** Returns a note on a section that may be hidden, with the labels of what is not as by default; empty: nothing. */
	String note(final String section) {
		final List<String> changed = changes(section);
		final List<String> filled = differing(section).stream().filter(key -> !changed.contains(key)).toList();
		final List<String> parts = new ArrayList<>();
		if (!filled.isEmpty()) parts.add("filled in: " + labels(filled));
		if (!changed.isEmpty()) parts.add("changed: " + labels(changed));
		return parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")";
	}

	private String labels(final List<String> keys) {
		return keys.stream().map(this::label).collect(Collectors.joining(", "));
	}

	/** Returns the label of a key without what explains it. */
	private String label(final String key) {
		final String label = module.getInfo().getInput(key).getLabel();
		return label == null ? key : label.replaceFirst("( \\(|,|:).*", "");
	}

	private List<String> differing(final String section) {
		final List<String> others = new ArrayList<>();
		boolean inside = false;
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			final String key = item.getName();
			if (key.equals(section)) inside = true;
			else if (inside && item.getVisibility() == ItemVisibility.MESSAGE) break;
			else if (inside && defaults.containsKey(key) && !same(defaults.get(key), module.getInput(key)))
				others.add(key);
		}
		return others;
	}

	/** Returns whether two values are the same to a user, who sees nothing of either kind of nothing. */
	private static boolean same(final Object one, final Object other) {
		return Objects.equals(one == null ? "" : one, other == null || other.toString().isEmpty() ? "" : other);
	}

	/** Gives the keys of a preset its values. */
	void apply(final Preset preset) {
		preset.values().keySet().forEach(key -> module.setInput(key, value(preset, key)));
	}

	/** Returns the first preset of the command whose values all keys have; {@code null} if none fits. */
	Preset preset() {
		for (final Preset preset : command.presets()) {
			if (preset.values()
				.keySet()
				.stream()
				.allMatch(key -> Objects.equals(module.getInput(key), value(preset, key)))) return preset;
		}
		return null;
	}

	/** Returns the value that a preset gives a key: its own, or the default where it names none. */
	private Object value(final Preset preset, final String key) {
		final Object own = preset.values().get(key);
		return own == null ? defaults.get(key) : own;
	}

	/** Gives every key its default again, and those that the last commands answer their files and columns. */
	void restoreDefaults() {
		proposals.clear();
		defaults.forEach(module::setInput);
		offerLastStep();
	}

	/**
	 * Keeps the keys for the next dialog. What is written to differs from time to time and is kept only after a run
	 * that ended early, so that the next one can resume.
	 */
	void remember(final boolean finished) {
		offered.clear();
		if (finished) LastStep.remove(unfinished("of"));
		else LastStep.put(unfinished("of"), inputFiles());
		for (final String key : defaults.keySet()) {
			final Object value = module.getInput(key);
			if (isOutput(key)) {
				if (finished || value == null) LastStep.remove(unfinished(key));
				else LastStep.put(unfinished(key), value.toString());
				continue;
			}
			prefs.put(command.getClass(), key, value == null ? "" : value.toString());
			if (value == null) continue;
			LastStep.put(module.getInfo().getName() + " " + key, value.toString());
			if (LastStep.KEYS.contains(key)) LastStep.put(key, command.handedOn(key, value.toString()));
		}
	}

	private void recall() {
		for (final String key : defaults.keySet()) {
			// The platemap of another folder would give the wells wrong names without a word, and its pattern
			// fit no file.
			final String last = isOutput(key) || OF_A_FOLDER.contains(key) ? null : prefs.get(command.getClass(), key);
			final String value = last == null ? null : command.offered(key, last);
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
