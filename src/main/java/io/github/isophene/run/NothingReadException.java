// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.io.IOException;

/** No field of a run could be read; the reasons are in its errors file. */
public final class NothingReadException extends IOException {

	private static final long serialVersionUID = 1L;

	/** @param message names the first reason and the errors file */
	public NothingReadException(final String message) {
		super(message);
	}
}
