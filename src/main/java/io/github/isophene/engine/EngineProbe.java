// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A process of its own that starts the engine and computes something, to try a native
 * library: one that doesn't fit may end the process that loads it, and a process can load
 * only one. <em>GPU Setup</em> runs it before it changes anything.
 */
public final class EngineProbe {

	/** Begins the line that says that all went well; the device follows. */
	public static final String WORKS = "isophene-probe works on ";
	/** Begins the line that says what went wrong. */
	public static final String FAILS = "isophene-probe fails: ";

	private EngineProbe() {}

	/** Ends with status 0 if the engine computes right. */
	public static void main(final String... args) {
		System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
		final String device;
		try {
			device = compute();
		}
		catch (final RuntimeException e) {
			System.out.println(
				FAILS + (e instanceof EngineException ? e : Engines.explain(e)).getMessage().replaceAll("\\R", " "));
			System.exit(1);
			return;
		}
		System.out.println(WORKS + device);
		System.exit(0);
	}

	/** Multiplies matrices on the device that {@code auto} chooses. */
	private static String compute() {
		try (NDManager manager = Engines.newManager("auto")) {
			final int n = 64;
			final float[] ones = new float[n * n];
			java.util.Arrays.fill(ones, 1);
			final NDArray a = Tensors.create(manager, ones, n, n);
			for (final float x : a.matMul(a).toFloatArray()) {
				if (x != n) throw new IllegalStateException("64 times 1 gives " + x);
			}
			return manager.getDevice().isGpu() ? "gpu:" + manager.getDevice().getDeviceId() : "cpu";
		}
	}
}
