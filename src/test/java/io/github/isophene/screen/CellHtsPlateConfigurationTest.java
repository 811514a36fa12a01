// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellHtsPlateConfigurationTest {

	@TempDir
	private Path dir;

	@Test
	void wildcardsHoldForEveryPlateAndLaterRowsWin() throws IOException {
		// as imageHTS has it in inst/submorph/conf, with two more kinds
		final Platemap map = Platemap
			.read(write(dir.resolve("plateconf.txt"), "Wells: 384", "Plates: 1", "Plate\tWell\tContent", "*\t*\tempty",
				"*\t[AB]05\tsample", "*\t[AB]03\tubc", "*\t[CD]03\tneg", "*\tP24\tpos"));
		assertFalse(map.hasPlates());
		assertEquals(384, map.size());
		assertEquals(List.of("Metadata_pert_type", "Metadata_Content"), map.columns());
		assertEquals(List.of("empty", "empty"), map.values("x", "H12"));
		assertEquals(List.of("trt", "sample"), map.values("x", "B05"));
		assertEquals(List.of("", "ubc"), map.values("x", "A03"));
		assertEquals(List.of("negcon", "neg"), map.values("x", "D3"));
		assertEquals(List.of("poscon", "pos"), map.values("x", "P24"));
	}

	@Test
	void platesOfTheirOwn() throws IOException {
		final Platemap map = Platemap.read(write(dir.resolve("c.txt"), "Wells: 96", "Plates: 2", "Plate\tWell\tContent",
			"*\t*\tsample", "2\tA0[12]\tneg"));
		assertTrue(map.hasPlates());
		assertEquals(List.of("trt", "sample"), map.values("1", "A01"));
		assertEquals(List.of("negcon", "neg"), map.values("2", "A02"));
		assertNull(map.values("3", "A01"));
	}

	@Test
	void theListFormIsAPlatemapLikeAnyOther() throws IOException {
		final Platemap map = Platemap.read(
			write(dir.resolve("annotation.txt"), "PlateName\tPlate\tWell\tContent\tGeneID".replace("PlateName\t", ""),
				"1\tA03\tcontrol\tUBC", "1\tA05\tsample\tAAK1"));
		assertEquals(List.of("sample", "AAK1"), map.values("1", "A05"));
	}

	@Test
	void saysWhichLineIsWrong() throws IOException {
		final String head = "Wells: 96\nPlates: 1\n";
		assertMessage(IOException.class, () -> Platemap.read(write(dir.resolve("a.txt"), head + "Plate\tContent")),
			"line 3", "Plate, Well and Content");
		assertMessage(IOException.class,
			() -> Platemap.read(write(dir.resolve("b.txt"), head + "Plate\tWell\tContent\n*\t[A\tneg")), "line 4",
			"'[A'");
		assertMessage(IOException.class,
			() -> Platemap.read(write(dir.resolve("c.txt"), head + "Plate\tWell\tContent\nP1\tA01\tneg")), "line 4",
			"'P1' must be a number");
		assertMessage(IOException.class,
			() -> Platemap.read(write(dir.resolve("d.txt"), "Wells: 95\nPlate\tWell\tContent\n*\tA01\tneg")),
			"Wells: 95 must be 96, 384 or 1536");
	}
}
