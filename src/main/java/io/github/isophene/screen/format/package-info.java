// SPDX-License-Identifier: BSD-2-Clause
/**
 * Formats that a folder or file of images can have, one class each, found by SciJava. They use the public tools of the
 * package above: {@code FileNameFormat}, {@code PlateFolders}, {@code ScreenBuilder}, {@code StreamingXml}.
 * <p>May know: screen, zarr, storage, files.</p>
 */
package io.github.isophene.screen.format;
