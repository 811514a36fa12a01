// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A small store of the S3 kind on this machine: serves a folder's files as the objects of the bucket {@code
 * screens}, in parts, lists folders, and
 * refuses what isn't signed as it should be. Also a plain web server that can be slow, busy or forgetful.
 */
public final class S3Server implements AutoCloseable {

	/** Key that requests must be signed with; anonymous ones are served if {@link #open}. */
	public static final String KEY = "AKIDTEST";
	public static final String SECRET = "secret/of+the=test";

	private final HttpServer server;
	private final Path folder;

	/** Flag that lets everybody read. */
	public volatile boolean open;

	/** Number of next requests that are answered by 503. */
	public final AtomicInteger busy = new AtomicInteger();

	/** Number of next requests that are answered by half of the content they announce. */
	public final AtomicInteger broken = new AtomicInteger();

	/** Flag that adds an ETag to answers. */
	public volatile boolean tags = true;

	/** Delay of an answer, ms. */
	public volatile long delay;

	/** Every request: path, range, status. */
	public final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

	public S3Server(final Path folder) throws IOException {
		this.folder = folder;
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/screens/", this::serve);
		server.setExecutor(Executors.newCachedThreadPool(task -> {
			final Thread thread = new Thread(task, "s3-server");
			thread.setDaemon(true);
			return thread;
		}));
		server.start();
	}

	/** {@code http://127.0.0.1:port}. */
	public String endpoint() {
		return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
	}

	@Override
	public void close() {
		server.stop(0);
	}

	private void serve(final HttpExchange exchange) throws IOException {
		try (exchange) {
			if (delay > 0) Thread.sleep(delay);
			if (busy.getAndUpdate(n -> Math.max(0, n - 1)) > 0)
				answer(exchange, 503, "<Error><Code>SlowDown</Code></Error>");
			else
				if (!open && !isSigned(exchange))
					answer(exchange, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
				else {
					final URI uri = exchange.getRequestURI();
					final String key = uri.getPath().substring("/screens/".length());
					if (key.isEmpty() && uri.getRawQuery() != null) list(exchange, uri.getQuery());
					else object(exchange, key);
				}
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
		}
	}

	private void object(final HttpExchange exchange, final String key) throws IOException {
		final Path file = folder.resolve(key);
		if (!Files.isRegularFile(file)) {
			answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
			return;
		}
		final byte[] all = Files.readAllBytes(file);
		final String tag = "\"" + Arrays.hashCode(all) + "\"";
		if (tags) exchange.getResponseHeaders().set("ETag", tag);
		if (tags && tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
			answer(exchange, 304, new byte[0]);
			return;
		}
		final String range = exchange.getRequestHeaders().getFirst("Range");
		if (range == null) {
			answer(exchange, 200, all);
			return;
		}
		final String[] ends = range.substring("bytes=".length()).split("-", -1);
		final int from = ends[0].isEmpty() ? Math.max(0, all.length - Integer.parseInt(ends[1]))
			: Integer.parseInt(ends[0]);
		final int to = ends[0].isEmpty() ? all.length : Math.min(all.length, Integer.parseInt(ends[1]) + 1);
		if (from >= all.length) answer(exchange, 416, "<Error><Code>InvalidRange</Code></Error>");
		else answer(exchange, 206, Arrays.copyOfRange(all, from, to));
	}

	/** One name per answer, so that the client must go on. */
	private void list(final HttpExchange exchange, final String query) throws IOException {
		String prefix = "";
		int start = 0;
		for (final String pair : query.split("&")) {
			if (pair.startsWith("prefix=")) prefix = pair.substring(7);
			if (pair.startsWith("continuation-token=")) start = Integer.parseInt(pair.substring(19).split(" ")[1]);
		}
		final List<String> names;
		try (Stream<Path> entries = Files.list(folder.resolve(prefix))) {
			names = entries.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted().toList();
		}
		answer(exchange, 200,
			"<?xml version=\"1.0\"?><ListBucketResult " +
				"xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><CommonPrefixes><Prefix>" + prefix +
				names.get(start) + "/</Prefix></CommonPrefixes>" +
				(start + 1 < names.size() ? "<NextContinuationToken>token " + (start + 1) + "</NextContinuationToken>"
					: "") +
				"</ListBucketResult>");
	}

	private void answer(final HttpExchange exchange, final int status, final String text) throws IOException {
		answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
	}

	private void answer(final HttpExchange exchange, final int status, final byte[] body) throws IOException {
		requests.add(
			exchange.getRequestURI().getPath() + " " + exchange.getRequestHeaders().getFirst("Range") + " " + status);
		exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
		final boolean half = status < 300 && broken.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
		if (body.length > 0) exchange.getResponseBody().write(body, 0, half ? body.length / 2 : body.length);
	}

	/** Returns whether a request's signature is valid: made again from what has arrived. */
	private static boolean isSigned(final HttpExchange exchange) {
		final String given = exchange.getRequestHeaders().getFirst("Authorization");
		if (given == null || !given.startsWith("AWS4-HMAC-SHA256 Credential=" + KEY + "/")) return false;
		final String[] scope = given.replaceFirst(".*Credential=([^,]+),.*", "$1").split("/");
		final String[] signed = given.replaceFirst(".*SignedHeaders=([^,]+),.*", "$1").split(";");
		final StringBuilder request = new StringBuilder("GET\n" + exchange.getRequestURI().getRawPath() + "\n" +
			(exchange.getRequestURI().getRawQuery() == null ? "" : exchange.getRequestURI().getRawQuery()) + "\n");
		for (final String name : signed)
			request.append(name).append(':').append(exchange.getRequestHeaders().getFirst(name)).append('\n');
		request.append('\n')
			.append(String.join(";", signed))
			.append('\n')
			.append(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
		try {
			final String hash = HexFormat.of()
				.formatHex(
					MessageDigest.getInstance("SHA-256").digest(request.toString().getBytes(StandardCharsets.UTF_8)));
			byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
			for (final String part : List.of(scope[1], scope[2], scope[3], scope[4],
				"AWS4-HMAC-SHA256\n" + exchange.getRequestHeaders().getFirst("x-amz-date") + "\n" +
					String.join("/", Arrays.copyOfRange(scope, 1, 5)) + "\n" + hash))
			{
				final Mac mac = Mac.getInstance("HmacSHA256");
				mac.init(new SecretKeySpec(key, "HmacSHA256"));
				key = mac.doFinal(part.getBytes(StandardCharsets.UTF_8));
			}
			return given.endsWith("Signature=" + HexFormat.of().formatHex(key));
		}
		catch (final java.security.GeneralSecurityException exc) {
			throw new IllegalStateException(exc);
		}
	}
}
