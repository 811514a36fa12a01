// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class DemoOptionsTest {

	private final DemoOptions options = DemoOptions.defaults();

	@Test
	void aMessageNamesTheKeyItsValueAndWhatIsAllowed() {
		assertRefused("batches = 0", "from 1 to 99", () -> options.withBatches(0));
		assertRefused("plates = -1", "from 1 to 99", () -> options.withPlates(-1));
		assertRefused("fields = 100", "from 1 to 99", () -> options.withFields(100));
		assertRefused("size = 16", "from 32 to 4096", () -> options.withSize(16));
		assertRefused("classes = 1", "from 2 to 130", () -> options.withClasses(1));
		assertRefused("classes = 131", "from 2 to 130", () -> options.withClasses(131));
		assertRefused("wells = 2", "from 3 to 384", () -> options.withWells(2));
		assertRefused("wells = 385", "from 3 to 384", () -> options.withWells(385));
		assertRefused("shift = -0.1", "from 0", () -> options.withShift(-.1));
		assertRefused("shift = NaN", "from 0", () -> options.withShift(Double.NaN));
	}

	@Test
	void classesThatDoNotFitAreRefusedBeforeAnythingIsWritten(@TempDir final Path temp) {
		final Path folder = temp.resolve("demo");
		final String message = assertThrows(IllegalArgumentException.class,
			() -> DemoScreen.write(folder, options.withWells(6), Progress.NONE)).getMessage();
		assertTrue(message.startsWith("wells = 6: must be at least 7 for 6 classes"), message);
		assertFalse(Files.exists(folder));
	}

	@Test
	void aLibraryWithFewerTreatmentsThanPlatesIsRefused(@TempDir final Path temp) {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> DemoScreen.write(temp.resolve("demo"), options.withClasses(2).withLibrary(true), Progress.NONE))
				.getMessage();
		assertTrue(message.startsWith("library: 1 treatment can't be divided among 2 plates of a batch"), message);
		assertFalse(Files.exists(temp.resolve("demo")));
	}

	@Test
	void oneOptionChangesAtATime() {
		final DemoOptions other = options.withBatches(2)
			.withPlates(3)
			.withWells(20)
			.withFields(4)
			.withSize(64)
			.withClasses(8)
			.withLibrary(true)
			.withShift(.5)
			.withSeed(-7);
		assertEquals(new DemoOptions(2, 3, 20, 4, 64, 8, true, Effects.STANDARD, .5, -7), other);
		assertEquals(2 * 3 * 20 * 4, other.fieldCount());
	}

	private static void assertRefused(final String what, final String allowed, final Executable make) {
		final String message = assertThrows(IllegalArgumentException.class, make).getMessage();
		assertTrue(message.startsWith(what + ": must be "), message);
		assertTrue(message.contains(allowed), message);
	}

	@Test
	void namesOfEffectsAreReadAndOthersRefused() {
		assertEquals(Effects.JUMP, Effects.parse("Jump"));
		assertEquals("jump", DemoOptions.defaults().withEffects(Effects.JUMP).effects().toString());
		final IllegalArgumentException unknown = assertThrows(IllegalArgumentException.class, () -> Effects.parse("x"));
		assertEquals("effects=x is unknown: choose standard or jump", unknown.getMessage());
	}
}
