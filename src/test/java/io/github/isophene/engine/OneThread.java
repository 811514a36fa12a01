// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs the tests of a class with one thread of the engine: with several, sums differ in their last digits, and small
 * images mostly let threads wait for each other.
 */
public final class OneThread implements BeforeAllCallback, AfterAllCallback {

	private int threads;

	@Override
	public void beforeAll(final ExtensionContext context) {
		threads = Engines.threads();
		Engines.setThreads(1);
	}

	@Override
	public void afterAll(final ExtensionContext context) {
		Engines.setThreads(threads);
	}
}
