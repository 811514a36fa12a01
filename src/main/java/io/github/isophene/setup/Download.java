// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.UnknownHostException;

/**
 * A file that comes in over the network, because the user asked for it.
 *
 * @param stream its bytes; fails if none comes for a while
 * @param length how many, -1 if the server doesn't say
 */
record Download(InputStream stream, long length) implements AutoCloseable {

	/** Read timeout, milliseconds. */
	static final int PATIENCE = 30_000;

	private static final String REMEDY = "Fetch the file with a browser, on another machine perhaps, and give it as " +
		"library with action = use";

	/**
	 * Asks for a file.
	 *
	 * @throws IOException if the server can't be reached or doesn't have it
	 */
	static Download open(final String url, final int patience) throws IOException {
		try {
			final HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
			connection.setConnectTimeout(patience);
			connection.setReadTimeout(patience);
			final int status = connection.getResponseCode();
			final String type = connection.getContentType() == null ? "" : connection.getContentType();
			if (status != HttpURLConnection.HTTP_OK || type.startsWith("text/html")) {
				connection.disconnect();
				throw new IOException(url + " can't be downloaded: the server answers " + status +
					(type.isEmpty() ? "" : " (" + type + ")") + ". " + REMEDY);
			}
			return new Download(new BufferedInputStream(connection.getInputStream()),
				connection.getContentLengthLong());
		}
		catch (final SocketException | SocketTimeoutException | UnknownHostException e) {
			throw new IOException(url + " can't be reached (" + e.getMessage() + "): is there a network? " + REMEDY, e);
		}
	}

	@Override
	public void close() throws IOException {
		stream.close();
	}
}
