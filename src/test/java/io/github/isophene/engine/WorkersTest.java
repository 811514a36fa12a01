// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.api.Test;

class WorkersTest {

	@Test
	void everyTaskIsDoneOnce() {
		final AtomicIntegerArray done = new AtomicIntegerArray(100);
		try (Workers workers = new Workers(3)) {
			workers.run(100, done::incrementAndGet);
			workers.run(0, done::incrementAndGet);
		}
		for (int i = 0; i < 100; i++) assertEquals(1, done.get(i));
	}

	@Test
	void aWorkerUsesOneThreadAndOthersKeepTheirs() throws InterruptedException {
		Engines.setThreads(2);
		final Set<Integer> inside = Collections.synchronizedSet(new TreeSet<>());
		final Set<Integer> outside = Collections.synchronizedSet(new TreeSet<>());
		try (Workers workers = new Workers(3)) {
			workers.run(30, i -> inside.add(JniUtils.getNumThreads()));
		}
		outside.add(JniUtils.getNumThreads());
		final Thread thread = new Thread(() -> outside.add(JniUtils.getNumThreads()));
		thread.start();
		thread.join();
		Engines.setThreads(0);
		assertEquals(Set.of(1), inside);
		assertEquals(Set.of(2), outside);
	}

	@Test
	void theFirstFailureComesOutAndTheRestIsLeftOut() {
		final AtomicInteger begun = new AtomicInteger();
		try (Workers workers = new Workers(2)) {
			final RuntimeException e = assertThrows(IllegalStateException.class, () -> workers.run(1_000_000, i -> {
				begun.incrementAndGet();
				if (i == 3) throw new IllegalStateException("task 3");
			}));
			assertEquals("task 3", e.getMessage());
			assertTrue(begun.get() < 1_000_000);
		}
	}

	@Test
	void anInterruptEndsItAfterTheTasksThatHaveBegun() {
		final AtomicInteger begun = new AtomicInteger();
		final AtomicInteger ended = new AtomicInteger();
		try (Workers workers = new Workers(2)) {
			Thread.currentThread().interrupt();
			assertThrows(CancellationException.class, () -> workers.run(1_000_000, i -> {
				begun.incrementAndGet();
				ended.incrementAndGet();
			}));
			assertTrue(Thread.interrupted());
			assertEquals(begun.get(), ended.get());
			assertTrue(begun.get() < 1_000_000);
		}
	}
}
