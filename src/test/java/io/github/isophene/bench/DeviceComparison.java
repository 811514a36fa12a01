// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.MemoryTiles;
import io.github.isophene.adaptation.Prediction;
import io.github.isophene.adaptation.PredictionOptions;
import io.github.isophene.adaptation.Predictor;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.training.StepRecord;
import io.github.isophene.training.Trainer;
import io.github.isophene.training.TrainingListener;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.objective.Erm;
import io.github.isophene.training.optimizer.OptimizerOptions;

/**
 * The same work on two devices: embedding, steps of a training, adaptation to a plate's controls.
 *
 * @param width features behind the first convolution of the ResNet-18
 * @param size side of an image, pixels
 * @param images number of images that go through the network together
 * @param rounds number of times
 */
record DeviceComparison(int width, int size, int images, int rounds) {

	private static final int CHANNELS = 5;
	private static final int CLASSES = 4;
	private static final double RATE = 0.01;

	/**
	 * One kind of work on both.
	 *
	 * @param what its name
	 * @param difference largest difference of the results, in units of the largest result (embeddings), of the
	 *          largest change of a weight (training) or of a probability (adaptation)
	 * @param tolerance largest difference that rounding explains: convolutions on a GPU may take 10 bits of each number
	 * @param first images per second on the first device
	 * @param second images per second on the second
	 */
	record WorkOnTwo(String what, double difference, double tolerance, double first, double second) {

		boolean agrees() {
			return difference <= tolerance;
		}
	}

	/** Results as one row of numbers, and how fast they came. */
	private record Result(float[] values, double imagesPerSecond) {}

	/** Does everything on both devices. */
	List<WorkOnTwo> run(final String first, final String second) throws IOException {
		final List<WorkOnTwo> all = new ArrayList<>();
		final Result embeddings = embed(first);
		all.add(compare("embedding", embeddings, embed(second), largest(embeddings.values()), 5e-3));
		final Result trained = train(first);
		final StateDict start = start();
		double change = 0;
		int at = 0;
		for (final String name : start.names())
			for (final float v : start.get(name).values())
				change = Math.max(change, Math.abs(v - trained.values()[at++]));
		all.add(compare("training step", trained, train(second), change, 2e-2));
		all.add(compare("adaptation", adapt(first), adapt(second), 1, 2e-2));
		return all;
	}

	private static WorkOnTwo compare(final String what, final Result a, final Result b, final double unit,
		final double tolerance)
	{
		double difference = a.values().length == b.values().length ? 0 : Double.NaN;
		for (int i = 0; i < a.values().length; i++)
			difference = Math.max(difference, Math.abs(a.values()[i] - b.values()[i]));
		return new WorkOnTwo(what, difference / unit, tolerance, a.imagesPerSecond(), b.imagesPerSecond());
	}

	private static double largest(final float[] values) {
		double largest = 0;
		for (final float v : values) largest = Math.max(largest, Math.abs(v));
		return largest;
	}

	private Architecture architecture() {
		return Architecture.of("resnet18", CHANNELS, width, CLASSES);
	}

	private StateDict start() {
		return Initialization.calibrated(architecture(), 1);
	}

	private Model model() {
		return new Model(
			new ModelCard("devices", "", architecture(), ModelCard.Input.ALL_CHANNELS, names("c", CHANNELS), size,
				"clip8", names("k", CLASSES), "Metadata_Compound", StatisticsOrigin.TRAINING, Map.of()), start());
	}

	private static List<String> names(final String prefix, final int n) {
		return IntStream.range(0, n).mapToObj(i -> prefix + i).toList();
	}

	/** Random pixels of an image; brighter with its class. */
	private float[] pixels(final int image) {
		final RandomStream random = RandomStream.of(1, "image", image);
		final float[] pixels = new float[CHANNELS * size * size];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (float) (random.nextGaussian() + 0.3 * (image % CLASSES));
		return pixels;
	}

	private Result embed(final String device) {
		final FloatBuffer batch = FloatBuffer.allocate(images * CHANNELS * size * size);
		for (int i = 0; i < images; i++) batch.put(pixels(i));
		batch.flip();
		try (Encoder encoder = new Encoder(model(), device)) {
			final float[][] rows = encoder.embed(batch, images, CHANNELS, size, size);
			final long begin = System.nanoTime();
			for (int i = 0; i < rounds; i++) encoder.embed(batch, images, CHANNELS, size, size);
			return new Result(flat(rows), rate(begin));
		}
	}

	private double rate(final long begin) {
		return images * rounds / ((System.nanoTime() - begin) * 1e-9);
	}

	private static float[] flat(final float[][] rows) {
		final float[] flat = new float[rows.length * rows[0].length];
		for (int i = 0; i < rows.length; i++) System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
		return flat;
	}

	/** One epoch of plain gradient descent; the first step doesn't count for the time. */
	private Result train(final String device) throws IOException {
		final int n = images * (rounds + 1);
		final MemoryTiles tiles = new MemoryTiles(CHANNELS, size, size);
		final List<Sample> samples = new ArrayList<>();
		for (int i = 0; i <= n; i++) {
			tiles.add(i, pixels(i % images));
			samples.add(new Sample(i < n ? "p" : "q", "b", i % images % CLASSES, false));
		}
		final long[] begin = new long[1];
		final double[] rate = new double[1];
		final StateDict weights = new Trainer(new TrainingData(samples, names("k", CLASSES), tiles),
			new Split(IntStream.range(0, n).toArray(), new int[]{n}, new int[0], List.of()), new Erm(),
			TrainingOptions.PUBLISHED.withSizes(new EpisodeSizes(images, 0, 1))
				.withOptimizer(OptimizerOptions.sgd(RATE, 0, false))
				.withEpochs(1, 1)
				.withDevice(device))
			.listener(new TrainingListener() {

				@Override
				public void step(final StepRecord step) {
					if (step.episode() == 1) begin[0] = System.nanoTime();
					if (step.episode() == rounds + 1) rate[0] = rate(begin[0]);
				}
			})
			.train(architecture(), start())
			.last();
		final StateDict order = start();
		final float[][] parts = new float[order.names().size()][];
		int length = 0;
		int part = 0;
		for (final String name : order.names()) {
			parts[part] = weights.get(name).values();
			length += parts[part++].length;
		}
		final FloatBuffer flat = FloatBuffer.allocate(length);
		for (final float[] values : parts) flat.put(values);
		return new Result(flat.array(), rate[0]);
	}

	/** Predicts fields of one plate by the statistics of its controls. */
	private Result adapt(final String device) throws IOException {
		final Predictor predictor = new Predictor(List.of(model()),
			PredictionOptions.of(StatisticsOrigin.CONTROLS).withDevice(device));
		final FieldImages queries = fields("B", 0);
		final FieldImages controls = fields("A", images);
		List<Prediction> found = predictor.predict("P1", queries, controls).fields();
		final long begin = System.nanoTime();
		for (int i = 0; i < rounds; i++) found = predictor.predict("P1", queries, controls).fields();
		final float[][] rows = new float[found.size()][CLASSES];
		for (int i = 0; i < rows.length; i++)
			for (int k = 0; k < CLASSES; k++) rows[i][k] = (float) found.get(i).probabilities()[k];
		return new Result(flat(rows), 2 * rate(begin));
	}

	private FieldImages fields(final String row, final int from) {
		final MemoryTiles tiles = new MemoryTiles(CHANNELS, size, size);
		for (int i = 0; i < images; i++) tiles.add(i, pixels(from + i));
		return new FieldImages(names("c", CHANNELS),
			IntStream.range(0, images)
				.mapToObj(i -> new FieldImages.Position(String.format("%s%02d", row, 1 + i % 12), "s" + i / 12))
				.toList(),
			tiles);
	}
}
