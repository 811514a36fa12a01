// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;

import io.github.isophene.network.Model;

/** Hears what the prediction of a plate comes to, as it does. */
public interface PredictionListener {

	/** Hears nothing. */
	PredictionListener NONE = new PredictionListener() {};

	/**
	 * All tiles of a field have been through all models.
	 *
	 * @param field of the queries, counted from 0
	 */
	default void predicted(final int field) {}

	/**
	 * A model's predictions are made with these stored statistics; not called for chunks that
	 * normalize themselves, nor for the training's.
	 *
	 * @param model which of the ensemble, counted from 0
	 * @param adapted the model with the plate's statistics stored in it
	 * @throws IOException if it can't keep them, which ends the prediction
	 */
	default void adapted(final int model, final Model adapted) throws IOException {}
}
