// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import io.github.isophene.adaptation.statistics.ExactBatchPass;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.Model;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.pixels.TileSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same weights and images as in the public reference give the same logits, probabilities and uncertainty. */
class AdaptationGoldenTest {

	private static final double TOLERANCE = 1e-4;

	private static StateDict golden;

	@BeforeAll
	static void read() throws IOException {
		golden = GoldenAdaptation.numbers();
	}

	@Test
	void evaluationInTrainingModeOn64QueriesAnd128Controls() throws IOException {
		final Model model = GoldenAdaptation.model("first", 4);
		try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device("cpu"), PlateStatistics.MEMORY)) {
			check("train", logits(model, batch.embeddings(GoldenAdaptation.images(0, 192), 64)));
		}
	}

	@Test
	void adaptationToQueriesAndControlsThenPrediction() throws IOException {
		check("adapted", logits(GoldenAdaptation.model("first", 4), StatisticsOrigin.JOINT_PLATE,
			GoldenAdaptation.images(0, 64), GoldenAdaptation.images(64, 128)));
	}

	@Test
	void adaptationToControlsThenPrediction() throws IOException {
		check("controls", logits(GoldenAdaptation.model("first", 4), StatisticsOrigin.CONTROLS,
			GoldenAdaptation.images(0, 4), GoldenAdaptation.images(64, 128)));
	}

	@Test
	void anEnsemblesProbabilitiesAndUncertainty() throws IOException {
		final PlatePrediction p = new Predictor(
			List.of(GoldenAdaptation.model("first", 4), GoldenAdaptation.model("second", 4)),
			PredictionOptions.of(StatisticsOrigin.JOINT_PLATE).withDevice("cpu").withDrift(false)).predict("P",
				GoldenAdaptation.fields(1, GoldenAdaptation.images(56, 8)),
				GoldenAdaptation.fields(3, GoldenAdaptation.images(64, 16)));
		check("probabilities", p.fields().stream().map(Prediction::probabilities).toArray(double[][]::new));
		check("entropy", p.fields().stream().map(f -> new double[]{f.entropy()}).toArray(double[][]::new));
	}

	@Test
	void theNetworkInFullWidth() throws IOException {
		final Model model = GoldenAdaptation.model("first", 64);
		try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device("cpu"), PlateStatistics.MEMORY)) {
			check("full.train", logits(model, batch.embeddings(GoldenAdaptation.images(1000, 6), 2)));
		}
		check("full.adapted", logits(model, StatisticsOrigin.JOINT_PLATE, GoldenAdaptation.images(1000, 2),
			GoldenAdaptation.images(1002, 4)));
	}

	private static double[][] logits(final Model model, final float[][] embeddings) {
		final double[][] logits = new double[embeddings.length][];
		for (int i = 0; i < logits.length; i++) logits[i] = new ClassHead(model).logits(embeddings[i]);
		return logits;
	}

	private static double[][] logits(final Model model, final StatisticsOrigin kind, final TileSource queries,
		final TileSource controls) throws IOException
	{
		final double[][] logits = new double[queries.count()][];
		final ClassHead head = new ClassHead(model);
		new PlateEmbeddings(model, PredictionOptions.of(kind).withDevice("cpu").withDrift(false)).run("P",
			GoldenAdaptation.fields(1, queries), GoldenAdaptation.fields(3, controls), null, s -> {},
			(tile, row) -> logits[tile] = head.logits(row));
		return logits;
	}

	private static void check(final String name, final double[][] found) {
		final float[] expected = golden.get(name).values();
		assertEquals(expected.length, found.length * found[0].length);
		double max = 0;
		for (int i = 0; i < expected.length; i++)
			max = Math.max(max, Math.abs(expected[i] - found[i / found[0].length][i % found[0].length]));
		final double off = max;
		assertTrue(off <= TOLERANCE, () -> name + " is off by " + off);
	}
}
