// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class TilingTest {

	@Test
	void aGridHasEqualMargins() {
		final List<Tile> tiles = Tiling.grid(224).tiles(1080, 1080);
		assertEquals(16, tiles.size());
		assertEquals(new Tile(92, 92, 224), tiles.get(0));
		assertEquals(new Tile(92 + 224, 92, 224), tiles.get(1));
		assertEquals(new Tile(92, 92 + 224, 224), tiles.get(4));
		assertEquals(1080 - 92, tiles.get(15).x() + 224);
	}

	@Test
	void ofAnOddRestTheRightAndLowerMarginTakeMore() {
		assertEquals(List.of(new Tile(1, 0, 4), new Tile(5, 0, 4)), Tiling.grid(4).tiles(11, 5));
		assertEquals(List.of(new Tile(3, 1, 4)), Tiling.center(4).tiles(11, 7));
	}

	@Test
	void strideOverlapsOrLeavesGaps() {
		assertEquals(List.of(new Tile(0, 0, 4), new Tile(2, 0, 4), new Tile(4, 0, 4)), Tiling.stride(4, 2).tiles(9, 4));
		assertEquals(List.of(new Tile(1, 0, 4), new Tile(8, 0, 4)), Tiling.stride(4, 7).tiles(13, 4));
		assertEquals(Tiling.grid(32).tiles(100, 200), Tiling.stride(32, 32).tiles(100, 200));
	}

	@Test
	void tilesLieWithinTheImageForEverySize() {
		for (int width = 5; width < 40; width++) {
			for (int stride = 1; stride < 12; stride++) {
				final List<Tile> tiles = Tiling.stride(5, stride).tiles(width, 5 + width / 3);
				final long left = tiles.get(0).x();
				final long right = width - tiles.get(tiles.size() - 1).x() - 5;
				assertTrue(left >= 0 && right >= left && right <= left + 1,
					width + " " + stride + ": " + left + ", " + right);
				assertTrue(left + right < stride, "another tile would fit");
			}
		}
	}

	@Test
	void oneTileOfTheWholeImage() {
		assertEquals(List.of(new Tile(0, 0, 1)), Tiling.grid(1).tiles(1, 1));
		assertEquals(List.of(new Tile(0, 0, 7)), Tiling.center(7).tiles(7, 7));
	}

	@Test
	void anImageSmallerThanTheTileNamesBothSizes() {
		final String message = assertThrows(IllegalArgumentException.class, () -> Tiling.center(256).tiles(512, 200))
			.getMessage();
		assertTrue(message.contains("512 x 200") && message.contains("256 x 256") && message.contains("smaller tile"),
			message);
	}

	@Test
	void textsRoundTrip() {
		for (final String text : List.of("grid:224", "center:256", "stride:224:112", "stride:224:224")) {
			assertEquals(text, Tiling.parse(text).toString());
		}
		assertEquals(Tiling.grid(8), Tiling.parse(" grid:8 "));
	}

	@Test
	void otherTextsAreExplained() {
		for (final String text : List.of("", "224", "grid", "grid:", "grid:0", "grid:-3", "grid:1:2", "stride:4",
			"stride:4:0", "center:2.5", "tiles:3", "grid:99999999999"))
		{
			final String message = assertThrows(IllegalArgumentException.class, () -> Tiling.parse(text)).getMessage();
			assertTrue(message.contains("'" + text + "'") && message.contains("grid:224"), message);
		}
	}
}
