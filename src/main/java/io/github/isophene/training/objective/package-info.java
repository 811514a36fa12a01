// SPDX-License-Identifier: BSD-2-Clause
/**
 * The objectives that Isophene brings (ERM, ARM-BN, CS-ARM-BN, DSU, MixStyle, AdvStyle, ABRA), found through
 * SciJava's index of plug-ins like those from outside, and the perturbations of images and features that some share.
 * <p>
 * Objectives that perturb share one step, {@link io.github.isophene.training.objective.PerturbedStep}: where and what
 * is perturbed is in {@link io.github.isophene.training.objective.PerturbationOptions}, the ascent that makes it
 * adversarial, or its random-direction control, in {@link io.github.isophene.training.objective.Ascent}.
 * </p>
 * <p>Depends on: training, training.data, network, engine, numerics, settings.</p>
 */
package io.github.isophene.training.objective;
