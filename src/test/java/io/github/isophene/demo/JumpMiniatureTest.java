// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

import io.github.isophene.SharedData;
import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JumpMiniatureTest {

	private static final DemoOptions OPTIONS = DemoOptions.defaults()
		.withBatches(2)
		.withPlates(1)
		.withWells(12)
		.withFields(1)
		.withSize(48)
		.withClasses(9);

	@Test
	void isALoadDataTableWithJumpsColumns(@TempDir final Path folder) throws IOException {
		final Screen screen = ScreenTable.read(JumpMiniature.write(folder, OPTIONS, Progress.NONE));
		assertEquals(JumpMiniature.CHANNELS, screen.channels());
		assertEquals(24, screen.fields().size());
		assertEquals(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Site", "Metadata_Source", "Metadata_Batch",
			"Metadata_JCP2022"), screen.metadataColumns());
		final TreeSet<String> compounds = new TreeSet<>(JumpMiniature.COMPOUNDS);
		compounds.add(JumpMiniature.DMSO);
		final TreeSet<String> found = new TreeSet<>();
		final TreeSet<String> sources = new TreeSet<>();
		for (final Field f : screen.fields()) {
			found.add(f.get("Metadata_JCP2022"));
			sources.add(f.get("Metadata_Source") + f.get("Metadata_Batch"));
		}
		assertEquals(compounds, found);
		assertEquals(new TreeSet<>(List.of("source_3B1", "source_8B2")), sources);
	}

	@Test
	void imagesAreTheDemosAndAMixture(@TempDir final Path folder) throws IOException {
		final Screen mini = ScreenTable.read(JumpMiniature.write(folder.resolve("mini"), OPTIONS, Progress.NONE));
		final Screen demo = DemoScreen.write(folder.resolve("demo"), OPTIONS, Progress.NONE).screen();
		final Field a = mini.fields().get(3);
		final Field b = demo.fields()
			.stream()
			.filter(f -> f.plate().equals(a.plate()) && f.well().equals(a.well()))
			.findFirst()
			.orElseThrow();
		for (final String channel : demo.channels()) {
			assertArrayEquals(bytes(b, demo, channel), bytes(a, mini, channel), channel);
		}
		final byte[] rna = bytes(a, mini, "RNA");
		assertTrue(!Arrays.equals(rna, bytes(a, mini, "ER")) && rna.length == bytes(a, mini, "DNA").length);
	}

	private static byte[] bytes(final Field field, final Screen screen, final String channel) throws IOException {
		return Files.readAllBytes(Path.of(field.planes().get(screen.channels().indexOf(channel)).path()));
	}

	@Test
	void stopsWithoutATable(@TempDir final Path folder) {
		assertThrows(CancellationException.class,
			() -> JumpMiniature.write(folder, OPTIONS, StoppingProgress.after(2)));
		assertTrue(Files.notExists(folder.resolve("load_data.csv")));
		assertThrows(IllegalArgumentException.class,
			() -> JumpMiniature.write(folder, OPTIONS.withClasses(10), Progress.NONE));
	}

	@Test
	void controlsAreThoseOfJump() throws IOException {
		final List<String> lines = Files.readAllLines(SharedData.get("jump/perturbation_control.csv"));
		final TreeSet<String> expected = new TreeSet<>();
		for (final String line : lines)
			if (line.contains(",poscon,") && line.endsWith(",compound"))
				expected.add(line.substring(0, line.indexOf(',')));
		assertEquals(expected, new TreeSet<>(JumpMiniature.COMPOUNDS));
		assertTrue(lines.stream().anyMatch(l -> l.startsWith(JumpMiniature.DMSO + ",negcon,")));
	}
}
