// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ProbabilitiesTest {

	@Test
	void softmaxOfLargeLogitsDoesNotOverflow() {
		// exp(-1) / (1 + exp(-1))
		assertArrayEquals(new double[]{0.7310585786300049, 0.2689414213699951},
			Probabilities.softmax(new double[]{1001, 1000}), 1e-15);
		assertThrows(IllegalArgumentException.class, () -> Probabilities.softmax(new double[]{0, Double.NaN}));
		assertThrows(IllegalArgumentException.class,
			() -> Probabilities.softmax(new double[]{Double.POSITIVE_INFINITY, 0}));
	}

	@Test
	void entropyIsInNats() {
		// scipy.stats.entropy([.7, .2, .1])
		assertEquals(0.8018185525433373, Probabilities.entropy(new double[]{0.7, 0.2, 0.1}), 1e-11);
		assertEquals(0, Probabilities.entropy(new double[]{0, 1, 0}), 0);
		final double[] uniform = {0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125};
		assertEquals(Math.log(8), Probabilities.entropy(uniform), 1e-10);
	}

	@Test
	void theFirstOfEqualOnesIsBest() {
		assertEquals(1, Probabilities.best(new double[]{0.2, 0.4, 0.4}));
	}
}
