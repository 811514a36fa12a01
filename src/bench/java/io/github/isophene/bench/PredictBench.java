// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.ScreenPredictionReport;
import io.github.isophene.adaptation.ScreenPredictor;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.progress.Progress;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Screen;

/**
 * Memory of Adapt and Predict on a plate, and on one four times as large: resident memory
 * is looked at all the time, and the largest figure printed for each, after a first run
 * that warms everything up.
 * Arguments: wells of the small plate (8), size of a field (384), statistics (joint-plate), memory in MB (96).
 */
public final class PredictBench {

	private PredictBench() {}

	public static void main(final String... args) throws IOException, InterruptedException {
		final int wells = args.length > 0 ? Integer.parseInt(args[0]) : 8;
		final int size = args.length > 1 ? Integer.parseInt(args[1]) : 384;
		final String statistics = args.length > 2 ? args[2] : "joint-plate";
		final int memory = args.length > 3 ? Integer.parseInt(args[3]) : 96;
		final Path folder = Path.of("target", "bench", "predict");
		final Architecture architecture = Architecture.of("resnet18", 4, 16, 5);
		final Path model = folder.resolve("model.zip");
		ModelFile.write(new Model(
			new ModelCard("bench", "", architecture, ModelCard.Input.ALL_CHANNELS, List.of("DNA", "ER", "AGP", "Mito"),
				96, "clip8", List.of("a", "b", "c", "d", "e"), "Metadata_Compound", StatisticsOrigin.JOINT, Map.of()),
			Initialization.calibrated(architecture, 1)), model);
		final int tiles = (size / 96) * (size / 96);
		for (final int n : new int[]{wells, wells, 4 * wells}) {
			final Path images = folder.resolve("screen-" + n + "-" + size);
			final Screen screen = DemoScreen
				.write(images, DemoOptions.defaults()
					.withBatches(1)
					.withPlates(1)
					.withWells(n)
					.withFields(1)
					.withSize(size)
					.withClasses(2), Progress.NONE)
				.screen();
			System.gc();
			final Resident resident = new Resident();
			final ScreenPredictionReport report = predict(screen, folder, model, statistics, memory);
			System.out.printf(Locale.ROOT,
				"%s, %d MB: plate of %d fields, %d tiles (decoded %.0f MB): %.1f s, resident at most " + "%d MB%n",
				statistics, memory, n, n * tiles, n * tiles * 4 * 96 * 96 * 2 / 1048576.0, report.seconds(),
				resident.most());
		}
	}

	private static ScreenPredictionReport predict(final Screen screen, final Path folder, final Path model,
		final String statistics, final int memory) throws IOException
	{
		return new ScreenPredictor(FieldReaders.builtIn()).predict(screen,
			ScreenPredictionOptions.into(folder.resolve("predictions.parquet"))
				.withModel(model.toString())
				.withStatistics(statistics)
				.withMemory(memory)
				.withResume(false),
			Progress.NONE);
	}

	/** Looks at the resident memory every 20 ms until asked. */
	private static final class Resident extends Thread {

		private volatile boolean done;
		private long most;

		Resident() {
			super("resident");
			setDaemon(true);
			start();
		}

		@Override
		public void run() {
			while (!done) {
				try {
					for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
						if (line.startsWith("VmRSS:"))
							most = Math.max(most, Long.parseLong(line.replaceAll("\\D", "")) >> 10);
					}
					Thread.sleep(20);
				}
				catch (final IOException | InterruptedException exc) {
					return;
				}
			}
		}

		long most() throws InterruptedException {
			done = true;
			join();
			return most;
		}
	}
}
