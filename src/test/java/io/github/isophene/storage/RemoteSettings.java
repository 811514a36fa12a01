// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import java.util.HashMap;
import java.util.Map;

/** System properties for the time of a test. */
public final class RemoteSettings implements AutoCloseable {

	private final Map<String, String> before = new HashMap<>();

	/** Sets a property until this is closed; {@code null} removes it. */
	public RemoteSettings set(final String key, final String value) {
		// putIfAbsent would take the second value of a property that was not set for the first.
		if (!before.containsKey(key)) before.put(key, System.getProperty(key));
		if (value == null) System.clearProperty(key);
		else System.setProperty(key, value);
		return this;
	}

	/** Keys and endpoint of a server. */
	public static RemoteSettings of(final S3Server server) {
		return new RemoteSettings().set("isophene.s3.endpoint", server.endpoint())
			.set("aws.region", "eu-test-1")
			.set("aws.accessKeyId", S3Server.KEY)
			.set("aws.secretAccessKey", S3Server.SECRET);
	}

	@Override
	public void close() {
		before.forEach((key, value) -> {
			if (value == null) System.clearProperty(key);
			else System.setProperty(key, value);
		});
	}
}
