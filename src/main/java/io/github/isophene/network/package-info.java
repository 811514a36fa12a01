// SPDX-License-Identifier: BSD-2-Clause
/**
 * Encoders: residual networks under torchvision's parameter names, batch normalization
 * with explicit statistics, other networks that embed, and the model file.
 * <p>May know: engine.</p>
 * <p>
 * An {@link io.github.isophene.network.Architecture} says which parameters there are, a
 * {@link io.github.isophene.network.weights.StateDict} holds their values, a
 * {@link io.github.isophene.network.Model} is both with a card. From there two ways lead
 * through the engine:
 * </p>
 * <ul>
 * <li>{@link io.github.isophene.network.Encoder}, for embedding: float values in, float
 * values out, stored statistics folded into the weights, as fast as can be;</li>
 * <li>{@link io.github.isophene.network.ResNet}, for training and adaptation: a function of
 * images, {@link io.github.isophene.network.Parameters} and a
 * {@link io.github.isophene.network.Normalization}, which decides anew in every pass where
 * batch statistics come from.</li>
 * </ul>
 * <p>
 * For training there are {@link io.github.isophene.network.Perturbation}s, families of
 * changes that batch effects may make of images or features, and the
 * {@link io.github.isophene.network.AngularMargin} of a cosine classifier.
 * </p>
 */
package io.github.isophene.network;
