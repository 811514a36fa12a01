// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.ImagePlus;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import org.junit.jupiter.api.Test;

class PlateMapWindowTest {

	@Test
	void aFieldBecomesASlicePerChannel() {
		final ArrayImg<UnsignedShortType, ShortArray> field = ArrayImgs
			.unsignedShorts(new short[]{1, 2, 3, 4, 5, (short) 65_535, 7, 8, 9, 10, 11, 12}, 3, 2, 2);
		final ImagePlus image = PlateMapWindow.image(field, "P A01 1");
		assertEquals(3, image.getWidth());
		assertEquals(2, image.getHeight());
		assertEquals(2, image.getStackSize());
		assertEquals(65_535, image.getStack().getVoxel(2, 1, 0));
		assertEquals(8, image.getStack().getVoxel(1, 0, 1));
	}
}
