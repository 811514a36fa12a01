// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.ImageCanvas;
import ij.process.FloatProcessor;
import io.github.isophene.assessment.AssessedMethod;
import io.github.isophene.assessment.PlateMontage;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * A plate heat map as an ImageJ image: the well under the mouse is named in the status bar,
 * and a click opens the fields of that well. Needs a display.
 */
final class PlateMapWindow {

	private final AssessedMethod method;
	private final PlateMontage montage;
	private final Screen screen;
	private final FieldReaders readers;

	/**
	 * @param values [rows of the table], what is shown
	 * @param screen where the fields are; {@code null}: a click opens nothing
	 */
	PlateMapWindow(final AssessedMethod method, final double[] values, final Screen screen,
		final FieldReaders readers)
	{
		this.method = method;
		this.montage = new PlateMontage(method, values);
		this.screen = screen;
		this.readers = readers;
	}

	void show(final String title) {
		final ImagePlus image = new ImagePlus(title, montage.image());
		image.show();
		final ImageCanvas canvas = image.getCanvas();
		final MouseAdapter mouse = new MouseAdapter() {

			@Override
			public void mouseMoved(final MouseEvent e) {
				final OptionalInt row = montage.row(canvas.offScreenX(e.getX()), canvas.offScreenY(e.getY()));
				if (row.isPresent()) IJ.showStatus(name(row.getAsInt()) + " " + method.treatment(row.getAsInt()));
			}

			@Override
			public void mouseClicked(final MouseEvent e) {
				montage.row(canvas.offScreenX(e.getX()), canvas.offScreenY(e.getY()))
					.ifPresent(row -> new Thread(() -> open(row), "isophene-open-field").start());
			}
		};
		canvas.addMouseListener(mouse);
		canvas.addMouseMotionListener(mouse);
	}

	private void open(final int row) {
		if (screen == null) {
			IJ.showStatus(name(row) + ": give the screen to open its fields");
			return;
		}
		final List<Field> fields = fields(screen, method, row);
		if (fields.isEmpty()) IJ.showStatus(name(row) + " is not in the screen");
		for (final Field field : fields) {
			try {
				image(readers.read(field), name(row) + " " + field.site()).show();
			}
			catch (final IOException exc) {
				IJ.error("Assess Batch Effects", exc.getMessage());
				return;
			}
			finally {
				readers.close();
			}
		}
	}

	/** The fields of a row's well. */
	static List<Field> fields(final Screen screen, final AssessedMethod method, final int row) {
		final String plate = method.value(method.roles().plate(), row);
		final String well = method.value(method.roles().well(), row);
		return screen.fields().stream().filter(f -> f.plate().equals(plate) && f.well().equals(well)).toList();
	}

	/** An image [X, Y, C] as ImageJ's, a slice per channel. */
	static <T extends RealType<T>> ImagePlus image(final RandomAccessibleInterval<?> planes, final String title) {
		@SuppressWarnings("unchecked")
		final RandomAccessibleInterval<T> image = (RandomAccessibleInterval<T>) planes;
		final int width = (int) image.dimension(0);
		final int height = (int) image.dimension(1);
		final ImageStack stack = new ImageStack(width, height);
		for (int c = 0; c < image.dimension(2); c++) {
			final float[] pixels = new float[width * height];
			final Cursor<T> cursor = Views.flatIterable(Views.hyperSlice(image, 2, c)).cursor();
			for (int i = 0; i < pixels.length; i++) pixels[i] = cursor.next().getRealFloat();
			stack.addSlice(new FloatProcessor(width, height, pixels));
		}
		return new ImagePlus(title, stack);
	}

	private String name(final int row) {
		return method.value(method.roles().plate(), row) + " " + method.value(method.roles().well(), row);
	}
}
