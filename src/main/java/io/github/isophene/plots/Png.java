// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import io.github.isophene.files.AtomicFile;
import org.jfree.chart.JFreeChart;

/** Charts as PNG files, with two pixels per unit in each direction, for screens and print. */
public final class Png {

	private static final int SCALE = 2;

	private Png() {}

	/**
	 * Writes charts side by side, whole or not at all.
	 *
	 * @param width of each chart, in units of two pixels
	 * @param height of all
	 * @throws IOException naming the file, if it can't be written
	 */
	public static void write(final Path file, final int width, final int height, final JFreeChart... charts)
		throws IOException
	{
		write(file, image(width, height, charts));
	}

	/** Writes a picture, whole or not at all. */
	public static void write(final Path file, final BufferedImage image) throws IOException {
		AtomicFile.deleteTemporaries(file);
		AtomicFile.write(file, temporary -> {
			if (!ImageIO.write(image, "png", temporary.toFile())) throw new IOException("this Java can't write PNG");
		});
	}

	/** A picture as the bytes of a PNG file. */
	public static byte[] bytes(final BufferedImage image) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		if (!ImageIO.write(image, "png", bytes)) throw new IOException("This Java can't write PNG");
		return bytes.toByteArray();
	}

	/** The picture that {@link #write} writes. */
	public static BufferedImage image(final int width, final int height, final JFreeChart... charts) {
		final BufferedImage image = new BufferedImage(SCALE * width * charts.length, SCALE * height,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		try {
			g.setColor(Color.WHITE);
			g.fillRect(0, 0, image.getWidth(), image.getHeight());
			g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
			g.scale(SCALE, SCALE);
			for (int i = 0; i < charts.length; i++) {
				charts[i].draw(g, new Rectangle2D.Double(i * width, 0, width, height));
			}
		}
		finally {
			g.dispose();
		}
		return image;
	}
}
