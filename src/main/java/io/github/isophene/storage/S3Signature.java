// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.github.isophene.files.Sha256;

/**
 * Signs GET requests without a body, by AWS Signature Version 4 ("Authenticating Requests: Using the Authorization
 * Header" in Amazon's S3 API reference), which MinIO, Ceph and the like understand, too.
 */
final class S3Signature {

	/** SHA-256 of nothing. */
	private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private S3Signature() {}

	/**
	 * The headers that a signed request has.
	 *
	 * @param address path and query percent-encoded, the query's keys sorted
	 */
	static Map<String, String> headers(final URI address, final S3Settings settings, final Instant now) {
		final Map<String, String> headers = new LinkedHashMap<>();
		if (settings.isAnonymous()) return headers;
		final String time = TIME.format(now);
		final boolean token = !settings.token().isEmpty();
		final String names = "host;x-amz-content-sha256;x-amz-date" + (token ? ";x-amz-security-token" : "");
		final String canonical = String.join("\n", "GET", address.getRawPath(),
			address.getRawQuery() == null ? "" : address.getRawQuery(), "host:" + host(address),
			"x-amz-content-sha256:" + EMPTY, "x-amz-date:" + time) + "\n" +
			(token ? "x-amz-security-token:" + settings.token() + "\n" : "") + "\n" + names + "\n" + EMPTY;
		final String day = time.substring(0, 8);
		final String scope = day + "/" + settings.region() + "/s3/aws4_request";
		final String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + Sha256.of(canonical);
		byte[] key = ("AWS4" + settings.secret()).getBytes(StandardCharsets.UTF_8);
		for (final String part : new String[]{day, settings.region(), "s3", "aws4_request"}) key = hmac(key, part);
		headers.put("x-amz-content-sha256", EMPTY);
		headers.put("x-amz-date", time);
		if (token) headers.put("x-amz-security-token", settings.token());
		headers.put("Authorization", "AWS4-HMAC-SHA256 Credential=" + settings.key() + "/" + scope +
			", SignedHeaders=" + names + ", Signature=" + HexFormat.of().formatHex(hmac(key, toSign)));
		return headers;
	}

	/** As the client writes the header of this name: with the port only where it isn't the usual one. */
	private static String host(final URI address) {
		final int usual = "https".equals(address.getScheme()) ? 443 : 80;
		return address.getPort() < 0 || address.getPort() == usual ? address.getHost()
			: address.getHost() + ":" + address.getPort();
	}

	private static byte[] hmac(final byte[] key, final String text) {
		try {
			final Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (final GeneralSecurityException exc) {
			throw new IllegalStateException(exc);
		}
	}
}
