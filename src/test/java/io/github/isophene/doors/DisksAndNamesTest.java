// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.github.isophene.IsopheneService;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.files.TinyDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;
import org.scijava.command.CommandService;

/** The commands on disks that are full or read-only, and in folders of any name. */
class DisksAndNamesTest {

	@TempDir
	private Path folder;
	private Context context;

	@BeforeEach
	void start() {
		context = new Context();
	}

	@AfterEach
	void dispose() {
		context.dispose();
	}

	@ParameterizedTest
	@ValueSource(strings = {"Größe µm & it's [50%]", "プレート №1 плашка"})
	void foldersMayHaveAnyName(final String name) throws Exception {
		final Path here = folder.resolve(name);
		final Path screen = demo(here.resolve("screen"));
		final Path profiles = here.resolve(name + ".parquet");
		run("EmbedScreen", "screen", screen, "profiles", profiles, "tile", 64);
		final Path corrected = here.resolve(name + " corrected.csv.gz");
		run("CorrectProfiles", "profiles", profiles, "method", "standardize:per=table", "corrected", corrected);
		assertEquals(Set.of(name + " corrected.csv.gz", name + ".parquet", "screen"), Set.copyOf(names(here)));
	}

	@Test
	void aFullDiskGivesOneMessageAndLeavesWhatWasThere() throws Exception {
		final Path screen = demo(folder.resolve("screen"));
		final Path profiles = folder.resolve("profiles.parquet");
		run("EmbedScreen", "screen", screen, "profiles", profiles, "tile", 64);
		try (TinyDisk disk = TinyDisk.of(folder, 48)) {
			final Path old = Files.writeString(disk.folder().resolve("p.parquet"), "old");
			assertFails(old, "EmbedScreen", "screen", screen, "profiles", old, "tile", 64);
			assertEquals("old", Files.readString(old));
			assertFails(disk.folder().resolve("c.csv"), "CorrectProfiles", "profiles", profiles, "method",
				"standardize:per=table", "corrected", disk.folder().resolve("c.csv"));
			// Finished plates are kept, so that the run goes on when there is room.
			disk.assertHolds("p.parquet", "p.parquet.parts");
			disk.resize(2000);
			run("EmbedScreen", "screen", screen, "profiles", old, "tile", 64);
			assertEquals(-1, Files.mismatch(profiles, old));
			disk.assertHolds("p.parquet");
		}
	}

	@Test
	void aFullDiskNamesTheImageThatDoesNotFit() throws Exception {
		final Path screen = demo(folder.resolve("screen"));
		try (TinyDisk disk = TinyDisk.of(folder, 48)) {
			assertFails(disk.folder().resolve("zarr"), "ExportScreen", "screen", screen, "folder",
				disk.folder().resolve("zarr"));
			disk.resize(4000);
			run("ExportScreen", "screen", screen, "folder", disk.folder().resolve("zarr"));
		}
	}

	@Test
	void aReadOnlyFolderGivesOneMessage() throws Exception {
		final Path screen = demo(folder.resolve("screen"));
		final Path profiles = folder.resolve("profiles.parquet");
		run("EmbedScreen", "screen", screen, "profiles", profiles, "tile", 64);
		try (TinyDisk disk = TinyDisk.readOnly(folder)) {
			final Path there = disk.folder();
			assertFails(there, "MakeDemoScreen", "folder", there.resolve("demo"));
			assertFails(there, "OpenScreen", "source", screen.getParent(), "table", there.resolve("screen.csv"));
			assertFails(there, "EmbedScreen", "screen", screen, "profiles", there.resolve("p.parquet"), "tile", 64);
			assertFails(there, "CorrectProfiles", "profiles", profiles, "method", "standardize:per=table", "corrected",
				there.resolve("c.parquet"));
			assertFails(there, "AssessBatchEffects", "profiles", profiles, "label", "Metadata_Compound", "report",
				there.resolve("report"));
			assertFails(there, "FineTuneModel", "screen", screen, "label", "Metadata_Compound", "tile", 64, "epochs", 1,
				"model", there.resolve("model.zip"));
			disk.assertHolds();
		}
	}

	private Path demo(final Path to) throws Exception {
		context.service(IsopheneService.class)
			.makeDemoScreen(to,
				DemoOptions.defaults()
					.withBatches(2)
					.withPlates(1)
					.withWells(8)
					.withFields(1)
					.withSize(96)
					.withClasses(3));
		return to.resolve("screen.csv");
	}

	/** The message names the place, and no stack of calls or bare exception is what the user sees. */
	private void assertFails(final Path place, final String command, final Object... keys) {
		final Exception thrown = assertThrows(ExecutionException.class, () -> run(command, keys),
			command + " says nothing");
		Throwable cause = thrown;
		while (cause.getCause() != null && (cause instanceof ExecutionException ||
			cause instanceof java.io.UncheckedIOException || cause.getClass() == RuntimeException.class))
			cause = cause.getCause();
		final String message = String.valueOf(cause.getMessage());
		assertTrue(cause instanceof java.io.IOException, () -> command + ": " + cause(thrown));
		assertTrue(message.contains(place.getFileName().toString()), command + ": " + message);
		assertTrue(message.matches("(?s).*(space on the disk|may you write|may not write|can't be written to).*"),
			command + ": " + message);
	}

	private static String cause(final Throwable thrown) {
		return Arrays.toString(Stream.iterate(thrown, t -> t != null, Throwable::getCause).toArray());
	}

	private void run(final String command, final Object... keys) throws Exception {
		final Map<String, Object> inputs = new LinkedHashMap<>();
		for (int i = 0; i < keys.length; i += 2) {
			inputs.put((String) keys[i], keys[i + 1] instanceof Path path ? path.toFile() : keys[i + 1]);
		}
		context.service(CommandService.class).run("io.github.isophene.commands." + command, true, inputs).get();
	}

	private static List<String> names(final Path folder) throws java.io.IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}
}
