// SPDX-License-Identifier: BSD-2-Clause
/**
 * The tensor engine (DJL with PyTorch): starting it offline, choosing a device, the
 * life time of arrays, guarded element types, blocks of pixels to arrays. The only room
 * that starts the engine.
 * <p>May know: ImgLib2; files.</p>
 * <h2>The life of an array</h2>
 * An array's memory is native: Java's garbage collection never frees it, its manager does.
 * <pre>
 * try (NDManager manager = Engines.newManager("auto")) {      // holds what lives long: weights
 *   for (FloatBuffer tiles : batches) {
 *     try (NDManager step = manager.newSubManager()) {        // one per step
 *       NDArray x = Tensors.create(step, tiles, n, c, h, w);  // belongs to the step
 *       NDArray y = x.mul(gain);                              // so does this
 *       result.add(y.toFloatArray());
 *     }                                                       // all of the step's arrays are closed
 *   }
 * }
 * </pre>
 * <ul>
 * <li>The result of an operation belongs to the manager of the array it is called on:
 * {@code weight.mul(x)} would pile up among the weights. Call it on the array of the step,
 * or close the result.</li>
 * <li>Gradients come from {@link io.github.isophene.engine.TrainingOps#gradients} as arrays of the step;
 * {@code parameter.getGradient()} makes a new array of the parameter's manager with
 * every call: close it, and what is computed from it.</li>
 * <li>In a long chain, close each array when the next one is there; while a gradient is
 * recorded that is safe, too, as the recording holds what it needs.</li>
 * <li>Types of arrays that aren't constants in the source go through
 * {@link io.github.isophene.engine.ElementTypes}: a wrong one would end the process.</li>
 * <li>One recording of gradients at a time in the whole process.</li>
 * </ul>
 */
package io.github.isophene.engine;
