// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.engine.OneThread;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.progress.Progress;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Tiny;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.ToyPlates;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a preview shows the perturbation, and that the worst case is worse than noise. */
@ExtendWith(OneThread.class)
class PreviewRunTest {

	private static final int SIDE = 36;
	private static final List<
		Objective> OBJECTIVES = List.of(new Abra(), new AbraInput(), new AbraCsArmBn(), new Erm());

	@TempDir
	static Path folder;

	private static Path model;
	private static RandomAccessibleInterval<?> image;

	@BeforeAll
	static void train() throws Exception {
		final Architecture network = Tiny.NETWORK;
		final TrainingResult result = Tiny
			.trainer(new Erm(), Tiny.OPTIONS.withSizes(new EpisodeSizes(8, 0, 1)).withEpochs(10, 20))
			.train(network, Tiny.START);
		final List<String> channels = IntStream.range(0, ToyPlates.CHANNELS).mapToObj(i -> "dye" + i).toList();
		model = folder.resolve("toy.zip");
		ModelFile.write(new Model(new ModelCard("toy", "", network, ModelCard.Input.ALL_CHANNELS, channels, 32,
			"fixed:0:1", ToyPlates.CLASSES, "class", StatisticsOrigin.TRAINING, Map.of()), result.last()), model);
		// Two images of the training side by side: two tiles.
		final float[] pixels = new float[ToyPlates.CHANNELS * 32 * 64];
		final int labeled = IntStream.range(0, Tiny.DATA.samples().size())
			.filter(i -> Tiny.DATA.samples().get(i).label() == 1)
			.findFirst()
			.orElseThrow();
		for (int half = 0; half < 2; half++) {
			final FloatBuffer values = FloatBuffer.allocate(ToyPlates.CHANNELS * 32 * 32);
			Tiny.DATA.tiles().read(labeled, half == 0 ? null : RandomStream.of(1, "crop"), values);
			for (int i = 0; i < values.capacity(); i++) pixels[i / 32 * 64 + half * 32 + i % 32] = values.get(i);
		}
		image = ArrayImgs.floats(pixels, 64, 32, ToyPlates.CHANNELS);
	}

	private static PerturbationPreview of(final PreviewOptions options) throws Exception {
		return PreviewRun.of(image, List.of(), OBJECTIVES, options.withDevice("cpu"), Progress.NONE);
	}

	private static PreviewOptions options(final String objective, final String settings) {
		return PreviewOptions.of(model.toString(), objective).withSettings(settings);
	}

	@Test
	void theWorstCaseIsWorseThanNoiseOfItsSize() throws Exception {
		int worse = 0;
		for (int seed = 0; seed < 8; seed++) {
			final PerturbationPreview p = of(options("abra-input", "limit=100; length=2; steps=3").withSeed(seed)
				.withLabel(ToyPlates.CLASSES.get(1)));
			assertEquals(List.of("as it is", "random", "worst case"),
				p.states().stream().map(PerturbationPreview.State::name).toList());
			if (p.states().get(2).loss() > p.states().get(1).loss()) worse++;
			assertEquals(size(p, false), size(p, true), 1e-3 * size(p, false));
		}
		assertTrue(worse >= 7, "worse in " + worse + " of 8");
	}

	/** Sum of the squares of the coordinates, in units. */
	private static double size(final PerturbationPreview p, final boolean worst) {
		double sum = 0;
		for (final PerturbationPreview.EffectSize e : p.effects()) {
			final double v = worst ? e.worst() : e.random();
			final double coordinate = switch (e.name().substring(0, 4)) {
				case "gain" -> Math.log(v) / .25;
				case "offs" -> v / (.3 * sd(p.states().get(0).pixels()[p.planes().indexOf(e.plane())]));
				case "blur" -> v / .5;
				case "vign" -> v / .15;
				default -> v / .08;
			};
			sum += coordinate * coordinate;
		}
		return sum;
	}

	/** Mean over the two tiles. */
	private static double sd(final float[] plane) {
		double sum = 0;
		for (int tile = 0; tile < 2; tile++) {
			final int half = tile;
			final double[] values = IntStream.range(0, plane.length)
				.filter(i -> i % 64 / 32 == half)
				.mapToDouble(i -> plane[i])
				.toArray();
			final double mean = Arrays.stream(values).average().orElseThrow();
			sum += Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow()) / 2;
		}
		return sum;
	}

	@Test
	void whatTheTableSaysIsWhatThePictureShows() throws Exception {
		final PerturbationPreview p = of(
			options("abra-input", "offset=0; blur=0; vignetting=0; bleed=0; shared=plate"));
		final float[][] clean = p.states().get(0).pixels();
		assertEquals(64, p.width());
		assertEquals(32, p.height());
		for (int x = 0; x < 64; x++) assertEquals(((FloatType) image.getAt(x, 5, 0)).get(), clean[0][5 * 64 + x], 1e-6);
		for (int state = 1; state < 3; state++) {
			for (int c = 0; c < ToyPlates.CHANNELS; c++) {
				final String name = p.planes().get(c);
				final PerturbationPreview.EffectSize gain = p.effects()
					.stream()
					.filter(e -> e.plane().equals(name) && e.name().startsWith("gain"))
					.findFirst()
					.orElseThrow();
				assertEquals(0, gain.tile());
				final double factor = state == 1 ? gain.random() : gain.worst();
				final float[] seen = p.states().get(state).pixels()[c];
				for (int i = 1; i < clean[c].length; i += 97) {
					assertEquals(factor * (clean[c][i] - clean[c][0]), seen[i] - seen[0], 1e-4, name);
				}
			}
		}
	}

	@Test
	void featureMapsAreMovedInMeanAndSd() throws Exception {
		final PerturbationPreview p = of(options("abra", "").withLabel(ToyPlates.CLASSES.get(1)));
		assertEquals("stem", p.site());
		assertEquals(Tiny.NETWORK.width(), p.planes().size());
		assertEquals(16, p.width());
		assertEquals(2 * Tiny.NETWORK.width(), p.effects().size());
		assertTrue(p.states().get(2).loss() > p.states().get(0).loss());
		assertTrue(p.message().contains("'" + ToyPlates.CLASSES.get(1) + "' by toy"), p.message());
	}

	@Test
	void oneSeedGivesOnePreview() throws Exception {
		final PerturbationPreview a = of(options("abra+cs-arm-bn", ""));
		final PerturbationPreview b = of(options("abra+cs-arm-bn", ""));
		assertEquals(a.effects(), b.effects());
		assertArrayEquals(a.states().get(2).pixels()[0], b.states().get(2).pixels()[0]);
	}

	@Test
	void withoutAModelThereIsNoise() throws Exception {
		final PerturbationPreview p = of(PreviewOptions.of("", "abra-input").withTile(32));
		assertEquals(2, p.states().size());
		assertTrue(Double.isNaN(p.effects().get(0).worst()) && Double.isFinite(p.effects().get(0).random()));
		assertTrue(p.message().contains("random perturbation only"), p.message());
	}

	@Test
	void mistakesAreNamed() {
		assertMessage(options("erm", ""), "perturbs nothing", "abra-input");
		assertMessage(options("abra-input", "").withLabel("nobody"), "no class 'nobody'", ToyPlates.CLASSES.get(0));
		assertMessage(options("abra-input", "unit=controls"), "use unit=constants");
		assertMessage(PreviewOptions.of("", "abra"), "give a model");
		assertMessage(PreviewOptions.of("default", "abra-input"), "has no classes");
		assertMessage(options("abra-input", "").withTile(64), "choose a smaller tile");
	}

	private static void assertMessage(final PreviewOptions options, final String... parts) {
		final String message = assertThrows(IllegalArgumentException.class, () -> of(options)).getMessage();
		for (final String part : parts) assertTrue(message.contains(part), message);
	}
}
