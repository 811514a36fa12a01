// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.tiles;

import static io.github.isophene.adaptation.statistics.PlateStatisticsTest.says;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import io.github.isophene.adaptation.MemoryTiles;
import org.junit.jupiter.api.Test;

class ChannelMatchTest {

	private static final List<String> MODEL = List.of("RNA", "ER", "DNA");

	@Test
	void theSameChannelsNeedNothing() {
		final ChannelMatch match = ChannelMatch.of(MODEL, List.of("rna", "ER ", "DNA"));
		assertEquals(Optional.empty(), match.warning());
		final MemoryTiles tiles = new MemoryTiles(3, 1, 1);
		assertSame(tiles, match.apply(tiles));
		assertArrayEquals(new int[]{0, 1}, ChannelMatch.of(List.of(), List.of("a", "b")).order());
	}

	@Test
	void anotherOrderIsMendedAndSaid() {
		final ChannelMatch match = ChannelMatch.of(MODEL, List.of("DNA", "ER", "RNA"));
		assertArrayEquals(new int[]{2, 1, 0}, match.order());
		assertEquals(
			"The images' channels (DNA, ER, RNA) are in another order than the model's (RNA, ER, DNA) and were put " +
				"into that order",
			match.warning().orElseThrow());
	}

	@Test
	void channelsTooManyAreLeftOutAndSaid() {
		final ChannelMatch match = ChannelMatch.of(MODEL, List.of("RNA", "Mito", "ER", "DNA"));
		assertArrayEquals(new int[]{0, 2, 3}, match.order());
		assertEquals("The images' channels (RNA, Mito, ER, DNA) are more than the model's: the model doesn't take Mito",
			match.warning().orElseThrow());
		final String both = ChannelMatch.of(MODEL, List.of("DNA", "Mito", "ER", "RNA")).warning().orElseThrow();
		assertTrue(both.contains("another order") && both.contains("doesn't take Mito"), both);
	}

	@Test
	void channelsTooFewAreRefused() {
		says("The model takes the channels RNA, ER, DNA, but the images have DNA, AGP: RNA, ER are missing",
			() -> ChannelMatch.of(MODEL, List.of("DNA", "AGP")));
		says("two channels 'DNA'", () -> ChannelMatch.of(MODEL, List.of("RNA", "DNA", "ER", "dna")));
	}
}
