// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import io.github.isophene.engine.Engines;
import org.junit.jupiter.api.Test;

/** The GPU's results against the processor's; where there is no GPU, the processor's against themselves. */
class DeviceComparisonTest {

	@Test
	void theFirstDeviceAgreesWithTheProcessor() throws IOException {
		final boolean gpu = Engines.device("auto").isGpu();
		final List<DeviceComparison.WorkOnTwo> all = new DeviceComparison(8, 40, 8, 1).run("cpu", "auto");
		assertEquals(List.of("embedding", "training step", "adaptation"),
			all.stream().map(DeviceComparison.WorkOnTwo::what).toList());
		for (final DeviceComparison.WorkOnTwo work : all) {
			assertTrue(work.agrees(), work.toString());
			assertTrue(work.first() > 0 && work.second() > 0, work.toString());
			if (!gpu) assertEquals(0, work.difference(), 1e-5, work.toString());
		}
	}

	@Test
	void aDifferenceAboveTheToleranceOrNoNumberDoesNotAgree() {
		assertFalse(new DeviceComparison.WorkOnTwo("x", 2, 1, 1, 1).agrees());
		assertFalse(new DeviceComparison.WorkOnTwo("x", Double.NaN, 1, 1, 1).agrees());
	}
}
