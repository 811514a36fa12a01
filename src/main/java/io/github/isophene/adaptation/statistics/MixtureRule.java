// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.ChannelMoments;
import io.github.isophene.network.StatisticsCalibration;

/** Normalizes each layer by what follows from all images of a plate and their mixture of classes. */
public final class MixtureRule implements ExactBatchPass.LayerRule {

	private final StatisticsCalibration calibration;
	private final double[] mixture;
	private final Map<String, BatchStatistics.LayerStatistics> layers = new LinkedHashMap<>();

	/** @param mixture shares of controls and classes, [K + 1] */
	public MixtureRule(final StatisticsCalibration calibration, final double[] mixture) {
		this.calibration = calibration;
		this.mixture = mixture;
	}

	@Override
	public BatchStatistics.LayerStatistics statistics(final String layer, final ChannelMoments[] groups) {
		final BatchStatistics.LayerStatistics of = calibration.fromMixture(layer, ChannelMoments.sum(groups).biased(),
			mixture);
		layers.put(layer, of);
		return of;
	}

	/** Returns the statistics of all layers that it has seen. */
	public BatchStatistics statistics() {
		return new BatchStatistics(layers);
	}
}
