// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import static io.github.isophene.adaptation.statistics.PlateStatisticsTest.says;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.statistics.Drift;
import io.github.isophene.adaptation.statistics.ExactBatchPass;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictorTest {

	private static final Model MODEL = TinyModels.calibrated(GoldenAdaptation.model("first", "resnet18-aa", 2, 8, 4));
	private static final FieldImages QUERIES = GoldenAdaptation.fields(1, GoldenAdaptation.images(0, 20, 2, 64));
	private static final FieldImages CONTROLS = GoldenAdaptation.fields(2, GoldenAdaptation.images(100, 24, 2, 64));

	private static PredictionOptions options(final StatisticsOrigin kind) {
		return PredictionOptions.of(kind).withDevice("cpu");
	}

	private static double[][] predict(final PredictionOptions options, final FieldImages queries,
		final FieldImages controls) throws IOException
	{
		return new Predictor(List.of(MODEL), options).predict("P1", queries, controls)
			.fields()
			.stream()
			.map(Prediction::probabilities)
			.toArray(double[][]::new);
	}

	private static double difference(final double[][] a, final double[][] b) {
		double max = 0;
		assertEquals(a.length, b.length);
		for (int i = 0; i < a.length; i++)
			for (int k = 0; k < a[i].length; k++) max = Math.max(max, Math.abs(a[i][k] - b[i][k]));
		return max;
	}

	private static FieldImages some(final FieldImages images, final int... chosen) {
		return new FieldImages(images.channels(), IntStream.of(chosen).mapToObj(images.fields()::get).toList(),
			new MovedTiles(images.tiles(), chosen));
	}

	/** Some tiles of one per field, with fields counted anew. */
	private record MovedTiles(TileSource tiles, int[] chosen) implements TileSource {

		@Override
		public int channels() {
			return tiles.channels();
		}

		@Override
		public int size() {
			return tiles.size();
		}

		@Override
		public int count() {
			return chosen.length;
		}

		@Override
		public int field(final int tile) {
			return tile;
		}

		@Override
		public void read(final int tile, final RandomStream random, final FloatBuffer into) throws IOException {
			tiles.read(chosen[tile], into);
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"CALIBRATED", "MIX", "CONTROLS", "JOINT_PLATE", "TRAINING"})
	void withStoredStatisticsChunksDoNotMatter(final StatisticsOrigin kind) throws IOException {
		final double[][] whole = predict(options(kind), QUERIES, CONTROLS);
		final double[][] other = predict(options(kind).withChunks(3, 5).withMemory(0).withSeed(9), QUERIES, CONTROLS);
		assertEquals(0, difference(whole, other));
	}

	@ParameterizedTest
	@EnumSource(names = {"CALIBRATED", "CONTROLS", "TRAINING"})
	void otherQueriesDoNotMatter(final StatisticsOrigin kind) throws IOException {
		final double[][] whole = predict(options(kind), QUERIES, CONTROLS);
		final double[][] part = predict(options(kind), some(QUERIES, 7, 3), CONTROLS);
		assertTrue(difference(new double[][]{whole[7], whole[3]}, part) <= 1e-6);
	}

	@ParameterizedTest
	@EnumSource(names = {"MIX", "JOINT", "JOINT_PLATE", "BATCH"})
	void elsewhereTheyDo(final StatisticsOrigin kind) throws IOException {
		final double[][] whole = predict(options(kind).withChunks(64, 10), QUERIES, CONTROLS);
		final double[][] part = predict(options(kind).withChunks(64, 10), some(QUERIES, 7, 3), CONTROLS);
		assertTrue(difference(new double[][]{whole[7], whole[3]}, part) > 1e-3);
	}

	@Test
	void jointPredictsChunksOfQueriesWithControlsOfTheirOwn() throws IOException {
		final PredictionOptions options = options(StatisticsOrigin.JOINT).withChunks(8, 16).withSeed(5);
		final double[][] found = predict(options, QUERIES, CONTROLS);
		final double[][] expected = new double[20][];
		final List<ChunkSampler.Chunk> chunks = new ChunkSampler(5, "P1").chunks(20, 8, 24, 16);
		assertEquals(3, chunks.size());
		final ClassHead head = new ClassHead(MODEL);
		for (final ChunkSampler.Chunk chunk : chunks) {
			final MemoryTiles batch = new MemoryTiles(2, 64, 64);
			for (final int q : chunk.queries()) batch.add(0, tile(QUERIES, q));
			for (final int c : chunk.controls()) batch.add(0, tile(CONTROLS, c));
			try (ExactBatchPass whole = new ExactBatchPass(MODEL, Engines.device("cpu"), 0, 1000, 1)) {
				final float[][] rows = whole.embeddings(batch, chunk.queries().length);
				for (int i = 0; i < rows.length; i++)
					expected[chunk.queries()[i]] = Probabilities.softmax(head.logits(rows[i]));
			}
		}
		assertTrue(difference(expected, found) <= 1e-5);
		assertEquals(0, difference(found, predict(options, QUERIES, CONTROLS)));
		assertTrue(difference(found, predict(options.withSeed(6), QUERIES, CONTROLS)) > 1e-4);
	}

	private static float[] tile(final FieldImages images, final int i) throws IOException {
		final FloatBuffer values = FloatBuffer.allocate(images.tiles().values());
		images.tiles().read(i, values);
		return values.array();
	}

	@Test
	void batchIsJointWithoutControls() throws IOException {
		final double[][] found = predict(options(StatisticsOrigin.BATCH), QUERIES, CONTROLS);
		final ClassHead head = new ClassHead(MODEL);
		try (ExactBatchPass whole = new ExactBatchPass(MODEL, Engines.device("cpu"), 0)) {
			final float[][] rows = whole.embeddings(QUERIES.tiles(), 20);
			for (int i = 0; i < 20; i++) assertArrayEquals(Probabilities.softmax(head.logits(rows[i])), found[i], 1e-5);
		}
	}

	@Test
	void fieldsAreMeansOfTilesWellsOfFieldsAndEnsemblesOfModels() throws IOException {
		final Model second = GoldenAdaptation.model("second", "resnet18", 2, 8, 4);
		// Fields: A01 with tiles 0 and 1, A01 with tile 2, A02 with tile 3, A03 without.
		final MemoryTiles tiles = new MemoryTiles(2, 64, 64);
		final int[] fields = {0, 0, 1, 2};
		for (int i = 0; i < 4; i++) tiles.add(fields[i], tile(QUERIES, i));
		final FieldImages queries = new FieldImages(QUERIES.channels(),
			List.of(at("A01", "1"), at("A01", "2"), at("A02", "1"), at("A03", "1")), tiles);
		final PredictionOptions options = options(StatisticsOrigin.CONTROLS);
		final PlatePrediction both = new Predictor(List.of(MODEL, second), options).predict("P1", queries, CONTROLS);
		final double[][] single = predict(options, QUERIES, CONTROLS);
		final double[][] other = new Predictor(List.of(second), options).predict("P1", QUERIES, CONTROLS)
			.fields()
			.stream()
			.map(Prediction::probabilities)
			.toArray(double[][]::new);
		assertEquals(3, both.fields().size());
		assertEquals(2, both.drifts().size());
		assertEquals(List.of("A01", "A02"), both.wells().stream().map(Prediction::well).toList());
		final double[] first = new double[4];
		final double[] well = new double[4];
		for (int k = 0; k < 4; k++) {
			first[k] = (single[0][k] + single[1][k] + other[0][k] + other[1][k]) / 4;
			well[k] = (first[k] + (single[2][k] + other[2][k]) / 2) / 2;
		}
		assertArrayEquals(first, both.fields().get(0).probabilities(), 1e-6);
		assertEquals(2, both.fields().get(0).parts());
		assertArrayEquals(well, both.wells().get(0).probabilities(), 1e-6);
		assertEquals(2, both.wells().get(0).parts());
		assertEquals("", both.wells().get(0).site());
		assertEquals(Probabilities.entropy(both.wells().get(0).probabilities()), both.wells().get(0).entropy());
		assertEquals("k" + Probabilities.best(well), both.wells().get(0).predicted());
		assertTrue(both.warnings().stream().anyMatch(w -> w.contains("Field P1 A03 site 1 has no tiles")),
			both.warnings()::toString);
	}

	private static FieldImages.Position at(final String well, final String site) {
		return new FieldImages.Position(well, site);
	}

	@Test
	void channelsArePutIntoTheModelsOrderAndThatIsSaid() throws IOException {
		final MemoryTiles swapped = new MemoryTiles(3, 64, 64);
		for (int i = 0; i < 4; i++) {
			final float[] values = new float[3 * 4096];
			System.arraycopy(tile(QUERIES, i), 0, values, 2 * 4096, 4096);
			System.arraycopy(tile(QUERIES, i), 4096, values, 0, 4096);
			swapped.add(i, values);
		}
		final FieldImages queries = new FieldImages(List.of("C1", "other", "c0"), QUERIES.fields().subList(0, 4),
			swapped);
		final FieldImages none = new FieldImages(queries.channels(), List.of(), new MemoryTiles(3, 64, 64));
		final PlatePrediction p = new Predictor(List.of(MODEL), options(StatisticsOrigin.TRAINING)).predict("P1",
			queries, none);
		final double[][] straight = predict(options(StatisticsOrigin.TRAINING), some(QUERIES, 0, 1, 2, 3), CONTROLS);
		for (int i = 0; i < 4; i++) assertArrayEquals(straight[i], p.fields().get(i).probabilities(), 1e-7);
		assertTrue(p.warnings().stream().anyMatch(w -> w.contains("another order")), p.warnings()::toString);
	}

	@Test
	void aPlateWithoutControlsIsRefusedOrSaid() throws IOException {
		final FieldImages none = new FieldImages(QUERIES.channels(), List.of(), new MemoryTiles(2, 64, 64));
		for (final StatisticsOrigin kind : StatisticsOrigin.values()) {
			final Predictor predictor = new Predictor(List.of(MODEL), options(kind));
			if (kind.needsControls())
				says("Plate P1 has no negative controls, which statistics = " + kind.label() + " needs",
					() -> predictor.predict("P1", QUERIES, none));
			else {
				final PlatePrediction p = predictor.predict("P1", QUERIES, none);
				assertEquals(20, p.fields().size());
				assertTrue(p.drifts().isEmpty());
				assertEquals(
					List.of("Plate P1 has no negative controls: how far it is from training can't be measured"),
					p.warnings());
			}
		}
	}

	@Test
	void aPlateFarFromTrainingBringsAWarning() throws IOException {
		final PlateStatistics here = PlateStatistics.of(MODEL, CONTROLS.tiles(), "cpu", PlateStatistics.MEMORY);
		final double drift = Drift.between(here, MODEL).total();
		for (final boolean far : new boolean[]{true, false}) {
			final Map<String,
				String> training = new TreeMap<>(Map.of(Drift.THRESHOLD, Double.toString(drift * (far ? 0.9 : 1.1))));
			final Model model = new Model(withTraining(MODEL.card(), training), MODEL.weights());
			final PlatePrediction p = new Predictor(List.of(model), options(StatisticsOrigin.CONTROLS)).predict("P1",
				QUERIES, CONTROLS);
			assertEquals(drift, p.drifts().get(0).total(), 1e-9);
			assertEquals(far, p.drifts().get(0).far());
			assertEquals(far, p.warnings().stream().anyMatch(w -> w.contains("further from the training of 'first'")));
		}
	}

	@Test
	void aModelThatIsAdaptedToAnotherPlateIsNotTakenForATrainedOne() throws IOException {
		final Model adapted = PlateStatistics.of(MODEL, CONTROLS.tiles(), "cpu", PlateStatistics.MEMORY)
			.into(MODEL, "P7", StatisticsOrigin.CONTROLS);
		final Predictor predictor = new Predictor(List.of(adapted),
			options(StatisticsOrigin.TRAINING).withDrift(false));
		final List<String> warnings = predictor.predict("P1", QUERIES, CONTROLS).warnings();
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).contains("holds the statistics of plate P7 (controls)"), warnings::toString);
		final PlatePrediction same = predictor.predict("P7", QUERIES, CONTROLS);
		assertTrue(same.warnings().isEmpty());
		// Moments of wells, added up, differ from those of all images in the last bits.
		final double[][] probabilities = same.fields()
			.stream()
			.map(Prediction::probabilities)
			.toArray(double[][]::new);
		assertTrue(difference(predict(options(StatisticsOrigin.CONTROLS), QUERIES, CONTROLS), probabilities) <= 1e-6);
	}

	@Test
	void aModelThatWasTrainedToNeedNoAdaptationBringsAWarning() throws IOException {
		final ModelCard card = MODEL.card();
		for (final String objective : List.of("abra-input", "abra+cs-arm-bn", "erm")) {
			final boolean context = objective.contains("arm-bn");
			final Model model = new Model(
				new ModelCard(card.name(), "", card.architecture(), card.input(), card.channels(), card.tileSize(),
					card.intensity(), card.classes(), card.labelColumn(),
					context ? StatisticsOrigin.JOINT : StatisticsOrigin.TRAINING, objective.equals("abra-input")
						? Map.of("objective", objective, ModelCard.ADAPTATION, ModelCard.REPLACED)
						: Map.of("objective", objective)),
				MODEL.weights());
			for (final StatisticsOrigin kind : List.of(StatisticsOrigin.CONTROLS, StatisticsOrigin.TRAINING)) {
				final PlatePrediction p = new Predictor(List.of(model), options(kind)).predict("P1", QUERIES, CONTROLS);
				assertEquals(objective.equals("abra-input") && kind == StatisticsOrigin.CONTROLS,
					p.warnings().stream().anyMatch(w -> w.contains("was trained by abra-input")),
					objective + " " + kind + " " + p.warnings());
			}
		}
	}

	@Test
	void modelsThatDoNotBelongTogetherAreRefused() throws IOException {
		final PredictionOptions options = options(StatisticsOrigin.TRAINING);
		says("There is no model", () -> new Predictor(List.of(), options));
		final Model other = GoldenAdaptation.model("third", "resnet18", 2, 8, 3);
		says("'first' and 'third' can't form an ensemble: their classes differ",
			() -> new Predictor(List.of(MODEL, other), options));
		says("predict with each by itself", () -> new Predictor(List.of(MODEL, other), options));
		says("has no classes", () -> new Predictor(List.of(Model.load(Model.DEFAULT)), options));
		final ModelCard c = MODEL.card();
		final Model size = new Model(new ModelCard("small", "", c.architecture(), c.input(), c.channels(), 64, "",
			c.classes(), "", c.statistics(), Map.of()), MODEL.weights());
		says("their tile size differs (224 and 64)", () -> new Predictor(List.of(MODEL, size), options));
		final FieldImages none = new FieldImages(QUERIES.channels(), List.of(), new MemoryTiles(2, 64, 64));
		says("Plate P1 has no images to predict",
			() -> new Predictor(List.of(MODEL), options).predict("P1", none, none));
		says("the queries have the channels [c0, c1], but the controls [c1, c0]",
			() -> new Predictor(List.of(MODEL), options).predict("P1", QUERIES,
				new FieldImages(List.of("c1", "c0"), CONTROLS.fields(), CONTROLS.tiles())));
		says("Queries are images [2, 64, 64], but controls [2, 32, 32]",
			() -> new Predictor(List.of(MODEL), options(StatisticsOrigin.JOINT_PLATE).withDrift(false)).predict("P1",
				QUERIES, GoldenAdaptation.fields(2, GoldenAdaptation.images(0, 30, 2, 32))));
		assertFalse(StatisticsOrigin.BATCH.needsControls());
	}

	private static ModelCard withTraining(final ModelCard c, final Map<String, String> training) {
		return new ModelCard(c.name(), c.description(), c.architecture(), c.input(), c.channels(), c.tileSize(),
			c.intensity(), c.classes(), c.labelColumn(), c.statistics(), training);
	}
}
