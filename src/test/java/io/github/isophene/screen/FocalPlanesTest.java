// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class FocalPlanesTest {

	private final ScreenBuilder builder = new ScreenBuilder();

	private void stack(final String well, final String channel, final int... planes) throws IOException {
		for (final int plane : planes) {
			builder.add(new ScreenBuilder.Image("P1", well, "1", channel, 1, plane),
				Plane.of("/images/" + well + channel + plane + ".tif"), Map.of());
		}
	}

	@Test
	void stacksOfOneKindAreNoWarning() throws IOException {
		stack("A01", "C1", 1, 2, 3);
		stack("A02", "C1", 1, 2, 3);
		assertEquals(Optional.empty(), FocalPlanes.differing(builder.build(List.of("C1"))));
	}

	@Test
	void anImageThatIsMissingInAStackIsNamed() throws IOException {
		stack("A01", "C1", 1, 2, 3);
		stack("A01", "C2", 1, 2, 3);
		stack("A02", "C1", 1, 2, 3);
		stack("A02", "C2", 1, 3);
		stack("A03", "C1", 1, 2, 3);
		stack("A03", "C2", 1, 2, 3);
		final String sentence = FocalPlanes.differing(builder.build(List.of("C1", "C2"))).orElseThrow();
		assertTrue(sentence.startsWith("1 field shows other focal planes than the rest (2), or several at once: ") &&
			sentence.contains("A02") && sentence.contains("(2 1)"), sentence);
	}

	@Test
	void aProjectionBesidePlanesIsNamed() throws IOException {
		stack("A01", "C1", ScreenBuilder.PROJECTION);
		stack("A02", "C1", 1, 2, 3);
		stack("A03", "C1", 1, 2, 3);
		final String sentence = FocalPlanes.differing(builder.build(List.of("C1"))).orElseThrow();
		assertTrue(sentence.contains("(projection)"), sentence);
	}
}
