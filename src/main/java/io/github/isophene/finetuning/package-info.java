// SPDX-License-Identifier: BSD-2-Clause
/**
 * Fine-tuning of an encoder on a screen, from the screen table to a model file: which start model, which tiles,
 * the training run with its log and checkpoints, and the calibration of plate statistics that the model file keeps.
 * <p>Depends on: adaptation, training and its subpackages, network, pixels, screen, settings, files.</p>
 */
package io.github.isophene.finetuning;
