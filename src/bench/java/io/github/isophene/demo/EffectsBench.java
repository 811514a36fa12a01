// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import io.github.isophene.metrics.LinearProbe;
import io.github.isophene.pixels.ChannelScale;

/**
 * Sizes of technical effects in real images of JUMP source 3 and in simulated ones:
 * the standard deviation of image statistics between batches, between plates of a
 * batch and between images of a plate.
 *
 * <pre>
 * java ... io.github.isophene.demo.EffectsBench per_image_features.csv.gz [fit]
 * </pre>
 *
 * Without {@code fit} it prints real and simulated components beside each other for
 * each preset of {@link Effects}; with it, it also derives the ranges of
 * {@link Effects#JUMP}: to first order the variance of a statistic is the sum over
 * effects of (range / unit)^2 times the variance at the unit; the ranges are the
 * non-negative least squares solution over all statistics and channels, each
 * statistic in units of its spread within a plate.
 */
public final class EffectsBench {

	private static final int SIZE = 256;
	private static final List<String> CHANNELS = DemoChannel.labels();
	private static final List<String> NAMES = ImageStatistics.names(CHANNELS);
	private static final List<String> EFFECTS = List.of("gain", "offset", "blur", "vignetting", "bleed", "noise",
		"density");

	/** Effects that differ from well to well of one plate on one microscope; focus is taken as between plates. */
	private static final List<String> OF_WELLS = List.of("offset", "density");

	/** An image's place and its statistics on the scale on which they are compared. */
	private record Row(String batch, String plate, double[] values) {}

	/** Components of the standard deviation of one statistic. */
	private record Spread(double median, double batch, double plate, double within) {}

	private EffectsBench() {}

	/** @param args path of the real table, then {@code fit} if ranges are to be derived */
	public static void main(final String[] args) throws IOException {
		final List<Row> images = read(Path.of(args[0]));
		final List<Spread> real = spreads(images);
		System.out.printf(Locale.ROOT, "linear probe for the batch, every fifth plate held out: real %.3f%n",
			probe(images));
		if (args.length > 1) fit(real);
		for (final Effects effects : Effects.values()) {
			final DemoOptions options = DemoOptions.defaults()
				.withBatches(9)
				.withPlates(8)
				.withFields(1)
				.withSize(SIZE)
				.withClasses(9)
				.withEffects(effects);
			final List<Row> rows = simulate(new ScreenPlan(options).fields(), options);
			final List<Spread> simulated = spreads(rows);
			print(effects.toString(), real, simulated);
			System.out.printf(Locale.ROOT, "linear probe for the batch: simulated %.3f%n", probe(rows));
		}
	}

	private static void print(final String name, final List<Spread> real, final List<Spread> simulated) {
		System.out.printf(Locale.ROOT, "%n%-20s %26s  %26s  %17s  %17s%n", "effects=" + name,
			"real: batch plate within", "simulated", "batch/within r s", "plate/within r s");
		for (int s = 0; s < NAMES.size(); s++) {
			final Spread r = real.get(s), x = simulated.get(s);
			System.out.printf(Locale.ROOT, "%-20s %8.3f %8.3f %8.3f   %8.3f %8.3f %8.3f   %8.2f %8.2f   %8.2f %8.2f%n",
				NAMES.get(s), r.batch, r.plate, r.within, x.batch, x.plate, x.within, r.batch / r.within,
				x.batch / x.within, r.plate / r.within, x.plate / x.within);
		}
		System.out.printf(Locale.ROOT, "median over statistics of batch / within: real %.3f, simulated %.3f; " +
			"plate / within: %.3f, %.3f; mean absolute log2 ratio of them: %.2f, %.2f%n", //
			median(real, s -> s.batch / s.within), median(simulated, s -> s.batch / s.within),
			median(real, s -> s.plate / s.within), median(simulated, s -> s.plate / s.within), //
			distance(real, simulated, true), distance(real, simulated, false));
	}

	private static double probe(final List<Row> rows) {
		final List<String> batches = rows.stream().map(Row::batch).distinct().toList();
		final List<String> plates = rows.stream().map(Row::plate).distinct().toList();
		int right = 0;
		for (int fold = 0; fold < 5; fold++) {
			final int held = fold;
			final List<Row> train = rows.stream().filter(row -> plates.indexOf(row.plate) % 5 != held).toList();
			final List<Row> test = rows.stream().filter(row -> plates.indexOf(row.plate) % 5 == held).toList();
			final int[] labels = train.stream().mapToInt(row -> batches.indexOf(row.batch)).toArray();
			final int[] predicted = LinearProbe.fit(floats(train), labels, batches.size()).predict(floats(test));
			for (int i = 0; i < predicted.length; i++) if (predicted[i] == batches.indexOf(test.get(i).batch)) right++;
		}
		return right / (double) rows.size();
	}

	private static float[][] floats(final List<Row> rows) {
		final float[][] floats = new float[rows.size()][NAMES.size()];
		for (int i = 0; i < floats.length; i++)
			for (int s = 0; s < NAMES.size(); s++) floats[i][s] = (float) rows.get(i).values[s];
		return floats;
	}

	private static double median(final List<Spread> spreads, final ToDoubleFunction<Spread> of) {
		final double[] sorted = spreads.stream().mapToDouble(of).sorted().toArray();
		return sorted[sorted.length / 2];
	}

	private static double distance(final List<Spread> real, final List<Spread> simulated, final boolean batch) {
		double sum = 0;
		int n = 0;
		for (int s = 0; s < NAMES.size(); s++) {
			if (!isCompared(s)) continue;
			final Spread r = real.get(s), x = simulated.get(s);
			final double a = (batch ? r.batch : r.plate) / r.within, b = (batch ? x.batch : x.plate) / x.within;
			sum += Math.abs(Math.log(Math.max(b, .01) / Math.max(a, .01)) / Math.log(2));
			n++;
		}
		return sum / n;
	}

	/** Shares of dark and white pixels are mostly at their floor: shown, not fitted. */
	private static boolean isCompared(final int statistic) {
		return !NAMES.get(statistic).contains("_sat_");
	}

	private static double scaled(final String name, final double value) {
		if (name.startsWith("corr_")) return .5 * Math.log((1 + value) / (1 - value));
		return Math.log(Math.max(value, name.contains("_sat_") ? 1e-4 : name.endsWith("sharpness") ||
			name.endsWith("hf_ratio") ? 1e-7 : 1 / 255.));
	}

	private static List<Row> read(final Path table) throws IOException {
		final List<Row> rows = new ArrayList<>();
		try (BufferedReader reader = new BufferedReader(
			new InputStreamReader(new GZIPInputStream(Files.newInputStream(table)), StandardCharsets.UTF_8)))
		{
			final List<String> header = List.of(reader.readLine().split(","));
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				final String[] cells = line.split(",");
				final double[] values = new double[NAMES.size()];
				for (int s = 0; s < values.length; s++) {
					final String name = NAMES.get(s);
					int column = header.indexOf(name);
					if (column < 0) column = header.indexOf(turned(name));
					values[s] = scaled(name, Double.parseDouble(cells[column]));
				}
				final String[] sample = cells[header.indexOf("Metadata_Sample_ID")].split("_");
				final String batch = cells[header.indexOf("Metadata_Batch")];
				rows.add(new Row(batch, batch + sample[sample.length - 3], values));
			}
		}
		return rows;
	}

	/** The real table names a pair's channels in alphabetical order. */
	private static String turned(final String name) {
		final String[] parts = name.split("_");
		return parts[0] + "_" + parts[2] + "_" + parts[1];
	}

	private static List<Row> simulate(final List<PlannedField> planned, final DemoOptions options) {
		// The real images are of eight treatments without negative controls.
		final List<PlannedField> fields = planned.stream().filter(field -> field.label() > 0).toList();
		return fields.parallelStream()
			.map(field -> new Row(field.batchName(), field.plateName(), statistics(field, options))).toList();
	}

	private static double[] statistics(final PlannedField field, final DemoOptions options) {
		final List<Canvas> light = new FieldRenderer(options).render(field).channels();
		final List<float[]> images = new ArrayList<>();
		for (final short[] image : new Microscope(options).expose(field, light)) images.add(to8Bit(image));
		final double[] values = ImageStatistics.of(images, options.size());
		for (int s = 0; s < values.length; s++) values[s] = scaled(NAMES.get(s), values[s]);
		return values;
	}

	/** The camera's constant offset away, then to 8 bit with the brightest 0.01 % clipped, as the real images were. */
	private static float[] to8Bit(final short[] image) {
		final float[] values = new float[image.length];
		for (int p = 0; p < values.length; p++) values[p] = (float) Math.max(0, image[p] - Microscope.OFFSET);
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		final ChannelScale scale = ChannelScale.quantized(sorted[sorted.length - 1 - (int) (1e-4 * sorted.length)],
			255);
		for (int p = 0; p < values.length; p++) values[p] = Math.min(1, scale.apply(values[p]));
		return values;
	}

	/** Nested analysis of variance: images in plates in batches. */
	private static List<Spread> spreads(final List<Row> rows) {
		final Map<String, Map<String, List<double[]>>> nested = new LinkedHashMap<>();
		for (final Row row : rows)
			nested.computeIfAbsent(row.batch, b -> new LinkedHashMap<>())
				.computeIfAbsent(row.plate, p -> new ArrayList<>())
				.add(row.values);
		return IntStream.range(0, NAMES.size()).mapToObj(s -> spread(nested, rows, s)).toList();
	}

	private static Spread spread(final Map<String, Map<String, List<double[]>>> nested, final List<Row> rows,
		final int s)
	{
		double within = 0, between = 0, batchMean = 0, batchSquare = 0, perPlate = 0;
		int withinN = 0, betweenN = 0, plates = 0;
		for (final Map<String, List<double[]>> batch : nested.values()) {
			double sum = 0, square = 0;
			for (final List<double[]> plate : batch.values()) {
				final double mean = plate.stream().mapToDouble(v -> v[s]).average().orElseThrow();
				within += plate.stream().mapToDouble(v -> (v[s] - mean) * (v[s] - mean)).sum();
				withinN += plate.size() - 1;
				perPlate += plate.size();
				sum += mean;
				square += mean * mean;
			}
			final int n = batch.size();
			between += square - sum * sum / n;
			betweenN += n - 1;
			plates += n;
			batchMean += sum / n;
			batchSquare += sum / n * (sum / n);
		}
		final int batches = nested.size();
		final double withinVariance = within / withinN;
		final double plateVariance = between / betweenN;
		final double batchVariance = (batchSquare - batchMean * batchMean / batches) / (batches - 1);
		return new Spread(rows.stream().mapToDouble(row -> row.values[s]).sorted().toArray()[rows.size() / 2],
			Math.sqrt(Math.max(0, batchVariance - plateVariance * batches / plates)),
			Math.sqrt(Math.max(0, plateVariance - withinVariance * plates / perPlate)), Math.sqrt(withinVariance));
	}

	private static void fit(final List<Spread> real) {
		final DemoOptions options = DemoOptions.defaults()
			.withBatches(9)
			.withFields(1)
			.withSize(SIZE)
			.withClasses(9)
			.withShift(0);
		final List<PlannedField> fields = new ScreenPlan(options).fields();
		final List<Row> base = simulate(fields, options);
		final List<Spread> simulated = spreads(base);
		final double[][] variance = new double[EFFECTS.size()][];
		for (int k = 0; k < variance.length; k++) {
			variance[k] = responses(fields, options, base, EFFECTS.get(k));
			System.out.printf("%-12s sd of each statistic at one unit: %s%n", EFFECTS.get(k), text(variance[k]));
		}
		for (final String level : List.of("within", "batch", "plate")) {
			final List<double[]> equations = new ArrayList<>();
			for (int s = 0; s < NAMES.size(); s++) {
				if (!isCompared(s)) continue;
				final Spread r = real.get(s), x = simulated.get(s);
				final double target = switch (level) {
					case "within" -> Math.max(0, r.within * r.within - x.within * x.within);
					case "batch" -> r.batch * r.batch * Math.max(1, x.within * x.within / (r.within * r.within));
					default -> r.plate * r.plate * Math.max(1, x.within * x.within / (r.within * r.within));
				};
				final double unit = level.equals("within") ? r.within * r.within
					: Math.max(target, .01 * r.within * r.within);
				final double[] row = new double[EFFECTS.size() + 1];
				for (int k = 0; k < EFFECTS.size(); k++)
					if (!level.equals("within") || OF_WELLS.contains(EFFECTS.get(k))) row[k] = variance[k][s] / unit;
				row[EFFECTS.size()] = target / unit;
				equations.add(row);
			}
			System.out.println(level + ": ranges in units " + text(nonNegative(equations)) + " of " + EFFECTS);
		}
	}

	private static String text(final double[] variances) {
		final StringBuilder text = new StringBuilder();
		for (final double v : variances) text.append(String.format(Locale.ROOT, " %.3f", Math.sqrt(v)));
		return text.toString().strip();
	}

	/**
	 * Variance of each statistic's change when one effect alone is drawn with its range among the standard batch
	 * effects.
	 */
	private static double[] responses(final List<PlannedField> fields, final DemoOptions options, final List<Row> base,
		final String effect)
	{
		final List<PlannedField> changed = new ArrayList<>();
		final EffectRanges ranges = only(Effects.STANDARD.batch(), effect);
		for (int i = 0; i < fields.size(); i++) {
			final PlannedField f = fields.get(i);
			changed.add(new PlannedField(f.batch(), f.plate(), f.well(), f.site(), f.label(),
				BatchEffect.sample(DemoRandom.of(7, DemoRandom.Purpose.BATCH_EFFECT, i), ranges, 1, 4)));
		}
		final List<Row> rows = simulate(changed, options);
		final double[] result = new double[NAMES.size()];
		for (int s = 0; s < result.length; s++) {
			final int at = s;
			final double[] change = IntStream.range(0, rows.size())
				.mapToDouble(i -> rows.get(i).values[at] - base.get(i).values[at]).toArray();
			final double mean = Arrays.stream(change).average().orElseThrow();
			result[s] = Arrays.stream(change).map(d -> (d - mean) * (d - mean)).sum() / (change.length - 1);
		}
		return result;
	}

	private static EffectRanges only(final EffectRanges r, final String effect) {
		return new EffectRanges(effect.equals("gain") ? r.gain() : 0, effect.equals("offset") ? r.offset() : 0,
			effect.equals("blur") ? r.blur() : 0, effect.equals("vignetting") ? r.vignetting() : 0,
			effect.equals("vignetting") ? r.center() : 0, effect.equals("bleed") ? r.bleed() : 0,
			effect.equals("noise") ? r.noise() : 0, effect.equals("density") ? r.density() : 0);
	}

	/** Non-negative least squares by coordinate descent; the last column is the right side. */
	private static double[] nonNegative(final List<double[]> equations) {
		final int n = equations.get(0).length - 1;
		final double[] x = new double[n];
		for (int round = 0; round < 10_000; round++) {
			for (int k = 0; k < n; k++) {
				double gradient = 0, curvature = 0;
				for (final double[] row : equations) {
					double rest = row[n];
					for (int j = 0; j < n; j++) if (j != k) rest -= row[j] * x[j];
					gradient += row[k] * rest;
					curvature += row[k] * row[k];
				}
				x[k] = curvature == 0 ? 0 : Math.max(0, gradient / curvature);
			}
		}
		return x;
	}
}
