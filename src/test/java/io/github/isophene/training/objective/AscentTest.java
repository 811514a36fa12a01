// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the path of an ascent, without a network; and how settings are read. */
class AscentTest {

	private static final int ROWS = 5;
	private static final int COORDINATES = 40;
	private static final boolean[] ALL = {true, true, true, true, true};

	private static Ascent ascent(final Ascent.Rule rule, final boolean climbs, final boolean keepNorm) {
		return new Ascent(climbs, 3, rule, 1.5, .5, 1.25, 1, keepNorm);
	}

	/** The gradient of a . d. */
	private static float[] slope() {
		final RandomStream random = RandomStream.of(8, "slope");
		final float[] a = new float[ROWS * COORDINATES];
		for (int i = 0; i < a.length; i++) a[i] = (float) random.nextGaussian();
		return a;
	}

	private static double value(final float[] d) {
		final float[] a = slope();
		double sum = 0;
		for (int i = 0; i < a.length; i++) sum += (double) a[i] * d[i];
		return sum;
	}

	@ParameterizedTest
	@EnumSource(Ascent.Rule.class)
	void itClimbsAndStaysInTheBox(final Ascent.Rule rule) {
		final RandomStream random = RandomStream.of(1, "x");
		final float[] up = ascent(rule, true, false).run(ALL, COORDINATES, random, d -> slope()).values();
		final float[] twin = ascent(rule, false, false).run(ALL, COORDINATES, RandomStream.of(1, "x"), d -> {
			throw new AssertionError("the random twin looks at no gradient");
		}).values();
		assertTrue(value(up) > 5 * Math.abs(value(twin)), value(up) + " " + value(twin));
		for (final float v : up) assertTrue(Math.abs(v) <= 1.5f);
		for (final float v : twin) assertTrue(Math.abs(v) <= 1.5f);
	}

	@Test
	void theTwinIsAsLargeAndTheLengthOfTheStartCanBeKept() {
		for (final Ascent.Rule rule : Ascent.Rule.values()) {
			final double up = ascent(rule, true, false).run(ALL, COORDINATES, RandomStream.of(1, "x"), d -> slope())
				.size();
			final double twin = ascent(rule, false, false).run(ALL, COORDINATES, RandomStream.of(1, "x"), null).size();
			assertEquals(up, twin, .1 * up);
		}
		final Ascent wide = new Ascent(true, 2, Ascent.Rule.NORMALIZED, 2, 1, .5, 100, true);
		final float[] start = new Ascent(true, 0, Ascent.Rule.NORMALIZED, 2, 1, .5, 100, true)
			.run(ALL, COORDINATES, RandomStream.of(4, "y"), null)
			.values();
		final float[] end = wide.run(ALL, COORDINATES, RandomStream.of(4, "y"), d -> slope()).values();
		for (int row = 0; row < ROWS; row++) assertEquals(norm(start, row), norm(end, row), 1e-4 * norm(start, row));
		assertTrue(value(end) > value(start));
	}

	private static double norm(final float[] d, final int row) {
		double squares = 0;
		for (int i = row * COORDINATES; i < (row + 1) * COORDINATES; i++) squares += d[i] * d[i];
		return Math.sqrt(squares);
	}

	@Test
	void cleanRowsStayClean() {
		final float[] d = ascent(Ascent.Rule.SIGN, true, false)
			.run(new boolean[]{true, false, true, true, false}, COORDINATES, RandomStream.of(1, "x"), x -> slope())
			.values();
		for (int row = 0; row < ROWS; row++) assertEquals(row != 1 && row != 4, norm(d, row) > 0);
		assertArrayEquals(new float[ROWS * COORDINATES],
			ascent(Ascent.Rule.SIGN, true, false)
				.run(new boolean[ROWS], COORDINATES, RandomStream.of(1, "x"), x -> slope())
				.values());
	}

	@Test
	void settingsAreReadAndMistakesNamed() {
		assertEquals(Map.of("radius", "2", "site", "stem,stage1"), Settings.parse(" radius = 2;site=stem,stage1 ; "));
		assertEquals("2", new Abra().configured(Map.of("Radius", " 2 ")).settings().get("radius"));
		assertMessage(() -> Settings.parse("radius"), "name=value");
		assertMessage(() -> Settings.parse("a=1;A=2"), "'a' occurs twice");
		assertMessage(() -> new Erm().configured(Map.of("scale", "12")), "scale", "left out unless head=cosine",
			"'12'");
		assertMessage(() -> new Erm().configured(Map.of("margin-warm-up", "0.5")), "margin-warm-up",
			"left out unless head=cosine");
		assertMessage(() -> new AbraInput().configured(Map.of("start", "0")), "start", "above 0 if keep-norm=true");
		assertEquals("0",
			new AbraInput().configured(Map.of("start", "0", "keep-norm", "false")).settings().get("start"));
		assertMessage(() -> new Abra().configured(Map.of("gain", "foo")), "gain", "'foo'");
		assertMessage(() -> new Abra().configured(Map.of("steps", "1000")), "a whole number from 0 to 100");
		assertMessage(() -> new Abra().configured(Map.of("raduis", "2")), "no setting 'raduis'", "radius=2:",
			"site=stem:");
		assertMessage(() -> new Erm().configured(Map.of("radius", "2")), "head=linear", "margin=0.5");
		assertMessage(() -> new CsArmBn().configured(Map.of("radius", "2")), "it has none at all");
		assertMessage(() -> new Abra().configured(Map.of("radius", "two")), "radius", "a number from 0 to 1000",
			"'two'");
		assertMessage(() -> new Abra().configured(Map.of("steps", "1.5")), "a whole number");
		assertMessage(() -> new Abra().configured(Map.of("site", "stem,stage9")), "stage9", "stage3");
		assertMessage(() -> new Abra().configured(Map.of("rule", "l2")), "sign, normalized");
		assertMessage(() -> new Abra().configured(Map.of("unit", "controls")), "plates, batches or images");
		assertMessage(() -> new AbraInput().configured(Map.of("unit", "plates")), "constants or controls");
		assertMessage(() -> new AbraInput().configured(Map.of("ascent-share", "0.5")), "shared=image");
		assertMessage(() -> new Abra().configured(Map.of("ascent-share", "0.4", "shared", "image")), "shared=image");
		assertEquals(1, ((Abra) new Abra().configured(Map.of("shared", "image"))).options().share());
		assertEquals(0.5, new Abra().options().share());
		assertMessage(() -> new AbraInput().configured(Map.of("alignment", "coral")), "combine=both");
	}

	private static void assertMessage(final Runnable call, final String... parts) {
		final String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
		for (final String part : parts) assertTrue(message.contains(part), message);
	}

	@Test
	void everyObjectiveSaysWhatItsSettingsAre() {
		for (final Objective o : List.of(new Abra(), new AbraInput(), new AbraCsArmBn(), new Dsu(), new MixStyle(),
			new AdvStyle(), new Erm()))
		{
			for (final Setting s : o.choices()) {
				assertTrue(s.help().length() > 15, s.toString());
				// A default is a value like any other.
				o.configured(Map.of(s.name(), s.value()));
			}
		}
	}
}
