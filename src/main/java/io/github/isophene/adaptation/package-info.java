// SPDX-License-Identifier: BSD-2-Clause
/**
 * Adapts trained networks to a new plate and predicts on it: exact batch statistics of a
 * plate's negative controls (or of controls and queries together), class probabilities
 * with their uncertainty, how far the plate is from the training plates, and what is wrong
 * with its controls. No label of a plate is read anywhere: there is no place for one in what
 * predicts, and a screen's tables hand them through as text.
 * <pre>
 * // A screen, plate by plate, into files:
 * ScreenPredictionOptions files = ScreenPredictionOptions.into(Path.of("new.parquet")).model("moa.zip");
 * ScreenPredictionReport report = new ScreenPredictor(readers).predict(screen, files, progress);
 *
 * // One plate:
 * TileSource queryTiles = ..., controlTiles = ...;              // images of one plate, read on demand
 * FieldImages queries = new FieldImages(channels, fields, queryTiles);
 * FieldImages controls = new FieldImages(channels, controlFields, controlTiles);
 * PredictionOptions options = PredictionOptions.of(StatisticsOrigin.CONTROLS);
 * PlatePrediction p = new Predictor(List.of(model), options).predict("BR1", queries, controls);
 *
 * // The plate's statistics in a model, for embedding:
 * PlateStatistics s = PlateStatistics.of(model, controlTiles, "auto", PlateStatistics.MEMORY);
 * Model adapted = s.into(model, "BR1", StatisticsOrigin.CONTROLS);
 * </pre>
 * <p>May know: network, engine, pixels, screen, profiles, files.</p>
 */
package io.github.isophene.adaptation;

import io.github.isophene.pixels.TileSource;
