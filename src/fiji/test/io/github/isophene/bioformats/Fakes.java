// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;

/** Files of Bio-Formats' FakeReader: empty, with names that say what they pretend to hold. */
final class Fakes {

	/** Into the first pixels of a plane, boxes of this width write where the plane is from. */
	private static final int BOX = 10;

	/** Origin of a plane, as its painted boxes encode it. */
	record FakeOrigin(int series, int index, int z, int c, int t) {}

	private Fakes() {}

	/** Makes a file; sizes and counts as FakeReader names them. */
	static Path write(final Path folder, final String name, final String what) throws IOException {
		return Files.write(folder.resolve(name + "&pixelType=uint16&sizeX=64&sizeY=64&" + what + ".fake"), new byte[0]);
	}

	/** Returns the origin of a channel of an image [X, Y, C]. */
	@SuppressWarnings("unchecked")
	static FakeOrigin origin(final Img<?> image, final int channel) {
		final RandomAccess<? extends RealType<?>> at = (RandomAccess<? extends RealType<?>>) image.randomAccess();
		final int[] values = new int[5];
		for (int i = 0; i < values.length; i++) {
			at.setPosition(new int[]{i * BOX + BOX / 2, BOX / 2, channel});
			values[i] = (int) at.get().getRealDouble();
		}
		return new FakeOrigin(values[0], values[1], values[2], values[3], values[4]);
	}
}
