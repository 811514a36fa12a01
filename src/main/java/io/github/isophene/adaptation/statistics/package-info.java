// SPDX-License-Identifier: BSD-2-Clause
/**
 * Batch statistics of one plate, exact in bounded memory: of its controls, of controls and
 * queries together, or of controls moved by a model's calibration; the calibration of a model from
 * plates of usual mixture; and the drift of a plate from the training plates.
 * <p>May know: adaptation.controls, adaptation.tiles, network, engine, screen.</p>
 */
package io.github.isophene.adaptation.statistics;
