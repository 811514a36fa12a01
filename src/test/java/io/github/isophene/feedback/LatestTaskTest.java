// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.swing.SwingUtilities;

import org.junit.jupiter.api.Test;

class LatestTaskTest {

	private static final int SECONDS = 30;

	private final LatestTask task = new LatestTask("test");
	private final List<Object> results = new ArrayList<>();
	private final CountDownLatch delivered = new CountDownLatch(1);

	private void deliver(final Object result) {
		assertTrue(SwingUtilities.isEventDispatchThread());
		results.add(result);
		delivered.countDown();
	}

	/** Work that ignores the interrupt, as a listing on a network may. */
	@Test
	void theLastChoiceHoldsThoughAnEarlierOneComesLater() throws Exception {
		final CountDownLatch begun = new CountDownLatch(1);
		final CountDownLatch late = new CountDownLatch(1);
		final CountDownLatch over = new CountDownLatch(1);
		final AtomicBoolean interrupted = new AtomicBoolean();
		SwingUtilities.invokeAndWait(() -> task.begin(() -> {
			begun.countDown();
			while (late.getCount() > 0) {
				try {
					late.await();
				}
				catch (final InterruptedException exc) {
					interrupted.set(true);
				}
			}
			over.countDown();
			return "first";
		}, this::deliver, this::deliver));
		assertTrue(begun.await(SECONDS, TimeUnit.SECONDS));
		SwingUtilities.invokeAndWait(() -> task.begin(() -> "second", this::deliver, this::deliver));
		assertTrue(delivered.await(SECONDS, TimeUnit.SECONDS));
		late.countDown();
		assertTrue(over.await(SECONDS, TimeUnit.SECONDS));
		SwingUtilities.invokeAndWait(() -> assertFalse(task.isRunning()));
		assertEquals(List.of("second"), results);
		assertTrue(interrupted.get());
	}

	@Test
	void nothingIsDeliveredAfterTheEnd() throws Exception {
		final CountDownLatch over = new CountDownLatch(1);
		SwingUtilities.invokeAndWait(() -> {
			task.begin(() -> {
				over.countDown();
				return "late";
			}, this::deliver, this::deliver);
			task.end();
			assertFalse(task.isRunning());
		});
		assertTrue(over.await(SECONDS, TimeUnit.SECONDS));
		SwingUtilities.invokeAndWait(() -> {});
		assertEquals(List.of(), results);
	}

	@Test
	void aFailureIsDelivered() throws Exception {
		final IOException failure = new IOException("no such folder");
		SwingUtilities.invokeAndWait(() -> task.begin(() -> {
			throw failure;
		}, this::deliver, this::deliver));
		assertTrue(delivered.await(SECONDS, TimeUnit.SECONDS));
		assertEquals(List.of(failure), results);
	}
}
