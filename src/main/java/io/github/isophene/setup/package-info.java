// SPDX-License-Identifier: BSD-2-Clause
/**
 * Choosing the native library that the engine starts with: finding one in a folder,
 * unpacking or downloading one on request, trying it in a process of its own, and keeping
 * the choice. Nothing here happens unasked.
 * <p>May know: engine, files.</p>
 */
package io.github.isophene.setup;
