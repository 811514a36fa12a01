// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import io.github.isophene.metrics.builtin.Activity;
import io.github.isophene.metrics.builtin.BatchProbe;
import io.github.isophene.metrics.builtin.ILisi;
import io.github.isophene.metrics.builtin.LabelProbe;
import org.junit.jupiter.api.Test;

class MetricsTest {

	/** A metric from outside has no priority, and would stand behind all others. */
	@Test
	void metricsStandWithTheirGroupAndKeepTheirOrderInIt() {
		final List<Metric> sorted = Metrics
			.sorted(List.of(new Activity(), new BatchProbe(), new LabelProbe(), new ILisi()));
		assertEquals(List.of(BatchProbe.class, ILisi.class, Activity.class, LabelProbe.class),
			sorted.stream().map(Object::getClass).toList());
	}
}
