// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.isophene.spark.CostEstimate.Cost;
import org.junit.jupiter.api.Test;

class CostEstimateTest {

	@Test
	void whatAPlateCostsIsToldFromItsFields() {
		final Cost cost = Cost.of(2, 0.3, 8, 0.9);
		assertEquals(0.1, cost.field(), 1e-9);
		assertEquals(0.1, cost.plate(), 1e-9);
		assertEquals(345.6 + 0.1, cost.of(3456, 1, 1), 1e-6);
		assertEquals(2 * 345.6 + 0.1 * 10, cost.of(3456, 10, 2), 1e-6, "another pass reads no further plate");
	}

	@Test
	void measurementsThatContradictEachOtherCountAsFieldsAlone() {
		assertEquals(new Cost(0.125, 0), Cost.of(2, 1.2, 8, 1.0), "fewer took longer");
		assertEquals(new Cost(0.1, 0), Cost.of(8, 0.8, 8, 0.8), "a plate of as many fields as are tried");
		assertEquals(new Cost(0.125, 0), Cost.of(2, 0.1, 8, 1.0), "nothing is left for the plate");
	}
}
