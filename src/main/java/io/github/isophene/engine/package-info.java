// SPDX-License-Identifier: BSD-2-Clause
/**
 * The tensor engine (DJL with PyTorch): starting it offline, choosing a device, the
 * life time of arrays, guarded element types, blocks of pixels to arrays. The only room
 * that starts the engine.
 * <p>May know: ImgLib2; no other room.</p>
 */
package io.github.isophene.engine;
