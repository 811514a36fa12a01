// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;

import org.junit.jupiter.api.Test;

class BarPlotTest {

	@Test
	void barsAreAsLongAsTheirValues() {
		final BufferedImage image = Png.image(600, 300,
			new BarPlot("", "share").range(0, 1)
				.bar("a", "one", 0.8)
				.bar("a", "two", 0.4)
				.bar("b", "one", 0.2)
				.bar("b", "two", Double.NaN)
				.chart());
		// The longest run of each color: 0.8 of the axis for the first series, 0.4 for the second.
		final double ratio = (double) longest(image, PlotStyle.color(0)) / longest(image, PlotStyle.color(1));
		assertEquals(2, ratio, 0.05);
		assertTrue(longest(image, PlotStyle.color(0)) > 300, "the bar is too short to be read");
	}

	private static int longest(final BufferedImage image, final Color color) {
		int longest = 0;
		for (int y = 0; y < image.getHeight(); y++) {
			int run = 0;
			for (int x = 0; x < image.getWidth(); x++) {
				run = (image.getRGB(x, y) & 0xffffff) == (color.getRGB() & 0xffffff) ? run + 1 : 0;
				longest = Math.max(longest, run);
			}
		}
		return longest;
	}
}
