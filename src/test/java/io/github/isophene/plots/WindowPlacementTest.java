// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.util.List;

import org.junit.jupiter.api.Test;

class WindowPlacementTest {

	private static final Rectangle SCREEN = new Rectangle(0, 0, 1366, 768);
	private static final Rectangle MAIN = new Rectangle(600, 0, 610, 108);

	@Test
	void aWindowNeverCoversTheMainWindowAndStaysInsideTheScreen() {
		for (final Dimension size : List.of(new Dimension(440, 100), new Dimension(1300, 640), new Dimension(1366, 768),
			new Dimension(4000, 3000)))
		{
			for (final Rectangle main : List.of(MAIN, new Rectangle(0, 660, 610, 108),
				new Rectangle(0, 300, 610, 108)))
			{
				final Rectangle place = WindowPlacement.place(size, SCREEN, main, List.of());
				assertFalse(place.intersects(main), size + " at " + place);
				assertTrue(SCREEN.contains(place), size + " at " + place);
			}
		}
	}

	@Test
	void aSecondWindowGoesBesideTheFirst() {
		final Dimension size = new Dimension(440, 100);
		final Rectangle first = WindowPlacement.place(size, SCREEN, MAIN, List.of());
		assertEquals(new Rectangle(600, 116, 440, 100), first);
		assertFalse(WindowPlacement.place(size, SCREEN, MAIN, List.of(first)).intersects(first));
	}

	/** Cancel must stay in reach where a plot opens during the run. */
	@Test
	void theWindowOfARunIsCoveredLast() {
		final Rectangle run = new Rectangle(0, 666, 440, 102);
		final List<Rectangle> others = List.of(new Rectangle(446, 116, 920, 614), new Rectangle(0, 0, 590, 486), run);
		final Dimension size = new Dimension(968, 370);
		assertTrue(WindowPlacement.place(size, SCREEN, MAIN, others).intersects(run));
		assertFalse(WindowPlacement.place(size, SCREEN, MAIN, others, List.of(run)).intersects(run));
	}

	@Test
	void aWindowLargerThanTheFreePartOfTheScreenCoversNeitherTheMainWindowNorCancel() {
		for (final Rectangle run : List.of(new Rectangle(600, 116, 440, 102), new Rectangle(0, 666, 440, 102),
			new Rectangle(400, 400, 440, 102), new Rectangle(926, 300, 440, 102)))
		{
			for (final Dimension size : List.of(new Dimension(968, 370), new Dimension(1366, 768),
				new Dimension(4000, 3000), new Dimension(720, 560)))
			{
				final Rectangle place = WindowPlacement.place(size, SCREEN, MAIN, List.of(run), List.of(run));
				assertFalse(place.intersects(MAIN), size + " at " + place);
				assertFalse(place.intersects(run), size + " at " + place);
				assertTrue(SCREEN.contains(place), size + " at " + place);
				assertTrue(place.width >= 200 && place.height >= 200, size + " at " + place);
			}
		}
	}
}
