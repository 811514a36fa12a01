// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.isophene.IsopheneService;
import io.github.isophene.cli.InProcess;
import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.commands.ExportScreen;
import io.github.isophene.commands.OpenScreen;
import io.github.isophene.export.ExportOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.storage.RemoteSettings;
import io.github.isophene.storage.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.script.ScriptService;

/** The same screen exported through every door gives the same files; and what was exported is opened through them. */
class ExportDoorsTest {

	private static final File SCREEN = new File("test-images/demo/screen.csv").getAbsoluteFile();

	@TempDir
	static Path folder;

	private static Context context;
	private static Map<String, byte[]> expected;

	@BeforeAll
	static void exportThroughTheService() throws IOException {
		context = new Context();
		ScriptEngines.addTo(context.service(ScriptService.class));
		final IsopheneService isophene = context.service(IsopheneService.class);
		isophene.exportScreen(isophene.openScreen(SCREEN.toPath()), ExportOptions.into(folder.resolve("service")));
		expected = files("service");
		assertTrue(expected.size() > 100);
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	@Test
	void menuItem() throws Exception {
		context.service(CommandService.class)
			.run(ExportScreen.class, true, "screen", SCREEN, "folder", folder.resolve("menu").toFile())
			.get();
		assertSame("menu");
	}

	@Test
	void theMacroInMacros() throws Exception {
		final Path to = folder.resolve("with space");
		MacroBridge.runMacro(context,
			Files.readString(Path.of("macros/export_screen.ijm"))
				.replace("getArgument()",
					"\"" + OwnProcess.slashes(SCREEN.toPath()) + "," + OwnProcess.slashes(to) + "\""));
		assertSame("with space");
	}

	@Test
	void groovyScript() throws Exception {
		context.service(ScriptService.class)
			.run(new File("macros/export_screen.groovy"), true, "screen", SCREEN, "folder",
				folder.resolve("groovy").toFile())
			.get();
		assertSame("groovy");
	}

	/** An address goes through a file parameter. */
	@Test
	void aBucketIsOpenedThroughTheMenu() throws Exception {
		try (S3Server server = new S3Server(folder); RemoteSettings settings = RemoteSettings.of(server)) {
			final File table = folder.resolve("bucket.csv").toFile();
			context.service(CommandService.class)
				.run(OpenScreen.class, true, "source", new File("s3://screens/service"), "table", table)
				.get();
			final var screen = ScreenTable.read(table.toPath());
			assertEquals(ScreenTable.read(SCREEN.toPath()).fields().size(), screen.fields().size());
			assertTrue(
				screen.fields().get(0).planes().get(0).path().startsWith("s3://screens/service/B1_P1.ome.zarr/"));
			assertEquals("negcon", screen.fields().get(0).get("Metadata_pert_type"));
		}
	}

	@Test
	void whatIsWrongIsSaidInOneLine() throws Exception {
		final InProcess run = InProcess.run("--headless", "--run", "Export Screen to OME-Zarr...",
			"screen=\"" + OwnProcess.slashes(SCREEN.toPath()) + "\",folder=\"" +
				OwnProcess.slashes(folder.resolve("never")) + "\",compression=\"rar\"");
		assertEquals(1, run.status(), run.output());
		assertTrue(run.output().contains("compression is 'rar'"), run.output());
		assertEquals(1, run.output().strip().lines().count(), run.output());
		assertFalse(Files.exists(folder.resolve("never")));
	}

	private static void assertSame(final String name) throws IOException {
		final Map<String, byte[]> found = files(name);
		assertEquals(expected.keySet(), found.keySet());
		for (final String file : expected.keySet()) assertArrayEquals(expected.get(file), found.get(file), file);
	}

	private static Map<String, byte[]> files(final String name) throws IOException {
		final Map<String, byte[]> contents = new TreeMap<>();
		final Path root = folder.resolve(name);
		try (Stream<Path> files = Files.walk(root)) {
			for (final Path file : files.filter(Files::isRegularFile).toList())
				contents.put(root.relativize(file).toString(), Files.readAllBytes(file));
		}
		return contents;
	}
}
