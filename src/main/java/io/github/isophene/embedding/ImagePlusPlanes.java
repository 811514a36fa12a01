// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ImageProcessor;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Planes of an ImageJ image: its current slice and frame, or all of them, and what is selected. Channels are
 * never taken for slices.
 */
public final class ImagePlusPlanes implements ImagePlanes {

	/** Column of the slice, from 1. */
	public static final String SLICE = "Metadata_Slice";
	/** Column of the frame, from 1. */
	public static final String FRAME = "Metadata_Frame";

	/** Property of a ROI that marks a place and selects nothing; its value is where it was put. */
	private static final String MARK = "isophene.mark";

	private final ImagePlus image;
	private final boolean stack;
	private final Roi roi;

	/** @param stack all slices and frames, not only the current ones */
	public ImagePlusPlanes(final ImagePlus image, final boolean stack) {
		this.image = image;
		this.stack = stack;
		final Roi selected = image.getRoi();
		this.roi = selected != null && selected.isArea() && !isMark(selected) ? selected : null;
	}

	/** Returns a ROI that shows a place of an image but doesn't count as a selection, until a user changes it. */
	public static Roi mark(final Rectangle place) {
		final Roi roi = new Roi(place);
		roi.setProperty(MARK, place.toString());
		return roi;
	}

	private static boolean isMark(final Roi roi) {
		return roi.getType() == Roi.RECTANGLE && roi.getBounds().toString().equals(roi.getProperty(MARK));
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
		return new FinalInterval(new long[]{box.x, box.y}, new long[]{box.x + box.width - 1L, box.y + box.height - 1L});
	}

	@Override
	public boolean holds(final long x, final long y) {
		return roi == null || roi.contains((int) x, (int) y);
	}

	/** The channels of the current slice and frame as an image [X, Y, C]. */
	public static RandomAccessibleInterval<?> planes(final ImagePlus image) {
		return planes(image, image.getSlice(), image.getFrame());
	}

	private static RandomAccessibleInterval<?> planes(final ImagePlus image, final int slice, final int frame) {
		check(image);
		final int channels = image.getNChannels();
		final PlanarImg<FloatType,
			FloatArray> planes = PlanarImgs.floats(image.getWidth(), image.getHeight(), channels);
		for (int c = 0; c < channels; c++) {
			final ImageProcessor plane = image.getStack().getProcessor(image.getStackIndex(c + 1, slice, frame));
			System.arraycopy(plane.convertToFloat().getPixels(), 0, planes.getPlane(c).getCurrentStorageArray(), 0,
				planes.getPlane(c).getArrayLength());
		}
		requireContent(image, planes);
		return planes;
	}

	/** Refuses what no profile can come of, by name, instead of giving features without sense. */
	private static void requireContent(final ImagePlus image, final PlanarImg<FloatType, FloatArray> planes) {
		boolean black = true;
		for (int c = 0; c < planes.dimension(2); c++) {
			boolean finite = false;
			for (final float v : planes.getPlane(c).getCurrentStorageArray()) {
				finite |= Float.isFinite(v);
				black &= v == 0;
			}
			if (!finite)
				throw new IllegalArgumentException("'" + image.getTitle() + "' has no number in channel " + (c + 1) +
					": every pixel is NaN or infinite");
		}
		if (black) throw new IllegalArgumentException("'" + image.getTitle() + "' is black: every pixel is 0");
	}

	/**
	 * Returns the names of an image's channels: the first line of their slice labels, where all have different ones.
	 *
	 * @return empty if they have no names
	 */
	public static List<String> channels(final ImagePlus image) {
		final List<String> names = new ArrayList<>();
		for (int c = 1; c <= image.getNChannels(); c++) {
			final String label = image.getStack()
				.getSliceLabel(image.getStackIndex(c, image.getSlice(), image.getFrame()));
			names.add(label == null ? "" : label.lines().findFirst().orElse("").strip());
		}
		return names.contains("") || Set.copyOf(names).size() < names.size() ? List.of() : List.copyOf(names);
	}

	/** Refuses what couldn't be opened, and color images, whose channels are mixed with their display. */
	public static void check(final ImagePlus image) {
		// What SciJava makes of a path that is no image.
		if (image.getWidth() < 1)
			throw new IllegalArgumentException("image can't be opened: it is no file, or none that ImageJ reads");
		if (image.getType() == ImagePlus.COLOR_RGB || image.getType() == ImagePlus.COLOR_256) {
			throw new IllegalArgumentException("'" + image.getTitle() +
				"' is a color image: split its channels first (Image > Color > Make Composite)");
		}
	}
}
