// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GET with a bounded time, a bounded size and retries: what failed on the way, or was turned away for the moment
 * (408, 429, 5xx), is asked for again after a pause that doubles. Two system properties change that: {@code
 * isophene.remote.timeout} (seconds for one whole answer, 60) and {@code isophene.remote.attempts} (5).
 * <p>
 * Redirects are followed by this class, because Java's client would send all headers, credentials included, to
 * whatever host a server names.
 * </p>
 */
final class Http {

	/** The headers of a request, made anew for each attempt, as signatures carry the time. */
	@FunctionalInterface
	interface Headers {

		Map<String, String> of(URI address);
	}

	private static final Set<Integer> FOR_THE_MOMENT = Set.of(408, 429, 500, 502, 503, 504);
	private static final Set<Integer> ELSEWHERE = Set.of(301, 302, 303, 307, 308);
	private static final int MOST_REDIRECTS = 5;
	private static final long FIRST_PAUSE_MS = 250;
	private static final long LONGEST_PAUSE_MS = 10_000;

	private static final Logger LOG = LoggerFactory.getLogger(Http.class);
	/** Redirects that have been logged, by the server and the other host: a screen has many files. */
	private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

	/** Made when the first address is read: it has threads. */
	private static final class Client {

		private static final HttpClient CLIENT = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(Duration.ofSeconds(20))
			.build();
	}

	private Http() {}

	/**
	 * Reads an address and follows redirects, to HTTP and HTTPS only and never from HTTPS to HTTP.
	 *
	 * @param limit bytes that an answer may have
	 * @return the last answer, whatever its status
	 * @throws RemoteException if there was no answer, or it is larger than the limit
	 * @throws InterruptedIOException if the thread was interrupted; the request is given up
	 */
	static HttpResponse<byte[]> get(final URI address, final Headers headers, final long limit) throws IOException {
		URI at = address;
		for (int redirects = 0;; redirects++) {
			final HttpResponse<byte[]> response = getHere(at, headers, limit);
			final String location = response.headers().firstValue("Location").orElse("");
			if (!ELSEWHERE.contains(response.statusCode()) || location.isEmpty()) return response;
			if (redirects == MOST_REDIRECTS)
				throw new RemoteException(shown(address) + " leads from redirect to redirect, the last to " +
					Addresses.shown(location) + ": correct its URL", response.statusCode(), null);
			at = redirected(at, location, response.statusCode());
		}
	}

	private static URI redirected(final URI from, final String location, final int status) throws IOException {
		URI to = null;
		try {
			to = from.resolve(location);
		}
		catch (final IllegalArgumentException exc) {
			// Refused below.
		}
		final String scheme = to == null ? "" : String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
		final boolean secure = "https".equalsIgnoreCase(from.getScheme());
		if (to == null || to.getHost() == null || !scheme.equals("https") && (secure || !scheme.equals("http")))
			throw new RemoteException(shown(from) + " leads to " +
				Addresses.shown(location.lines().findFirst().orElse("")) +
				", and a redirect from " + from.getScheme() + " is followed to " +
				(secure ? "https only" : "http and https only") + ": correct its URL", status, null);
		if (!to.getHost().equalsIgnoreCase(from.getHost()) && LOGGED.add(from.getAuthority() + " " + to.getHost()))
			LOG.warn("{} sends requests on to {}: files come from there", from.getHost(), to.getHost());
		return to;
	}

	/**
	 * Reads an address; a redirect is an answer.
	 *
	 * @param limit bytes that an answer may have
	 * @return the last answer, whatever its status
	 * @throws RemoteException if there was no answer, or it is larger than the limit
	 * @throws InterruptedIOException if the thread was interrupted; the request is given up
	 */
	static HttpResponse<byte[]> getHere(final URI address, final Headers headers, final long limit)
		throws IOException
	{
		final int attempts = Math.max(1, Integer.getInteger("isophene.remote.attempts", 5));
		for (int attempt = 1;; attempt++) {
			try {
				final HttpResponse<byte[]> response = once(address, headers, limit);
				if (attempt >= attempts || !FOR_THE_MOMENT.contains(response.statusCode())) return response;
				pause(attempt, response.headers().firstValue("Retry-After").orElse(""));
			}
			catch (final InterruptedIOException | RemoteException exc) {
				throw exc;
			}
			catch (final IOException exc) {
				if (attempt < attempts) pause(attempt, "");
				else
					throw new RemoteException(
						shown(address) + " doesn't answer (" + attempts + " attempts; the last: " + reason(exc) +
							"): is the address right, and is there a network (and its proxy) to reach it?",
						0, exc);
			}
		}
	}

	private static HttpResponse<byte[]> once(final URI address, final Headers headers, final long limit)
		throws IOException
	{
		final long seconds = Math.max(1, Integer.getInteger("isophene.remote.timeout", 60));
		final HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
		headers.of(address).forEach(request::header);
		final CompletableFuture<HttpResponse<byte[]>> answer = Client.CLIENT.sendAsync(request.build(),
			info -> new BoundedBody(limit, announced(info.headers().firstValue("Content-Length").orElse(""))));
		try {
			return answer.get(seconds, TimeUnit.SECONDS);
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while reading " + shown(address));
		}
		catch (final TimeoutException exc) {
			throw new IOException(
				"no whole answer in " + seconds + " s; -Disophene.remote.timeout=<seconds> gives it longer", exc);
		}
		catch (final ExecutionException exc) {
			if (exc.getCause() instanceof SizeLimit.ExceededException large)
				throw new RemoteException(shown(address) + " " + large.getMessage(), 0, large);
			if (exc.getCause() instanceof Error error) throw error;
			throw exc.getCause() instanceof IOException io ? io : new IOException(exc.getCause());
		}
		finally {
			answer.cancel(true);
		}
	}

	/** Returns the length that a header announces; -1: none. */
	private static long announced(final String header) {
		final String digits = header.strip();
		if (!digits.matches("\\d+")) return -1;
		return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
	}

	private static void pause(final int attempt, final String retryAfter) throws InterruptedIOException {
		long wait = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(attempt - 1, 10));
		wait += ThreadLocalRandom.current().nextLong(wait / 2 + 1);
		if (retryAfter.matches("\\d{1,4}")) wait = Math.min(LONGEST_PAUSE_MS, 1000L * Integer.parseInt(retryAfter));
		try {
			Thread.sleep(wait);
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted");
		}
	}

	/** Returns the exception for a refusal, with its meaning and the remedy. */
	static RemoteException refused(final String address, final HttpResponse<byte[]> response, final String remedy) {
		final String body = new String(response.body(), StandardCharsets.UTF_8);
		final java.util.regex.Matcher code = java.util.regex.Pattern.compile("<Code>([^<]{1,60})</Code>").matcher(body);
		return new RemoteException(Addresses.shown(address) + " was refused: HTTP status " + response.statusCode() +
			(code.find() ? " (" + code.group(1) + ")" : "") + leadsTo(response) + ". " + remedy,
			response.statusCode(), null);
	}

	private static String leadsTo(final HttpResponse<byte[]> response) {
		final String location = response.headers().firstValue("Location").orElse("");
		return location.isEmpty() ? ""
			: " that leads to " + Addresses.shown(location) + ", and requests to a bucket follow no redirect";
	}

	/** Without what is secret in a signed address. */
	static String shown(final URI address) {
		return Addresses.shown(address.toString());
	}

	private static String reason(final Throwable exc) {
		final String message = exc.getMessage();
		if (exc instanceof java.net.ConnectException) return "no connection";
		if (exc instanceof NumberFormatException || exc.getCause() instanceof NumberFormatException)
			return "its header Content-Length is no number of bytes";
		if (message == null) return exc.getClass().getSimpleName();
		return message.contains("content-length") ? "the connection ended before the announced length" : message;
	}
}
