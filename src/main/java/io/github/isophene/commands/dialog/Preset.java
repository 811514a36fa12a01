// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of several keys that belong together, under a name. Offered by dialogs only: what is recorded in a macro are
 * the keys.
 *
 * @param name such as "few controls"
 * @param sentence on when to choose it
 * @param values by key, of the keys' types; {@code null}: the key's default
 */
public record Preset(String name, String sentence, Map<String, Object> values) {

	/** Returns the preset with no controls named. */
	public Preset withoutControls() {
		final Map<String, Object> without = new LinkedHashMap<>(values);
		without.put("controls", "");
		return new Preset(name, sentence, without);
	}
}
