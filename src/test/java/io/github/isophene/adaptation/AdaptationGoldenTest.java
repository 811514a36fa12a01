// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import io.github.isophene.engine.Engines;
import io.github.isophene.network.Model;
import io.github.isophene.network.StateDict;
import io.github.isophene.network.StatisticsOrigin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same weights and images as in the public reference give the same logits, probabilities and uncertainty. */
class AdaptationGoldenTest {

	private static final double TOLERANCE = 1e-4;

	private static StateDict golden;

	@BeforeAll
	static void read() throws IOException {
		golden = Golden.numbers();
	}

	@Test
	void evaluationInTrainingModeOn64QueriesAnd128Controls() throws IOException {
		final Model model = Golden.model("first", 4);
		try (WholeBatch batch = new WholeBatch(model, Engines.device("cpu"), PlateStatistics.MEMORY)) {
			check("train", logits(model, batch.embeddings(Golden.images(0, 192), 64)));
		}
	}

	@Test
	void adaptationToQueriesAndControlsThenPrediction() throws IOException {
		check("adapted", logits(Golden.model("first", 4), StatisticsOrigin.JOINT_PLATE, Golden.images(0, 64), Golden.images(
			64, 128)));
	}

	@Test
	void adaptationToControlsThenPrediction() throws IOException {
		check("controls", logits(Golden.model("first", 4), StatisticsOrigin.CONTROLS, Golden.images(0, 4), Golden.images(64,
			128)));
	}

	@Test
	void anEnsemblesProbabilitiesAndUncertainty() throws IOException {
		final PlatePrediction p = new Predictor(List.of(Golden.model("first", 4), Golden.model("second", 4)),
			new PredictionOptions(StatisticsOrigin.JOINT_PLATE).withDevice("cpu").withDrift(false)).predict("P", Golden.fields(1,
				Golden.images(56, 8)), Golden.fields(3, Golden.images(64, 16)));
		check("probabilities", p.fields().stream().map(Prediction::probabilities).toArray(double[][]::new));
		check("entropy", p.fields().stream().map(f -> new double[] { f.entropy() }).toArray(double[][]::new));
	}

	@Test
	void theNetworkInFullWidth() throws IOException {
		final Model model = Golden.model("first", 64);
		try (WholeBatch batch = new WholeBatch(model, Engines.device("cpu"), PlateStatistics.MEMORY)) {
			check("full.train", logits(model, batch.embeddings(Golden.images(1000, 6), 2)));
		}
		check("full.adapted", logits(model, StatisticsOrigin.JOINT_PLATE, Golden.images(1000, 2), Golden.images(1002, 4)));
	}

	private static double[][] logits(final Model model, final float[][] embeddings) {
		final double[][] logits = new double[embeddings.length][];
		for (int i = 0; i < logits.length; i++) logits[i] = new ClassHead(model).logits(embeddings[i]);
		return logits;
	}

	private static double[][] logits(final Model model, final StatisticsOrigin kind, final Tiles queries,
		final Tiles controls) throws IOException
	{
		final double[][] logits = new double[queries.size()][];
		final ClassHead head = new ClassHead(model);
		new PlateEmbeddings(model, new PredictionOptions(kind).withDevice("cpu").withDrift(false)).run("P", Golden.fields(1,
			queries), Golden.fields(3, controls), null, s -> {}, (tile,
			row) -> logits[tile] = head.logits(row));
		return logits;
	}

	private static void check(final String name, final double[][] found) {
		final float[] expected = golden.get(name).values();
		assertEquals(expected.length, found.length * found[0].length);
		double max = 0;
		for (int i = 0; i < expected.length; i++) max = Math.max(max, Math.abs(expected[i] - found[i / found[0].length][i %
			found[0].length]));
		final double off = max;
		assertTrue(off <= TOLERANCE, () -> name + " is off by " + off);
	}
}
