// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.controls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.CalibrationGoldenTest;
import io.github.isophene.adaptation.GoldenAdaptation;
import io.github.isophene.adaptation.PlatePrediction;
import io.github.isophene.adaptation.PredictionOptions;
import io.github.isophene.adaptation.Predictor;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.network.ChannelMoments;
import io.github.isophene.network.Model;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.screen.Wells;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlGuardTest {

	private static final int LAYERS = 8;
	private static final int CHANNELS = 32;

	/** Wells whose means scatter by .1 and whose variances by 10 %; some are off by 0.4 in half of the channels. */
	private static List<ChannelMoments[]> layers(final Random random, final int wells, final int wrong,
		final double off)
	{
		final List<ChannelMoments[]> layers = new ArrayList<>();
		for (int l = 0; l < LAYERS; l++) {
			final double[] sign = IntStream.range(0, CHANNELS)
				.mapToDouble(c -> c % 2 * (random.nextBoolean() ? 1 : -1))
				.toArray();
			final ChannelMoments[] of = new ChannelMoments[wells];
			for (int w = 0; w < wells; w++) {
				final double[] mean = new double[CHANNELS];
				final double[] variance = new double[CHANNELS];
				for (int c = 0; c < CHANNELS; c++) {
					mean[c] = 3 + 0.1 * random.nextGaussian() + (w < wrong ? off * sign[c] : 0);
					variance[c] = Math.exp(0.1 * random.nextGaussian());
				}
				of[w] = ChannelMoments.of(1000, mean, variance);
			}
			layers.add(of);
		}
		return layers;
	}

	private static List<String> names(final int n) {
		return IntStream.range(0, n).mapToObj(w -> "w" + w).toList();
	}

	@ParameterizedTest
	@CsvSource({"10, 1", "10, 3", "20, 2", "20, 6", "9, 2"})
	void wrongWellsAreFoundAndNoOther(final int wells, final int wrong) {
		for (int seed = 0; seed < 20; seed++) {
			final ControlGuard.Decision verdict = ControlGuard.judge(layers(new Random(seed), wells, wrong, 0.4),
				names(wells));
			assertEquals(new TreeSet<>(names(wells).subList(0, wrong)), new TreeSet<>(verdict.wells()), "seed " + seed);
			assertTrue(verdict.scores().get(0) > 1.5);
			assertEquals(wells, verdict.of());
		}
	}

	@ParameterizedTest
	@CsvSource({"4", "6", "16", "64"})
	void wellsThatAreAlikeAreNotAccused(final int wells) {
		int accused = 0;
		for (int seed = 0; seed < 100; seed++)
			accused += ControlGuard.judge(layers(new Random(seed), wells, 0, 0), names(wells)).wells().size();
		assertTrue(accused <= 1, accused + " of " + 100 * wells);
	}

	@Test
	void ofFewWellsNothingIsTold() {
		for (int wells = 1; wells < ControlGuard.LEAST_WELLS; wells++) {
			assertTrue(ControlGuard.judge(layers(new Random(1), wells, 1, 5), names(wells)).wells().isEmpty());
		}
	}

	@Test
	void neverHalfOfTheWellsOrMore() {
		for (int wrong = 1; wrong <= 5; wrong++) {
			final List<String> found = ControlGuard.judge(layers(new Random(2), 10, wrong, 3), names(10)).wells();
			assertTrue(found.size() <= 4, found::toString);
		}
	}

	// From images.

	private static final Set<Integer> EMPTY = Set.of(1);
	private static final Set<Integer> TREATED = Set.of(1, 4, 7);
	private static Model model;

	@BeforeAll
	static void calibrate() throws IOException {
		model = CalibrationGoldenTest.calibrated(GoldenAdaptation.model("first", "resnet18", 2, 8, 4),
			PlateStatistics.MEMORY);
	}

	/** Ten wells of 6 images; empty ones are dark everywhere, treated ones are smooth and bright. */
	private record Controls(int[] images, Set<Integer> empty, Set<Integer> treated) implements TileSource {

		@Override
		public int channels() {
			return 2;
		}

		@Override
		public int size() {
			return 64;
		}

		@Override
		public int count() {
			return images.length;
		}

		@Override
		public int field(final int tile) {
			return tile;
		}

		@Override
		public void read(final int tile, final RandomStream random, final FloatBuffer into) throws IOException {
			final int from = into.position();
			GoldenAdaptation.images(700 + images[tile], 1, 2, 64).read(0, into);
			// A common ground and a fifth of each image: right wells are alike.
			final FloatBuffer ground = FloatBuffer.allocate(into.position() - from);
			GoldenAdaptation.images(700, 1, 2, 64).read(0, ground);
			final int well = images[tile] / 6;
			for (int i = from; i < into.position(); i++) {
				into.put(i, 0.8f * ground.get(i - from) + 0.2f * into.get(i));
				if (empty.contains(well)) into.put(i, -2 + 0.01f * into.get(i));
				if (treated.contains(well)) into.put(i, 6 + 0.2f * into.get(i));
			}
		}
	}

	private static FieldImages controls(final Set<Integer> wells, final Set<Integer> empty,
		final Set<Integer> treated)
	{
		final int[] images = IntStream.range(0, 60).filter(i -> wells.contains(i / 6)).toArray();
		return new FieldImages(GoldenAdaptation.names("c", 2),
			IntStream.of(images)
				.mapToObj(i -> new FieldImages.Position(Wells.name(1 + i / 6, 1), "s" + i % 6))
				.toList(),
			new Controls(images, empty, treated));
	}

	private static Set<Integer> all() {
		return new TreeSet<>(IntStream.range(0, 10).boxed().toList());
	}

	private static PlatePrediction predict(final StatisticsOrigin origin, final FieldImages controls)
		throws IOException
	{
		return new Predictor(List.of(model), PredictionOptions.of(origin).withDevice("cpu")).predict("P",
			GoldenAdaptation.fields(12, GoldenAdaptation.images(900, 6, 2, 64)), controls);
	}

	@Test
	void tenAndThirtyPercentOfWrongWellsAreLeftOutAndNamed() throws IOException {
		for (final boolean empty : new boolean[]{true, false}) {
			final Set<Integer> wrong = empty ? EMPTY : TREATED;
			final Set<Integer> right = new HashSet<>(all());
			right.removeAll(wrong);
			for (final StatisticsOrigin origin : List.of(StatisticsOrigin.CALIBRATED, StatisticsOrigin.MIX)) {
				final PlatePrediction expected = predict(origin, controls(right, Set.of(), Set.of()));
				final PlatePrediction found = predict(origin,
					controls(all(), empty ? wrong : Set.of(), empty ? Set.of() : wrong));
				for (int f = 0; f < 6; f++)
					assertArrayEquals(expected.fields().get(f).probabilities(), found.fields().get(f).probabilities(),
						1e-6);
				final String warnings = String.join("\n", found.warnings());
				for (final int well : wrong) assertTrue(warnings.contains(Wells.name(1 + well, 1) + " ("), warnings);
				assertTrue(warnings.contains("unlike the other " + right.size()) && warnings.contains("left out"),
					warnings);
				assertTrue(expected.warnings().stream().noneMatch(w -> w.contains("unlike")),
					expected.warnings()::toString);
			}
		}
	}

	@Test
	void asPublishedTheyAreUsedAndNamed() throws IOException {
		final List<String> warnings = predict(StatisticsOrigin.CONTROLS, controls(all(), EMPTY, Set.of())).warnings();
		assertTrue(
			warnings.stream().anyMatch(w -> w.contains("unlike the other 9") && w.contains("uses them all the same")),
			warnings::toString);
	}

	@Test
	void oneWellIsUsedAsItIs() throws IOException {
		final PlatePrediction p = predict(StatisticsOrigin.CALIBRATED, controls(Set.of(3), Set.of(), Set.of()));
		assertEquals(6, p.fields().size());
		assertTrue(p.warnings().stream().anyMatch(w -> w.contains("1 well")), p.warnings()::toString);
	}

	@Test
	void controlsAtTheEdgesOnlyAreSaid() {
		final List<String> plate = new ArrayList<>();
		for (int r = 2; r <= 7; r++) for (int c = 2; c <= 11; c++) plate.add(Wells.name(r, c));
		final List<String> columns = new ArrayList<>();
		for (int r = 1; r <= 8; r++) columns.addAll(List.of(Wells.name(r, 1), Wells.name(r, 12)));
		assertTrue(ControlCheck.edges("P", plate, columns).orElseThrow().contains("at the edges"));
		columns.add("D06");
		assertTrue(ControlCheck.edges("P", plate, columns).isEmpty());
	}
}
