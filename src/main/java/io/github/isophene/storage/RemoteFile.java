// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

/** A whole file at an address, with what tells its version. */
final class RemoteFile {

	private static final int NOT_MODIFIED = 304;

	/**
	 * Content and tag that a server returned.
	 *
	 * @param tag the version's ETag; empty: the server has none
	 */
	record Body(byte[] bytes, String tag) {}

	private RemoteFile() {}

	/**
	 * Fetches a file.
	 *
	 * @param known the tag of the version that we have, or empty
	 * @return {@code null} if the file is still that version
	 * @throws IOException if there is none; the message names the address, the status and the remedy
	 */
	static Body get(final String address, final String known) throws IOException {
		final Map<String, String> condition = known.isEmpty() ? Map.of() : Map.of("If-None-Match", known);
		final HttpResponse<byte[]> response = address.startsWith("s3:") //
			? S3Storage.open(address, S3Settings.current()).get("", condition, SizeLimit.file()) //
			: Http.get(uri(address), uri -> condition, SizeLimit.file());
		final int status = response.statusCode();
		if (status == NOT_MODIFIED && !known.isEmpty()) return null;
		if (status == 200) return new Body(response.body(), response.headers().firstValue("ETag").orElse(""));
		throw Http.refused(address, response, switch (status) {
			case 404, 410 -> "There is no such file: correct its URL in the screen table";
			case 401, 403 -> "May everybody read it? " +
				(address.startsWith("s3:") ? S3Storage.REMEDY : "Correct its URL in the screen table");
			default -> "Try again later, or ask those who run the server";
		});
	}

	private static URI uri(final String address) throws RemoteException {
		try {
			return FileCache.uri(address);
		}
		catch (final IllegalArgumentException exc) {
			throw new RemoteException(exc.getMessage(), 0, exc);
		}
	}
}
