// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.controls.ControlImages;
import io.github.isophene.adaptation.statistics.CalibratedControls;
import io.github.isophene.adaptation.statistics.ExactBatchPass;
import io.github.isophene.adaptation.statistics.ModelCalibration;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.engine.Engines;
import io.github.isophene.network.Model;
import io.github.isophene.network.StatisticsCalibration;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The calibration, calibrated controls and the mix are those of an independent implementation,
 * golden_calibration.py.
 */
public class CalibrationGoldenTest {

	private static StateDict golden;
	private static Model model;

	@BeforeAll
	static void calibrate() throws IOException {
		try (InputStream in = CalibrationGoldenTest.class.getResourceAsStream("golden_calibration.safetensors")) {
			final byte[] bytes = in.readAllBytes();
			golden = Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
		}
		model = calibrated(GoldenAdaptation.model("first", "resnet18", 2, 8, 4), PlateStatistics.MEMORY);
	}

	/** Two plates of 12 queries and 6 controls. */
	public static Model calibrated(final Model model, final long memory) throws IOException {
		final ModelCalibration calibration = new ModelCalibration(model, 1.0 / 3, true);
		for (final int first : new int[]{0, 200}) {
			assertTrue(calibration.add(
				new ModelCalibration.Plate("P" + first, GoldenAdaptation.images(first, 12, 2, 64),
					IntStream.range(0, 12).map(i -> i % 4).toArray(), GoldenAdaptation.images(first + 100, 6, 2, 64)),
				"cpu", memory));
		}
		return calibration.result();
	}

	@Test
	void theCalibration() {
		final StatisticsCalibration found = model.calibration().orElseThrow();
		assertEquals(2, found.plates());
		for (final String layer : new String[]{"bn1", "layer2.0.downsample.1", "layer4.1.bn2"}) {
			final StatisticsCalibration.LayerCalibration of = found.get(layer);
			close("offset." + layer, 1e-5, of.offset());
			close("variance." + layer, 1e-5, of.variance());
			close("class_mean." + layer, 1e-5, of.classMeans());
			close("class_square." + layer, 1e-5, of.classSquares());
		}
	}

	@Test
	void statisticsOfANewPlatesControls() throws IOException {
		try (ExactBatchPass batch = new ExactBatchPass(model, Engines.device("cpu"), PlateStatistics.MEMORY)) {
			final CalibratedControls found = CalibratedControls.of(batch, model.calibration().orElseThrow(),
				ControlImages.of(GoldenAdaptation.fields(3, GoldenAdaptation.images(400, 8, 2, 64))));
			assertTrue(found.verdict().wells().isEmpty());
			for (final String layer : new String[]{"bn1", "layer2.0.downsample.1", "layer4.1.bn2"}) {
				close("mean." + layer, 1e-5, found.statistics().get(layer).mean());
				close("var." + layer, 1e-5, found.statistics().get(layer).variance());
			}
		}
	}

	@Test
	void predictionsByCalibratedControls() throws IOException {
		close("calibrated", 1e-4, logits(StatisticsOrigin.CALIBRATED));
	}

	@Test
	void predictionsByTheMix() throws IOException {
		close("mix", 1e-4, logits(StatisticsOrigin.MIX));
	}

	private static float[][] logits(final StatisticsOrigin origin) throws IOException {
		final float[][] logits = new float[10][4];
		final ClassHead head = new ClassHead(model);
		new PlateEmbeddings(model, PredictionOptions.of(origin).withDevice("cpu").withDrift(false)).run("P",
			GoldenAdaptation.fields(1, GoldenAdaptation.images(500, 10, 2, 64)),
			GoldenAdaptation.fields(3, GoldenAdaptation.images(400, 8, 2, 64)), null, s -> {}, (tile, row) -> {
				final double[] of = head.logits(row);
				for (int k = 0; k < of.length; k++) logits[tile][k] = (float) of[k];
			});
		return logits;
	}

	private static void close(final String name, final double tolerance, final float[]... found) {
		final float[] expected = golden.get(name).values();
		int i = 0;
		for (final float[] row : found) {
			for (final float value : row) {
				final float of = expected[i++];
				assertEquals(of, value, tolerance * Math.max(1, Math.abs(of)), name);
			}
		}
		assertEquals(expected.length, i);
	}
}
