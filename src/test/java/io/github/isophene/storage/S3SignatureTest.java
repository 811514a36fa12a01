// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Instant;

import org.junit.jupiter.api.Test;

/** The examples of Amazon's API reference, "Signature Calculations for the Authorization Header". */
class S3SignatureTest {

	private static final S3Settings EXAMPLE = new S3Settings("", "us-east-1", "AKIAIOSFODNN7EXAMPLE",
		"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "");
	private static final Instant DAY = Instant.parse("2013-05-24T00:00:00Z");

	@Test
	void lifecycleOfABucket() {
		assertSignature("https://examplebucket.s3.amazonaws.com/?lifecycle=",
			"fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
	}

	@Test
	void listOfABucket() {
		assertSignature("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J",
			"34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
	}

	@Test
	void secretsAreNotShown() {
		assertFalse(EXAMPLE.toString().contains("wJalr"), EXAMPLE.toString());
		assertTrue(
			S3Signature.headers(URI.create("http://localhost:9000/a/b"), new S3Settings("", "r", "", "", ""), DAY)
				.isEmpty());
	}

	private static void assertSignature(final String address, final String signature) {
		assertEquals(
			"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, " +
				"SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=" + signature,
			S3Signature.headers(URI.create(address), EXAMPLE, DAY).get("Authorization"));
	}
}
