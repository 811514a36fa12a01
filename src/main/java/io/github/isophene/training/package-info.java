// SPDX-License-Identifier: BSD-2-Clause
/**
 * Training: what a data set offers, splits that never cut a plate, episodes, objectives
 * (a plug-in type), optimizers, checkpoints, the log. Everything random is counted, not
 * carried: a draw depends on the seed and its place in the training only, so a training
 * that is resumed goes on exactly where it was.
 * <p>
 * Objectives that perturb share one step, {@link io.github.isophene.training.objective.PerturbedStep}:
 * where and what is perturbed is in {@link io.github.isophene.training.objective.PerturbationOptions},
 * how it becomes adversarial, or its random-direction control, in
 * {@link io.github.isophene.training.objective.Ascent}.
 * </p>
 * <p>May know: network, engine, pixels, screen.</p>
 */
package io.github.isophene.training;
