// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A place in a bucket of a store of the S3 kind. */
final class S3Storage implements Storage {

	static final String REMEDY = "Is the address right? For a private bucket set AWS_ACCESS_KEY_ID and " +
		"AWS_SECRET_ACCESS_KEY; " +
		"for a store other than Amazon's AWS_ENDPOINT_URL; for a public one, with keys of another, " +
		"-Disophene.s3.anonymous=true";

	private final String bucket;
	private final String prefix;
	/** Shared with what is {@link #at}, as a bucket tells its region once. */
	private final AtomicReference<S3Settings> settings;

	private S3Storage(final String bucket, final String prefix, final AtomicReference<S3Settings> settings) {
		this.bucket = bucket;
		this.prefix = prefix;
		this.settings = settings;
	}

	/** @throws IllegalArgumentException if it isn't {@code s3://bucket/...} */
	static S3Storage open(final String location, final S3Settings settings) {
		final String rest = location.replaceFirst("^s3://", "");
		final int slash = rest.indexOf('/');
		final String bucket = slash < 0 ? rest : rest.substring(0, slash);
		if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]+"))
			throw new IllegalArgumentException(
				"'" + Addresses.shown(location) + "' names no bucket: write s3://bucket/path");
		return new S3Storage(bucket, slash < 0 ? "" : rest.substring(slash + 1), new AtomicReference<>(settings));
	}

	@Override
	public String location() {
		return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
	}

	@Override
	public byte[] read(final String name, final long limit) throws IOException {
		return body(name, get(name, Map.of(), limit));
	}

	@Override
	public byte[] read(final String name, final long offset, final int length) throws IOException {
		if (length == 0) return new byte[0];
		final Map<String, String> range = Map.of("Range", "bytes=" + offset + "-" + (offset + length - 1));
		return body(name, get(name, range, SizeLimit.file()));
	}

	@Override
	public byte[] readEnd(final String name, final int length) throws IOException {
		final byte[] body = body(name, get(name, Map.of("Range", "bytes=-" + length), SizeLimit.file()));
		return body == null || body.length <= length ? body
			: Arrays.copyOfRange(body, body.length - length, body.length);
	}

	@Override
	public List<String> folders() throws IOException {
		final TreeSet<String> names = new TreeSet<>();
		final String start = prefix.isEmpty() ? "" : prefix + "/";
		String next = "";
		do {
			final HttpResponse<
				byte[]> response = get("", (next.isEmpty() ? "" : "continuation-token=" + Encoding.query(next) + "&") +
					"delimiter=%2F&list-type=2&prefix=" + Encoding.query(start), Map.of(), SizeLimit.METADATA);
			if (response.statusCode() != 200) throw Http.refused("The list of " + location() + "/", response, REMEDY);
			final Document list = parse(response.body());
			final NodeList found = list.getElementsByTagName("CommonPrefixes");
			for (int i = 0; i < found.getLength(); i++) {
				final String folder = found.item(i).getTextContent().strip();
				names.add(folder.substring(start.length(), folder.length() - 1));
			}
			final NodeList token = list.getElementsByTagName("NextContinuationToken");
			next = token.getLength() == 0 ? "" : token.item(0).getTextContent();
		} while (!next.isEmpty());
		return List.copyOf(names);
	}

	@Override
	public Storage at(final String name) {
		return new S3Storage(bucket, key(name), settings);
	}

	private String key(final String name) {
		return prefix.isEmpty() || name.isEmpty() ? prefix + name : prefix + "/" + name;
	}

	/**
	 * Requests a name from the store.
	 *
	 * @param limit bytes that an answer may have
	 */
	HttpResponse<byte[]> get(final String name, final Map<String, String> headers, final long limit)
		throws IOException
	{
		return get(key(name), "", headers, limit);
	}

	private HttpResponse<byte[]> get(final String key, final String query, final Map<String, String> headers,
		final long limit) throws IOException
	{
		final S3Settings before = settings.get();
		final HttpResponse<byte[]> response = send(address(key, query, before), headers, before, limit);
		final String region = response.headers().firstValue("x-amz-bucket-region").orElse(before.region());
		// It becomes part of a host's name.
		if (response.statusCode() < 300 || region.equals(before.region()) || !region.matches("[a-z0-9-]{1,40}"))
			return response;
		// The bucket lies elsewhere and says where.
		settings.set(before.withRegion(region));
		return send(address(key, query, settings.get()), headers, settings.get(), limit);
	}

	private static HttpResponse<byte[]> send(final URI address, final Map<String, String> headers, final S3Settings now,
		final long limit) throws IOException
	{
		// A server that leads elsewhere gets neither credentials nor token there.
		return Http.getHere(address, uri -> {
			final Map<String, String> all = new HashMap<>(S3Signature.headers(uri, now, Instant.now()));
			all.putAll(headers);
			return all;
		}, limit);
	}

	/** By path, as every store understands; Amazon's by the bucket's own name where certificates allow. */
	private URI address(final String key, final String query, final S3Settings now) {
		final String path = Encoding.path(key);
		final boolean own = now.endpoint().isEmpty() && bucket.indexOf('.') < 0;
		final String host = now.endpoint().isEmpty()
			? "https://" + (own ? bucket + "." : "") + "s3." + now.region() + ".amazonaws.com"
			: now.endpoint().replaceFirst("/+$", "");
		return URI.create(host + (own ? "" : "/" + bucket) + "/" + path + (query.isEmpty() ? "" : "?" + query));
	}

	private byte[] body(final String name, final HttpResponse<byte[]> response) throws IOException {
		return switch (response.statusCode()) {
			case 200, 206 -> response.body();
			case 416 -> new byte[0];
			case 404 -> {
				if (new String(response.body(), java.nio.charset.StandardCharsets.UTF_8).contains("NoSuchBucket")) {
					throw Http.refused(describe(name), response, REMEDY);
				}
				yield null;
			}
			default -> throw Http.refused(describe(name), response, REMEDY);
		};
	}

	private Document parse(final byte[] xml) throws IOException {
		try {
			final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			final DocumentBuilder builder = factory.newDocumentBuilder();
			// Java's own writes to the standard error stream, beside the exception.
			builder.setErrorHandler(new DefaultHandler());
			return builder.parse(new ByteArrayInputStream(xml));
		}
		catch (final ParserConfigurationException | SAXException exc) {
			throw new IOException("The list of " + location() + " is no answer of an S3 store (" + exc.getMessage() +
				"): is AWS_ENDPOINT_URL right?", exc);
		}
	}
}
