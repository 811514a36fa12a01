// SPDX-License-Identifier: BSD-2-Clause
/**
 * One gray plane out of one image file: TIFF, PNG, JPEG. Knows nothing of screens and
 * fields. Every error names the file and the remedy.
 */
package io.github.isophene.pixels.file;
