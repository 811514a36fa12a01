// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ReadAheadTest {

	@Test
	void resultsComeInTheItemsOrderWhateverTheyTake() {
		final List<Integer> items = IntStream.range(0, 50).boxed().toList();
		try (ReadAhead<Integer, Integer> ahead = new ReadAhead<>(items, i -> () -> {
			Thread.sleep(i % 3 == 0 ? 4 : 0);
			return i;
		}, 4, 8)) {
			final List<Integer> got = new ArrayList<>();
			ahead.forEachRemaining(got::add);
			assertEquals(items, got);
		}
	}

	@Test
	void neverMoreThanTheWindowIsHeld() {
		final AtomicInteger started = new AtomicInteger();
		int taken = 0;
		try (ReadAhead<Integer, Integer> ahead = new ReadAhead<>(IntStream.range(0, 40).boxed().toList(), i -> () -> {
			started.incrementAndGet();
			return i;
		}, 2, 5)) {
			while (ahead.hasNext()) {
				ahead.next();
				taken++;
				assertTrue(started.get() <= taken + 5, started.get() + " were started when " + taken + " were taken");
			}
		}
		assertEquals(40, taken);
	}

	@Test
	void whatATaskThrowsReachesTheConsumer() {
		try (ReadAhead<Integer, Integer> ahead = new ReadAhead<>(List.of(1), i -> () -> {
			throw new IllegalArgumentException("item 1");
		}, 1, 1)) {
			assertEquals("item 1", assertThrows(IllegalArgumentException.class, ahead::next).getMessage());
		}
	}
}
