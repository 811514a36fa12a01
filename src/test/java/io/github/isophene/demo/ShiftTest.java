// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/**
 * Batches differ if and only if they were told to. Compares untreated wells of 5
 * batches by the F ratio of one-way analysis of variance on the log mean of each
 * channel; the seed is fixed, so is the outcome.
 */
class ShiftTest {

	private static final int BATCHES = 5;
	private static final int FIELDS = 3;
	private static final DemoOptions OPTIONS = DemoOptions.defaults()
		.withBatches(BATCHES)
		.withPlates(1)
		.withWells(11)
		.withClasses(2)
		.withFields(FIELDS)
		.withSize(128);

	@Test
	void withoutShiftBatchesAreAlikeAndWithItTheyAreNot() {
		final double[] without = ratios(OPTIONS.withShift(0));
		final double[] with = ratios(OPTIONS);
		for (final DemoChannel channel : DemoChannel.values()) {
			final int c = channel.ordinal();
			// 1 % of F(4, 15) lies above 4.9.
			assertTrue(without[c] < 4.9, channel + " without shift: F = " + without[c]);
			assertTrue(with[c] > 4.9, channel + " with shift: F = " + with[c]);
		}
	}

	@Test
	void theGainsInTheTruthExplainTheImages() {
		final FieldRenderer renderer = new FieldRenderer(OPTIONS);
		final Microscope microscope = new Microscope(OPTIONS);
		for (final PlannedField field : controls(OPTIONS)) {
			if (field.site() != 1) continue;
			final BatchEffect effect = field.effect();
			final FieldRenderer.Scene scene = renderer.render(field);
			final PlannedField plain = new PlannedField(field.batch(), field.plate(), field.well(), 1, 0,
				BatchEffect.none(4));
			final List<short[]> affected = microscope.expose(field, scene.channels());
			final List<short[]> unaffected = microscope.expose(plain, scene.channels());
			// DNA is the one channel that nothing bleeds into.
			final double ratio = (mean(affected.get(0)) - Microscope.OFFSET - effect.offset().get(0)) /
				(mean(unaffected.get(0)) - Microscope.OFFSET);
			assertEquals(1, ratio / (effect.gain().get(0) * brightness(scene.channels().get(0).light(), effect)), .02,
				field.toString());
		}
	}

	/** Returns the share of a channel's light that vignetting leaves. */
	private static double brightness(final float[] light, final BatchEffect effect) {
		final int size = OPTIONS.size();
		double all = 0;
		double left = 0;
		for (int p = 0; p < light.length; p++) {
			final double x = (p % size + .5) / size - .5 - effect.centerX();
			final double y = (p / size + .5) / size - .5 - effect.centerY();
			final double here = light[p] + DemoChannel.DNA.background();
			all += here;
			left += here * Math.max(.1, 1 - effect.vignetting() * 2 * (x * x + y * y));
		}
		return left / all;
	}

	private static double[] ratios(final DemoOptions options) {
		final double[] ratios = new double[4];
		final List<double[]> rows = new ArrayList<>();
		final List<Integer> batches = new ArrayList<>();
		final FieldRenderer renderer = new FieldRenderer(options);
		final Microscope microscope = new Microscope(options);
		for (final PlannedField field : controls(options)) {
			final List<short[]> images = microscope.expose(field, renderer.render(field).channels());
			if (field.site() == 1) {
				rows.add(new double[4]);
				batches.add(field.batch());
			}
			final double[] row = rows.get(rows.size() - 1);
			for (int c = 0; c < 4; c++) row[c] += Math.log(mean(images.get(c))) / FIELDS;
		}
		for (int c = 0; c < 4; c++) {
			final int channel = c;
			ratios[c] = ratio(rows.stream().mapToDouble(row -> row[channel]).toArray(), batches);
		}
		return ratios;
	}

	private static List<PlannedField> controls(final DemoOptions options) {
		return new ScreenPlan(options).fields().stream().filter(field -> field.label() == 0).toList();
	}

	private static double ratio(final double[] values, final List<Integer> batches) {
		double all = 0;
		final double[] sums = new double[BATCHES];
		final int[] counts = new int[BATCHES];
		for (int i = 0; i < values.length; i++) {
			sums[batches.get(i) - 1] += values[i];
			counts[batches.get(i) - 1]++;
			all += values[i] / values.length;
		}
		double between = 0;
		double within = 0;
		for (int b = 0; b < BATCHES; b++) between += counts[b] * Math.pow(sums[b] / counts[b] - all, 2);
		for (int i = 0; i < values.length; i++) {
			final int b = batches.get(i) - 1;
			within += Math.pow(values[i] - sums[b] / counts[b], 2);
		}
		return between / (BATCHES - 1) / (within / (values.length - BATCHES));
	}

	private static double mean(final short[] image) {
		double sum = 0;
		for (final short v : image) sum += v;
		return sum / image.length;
	}
}
