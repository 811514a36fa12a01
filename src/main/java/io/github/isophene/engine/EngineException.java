// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

/**
 * The tensor engine, or a device of it, can't be had. The message says why and what to
 * do about it, and is fit to be shown to the user as it is.
 */
public final class EngineException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param reason why it can't be had
	 * @param remedy what to do about it
	 * @param cause what the engine threw, or {@code null}
	 */
	EngineException(final String reason, final String remedy, final Throwable cause) {
		super(remedy.isEmpty() ? reason : reason + ". " + remedy, cause);
	}
}
