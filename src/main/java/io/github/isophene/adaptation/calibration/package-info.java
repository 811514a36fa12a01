// SPDX-License-Identifier: BSD-2-Clause
/**
 * Calibration of an existing model on a screen, plate by plate, into a model file.
 * <p>May know: adaptation, network, engine, pixels, screen, files.</p>
 */
package io.github.isophene.adaptation.calibration;
