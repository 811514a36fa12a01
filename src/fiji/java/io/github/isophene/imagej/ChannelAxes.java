// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import java.util.ArrayList;
import java.util.List;

import net.imagej.Dataset;
import net.imagej.ImgPlus;
import net.imagej.axis.Axes;
import net.imagej.axis.AxisType;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.view.Views;

/** An image with named axes as the rest of the house has it: [X, Y, C]. */
final class ChannelAxes {

	private ChannelAxes() {}

	/**
	 * The channels of an image as a view: of several time points the first, of several focal
	 * planes the middle one (the lower of two), of any other axis the first position.
	 *
	 * @param image X, Y and any further axes, in any order
	 * @return [X, Y, C], or [X, Y] if there is no channel axis; starts at 0
	 * @throws IllegalArgumentException if X or Y is missing
	 */
	static RandomAccessibleInterval<?> of(final ImgPlus<?> image) {
		return view(image);
	}

	/** As {@link #of(ImgPlus)}; refuses a dataset whose channels are red, green and blue of one picture. */
	static RandomAccessibleInterval<?> of(final Dataset image) {
		if (image.isRGBMerged())
			throw new IllegalArgumentException("'" + image.getName() +
				"' is a color image: split its channels first (Image > Color > Make Composite)");
		return of(image.getImgPlus());
	}

	private static <T> RandomAccessibleInterval<T> view(final ImgPlus<T> image) {
		final List<AxisType> axes = new ArrayList<>();
		for (int d = 0; d < image.numDimensions(); d++) axes.add(image.axis(d).type());
		if (!axes.contains(Axes.X) || !axes.contains(Axes.Y)) {
			throw new IllegalArgumentException(
				"'" + image.getName() + "' has the axes " + axes + ", but X and Y are needed");
		}
		RandomAccessibleInterval<T> view = Views.zeroMin(image.getImg());
		for (int d = axes.size() - 1; d >= 0; d--) {
			final AxisType axis = axes.get(d);
			if (axis == Axes.X || axis == Axes.Y || axis == Axes.CHANNEL) continue;
			view = Views.hyperSlice(view, d, axis == Axes.Z ? (view.dimension(d) - 1) / 2 : 0);
			axes.remove(d);
		}
		int at = 0;
		for (final AxisType axis : List.of(Axes.X, Axes.Y, Axes.CHANNEL)) {
			final int from = axes.indexOf(axis);
			if (from < 0) continue;
			for (int d = from; d > at; d--) {
				view = Views.permute(view, d, d - 1);
				axes.add(d - 1, axes.remove(d));
			}
			at++;
		}
		return view;
	}
}
