// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.Objects;

/**
 * Where one channel of one field lies: a file (or URL) and, in files that hold
 * several planes, which one.
 *
 * @param path absolute path of the file, or a URL
 * @param frame index of the plane in the file, from 0; 0 in single-plane files
 */
public record Plane(String path, int frame) {

	public Plane {
		Objects.requireNonNull(path, "path");
		if (frame < 0) throw new IllegalArgumentException("Frame " + frame + " of " + path + " is negative");
	}

	/** The first plane of a file. */
	public static Plane of(final String path) {
		return new Plane(path, 0);
	}
}
