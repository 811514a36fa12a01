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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * GET with a bounded time and retries: what failed on the way, or was turned away for the moment (408, 429, 5xx),
 * is asked for again after a pause that doubles. Two system properties change that: {@code isophene.remote.timeout}
 * (seconds for one answer, 60) and {@code isophene.remote.attempts} (5).
 */
final class Http {

	/** The headers of a request, made anew for each attempt, as signatures carry the time. */
	@FunctionalInterface
	interface Headers {

		Map<String, String> of(URI address);
	}

	private static final Set<Integer> FOR_THE_MOMENT = Set.of(408, 429, 500, 502, 503, 504);
	private static final long FIRST_PAUSE_MS = 250;
	private static final long LONGEST_PAUSE_MS = 10_000;

	/** Made when the first address is read: it has threads. */
	private static final class Client {

		private static final HttpClient CLIENT = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NORMAL)
			.connectTimeout(Duration.ofSeconds(20))
			.build();
	}

	private Http() {}

	/**
	 * Reads an address.
	 *
	 * @return the last answer, whatever its status
	 * @throws RemoteException if there was no answer
	 * @throws InterruptedIOException if the thread was interrupted; the request is given up
	 */
	static HttpResponse<byte[]> get(final URI address, final Headers headers) throws IOException {
		final int attempts = Math.max(1, Integer.getInteger("isophene.remote.attempts", 5));
		for (int attempt = 1;; attempt++) {
			try {
				final HttpResponse<byte[]> response = once(address, headers);
				if (attempt >= attempts || !FOR_THE_MOMENT.contains(response.statusCode())) return response;
				pause(attempt, response.headers().firstValue("Retry-After").orElse(""));
			}
			catch (final InterruptedIOException exc) {
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

	private static HttpResponse<byte[]> once(final URI address, final Headers headers) throws IOException {
		final long seconds = Math.max(1, Integer.getInteger("isophene.remote.timeout", 60));
		final HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
		headers.of(address).forEach(request::header);
		final CompletableFuture<HttpResponse<byte[]>> answer = Client.CLIENT.sendAsync(request.build(),
			HttpResponse.BodyHandlers.ofByteArray());
		try {
			return answer.get(seconds, TimeUnit.SECONDS);
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while reading " + shown(address));
		}
		catch (final TimeoutException exc) {
			throw new IOException("no whole answer in " + seconds + " s", exc);
		}
		catch (final ExecutionException exc) {
			throw exc.getCause() instanceof IOException io ? io : new IOException(exc.getCause());
		}
		finally {
			answer.cancel(true);
		}
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
		return new RemoteException(address + " was refused: HTTP status " + response.statusCode() +
			(code.find() ? " (" + code.group(1) + ")" : "") + ". " + remedy, response.statusCode(), null);
	}

	/** Without what is secret in a signed address. */
	static String shown(final URI address) {
		final String text = address.toString();
		final int query = text.indexOf('?');
		return query < 0 ? text : text.substring(0, query);
	}

	private static String reason(final Throwable exc) {
		return exc.getMessage() == null ? exc.getClass().getSimpleName() : exc.getMessage();
	}
}
