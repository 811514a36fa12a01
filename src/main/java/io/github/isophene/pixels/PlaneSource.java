// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;

import io.github.isophene.pixels.file.GrayPlane;
import io.github.isophene.screen.Plane;

/** Reader of one plane: what a {@link FieldReader} of one kind of file has to know. */
@FunctionalInterface
public interface PlaneSource {

	/**
	 * Reads a plane.
	 *
	 * @throws IOException if it is absent, damaged or of an unsupported type; the
	 *           message names the file and the remedy
	 */
	GrayPlane read(Plane plane) throws IOException;
}
