// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

/** The order of a tile's values in memory, the last letter varying fastest. */
public enum Layout {
	/** [C, H, W]: one channel after the other. */
	NCHW,
	/** [H, W, C]: all channels of a pixel together ("channels last"). */
	NHWC
}
