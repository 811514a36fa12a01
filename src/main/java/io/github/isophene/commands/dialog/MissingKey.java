// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

/** A key that must be given was not: no mistake while a dialog is being filled in, but one in a macro. */
public final class MissingKey extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	/** @param what to give, as in "a screen table" */
	public MissingKey(final String key, final String what) {
		super(key + " is missing: give " + what);
	}
}
