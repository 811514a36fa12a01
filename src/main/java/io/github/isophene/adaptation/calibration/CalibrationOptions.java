// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.calibration;

import java.nio.file.Path;
import java.util.Locale;

import io.github.isophene.adaptation.statistics.ModelCalibration;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Selection;

/**
 * Choices of a calibration of an existing model on a screen.
 *
 * @param model a model file, or the name of a built-in model
 * @param calibrated the model file to write
 * @param controls negative controls
 * @param label column of the classes, for the moments of each class that {@code mix} needs; empty: none
 * @param queryShare weight of the queries in the batch that the network expects, 0 to 1; negative: from what the model
 *          was trained for, see {@link ModelCalibration#queryShare}
 * @param device see {@link io.github.isophene.engine.Engines#device(String)}
 */
public record CalibrationOptions(String model, Path calibrated, Selection controls, String label, double queryShare,
	String device)
{

	/** @throws IllegalArgumentException naming the key that is missing or out of range */
	public CalibrationOptions {
		model = model.strip();
		label = label.strip();
		if (model.isEmpty()) throw new IllegalArgumentException("model is missing: give a model file (.zip)");
		if (!calibrated.toString().toLowerCase(Locale.ROOT).endsWith(".zip"))
			throw new IllegalArgumentException("calibrated is '" + calibrated + "': a model file ends in .zip");
		if (controls.isNone())
			throw new IllegalArgumentException("controls is missing: say which wells are negative controls, " +
				"for example " + ControlTypes.NEGATIVE_CONTROLS);
		if (queryShare != -1 && !(queryShare >= 0 && queryShare <= 1))
			throw new IllegalArgumentException(
				"queryshare is " + queryShare + ": give a number from 0 to 1, or -1 for automatic");
	}

	/** Returns the defaults: negative controls by {@value ControlTypes#NEGATIVE_CONTROLS}, no classes. */
	public static CalibrationOptions of(final String model, final Path calibrated) {
		return new CalibrationOptions(model, calibrated, Selection.of(ControlTypes.NEGATIVE_CONTROLS), "", -1,
			"auto");
	}

	/** Returns the same with other controls, as {@code column=value[,value]}. */
	public CalibrationOptions withControls(final String selection) {
		return new CalibrationOptions(model, calibrated, Selection.of(selection), label, queryShare, device);
	}

	/** Returns the same with the column of the classes. */
	public CalibrationOptions withLabel(final String column) {
		return new CalibrationOptions(model, calibrated, controls, column, queryShare, device);
	}

	/** Returns the same with another weight of the queries. */
	public CalibrationOptions withQueryShare(final double share) {
		return new CalibrationOptions(model, calibrated, controls, label, share, device);
	}

	/** Returns the same on another device. */
	public CalibrationOptions withDevice(final String name) {
		return new CalibrationOptions(model, calibrated, controls, label, queryShare, name.strip());
	}
}
