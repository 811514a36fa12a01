// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class NaturalOrderTest {

	@Test
	void numbersCountAsNumbers() {
		final List<String> order = List.of("", "1", "2", "02x", "10", "99999999999999999999", "A", "a", "a1", "a01b2",
			"a1b10", "a2", "b");
		for (int seed = 0; seed < 20; seed++) {
			final List<String> shuffled = new ArrayList<>(order);
			Collections.shuffle(shuffled, new Random(seed));
			shuffled.sort(NaturalOrder.COMPARATOR);
			assertEquals(order, shuffled);
		}
	}
}
