// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.adaptation.controls.ControlGuard;
import io.github.isophene.adaptation.controls.ControlImages;
import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.ChannelMoments;
import io.github.isophene.network.StatisticsCalibration;

/**
 * Statistics of a plate from its controls by a {@link StatisticsCalibration}, without the control wells that are
 * unlike the others.
 *
 * @param statistics mean and variance by which each layer normalizes the plate
 * @param controls mean and biased variance of the controls themselves at each layer
 * @param wells the controls that were used
 * @param verdict wells that were left out
 */
public record CalibratedControls(BatchStatistics statistics, BatchStatistics controls, ControlImages wells,
	ControlGuard.Decision verdict)
{

	/** Passes at most: wells that are found only when worse ones are gone cost another. */
	private static final int PASSES = 3;

	/**
	 * Computes them: layer by layer over all controls, in bounded memory.
	 *
	 * @param batch of the model
	 * @throws IOException if an image can't be read
	 */
	public static CalibratedControls of(final ExactBatchPass batch, final StatisticsCalibration calibration,
		final ControlImages all) throws IOException
	{
		final List<String> wrong = new ArrayList<>();
		final List<Double> scores = new ArrayList<>();
		ControlImages kept = all;
		for (int pass = 1;; pass++) {
			final Pass measured = new Pass(calibration);
			batch.embeddings(kept.tiles(), kept.wells(), measured, 0);
			final ControlGuard.Decision verdict = ControlGuard.judge(measured.wells, kept.names());
			final int most = Math.min(verdict.wells().size(), (all.names().size() - 1) / 2 - wrong.size());
			if (most <= 0 || pass == PASSES)
				return new CalibratedControls(new BatchStatistics(measured.moved), new BatchStatistics(measured.own),
					kept, new ControlGuard.Decision(wrong, scores, all.names().size()));
			wrong.addAll(verdict.wells().subList(0, most));
			scores.addAll(verdict.scores().subList(0, most));
			kept = all.without(wrong);
		}
	}

	/** One pass over the controls. */
	private static final class Pass implements ExactBatchPass.LayerRule {

		private final StatisticsCalibration calibration;
		private final List<ChannelMoments[]> wells = new ArrayList<>();
		private final Map<String, BatchStatistics.LayerStatistics> own = new LinkedHashMap<>();
		private final Map<String, BatchStatistics.LayerStatistics> moved = new LinkedHashMap<>();

		Pass(final StatisticsCalibration calibration) {
			this.calibration = calibration;
		}

		@Override
		public BatchStatistics.LayerStatistics statistics(final String layer, final ChannelMoments[] groups) {
			final ChannelMoments all = ChannelMoments.sum(groups);
			if (all.count() < 2)
				throw new IllegalArgumentException("The layer '" + layer + "' gets a single value per channel, " +
					"which has no variance: use more or larger images of controls");
			wells.add(groups);
			final BatchStatistics.LayerStatistics controls = all.biased();
			final BatchStatistics.LayerStatistics of = calibration.fromControls(layer, controls);
			own.put(layer, controls);
			moved.put(layer, of);
			return of;
		}
	}
}
