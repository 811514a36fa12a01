// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.Objects;

/**
 * Something an objective lets its user choose.
 *
 * @param name as the user writes it, lower-case
 * @param value what it is if the user doesn't say
 * @param description one line for the user: what it does, its unit, its source or that it is our choice
 */
public record Setting(String name, String value, String description) {

	/** None may be absent. */
	public Setting {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(value, "value");
		Objects.requireNonNull(description, "description");
	}

	/** {@code name=value: description}. */
	@Override
	public String toString() {
		return name + "=" + value + ": " + description;
	}
}
