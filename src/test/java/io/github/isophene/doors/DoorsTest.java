// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.isophene.IsopheneService;
import io.github.isophene.cli.InProcess;
import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.commands.EmbedScreen;
import io.github.isophene.embedding.EmbeddingOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.script.ScriptService;

/**
 * The same screen embedded through every door gives the same bytes: menu item, recorded
 * macro, Groovy, Jython, a headless run in a process of its own, and the typed API.
 */
class DoorsTest {

	private static final File SCREEN = new File("test-images/demo/screen.csv").getAbsoluteFile();

	@TempDir
	static Path folder;

	private static Context context;
	private static byte[] expected;

	@BeforeAll
	static void embedThroughTheService() throws IOException {
		context = new Context();
		ScriptEngines.addTo(context.service(ScriptService.class));
		final IsopheneService isophene = context.service(IsopheneService.class);
		final Path profiles = folder.resolve("service.parquet");
		isophene.embedScreen(isophene.openScreen(SCREEN.toPath()), EmbeddingOptions.into(profiles));
		expected = Files.readAllBytes(profiles);
		assertTrue(expected.length > 1000);
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	@Test
	void menuItem() throws Exception {
		final Path profiles = folder.resolve("menu.parquet");
		context.service(CommandService.class)
			.run(EmbedScreen.class, true, "screen", SCREEN, "profiles", profiles.toFile())
			.get();
		assertArrayEquals(expected, Files.readAllBytes(profiles));
	}

	@Test
	void imageJMacro() throws Exception {
		final Path profiles = Files.createDirectory(folder.resolve("with space")).resolve("macro.parquet");
		MacroBridge.runMacro(context,
			"run(\"Embed Screen...\", \"screen=[" + OwnProcess.slashes(SCREEN.toPath()) +
				"] model=default level=field profiles=[" + OwnProcess.slashes(profiles) +
				"] device=auto resume=true\");");
		assertArrayEquals(expected, Files.readAllBytes(profiles));
	}

	@Test
	void theMacroInMacros() throws Exception {
		final Path profiles = folder.resolve("ijm.parquet");
		final String macro = Files.readString(Path.of("macros/embed_screen.ijm"))
			.replace("getArgument()",
				"\"" + OwnProcess.slashes(SCREEN.toPath()) + "," + OwnProcess.slashes(profiles) + "\"");
		MacroBridge.runMacro(context, macro);
		assertArrayEquals(expected, Files.readAllBytes(profiles));
	}

	@Test
	void groovyScript() throws Exception {
		assertArrayEquals(expected, script("macros/embed_screen.groovy"));
	}

	@Test
	void jythonScript() throws Exception {
		assertArrayEquals(expected, script("macros/embed_screen.py"));
	}

	@Test
	void headlessProcess() throws Exception {
		final Path profiles = folder.resolve("process.parquet");
		final OwnProcess run = OwnProcess.start(folder, "--headless", "--run", "macros/embed_screen.groovy",
			"screen=\"" + OwnProcess.slashes(SCREEN.toPath()) + "\",profiles=\"" + OwnProcess.slashes(profiles) + "\"");
		assertEquals(0, run.waitFor(), run.output());
		assertArrayEquals(expected, Files.readAllBytes(profiles), run.output());
	}

	@Test
	void headlessByMenuLabel() throws Exception {
		final Path profiles = folder.resolve("label.parquet");
		final InProcess run = InProcess.run("--headless", "--run", "Embed Screen...", "screen=\"" +
			OwnProcess.slashes(SCREEN.toPath()) + "\",profiles=\"" + OwnProcess.slashes(profiles) + "\"");
		assertEquals(0, run.status(), run.output());
		assertArrayEquals(expected, Files.readAllBytes(profiles), run.output());
	}

	@Test
	void aFailedRunSaysWhyInOneLineAndFails() throws Exception {
		final OwnProcess run = OwnProcess.start(folder, "--headless", "--run", "Embed Screen...",
			"screen=\"" + OwnProcess.slashes(folder.resolve("nowhere.csv")) + "\",profiles=\"" +
				OwnProcess.slashes(folder.resolve("never.parquet")) + "\"");
		assertNotEquals(0, run.waitFor(), run.output());
		assertTrue(run.output().contains("nowhere.csv"), run.output());
		assertFalse(run.output().contains("\tat "), "a stack trace is no message:\n" + run.output());
		assertFalse(Files.exists(folder.resolve("never.parquet")));
	}

	@Test
	void whatWasGivenBeforeIsForgotten() throws Exception {
		final CommandService commands = context.service(CommandService.class);
		commands
			.run(EmbedScreen.class, true, "screen", SCREEN, "tile", 64, "channels", "DNA", "intensity", "self", "level",
				"tile", "profiles", folder.resolve("before.csv").toFile())
			.get();
		final Path profiles = folder.resolve("after.parquet");
		commands.run(EmbedScreen.class, true, "screen", SCREEN, "profiles", profiles.toFile()).get();
		assertArrayEquals(expected, Files.readAllBytes(profiles));
	}

	@Test
	void aMissingOrWrongKeyIsNamedAndFails() throws Exception {
		final String screen = "screen=\"" + OwnProcess.slashes(SCREEN.toPath()) + "\"";
		final String profiles = ",profiles=\"" + OwnProcess.slashes(folder.resolve("none.parquet")) + "\"";
		fails("profiles", "Embed Screen...", screen);
		fails("profiles", "macros/embed_screen.groovy", screen);
		fails("There is no model 'none.zip'", "macros/embed_screen.groovy", screen + profiles + ",model=\"none.zip\"");
		fails("There is no model 'none.zip'", "macros/embed_screen.py", screen + profiles + ",model=\"none.zip\"");
		fails("ImageJ macros run in Fiji", "macros/embed_screen.ijm", screen);
		fails("tile is '12x'", "Embed Screen...", screen + ",tile=\"12x\"" + profiles);
		fails("resume is 'maybe'", "Embed Screen...", screen + ",resume=\"maybe\"" + profiles);
		fails("'bogus'", "Embed Screen...", screen + ",bogus=1" + profiles);
		fails("at least 32", "Embed Screen...", screen + ",tile=1" + profiles);
		fails("same file", "Embed Screen...", screen + ",profiles=\"" + OwnProcess.slashes(SCREEN.toPath()) + "\"");
	}

	private static void fails(final String message, final String code, final String inputs) throws Exception {
		final InProcess run = InProcess.run("--headless", "--run", code, inputs);
		assertEquals(1, run.status(), run.output());
		assertTrue(run.output().contains(message), run.output());
		assertEquals(1, run.output().strip().lines().count(), run.output());
	}

	private static byte[] script(final String file) throws Exception {
		final Path profiles = folder.resolve(new File(file).getName() + ".parquet");
		context.service(ScriptService.class)
			.run(new File(file), true, "screen", SCREEN, "profiles", profiles.toFile())
			.get();
		return Files.readAllBytes(profiles);
	}
}
