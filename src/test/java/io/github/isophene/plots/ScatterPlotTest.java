// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

class ScatterPlotTest {

	@Test
	void marksDiffer() {
		final Set<String> marks = new HashSet<>();
		for (int i = 0; i < ScatterPlot.MARKS; i++) {
			marks.add(ScatterPlot.color(i).getRGB() + " " + ScatterPlot.shape(i, 10).getClass() +
				ScatterPlot.shape(i, 10).getBounds2D());
		}
		assertEquals(ScatterPlot.MARKS, marks.size());
	}

	@Test
	void theLastGroupLiesOnTop() {
		final double[] x = {0, 1, 2};
		final BufferedImage image = Png.image(300, 300,
			new ScatterPlot("", "x", "y", 40).background("others", x, x)
				.points("a", x, x, 0)
				.points("b", x, x, 1)
				.chart());
		assertTrue(contains(image, ScatterPlot.color(1)));
		assertTrue(!contains(image, ScatterPlot.color(0)), "a lies on b");
	}

	@Test
	void coordinatesMustMatch() {
		assertThrows(IllegalArgumentException.class,
			() -> new ScatterPlot("", "x", "y", 4).points("a", new double[2], new double[3], 0));
	}

	@Test
	void heatMapsHaveOneSquarePerNumber() throws IOException {
		final double[][] values = {{0, 0.5, 1}, {Double.NaN, -3, 9}};
		final ColorScale scale = new ColorScale(0, 1);
		final BufferedImage image = ImageIO.read(new ByteArrayInputStream(Png.bytes(HeatMap.image(values, scale, 1))));
		assertEquals(3, image.getWidth());
		assertEquals(2, image.getHeight());
		assertEquals(scale.color(0).getRGB(), image.getRGB(0, 0));
		assertEquals(ColorScale.MISSING.getRGB(), image.getRGB(0, 1));
		assertEquals(scale.color(0).getRGB(), image.getRGB(1, 1), "below the scale");
		assertEquals(scale.color(1).getRGB(), image.getRGB(2, 1), "above the scale");
		assertNotEquals(image.getRGB(0, 0), image.getRGB(2, 0));
		assertThrows(IllegalArgumentException.class, () -> HeatMap.image(new double[0][], scale, 1));
	}

	@Test
	void theColorScaleGetsLighter() {
		final ColorScale scale = new ColorScale(-2, 2);
		double before = -1;
		for (double v = -2; v <= 2; v += 0.05) {
			final Color c = scale.color(v);
			final double lightness = 0.2126 * c.getRed() + 0.7152 * c.getGreen() + 0.0722 * c.getBlue();
			assertTrue(lightness > before, "at " + v);
			before = lightness;
		}
	}

	/** Returns whether a color, a little transparent on white or not, is in a picture. */
	private static boolean contains(final BufferedImage image, final Color color) {
		int found = 0;
		for (int y = 0; y < image.getHeight(); y++) {
			for (int x = 0; x < image.getWidth(); x++) {
				final Color c = new Color(image.getRGB(x, y));
				if (Math.abs(c.getRed() - color.getRed()) + Math.abs(c.getGreen() - color.getGreen()) +
					Math.abs(c.getBlue() - color.getBlue()) < 150) found++;
			}
		}
		return found > 200;
	}
}
