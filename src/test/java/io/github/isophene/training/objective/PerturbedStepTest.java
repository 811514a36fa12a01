// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.Collapse;
import io.github.isophene.training.EmbeddingSpread;
import io.github.isophene.training.EpisodeLoader;
import io.github.isophene.training.EpochRecord;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.OwnParameters;
import io.github.isophene.training.Step;
import io.github.isophene.training.Targets;
import io.github.isophene.training.Tiny;
import io.github.isophene.training.TrainedPart;
import io.github.isophene.training.TrainingContext;
import io.github.isophene.training.data.Episode;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.ShuffledEpisodes;
import io.github.isophene.training.data.TrainingData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single steps of objectives that perturb: ascent, gradients of the weights, figures. */
@ExtendWith(OneThread.class)
class PerturbedStepTest {

	private static Objective prepared(final Objective objective, final String settings) throws Exception {
		return objective.configured(Settings.parse(settings)).prepared(Tiny.DATA, Tiny.SPLIT.training(), m -> {});
	}

	/** Does something with single steps of a network that has seen nothing yet. */
	private interface Body {

		void accept(TrainingContext learner, NDManager manager, List<Episode> episodes) throws Exception;
	}

	private static void with(final Objective objective, final DataType type, final Body body) throws Exception {
		with(objective, Tiny.DATA, type, body);
	}

	private static void with(final Objective objective, final TrainingData data, final DataType type, final Body body)
		throws Exception
	{
		final Architecture network = Tiny.NETWORK.withHead(objective.head());
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, network, weights(objective, network), type))
		{
			final TrainingContext learner = TrainingContext.of(new ResNet(network, parameters), TrainedPart.WHOLE,
				data, new Targets(data, null), 0.1f);
			body.accept(learner, manager,
				objective.sampler(data, Tiny.SPLIT.training(), new EpisodeSizes(8, 8, 1), m -> {})
					.epoch(RandomStream.of(1, "episodes")));
		}
	}

	/** Of a network that has learned something: with the first weights the loss hardly depends on the images. */
	private static StateDict weights(final Objective objective, final Architecture network) throws IOException {
		final boolean context = objective.statistics() == StatisticsOrigin.JOINT;
		final Objective plain = context ? new CsArmBn()
			: objective.head().cosine() ? new Erm().configured(Map.of("head", "cosine"))
			: new Erm();
		return Tiny.trainer(plain, Tiny.OPTIONS.withSizes(new EpisodeSizes(8, 8, 1)).withEpochs(10, 20))
			.train(network, Initialization.random(network, 2))
			.last();
	}

	private static NDArray images(final NDManager step, final Episode episode, final DataType type) throws Exception {
		final EpisodeLoader loader = new EpisodeLoader(Tiny.DATA.tiles());
		loader.start(episode, i -> null);
		final NDArray images = loader.take(step);
		return type == DataType.FLOAT32 ? images : images.toType(type, false);
	}

	@ParameterizedTest
	@ValueSource(strings = {"abra", "abra-input", "abra+cs-arm-bn"})
	void theInnerLossHardlyEverFalls(final String name) throws Exception {
		final Objective objective = prepared(objective(name), "warm-up=0; probability=1; measure=1; radius=0.5");
		with(objective, DataType.FLOAT32, (learner, manager, episodes) -> {
			int risen = 0;
			int n = 0;
			for (int i = 0; i < 30; i++) {
				final Episode episode = episodes.get(i % episodes.size());
				try (NDManager step = manager.newSubManager();
					GradientCollector gradients = manager.getEngine().newGradientCollector())
				{
					final Map<String, Double> figures = objective.forward(new Step(learner, episode,
						images(step, episode, DataType.FLOAT32), RandomStream.of(1, "step", i), .5)).figures();
					n++;
					if (figures.get("inner_loss_after") >= figures.get("inner_loss_before")) risen++;
					assertTrue(figures.get("perturbation_size") > 0);
				}
			}
			assertTrue(risen >= .9 * n, "risen in " + risen + " of " + n);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = {"head=linear", "head=cosine"})
	void coralAtItsDefaultWeightMovesTheNetworkBesideAnyHead(final String head) throws Exception {
		final String settings = head + "; warm-up=0; probability=1; ascent=false; radius=1; alignment=";
		final double without = firstGradient(prepared(objective("abra"), settings + "none"));
		final double with = firstGradient(prepared(objective("abra"), settings + "coral"));
		assertTrue(Math.abs(with - without) > 0.01 * without, "gradients of size " + without + " and " + with);
	}

	/** Size of the gradient of the first convolution in the first step. */
	private static double firstGradient(final Objective objective) throws Exception {
		final double[] size = new double[1];
		with(objective, DataType.FLOAT32, (learner, manager, episodes) -> {
			try (NDManager step = manager.newSubManager();
				GradientCollector gradients = manager.getEngine().newGradientCollector())
			{
				gradients.backward(objective.forward(new Step(learner, episodes.get(0),
					images(step, episodes.get(0), DataType.FLOAT32), RandomStream.of(1, "step", 0), .5)).loss());
				size[0] = learner.trained().get("conv1.weight").getGradient().norm().getFloat();
			}
		});
		return size[0];
	}

	private static Objective objective(final String name) {
		return Objectives.of(List.of(new Abra(), new AbraInput(), new AbraCsArmBn(), new Dsu(), new MixStyle(),
			new AdvStyle(), new Erm()), name);
	}

	@ParameterizedTest
	@ValueSource(strings = {"abra|radius=0.001",
		"abra|radius=0.001; site=input,stem,stage2; form=statistics; alignment=coral; weight=0.01",
		"abra|radius=0.001; site=stage1; shared=image; ascent-statistics=batch", "abra-input|",
		"abra-input|combine=both; head=cosine",
		"abra-input|combine=replace; shared=batch; ascent-share=0.5; unit=controls", "abra+cs-arm-bn|",
		"abra+cs-arm-bn|radius=0.001; site=stem; unit=plates", "dsu|probability=1; radius=0.001",
		"erm|head=cosine; margin=0.2"})
	void weightsGetTheGradientOfWhatIsMadeSmall(final String text) throws Exception {
		final String[] part = text.split("\\|", -1);
		final String forced = part[0].startsWith("abra") ? "; warm-up=0; probability=1" : "";
		// The random twin: its coordinates don't depend on the weights, as finite differences need it. Units of
		// feature statistics do, but the gradient doesn't go through them: small radii keep them out.
		final Objective objective = prepared(objective(part[0]),
			part[1] + forced + (part[0].startsWith("abra") ? "; ascent=false" : ""));
		with(objective, DataType.FLOAT64, (learner, manager, episodes) -> {
			final Episode episode = episodes.get(0);
			final Map<String, double[]> statistics = new HashMap<>();
			learner.network().parameters().all().forEach((name, p) -> {
				if (!learner.trained().containsKey(name)) statistics.put(name, p.toDoubleArray());
			});
			try (NDManager step = manager.newSubManager();
				GradientCollector gradients = manager.getEngine().newGradientCollector())
			{
				gradients.backward(objective.forward(new Step(learner, episode,
					images(step, episode, DataType.FLOAT64), RandomStream.of(1, "step"), .5)).loss());
			}
			for (final String name : List.of("conv1.weight", "layer1.0.bn1.weight", "layer3.0.conv1.weight",
				"fc.weight"))
			{
				final NDArray p = learner.trained().get(name);
				final double[] values = p.toDoubleArray();
				final double[] gradient = p.getGradient().toDoubleArray();
				final double[] direction = new double[values.length];
				final RandomStream random = RandomStream.of(3, name);
				double expected = 0;
				double squares = 0;
				for (int i = 0; i < values.length; i++) {
					direction[i] = random.nextGaussian();
					expected += direction[i] * gradient[i];
					squares += gradient[i] * gradient[i];
				}
				final double step = 1e-7;
				final double up = loss(objective, learner, manager, episode, p, values, direction, step, statistics);
				final double down = loss(objective, learner, manager, episode, p, values, direction, -step, statistics);
				p.toByteBuffer(true).asDoubleBuffer().put(values);
				assertTrue(squares > 1e-16, name + ": no gradient");
				assertEquals((up - down) / (2 * step), expected,
					2e-3 * Math.max(Math.sqrt(squares), Math.abs(expected)), name);
			}
		});
	}

	private static double loss(final Objective objective, final TrainingContext learner, final NDManager manager,
		final Episode episode, final NDArray p, final double[] values, final double[] direction, final double size,
		final Map<String, double[]> statistics) throws Exception
	{
		final double[] moved = values.clone();
		for (int i = 0; i < moved.length; i++) moved[i] += size * direction[i];
		p.toByteBuffer(true).asDoubleBuffer().put(moved);
		statistics
			.forEach((name, v) -> learner.network().parameters().get(name).toByteBuffer(true).asDoubleBuffer().put(v));
		try (NDManager step = manager.newSubManager();
			GradientCollector gradients = manager.getEngine().newGradientCollector())
		{
			return objective.forward(new Step(learner, episode, images(step, episode, DataType.FLOAT64),
				RandomStream.of(1, "step"), .5)).loss().getDouble();
		}
	}

	@Test
	void platesThatTheAscentDoesNotLookAtArePerturbedAsMuch() throws Exception {
		// With one image looked at there is one plate that climbs; without what others get, the size would be
		// much smaller.
		final Objective objective = prepared(new Abra(),
			"warm-up=0; probability=1; ascent-share=0.01; start=0; length=1; unit=images");
		with(objective, DataType.FLOAT32, (learner, manager, episodes) -> {
			try (NDManager step = manager.newSubManager();
				GradientCollector gradients = manager.getEngine().newGradientCollector())
			{
				final Step s = new Step(learner, episodes.get(0),
					images(step, episodes.get(0), DataType.FLOAT32), RandomStream.of(1, "x"), .5);
				final PerturbedStep.Shown shown = ((PerturbedObjective) objective).show(s, true);
				final int coordinates = 2 * Tiny.NETWORK.width();
				assertTrue(shown.coordinates().length > coordinates, "one plate only");
				for (int i = coordinates; i < shown.coordinates().length; i++) {
					assertEquals(shown.coordinates()[i % coordinates], shown.coordinates()[i]);
				}
				// Two steps of opposite sign cancel for a coordinate or two, but not for all.
				assertTrue(IntStream.range(0, coordinates).anyMatch(i -> shown.coordinates()[i] != 0));
			}
		});
	}

	/** The images at the site after random steps, with these batches in place of the plates' own. */
	private static float[] site(final String unit, final Function<Sample, String> batch) throws Exception {
		final Objective objective = prepared(new Abra(), "ascent=false; ascent-share=1; radius=1; unit=" + unit);
		final TrainingData data = new TrainingData(Tiny.DATA.samples()
			.stream()
			.map(s -> new Sample(s.plate(), batch.apply(s), s.label(), s.control()))
			.toList(), Tiny.DATA.classes(), Tiny.DATA.tiles());
		final List<float[]> shown = new ArrayList<>();
		with(objective, data, DataType.FLOAT32, (learner, manager, episodes) -> {
			try (NDManager step = manager.newSubManager();
				GradientCollector gradients = manager.getEngine().newGradientCollector())
			{
				final Episode episode = new Episode(IntStream.range(0, data.samples().size())
					.filter(i -> data.samples().get(i).labeled())
					.filter(i -> i % 5 == 0)
					.toArray(), new int[0]);
				final Step s = new Step(learner, episode, images(step, episode, DataType.FLOAT32),
					RandomStream.of(1, "x"), .5);
				shown.add(((PerturbedObjective) objective).show(s, true).site().toFloatArray());
			}
		});
		return shown.get(0);
	}

	@Test
	void theUnitBatchesIsTheSpreadOfTheBatchesOfTheScreen() throws Exception {
		assertArrayEquals(site("plates", Sample::batch), site("batches", Sample::plate), "each plate a batch");
		assertArrayEquals(site("images", Sample::batch), site("batches", s -> "one"), "too few batches");
		assertFalse(Arrays.equals(site("plates", Sample::batch), site("batches", Sample::batch)), "plates of a batch");
	}

	@Test
	void theMarginRisesDuringItsWarmUp() throws Exception {
		final ClassLoss rising = ClassLoss.of(Settings.of("x", ClassLoss.choices("cosine"),
			Map.of("margin", "0.4", "margin-warm-up", "0.5")));
		assertEquals(List.of(0.0, 0.2, 0.4, 0.4),
			List.of(rising.margin(0), rising.margin(.25), rising.margin(.5), rising.margin(1)));
		final Objective warming = prepared(new Abra(), "warm-up=1; margin=0.4; margin-warm-up=0.5");
		final Objective half = prepared(new Abra(), "warm-up=1; margin=0.2");
		final Objective none = prepared(new Abra(), "warm-up=1; margin=0");
		with(warming, DataType.FLOAT32, (learner, manager, episodes) -> {
			final Map<String, Float> losses = new HashMap<>();
			for (final String at : List.of("0", "0.25")) {
				for (final Objective o : List.of(warming, half, none)) {
					try (NDManager step = manager.newSubManager();
						GradientCollector gradients = manager.getEngine().newGradientCollector())
					{
						final Step s = new Step(learner, episodes.get(0),
							images(step, episodes.get(0), DataType.FLOAT32), RandomStream.of(1, "x"),
							Double.parseDouble(at));
						losses.put(at + " " + (o == warming ? "warming" : o == half ? "half" : "none"),
							o.forward(s).loss().getFloat());
					}
				}
			}
			assertEquals(losses.get("0 none"), losses.get("0 warming"));
			assertEquals(losses.get("0.25 half"), losses.get("0.25 warming"));
			assertTrue(losses.get("0.25 warming") > losses.get("0 warming"), losses.toString());
		});
	}

	@Test
	void anAscentLeavesNoGradientOnTheWeights() throws Exception {
		final Objective objective = prepared(new Abra(), "warm-up=0; probability=1; steps=3");
		with(objective, DataType.FLOAT32, (learner, manager, episodes) -> {
			try (NDManager step = manager.newSubManager();
				GradientCollector gradients = manager.getEngine().newGradientCollector())
			{
				final Step s = new Step(learner, episodes.get(0),
					images(step, episodes.get(0), DataType.FLOAT32), RandomStream.of(1, "x"), .5);
				objective.forward(s);
				for (final NDArray p : learner.trained().values()) {
					try (NDArray g = p.getGradient()) {
						if (g == null) continue;
						assertEquals(0, g.abs().sum().getFloat(), "before the backward pass");
					}
				}
			}
		});
	}

	@Test
	void duringWarmUpAndAtRadius0ItIsOrdinaryTraining() throws Exception {
		final Objective erm = new Erm();
		for (final String settings : List.of("head=linear; warm-up=0.9", "head=linear; warm-up=0; radius=0")) {
			final Objective abra = prepared(new Abra(), settings);
			final List<float[]> logits = new ArrayList<>();
			for (final Objective o : List.of(erm, abra)) {
				with(o, DataType.FLOAT32, (learner, manager, episodes) -> {
					try (NDManager step = manager.newSubManager();
						GradientCollector gradients = manager.getEngine().newGradientCollector())
					{
						logits.add(o
							.forward(new Step(learner, episodes.get(0),
								images(step, episodes.get(0), DataType.FLOAT32), RandomStream.of(1, "x"), .5))
							.logits()
							.toFloatArray());
					}
				});
			}
			assertArrayEquals(logits.get(0), logits.get(1));
		}
	}

	@Test
	void figuresSayWhatHappened() throws Exception {
		final Objective objective = prepared(new Abra(), "warm-up=0; probability=1; measure=1");
		with(objective, DataType.FLOAT32, (learner, manager, episodes) -> {
			try (NDManager step = manager.newSubManager();
				GradientCollector gradients = manager.getEngine().newGradientCollector())
			{
				final Map<String,
					Double> figures = objective
						.forward(new Step(learner, episodes.get(0),
							images(step, episodes.get(0), DataType.FLOAT32), RandomStream.of(1, "x"), .5))
						.figures();
				assertEquals(
					Set.of("inner_loss_before", "inner_loss_after", "perturbation_size", "perturbation_at_limit",
						"clean_accuracy", "perturbed_accuracy", "alignment", "embedding_cosine", "embedding_variance",
						"predicted_most"),
					figures.keySet());
				assertTrue(figures.get("perturbation_size") <= 2);
				assertTrue(figures.get("alignment") >= 0 && figures.get("alignment") <= Math.log(2));
			}
		});
	}

	@Test
	void learnedUncertaintyClimbsTheLossThatTheWeightsDescend() throws Exception {
		final AdvStyle objective = (AdvStyle) new AdvStyle().configured(Map.of("probability", "1", "site", "stage1"));
		final Architecture network = Tiny.NETWORK;
		try (NDManager manager = Engines.newManager("cpu");
			Parameters parameters = new Parameters(manager, network, weights(objective, network));
			OwnParameters own = new OwnParameters(manager, objective.parameters(network, 1), null))
		{
			final TrainingContext learner = TrainingContext.of(new ResNet(network, parameters), TrainedPart.WHOLE,
				own.all(), Tiny.DATA, new Targets(Tiny.DATA, null), 0f);
			final Episode episode = new ShuffledEpisodes(Tiny.DATA, Tiny.SPLIT.training(), new EpisodeSizes(8, 0, 1),
				m -> {}).epoch(RandomStream.of(1, "x")).get(0);
			final NDArray factor = own.all().get("advstyle.stage1");
			double before = 0;
			for (int place = 0; place < 2; place++) {
				double loss = 0;
				for (int i = 0; i < 6; i++) {
					try (NDManager step = manager.newSubManager();
						GradientCollector gradients = manager.getEngine().newGradientCollector())
					{
						final Outcome outcome = objective.forward(new Step(learner, episode,
							images(step, episode, DataType.FLOAT32), RandomStream.of(1, "step", i), .5));
						gradients.backward(outcome.loss());
						loss += outcome.loss().getFloat();
					}
				}
				if (place == 0) {
					before = loss;
					try (NDArray g = factor.getGradient(); NDArray step = g.mul(-.3f / g.norm().getFloat())) {
						factor.setRequiresGradient(false);
						factor.addi(step);
						factor.setRequiresGradient(true);
					}
				}
				else
					assertTrue(loss > before,
						"a step against the gradient raised the loss from " + before + " to " + loss);
			}
		}
	}

	@Test
	void imagesThatAreAllAlikeAreACollapse() throws Exception {
		try (NDManager manager = Engines.newManager("cpu")) {
			final Map<String, Double> alike = new HashMap<>();
			EmbeddingSpread.add(Tensors.create(manager, new float[]{1, 2, 2, 4, 3, 6}, 3, 2), alike);
			assertEquals(1, alike.get(Collapse.COSINE), 1e-6);
			assertEquals(0, alike.get(Collapse.VARIANCE), 1e-6);
			final Map<String, Double> apart = new HashMap<>();
			EmbeddingSpread.add(Tensors.create(manager, new float[]{1, 0, 0, 5, -2, 0, 0, -1}, 4, 2), apart);
			assertEquals(-1. / 3, apart.get(Collapse.COSINE), 1e-6);
			assertEquals(1, apart.get(Collapse.VARIANCE), 1e-6);
			final EpochRecord bad = new EpochRecord(1, 1, 1, 1, 1, 1, 1, Double.NaN, Double.NaN, true, alike);
			final EpochRecord good = new EpochRecord(1, 1, 1, 1, 1, 1, 1, Double.NaN, Double.NaN, true, apart);
			assertTrue(Collapse.found(List.of(good, bad, bad)));
			assertTrue(!Collapse.found(List.of(bad, bad, good)) && !Collapse.found(List.of(bad)));
		}
	}
}
