// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scijava.Context;
import org.scijava.log.LogService;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

@Timeout(60)
class RunningTasksTest {

	private final Context context = new Context(TaskService.class);
	private final RunningTasks running = new RunningTasks();

	@AfterEach
	void dispose() {
		context.dispose();
	}

	private Task task(final String name) {
		return context.service(TaskService.class).createTask(name);
	}

	private TaskProgress progress(final Task task) {
		return new TaskProgress(task, context.service(LogService.class));
	}

	/** Computes like native code: no interrupt ends it. */
	private static void compute(final CountDownLatch end) {
		boolean ended = false;
		while (!ended) {
			try {
				end.await();
				ended = true;
			}
			catch (final InterruptedException exc) {
				// Goes on.
			}
		}
	}

	@Test
	void aCanceledRunReturnsWhileNativeCodeStillComputes() throws Exception {
		final CountDownLatch begun = new CountDownLatch(1);
		final CountDownLatch end = new CountDownLatch(1);
		final Task task = task("first");
		final AtomicReference<Throwable> thrown = new AtomicReference<>();
		final Thread caller = new Thread(
			() -> thrown.set(assertThrows(CancellationException.class, () -> running.run(progress(task), true, t -> {
				begun.countDown();
				compute(end);
				return null;
			}))));
		caller.start();
		begun.await();
		task.cancel("enough");
		caller.join(20_000);
		assertFalse(caller.isAlive());
		assertTrue(thrown.get().getMessage().contains("Canceled"));

		// The next one waits for it, as both may write the same files.
		final Task second = task("second");
		final AtomicReference<String> result = new AtomicReference<>();
		final Thread next = new Thread(() -> {
			try {
				result.set(running.run(progress(second), true, t -> "done"));
			}
			catch (final IOException exc) {
				result.set(exc.toString());
			}
		});
		next.start();
		while (!"Waiting for the last computation of the canceled run".equals(second.getStatusMessage()))
			Thread.sleep(5);
		assertEquals(null, result.get());
		end.countDown();
		next.join(20_000);
		assertEquals("done", result.get());
	}

	@Test
	void aFileThatFailsBecauseOfTheInterruptIsNoError() {
		final Task task = task("writes");
		final CancellationException exc = assertThrows(CancellationException.class,
			() -> running.run(progress(task), true, t -> {
				task.cancel("enough");
				throw new IOException("Cannot write");
			}));
		assertEquals("Cannot write", exc.getCause().getMessage());
	}

	@Test
	void resultsErrorsAndReportsReachTheCaller() throws IOException {
		final Task task = task("works");
		assertEquals("7", running.<String>run(progress(task), true, t -> {
			t.report("reading", 4, 10);
			try {
				Thread.sleep(300);
			}
			catch (final InterruptedException exc) {
				throw new IllegalStateException(exc);
			}
			return "7";
		}));
		assertEquals("reading", task.getStatusMessage());
		assertEquals(4, task.getProgressValue());
		assertEquals("no file", assertThrows(IOException.class, () -> running.run(progress(task("fails")), true, t -> {
			throw new IOException("no file");
		})).getMessage());
		assertThrows(StackOverflowError.class, () -> running.run(progress(task("fails")), true, t -> {
			throw new StackOverflowError();
		}));
	}
}
