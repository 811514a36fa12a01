// SPDX-License-Identifier: BSD-2-Clause
/**
 * The screen formats that Isophene brings: folders and files of microscopes and of published data sets, found through
 * SciJava's index of plug-ins like those from outside.
 * <p>Depends on: screen, zarr, storage, files.</p>
 */
package io.github.isophene.screen.format;
