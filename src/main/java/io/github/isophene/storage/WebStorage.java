// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A place on a web server, read by plain GET; what stands behind {@code ?} goes with every request. */
class WebStorage implements Storage {

	private static final int OK = 200;
	private static final int PARTIAL = 206;
	private static final int NOT_FOUND = 404;
	private static final int GONE = 410;
	private static final int OUT_OF_RANGE = 416;

	private final URI address;

	WebStorage(final URI address) {
		this.address = address;
	}

	@Override
	public String location() {
		return Http.shown(address);
	}

	@Override
	public byte[] read(final String name, final long limit) throws IOException {
		return body(name, get(name, Map.of(), limit));
	}

	@Override
	public byte[] read(final String name, final long offset, final int length) throws IOException {
		if (length == 0) return new byte[0];
		final Map<String, String> range = Map.of("Range", "bytes=" + offset + "-" + (offset + length - 1));
		final HttpResponse<byte[]> response = get(name, range, SizeLimit.file());
		if (response.statusCode() == OUT_OF_RANGE) return new byte[0];
		final byte[] body = body(name, response);
		// A server may send everything in place of a part.
		if (body == null || response.statusCode() == PARTIAL) return body;
		final int start = (int) Math.min(offset, body.length);
		return Arrays.copyOfRange(body, start, Math.min(body.length, start + length));
	}

	@Override
	public byte[] readEnd(final String name, final int length) throws IOException {
		final HttpResponse<byte[]> response = get(name, Map.of("Range", "bytes=-" + length), SizeLimit.file());
		if (response.statusCode() == OUT_OF_RANGE) return new byte[0];
		final byte[] body = body(name, response);
		if (body == null || response.statusCode() == PARTIAL) return body;
		return Arrays.copyOfRange(body, Math.max(0, body.length - length), body.length);
	}

	@Override
	public List<String> folders() throws IOException {
		throw new IOException(
			location() + " can't be listed, as web servers have no folders: give the address of one plate");
	}

	@Override
	public Storage at(final String name) {
		return new WebStorage(below(name));
	}

	private HttpResponse<byte[]> get(final String name, final Map<String, String> headers, final long limit)
		throws IOException
	{
		return Http.get(below(name), uri -> headers, limit);
	}

	private byte[] body(final String name, final HttpResponse<byte[]> response) throws IOException {
		final int status = response.statusCode();
		if (status == OK || status == PARTIAL) return response.body();
		if (status == NOT_FOUND || status == GONE) return null;
		throw Http.refused(describe(name), response, status == 401 || status == 403 //
			? "Is the address right, and may everybody read it?"
			: "Try again later, or ask those who run the server");
	}

	private URI below(final String name) {
		if (name.isEmpty()) return address;
		final String text = address.toString();
		final int query = text.indexOf('?');
		return URI.create((query < 0 ? text : text.substring(0, query)) + "/" + Encoding.path(name) +
			(query < 0 ? "" : text.substring(query)));
	}
}
