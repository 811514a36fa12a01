// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinePlotTest {

	private static final double[] X = {1, 2, 4, 8};

	@TempDir
	Path folder;

	@Test
	void aPngHasEveryLineInItsColorOnWhite() throws IOException {
		final LinePlot plot = new LinePlot("Title", "Wells", "Accuracy").logX()
			.yRange(0, 1) //
			.bars("bars", X, new double[]{.2, .4, .6, .7}, new double[]{.1, .3, .5, .6}, new double[]{.3, .5, .7, .8})
			.band("band", X, new double[]{.3, .3, .4, .4}, new double[]{.2, .2, .3, .3}, new double[]{.4, .4, .5, .5})
			.line("with a gap", X, new double[]{.9, Double.NaN, .8, .85});
		final Path file = folder.resolve("new/plot.png");
		Png.write(file, 400, 300, plot.chart(), plot.chart());
		final BufferedImage image = ImageIO.read(file.toFile());
		assertEquals(1600, image.getWidth());
		assertEquals(600, image.getHeight());
		assertEquals(0xFFFFFFFF, image.getRGB(0, 0));
		for (int i = 0; i < 3; i++) {
			assertTrue(count(image, 0, 800, PlotStyle.color(i).getRGB()) > 300, "line " + i);
			assertTrue(count(image, 800, 1600, PlotStyle.color(i).getRGB()) > 300, "line " + i + " of the second");
		}
		try (var files = Files.list(file.getParent())) {
			assertEquals(1, files.count());
		}
	}

	@Test
	void namesAreMovedApartButNoFurther() {
		final Range axis = new Range(0, 1);
		assertArrayEquals(new double[]{.1, .5}, LineNames.spread(new double[]{.1, .5}, axis));
		final double[] y = LineNames.spread(new double[]{.97, .98, .99}, axis);
		for (int i = 1; i < 3; i++) assertTrue(y[i] - y[i - 1] > .06);
		assertTrue(y[2] < 1);
	}

	@Test
	void namesOfPlacesStandAlone() {
		for (final boolean log : new boolean[]{false, true}) {
			final LinePlot plot = new LinePlot("", "x", "y").line("line", X, X)
				.xTicks(new double[]{1, 8}, List.of("one", "all"));
			final XYPlot xy = (log ? plot.logX() : plot).chart().getXYPlot();
			final BufferedImage image = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
			final List<?> ticks = xy.getDomainAxis()
				.refreshTicks(image.createGraphics(), new AxisState(), new Rectangle(100, 100), RectangleEdge.BOTTOM);
			assertEquals(List.of("one", "all"), ticks.stream().map(t -> ((NumberTick) t).getText()).toList());
		}
		assertThrows(IllegalArgumentException.class,
			() -> new LinePlot("", "x", "y").xTicks(new double[2], List.of("a")));
	}

	@Test
	void linesMustBeWhole() {
		final LinePlot plot = new LinePlot("", "x", "y");
		assertThrows(IllegalArgumentException.class, () -> plot.line("short", X, new double[3]));
		plot.chart();
	}

	private static int count(final BufferedImage image, final int from, final int to, final int rgb) {
		int n = 0;
		for (int y = 0; y < image.getHeight(); y++) {
			for (int x = from; x < to; x++) if (image.getRGB(x, y) == rgb) n++;
		}
		return n;
	}
}
