// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Credentials and address of an S3 store.
 * <table>
 * <caption>Where they come from, the first that is set</caption>
 * <tr><td>endpoint</td><td>system property {@code isophene.s3.endpoint}; {@code AWS_ENDPOINT_URL_S3},
 * {@code AWS_ENDPOINT_URL}; else Amazon's</td></tr>
 * <tr><td>region</td><td>{@code aws.region}; {@code AWS_REGION}, {@code AWS_DEFAULT_REGION}; else us-east-1</td></tr>
 * <tr><td>keys</td><td>{@code aws.accessKeyId}, {@code aws.secretAccessKey}, {@code aws.sessionToken};
 * {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}; the section {@code
 * AWS_PROFILE} (default) of
 * {@code ~/.aws/credentials} ({@code AWS_SHARED_CREDENTIALS_FILE}); else requests aren't signed</td></tr>
 * </table>
 * {@code isophene.s3.anonymous=true} signs nothing, whatever keys there are.
 *
 * @param endpoint for example {@code http://localhost:9000}; empty: Amazon
 * @param region for example {@code us-east-1}
 * @param key access key id; empty: unsigned
 * @param secret secret access key
 * @param token session token, or empty
 */
record S3Settings(String endpoint, String region, String key, String secret, String token) {

	/** Those of this process. */
	static S3Settings current() {
		final String endpoint = first(System.getProperty("isophene.s3.endpoint"), env("AWS_ENDPOINT_URL_S3"),
			env("AWS_ENDPOINT_URL"));
		final String given = first(System.getProperty("aws.region"), env("AWS_REGION"), env("AWS_DEFAULT_REGION"));
		final String region = given.isEmpty() ? "us-east-1" : given;
		if (Boolean.getBoolean("isophene.s3.anonymous")) return new S3Settings(endpoint, region, "", "", "");
		final String property = first(System.getProperty("aws.accessKeyId"));
		if (!property.isEmpty())
			return new S3Settings(endpoint, region, property, first(System.getProperty("aws.secretAccessKey")),
				first(System.getProperty("aws.sessionToken")));
		final String variable = env("AWS_ACCESS_KEY_ID");
		if (!variable.isEmpty())
			return new S3Settings(endpoint, region, variable, env("AWS_SECRET_ACCESS_KEY"), env("AWS_SESSION_TOKEN"));
		final Map<String, String> profile = profile();
		return new S3Settings(endpoint, region, profile.getOrDefault("aws_access_key_id", ""),
			profile.getOrDefault("aws_secret_access_key", ""), profile.getOrDefault("aws_session_token", ""));
	}

	boolean isAnonymous() {
		return key.isEmpty() || secret.isEmpty();
	}

	S3Settings withRegion(final String other) {
		return new S3Settings(endpoint, other, key, secret, token);
	}

	/** Secrets belong into no log. */
	@Override
	public String toString() {
		return (endpoint.isEmpty() ? "Amazon S3" : endpoint) + ", region " + region +
			(isAnonymous() ? ", anonymous" : ", signed");
	}

	private static Map<String, String> profile() {
		final Map<String, String> values = new HashMap<>();
		final String given = env("AWS_SHARED_CREDENTIALS_FILE");
		final Path file = given.isEmpty() ? Path.of(System.getProperty("user.home", "."), ".aws", "credentials")
			: Path.of(given);
		final String name = env("AWS_PROFILE").isEmpty() ? "default" : env("AWS_PROFILE");
		try {
			if (!Files.isReadable(file)) return values;
			boolean ours = false;
			for (final String line : Files.readAllLines(file)) {
				final int equals = line.indexOf('=');
				if (line.strip().startsWith("[")) ours = line.strip().equals("[" + name + "]");
				else
					if (ours && equals > 0)
						values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
			}
		}
		catch (final IOException exc) {
			// As if there were no such file: the store will say that it wants keys.
			values.clear();
		}
		return values;
	}

	private static String env(final String name) {
		return first(System.getenv(name));
	}

	private static String first(final String... values) {
		for (final String value : values) if (value != null && !value.isBlank()) return value.strip();
		return "";
	}
}
