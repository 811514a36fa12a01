// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;

/** A server that said no, or didn't answer. */
public final class RemoteException extends IOException {

	private static final long serialVersionUID = 1L;

	private final int status;

	/**
	 * @param message names the address, the status and the remedy; kept without what is secret in addresses
	 * @param status the HTTP status; 0: no answer
	 */
	public RemoteException(final String message, final int status, final Throwable cause) {
		super(Addresses.hidden(message), cause);
		this.status = status;
	}

	/** The HTTP status; 0: there was no answer. */
	public int status() {
		return status;
	}

	/** Returns whether the server didn't let us look, so that nobody can tell whether there is anything. */
	public boolean isDenied() {
		return status == 401 || status == 403;
	}
}
