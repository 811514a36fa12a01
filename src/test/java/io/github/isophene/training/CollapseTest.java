// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class CollapseTest {

	/** So many epochs of so many steps that all have these figures. */
	private static List<EpochRecord> log(final int epochs, final int steps, final double cosine,
		final double predicted)
	{
		final Map<String, Double> figures = Map.of(Collapse.COSINE, cosine, Collapse.PREDICTED, predicted);
		return IntStream.rangeClosed(1, epochs)
			.mapToObj(e -> new EpochRecord(e, e * steps, 1, 1, .2, 1, .2, Double.NaN, Double.NaN, false, figures))
			.toList();
	}

	@Test
	void onePredictionForAllImagesIsFoundAlthoughEmbeddingsDiffer() {
		assertTrue(Collapse.found(log(5, 30, .985, 1)));
		assertTrue(Collapse.found(log(8, 30, .96, .999)));
	}

	@Test
	void itTakesFiveEpochsAndAHundredSteps() {
		assertFalse(Collapse.found(log(4, 50, .985, 1)));
		assertFalse(Collapse.found(log(5, 20, .985, 1)));
		assertTrue(Collapse.found(log(5, 25, .985, 1)));
	}

	@Test
	void aTrainingThatPredictsSeveralClassesOrHasSpreadGoesOn() {
		assertFalse(Collapse.found(log(9, 50, .985, .9)));
		assertFalse(Collapse.found(log(9, 50, .9, 1)));
		assertFalse(Collapse.found(List.of()));
	}
}
