// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Values of src/test/python/golden_pixels.py, by SciPy. */
class StudentTTest {

	@Test
	void pairedTestsAreThoseOfSciPyForEvenAndOddDegreesOfFreedom() {
		assertEquals(0.11611652351681556, StudentT.pairedP(new double[]{.03, .01, .05, -.01, .02}), 1e-12);
		assertEquals(0.2191020374170478, StudentT.pairedP(new double[]{.03, .01, .05, -.01}), 1e-12);
		assertEquals(0.2951672353008665, StudentT.pairedP(new double[]{.03, .01}), 1e-12);
		assertEquals(1, StudentT.pairedP(new double[2]));
	}

	@Test
	void intervalsAreThoseOfSciPy() {
		assertEquals(12.706204736174694, StudentT.quantile(.05, 1), 1e-9);
		assertEquals(2.7764451051977934, StudentT.quantile(.05, 4), 1e-9);
		assertEquals(2.131449545559776, StudentT.quantile(.05, 15), 1e-9);
		assertEquals(0.02776445105197793, StudentT.halfWidth(new double[]{.03, .01, .05, -.01, .02}), 1e-12);
		assertEquals(0, StudentT.halfWidth(new double[]{.03, .03}), 1e-15);
	}

	@Test
	void holmStepsDown() {
		assertArrayEquals(new double[]{.03, .06, .06, .02}, HolmCorrection.adjust(new double[]{.01, .04, .03, .005}),
			1e-12);
		assertArrayEquals(new double[]{1, 1}, HolmCorrection.adjust(new double[]{.6, .9}), 0);
	}
}
