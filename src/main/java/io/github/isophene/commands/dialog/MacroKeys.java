// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.messages.NearMiss;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;

/** Keys that a macro gives a command, of which ImageJ ignores those that the command hasn't got. */
final class MacroKeys {

	/** A key, with a value in brackets, in quotes or without blanks; a switch has none. */
	private static final Pattern PAIR = Pattern.compile(
		"([^\\s=\\[\\]]+)(?:=(?:\\[[^\\]]*\\]|'[^']*'|\"[^\"]*\"|\\S*))?");

	private MacroKeys() {}

	/**
	 * Returns a sentence for each key that a command hasn't got, with the key that was probably meant.
	 *
	 * @param options second argument of the macro's {@code run}
	 */
	static List<String> unknown(final String options, final ModuleInfo command) {
		final Set<String> known = new LinkedHashSet<>();
		// By their names in the dialog, too.
		final Map<String, String> labels = new LinkedHashMap<>();
		for (final ModuleItem<?> item : command.inputs()) {
			known.add(item.getName());
			if (CommandDialog.isKey(item) && item.getLabel() != null)
				labels.putIfAbsent(item.getLabel().split(" ")[0].toLowerCase(Locale.ROOT), item.getName());
		}
		final Set<String> given = new LinkedHashSet<>();
		final Matcher pairs = PAIR.matcher(options);
		while (pairs.find()) given.add(pairs.group(1));
		given.removeAll(known);
		final List<String> sentences = new ArrayList<>();
		for (final String key : given) {
			final String meant = NearMiss.nearest(key, known)
				.orElse(labels.get(key.toLowerCase(Locale.ROOT)));
			sentences.add(command.getTitle().replace("...", "") + " has no key '" + key + "', which is ignored" +
				(meant == null ? "" : ": did you mean " + meant + "?"));
		}
		return sentences;
	}
}
