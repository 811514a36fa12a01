// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.util.List;

/**
 * A command that knows likely values of its keys, perhaps from other keys: the columns of a
 * table that was chosen. They are offered in the dialog, where anything else can still be typed.
 */
public interface Suggestions {

	/** Style of a text parameter whose suggestions are offered. */
	String STYLE = "isophene-suggestions";

	/** The same for a parameter that may also name a file. */
	String FILE_STYLE = STYLE + ",isophene-file";

	/** Style of a message that fills the width of the dialog. */
	String TEXT_STYLE = "isophene-text";

	/** Style of the message at the end: what is still missing or wrong, and a button that restores the defaults. */
	String FOOTER_STYLE = "isophene-footer";

	/** Style of a message that heads the keys behind it, up to the next, and shows them on a click only. */
	String SECTION_STYLE = "isophene-section";

	/** Style of a message that offers {@link #presets()}. */
	String PRESETS_STYLE = "isophene-presets";

	/** Likely values of a key, the likeliest first; may be empty. */
	List<String> suggestions(String key);

	/** Returns one sentence on a value of a key, which the dialog shows with the value; empty if there is none. */
	String sentence(String key, String value);

	/** Returns sets of values that belong together, for {@link #PRESETS_STYLE}; may be empty. */
	default List<Preset> presets() {
		return List.of();
	}

	/** The dialog of this command; {@code null} if it has none. */
	CommandDialog dialog();
}
