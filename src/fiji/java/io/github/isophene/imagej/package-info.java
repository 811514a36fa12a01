// SPDX-License-Identifier: BSD-2-Clause
/**
 * ImageJ2's types at the doors of Isophene: a {@code Dataset} or {@code ImgPlus} as an image,
 * SciJava tables, ImageJ Ops. Built by the Maven profile {@code fiji}.
 *
 * <pre>
 * #@ Dataset image
 * #@ ImageJIsopheneService isophene
 * #@output Table profiles
 * tiles = isophene.embed(image, "default", 224, "auto")
 * profiles = isophene.table(tiles)
 * </pre>
 *
 * <p>May know: the root, profiles, pixels, screen.</p>
 */
package io.github.isophene.imagej;
