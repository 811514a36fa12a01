// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.progress.Progress;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.training.data.Augmentation;
import io.github.isophene.training.data.AugmentedTiles;
import io.github.isophene.training.data.PackedTile;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;
import net.imglib2.Cursor;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Simulated screens in memory, fields of 96 pixels binned to {@value #SIZE}: one to learn from, and
 * others of new batches with stronger effects, or with effects of a kind that the simulator
 * and the perturbations under test don't have.
 */
final class ShiftedScreens {

	static final int SIZE = 48;
	static final int CLASSES = 6;
	private static final double OFFSET = 300;
	private static final double SCALE = 300;

	/** Effects on the images of new batches, besides the simulator's own. */
	enum Kind {
		/** Nothing more, at the shift of the training screen. */
		SAME(1),
		/** Nothing more, but the simulator's effects are 1.75 times as strong. */
		STRONG(1.75),
		/** Gaussian noise, its sd the same within a batch. */
		NOISE(1),
		/** A power of the light, as of a camera that isn't linear; one exponent per batch and channel. */
		GAMMA(1),
		/** Light that falls from one side of the field to the other; one slope per batch. */
		TILT(1),
		/** A haze that is bright in one half of each field and has the brightness of cells; one strength per batch. */
		HAZE(1),
		/** As STRONG, 2.5 times as strong as those of the training screen. */
		STRONGER(2.5),
		/** As STRONG, 3.25 times as strong as those of the training screen. */
		STRONGEST(3.25);

		final double shift;

		Kind(final double shift) {
			this.shift = shift;
		}
	}

	private ShiftedScreens() {}

	/** The screen to learn from: 6 batches of 2 plates. */
	static TrainingData training(final Path folder, final int seed) throws IOException {
		return data(folder.resolve("train" + seed), options(seed, 1).withBatches(6).withPlates(2), Kind.SAME);
	}

	/** 6 new batches of a plate each. */
	static TrainingData heldOut(final Path folder, final int seed, final Kind kind) throws IOException {
		return data(folder.resolve("test" + seed + "_" + kind.shift),
			options(1000 + seed, kind.shift).withBatches(6).withPlates(1), kind);
	}

	private static DemoOptions options(final int seed, final double shift) {
		return DemoOptions.defaults()
			.withWells(24)
			.withFields(2)
			.withSize(2 * SIZE)
			.withClasses(CLASSES)
			.withShift(shift)
			.withSeed(seed);
	}

	private static TrainingData data(final Path folder, final DemoOptions options, final Kind kind) throws IOException {
		// Several kinds share a screen, and a run may be taken up again.
		final Path table = folder.resolve("screen.csv");
		final Screen screen = Files.exists(table) ? ScreenTable.read(table)
			: DemoScreen.write(folder, options, Progress.NONE).screen();
		final List<Sample> samples = new ArrayList<>();
		final List<PackedTile> tiles = new ArrayList<>();
		final List<String> classes = new ArrayList<>();
		for (int k = 1; k < CLASSES; k++) classes.add("class" + k);
		for (final Field field : screen.fields()) {
			final int label = Integer.parseInt(field.get("Metadata_Class"));
			final String batch = field.get("Metadata_Batch");
			samples.add(new Sample(field.plate(), batch, label - 1, label == 0));
			final double[][] light = binned(FieldReaders.builtIn().read(field));
			change(light, kind, batch, options.seed(), samples.size());
			tiles.add(tile(light));
		}
		return new TrainingData(samples, classes, new AugmentedTiles(tiles::get, tiles.size(), screen.channels().size(),
			new Augmentation(SIZE, false, true, true)));
	}

	/** Counts above the camera's offset, [C][SIZE x SIZE]. */
	private static double[][] binned(final Img<?> image) {
		final double[][] light = new double[(int) image.dimension(2)][SIZE * SIZE];
		@SuppressWarnings("unchecked")
		final Cursor<
			? extends RealType<?>> cursor = Views.flatIterable((Img<? extends RealType<?>>) image).localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			light[cursor.getIntPosition(2)][cursor.getIntPosition(1) / 2 * SIZE +
				cursor.getIntPosition(0) / 2] += cursor.get().getRealDouble() / 4;
		}
		return light;
	}

	private static void change(final double[][] light, final Kind kind, final String batch, final long seed,
		final int image)
	{
		final RandomStream ofBatch = RandomStream.of(seed, kind + batch);
		final RandomStream ofImage = RandomStream.of(seed, "image" + kind, image);
		final double strength = ofBatch.nextDouble();
		final double slope = 2 * ofBatch.nextDouble() - 1;
		final double angle = 2 * Math.PI * ofImage.nextDouble();
		for (int c = 0; c < light.length; c++) {
			final double exponent = Math.exp(0.4 * ofBatch.nextGaussian());
			for (int p = 0; p < light[c].length; p++) {
				final double x = (p % SIZE + .5) / SIZE - .5;
				final double y = (p / SIZE + .5) / SIZE - .5;
				final double v = Math.max(0, light[c][p] - 200);
				light[c][p] = 200 + switch (kind) {
					case SAME, STRONG, STRONGER, STRONGEST -> light[c][p] - 200;
					case NOISE -> light[c][p] - 200 + 60 * strength * ofImage.nextGaussian();
					case GAMMA -> 300 * Math.pow(v / 300, exponent);
					case TILT -> v * (1 + 1.6 * slope * x);
					case HAZE -> v + 250 * strength / (1 + Math.exp(-12 * (x * Math.cos(angle) + y * Math.sin(angle))));
				};
			}
		}
	}

	private static PackedTile tile(final double[][] light) {
		final short[] values = new short[light.length * SIZE * SIZE];
		for (int i = 0; i < values.length; i++) {
			values[i] = (short) Math.max(0,
				Math.min(65535, Math.round(10 * light[i / (SIZE * SIZE)][i % (SIZE * SIZE)])));
		}
		final float[] scale = new float[light.length];
		final float[] offset = new float[light.length];
		Arrays.fill(scale, (float) (0.1 / SCALE));
		Arrays.fill(offset, (float) (-OFFSET / SCALE));
		return new PackedTile(SIZE, SIZE, values, scale, offset);
	}
}
