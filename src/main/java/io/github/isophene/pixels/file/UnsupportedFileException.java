// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.file;

import java.io.IOException;

/** A file is whole, but of a kind that its reader doesn't know: another reader may. */
public final class UnsupportedFileException extends IOException {

	private static final long serialVersionUID = 1L;

	/** @param message names the file, what is unknown and the remedy */
	public UnsupportedFileException(final String message) {
		super(message);
	}
}
