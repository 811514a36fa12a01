// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.awt.Rectangle;
import java.util.LinkedHashMap;
import java.util.Map;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import io.github.isophene.embedding.ImagePlanes;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;

/** What the commands see of ImageJ's active image: its current slice and frame, or all of them, and what is selected. */
final class ActiveImage implements ImagePlanes {

	static final String SLICE = "Metadata_Slice";
	static final String FRAME = "Metadata_Frame";

	private final ImagePlus image;
	private final boolean stack;
	private final Roi roi;

	/** @param stack all slices and frames, not only the current ones */
	ActiveImage(final ImagePlus image, final boolean stack) {
		this.image = image;
		this.stack = stack;
		final Roi selected = image.getRoi();
		this.roi = selected != null && selected.isArea() ? selected : null;
	}

	@Override
	public int size() {
		return stack ? image.getNSlices() * image.getNFrames() : 1;
	}

	/** The slice of the i-th plane, from 1. */
	int slice(final int i) {
		return stack ? i % image.getNSlices() + 1 : image.getSlice();
	}

	/** The frame of the i-th plane, from 1. */
	int frame(final int i) {
		return stack ? i / image.getNSlices() + 1 : image.getFrame();
	}

	@Override
	public RandomAccessibleInterval<?> plane(final int i) {
		return planes(image, slice(i), frame(i));
	}

	@Override
	public Map<String, String> metadata(final int i) {
		final Map<String, String> values = new LinkedHashMap<>();
		if (stack) {
			values.put(SLICE, Integer.toString(slice(i)));
			values.put(FRAME, Integer.toString(frame(i)));
		}
		return values;
	}

	@Override
	public Interval bounds() {
		if (roi == null) return null;
		final Rectangle box = roi.getBounds().intersection(new Rectangle(image.getWidth(), image.getHeight()));
		return new FinalInterval(new long[] { box.x, box.y }, new long[] { box.x + box.width - 1L, box.y + box.height - 1L });
	}

	@Override
	public boolean holds(final long x, final long y) {
		return roi == null || roi.contains((int) x, (int) y);
	}

	/** The channels of the current slice and frame as an image [X, Y, C]. */
	static RandomAccessibleInterval<?> planes(final ImagePlus image) {
		return planes(image, image.getSlice(), image.getFrame());
	}

	private static RandomAccessibleInterval<?> planes(final ImagePlus image, final int slice, final int frame) {
		check(image);
		final int channels = image.getNChannels();
		final PlanarImg<FloatType, FloatArray> planes = PlanarImgs.floats(image.getWidth(), image.getHeight(), channels);
		for (int c = 0; c < channels; c++) {
			final ImageProcessor plane = image.getStack().getProcessor(image.getStackIndex(c + 1, slice, frame));
			System.arraycopy(plane.convertToFloat().getPixels(), 0, planes.getPlane(c).getCurrentStorageArray(), 0, planes
				.getPlane(c).getArrayLength());
		}
		return planes;
	}

	/** Refuses what couldn't be opened, and colour images, whose channels are mixed with their display. */
	static void check(final ImagePlus image) {
		// What SciJava makes of a path that is no image.
		if (image.getWidth() < 1) throw new IllegalArgumentException("image can't be opened: it is no file, or none that ImageJ reads");
		if (image.getType() == ImagePlus.COLOR_RGB || image.getType() == ImagePlus.COLOR_256) {
			throw new IllegalArgumentException("'" + image.getTitle() +
				"' is a colour image: split its channels first (Image > Color > Make Composite)");
		}
	}
}
