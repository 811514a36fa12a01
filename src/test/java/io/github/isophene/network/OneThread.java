// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import io.github.isophene.engine.Engines;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests with small images, where several threads would mostly wait for each other. */
final class OneThread implements BeforeAllCallback, AfterAllCallback {

	@Override
	public void beforeAll(final ExtensionContext context) {
		Engines.setThreads(1);
	}

	@Override
	public void afterAll(final ExtensionContext context) {
		Engines.setThreads(0);
	}
}
