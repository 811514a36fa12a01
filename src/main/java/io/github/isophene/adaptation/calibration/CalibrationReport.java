// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.calibration;

import java.nio.file.Path;
import java.util.List;

import io.github.isophene.messages.Count;
import io.github.isophene.network.Model;
import io.github.isophene.network.StatisticsCalibration;

/**
 * Outcome of a calibration on a screen.
 *
 * @param file the model file that was written
 * @param model the model in it
 * @param notes sentences for the user
 */
public record CalibrationReport(Path file, Model model, List<String> notes) {

	public CalibrationReport {
		notes = List.copyOf(notes);
	}

	/** Returns a line for people. */
	public String message() {
		final StatisticsCalibration calibration = model.calibration().orElseThrow();
		return "Calibrated on " + Count.of(calibration.plates(), "plate") +
			(calibration.hasClasses() ? ", with the moments of " + Count.of(model.card().classes().size(), "class")
			: "") +
			": " + file + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")");
	}
}
