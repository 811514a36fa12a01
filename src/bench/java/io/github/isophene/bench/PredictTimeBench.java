// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.ScreenPredictor;
import io.github.isophene.adaptation.calibration.CalibrationOptions;
import io.github.isophene.adaptation.calibration.ScreenCalibrator;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Screen;

/**
 * Processor time of Adapt and Predict by the origin of its statistics, against {@code joint} and {@code joint-plate},
 * from TIFF to Parquet, on one simulated plate, in turns. Arguments: wells of the plate (48), width of the ResNet-18
 * (16), rounds (5).
 */
public final class PredictTimeBench {

	private static final List<StatisticsOrigin> ORIGINS = List.of(StatisticsOrigin.JOINT, StatisticsOrigin.JOINT_PLATE,
		StatisticsOrigin.CONTROLS, StatisticsOrigin.CALIBRATED, StatisticsOrigin.MIX, StatisticsOrigin.TRAINING);
	private static final int TILE = 96;

	private PredictTimeBench() {}

	public static void main(final String... arguments) throws IOException {
		final int wells = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 48;
		final int width = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 16;
		final int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
		final Path folder = Path.of("target", "bench", "statistics");
		final Screen screen = DemoScreen.write(folder.resolve("screen-" + wells), DemoOptions.defaults()
			.withBatches(1)
			.withPlates(1)
			.withWells(wells)
			.withFields(1)
			.withSize(2 * TILE)
			.withClasses(5), Progress.NONE).screen();
		final List<String> classes = screen.fields()
			.stream()
			.filter(field -> !field.get("Metadata_pert_type").equals("negcon"))
			.map(field -> field.get("Metadata_Compound"))
			.distinct()
			.sorted()
			.toList();
		final Architecture architecture = Architecture.of("resnet18", screen.channels().size(), width, classes.size());
		final Path plain = folder.resolve("model.zip");
		ModelFile.write(new Model(
			new ModelCard("bench", "", architecture, ModelCard.Input.ALL_CHANNELS, screen.channels(), TILE, "clip8",
				classes, "Metadata_Compound", StatisticsOrigin.JOINT, Map.of()),
			Initialization.calibrated(architecture, 1)), plain);
		final Path calibrated = folder.resolve("calibrated.zip");
		new ScreenCalibrator(FieldReaders.builtIn()).calibrate(screen,
			CalibrationOptions.of(plain.toString(), calibrated).withLabel("Metadata_Compound").withDevice("cpu"),
			Progress.NONE);
		final Map<StatisticsOrigin, List<Double>> times = new LinkedHashMap<>();
		ORIGINS.forEach(origin -> times.put(origin, new ArrayList<>()));
		for (int round = -1; round < rounds; round++) {
			for (final StatisticsOrigin origin : ORIGINS) {
				final long start = processorTime();
				new ScreenPredictor(FieldReaders.builtIn()).predict(screen,
					ScreenPredictionOptions.into(folder.resolve("predictions.parquet"))
						.withModel(calibrated.toString())
						.withStatistics(origin.label())
						.withResume(false),
					Progress.NONE);
				if (round >= 0) times.get(origin).add((processorTime() - start) * 1e-9);
			}
		}
		final long controls = screen.fields()
			.stream()
			.filter(field -> field.get("Metadata_pert_type").equals("negcon"))
			.count();
		System.out.printf(Locale.ROOT, "plate of %d fields, %d of them controls, 4 tiles each; width %d%n",
			screen.fields().size(), controls, width);
		times.forEach((origin, of) -> System.out.printf(Locale.ROOT, "%s: %.2f s%n", origin.label(),
			BenchRatio.median(of)));
		for (final StatisticsOrigin origin : ORIGINS) {
			for (final StatisticsOrigin against : List.of(StatisticsOrigin.JOINT, StatisticsOrigin.JOINT_PLATE)) {
				if (origin == against) continue;
				final List<Double> ratios = new ArrayList<>();
				for (int i = 0; i < rounds; i++)
					ratios.add(times.get(origin).get(i) / times.get(against).get(i));
				BenchRatio.print("Adapt and Predict, processor time, " + origin.label() + " / " + against.label(),
					ratios);
			}
		}
	}

	/** Returns what the threads of the process have used, in nanoseconds. */
	private static long processorTime() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}
}
