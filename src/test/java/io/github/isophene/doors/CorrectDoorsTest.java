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

import io.github.isophene.IsopheneService;
import io.github.isophene.cli.InProcess;
import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.commands.CorrectProfiles;
import io.github.isophene.correction.CorrectionOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.script.ScriptService;

/** The same profiles corrected through every door give the same bytes. */
class CorrectDoorsTest {

	private static final File PROFILES = new File(
		"src/test/resources/io/github/isophene/correction/simulated/input.parquet").getAbsoluteFile();
	private static final String METHOD = "drop_quiet,standardize:shrink=table";

	@TempDir
	static Path folder;

	private static Context context;
	private static byte[] expected;

	@BeforeAll
	static void correctThroughTheService() throws IOException {
		context = new Context();
		ScriptEngines.addTo(context.service(ScriptService.class));
		final Path corrected = folder.resolve("service.parquet");
		context.service(IsopheneService.class)
			.correctProfiles(CorrectionOptions.of(PROFILES.toPath(), corrected).withMethod(METHOD));
		expected = Files.readAllBytes(corrected);
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	@Test
	void menuItem() throws Exception {
		final Path corrected = folder.resolve("menu.parquet");
		context.service(CommandService.class)
			.run(CorrectProfiles.class, true, "profiles", PROFILES, "method", METHOD, "corrected", corrected.toFile())
			.get();
		assertArrayEquals(expected, Files.readAllBytes(corrected));
	}

	@Test
	void keptInAFileAndApplied() throws Exception {
		final CommandService commands = context.service(CommandService.class);
		final File fitted = folder.resolve("fitted.npz").toFile();
		commands
			.run(CorrectProfiles.class, true, "profiles", PROFILES, "method", METHOD, "fitted", fitted, "corrected",
				folder.resolve("fit.parquet").toFile())
			.get();
		final Path corrected = folder.resolve("applied.parquet");
		commands
			.run(CorrectProfiles.class, true, "profiles", PROFILES, "apply", fitted, "corrected", corrected.toFile())
			.get();
		assertArrayEquals(expected, Files.readAllBytes(corrected));
	}

	@Test
	void theMacroInMacros() throws Exception {
		final Path corrected = Files.createDirectory(folder.resolve("with space")).resolve("ijm.parquet");
		final String macro = Files.readString(Path.of("macros/correct_profiles.ijm"))
			.replace("getArgument()",
				"\"" + OwnProcess.slashes(PROFILES.toPath()) + ";" + OwnProcess.slashes(corrected) + "\"");
		MacroBridge.runMacro(context, macro);
		assertArrayEquals(expected, Files.readAllBytes(corrected));
	}

	@Test
	void groovyScript() throws Exception {
		final Path corrected = folder.resolve("groovy.parquet");
		context.service(ScriptService.class)
			.run(new File("macros/correct_profiles.groovy"), true, "profiles", PROFILES, "corrected",
				corrected.toFile())
			.get();
		assertArrayEquals(expected, Files.readAllBytes(corrected));
	}

	@Test
	void headlessProcessByMenuLabel() throws Exception {
		final Path corrected = folder.resolve("process.parquet");
		final OwnProcess run = OwnProcess.start(folder, "--headless", "--run", "Correct Profiles...",
			"profiles=\"" + OwnProcess.slashes(PROFILES.toPath()) + "\",method=\"" + METHOD + "\",corrected=\"" +
				OwnProcess.slashes(corrected) + "\"");
		assertEquals(0, run.waitFor(), run.output());
		assertArrayEquals(expected, Files.readAllBytes(corrected), run.output());
	}

	@Test
	void whatIsWrongIsSaidInOneLine() throws Exception {
		final String files = "profiles=\"" + OwnProcess.slashes(PROFILES.toPath()) + "\",corrected=\"" +
			OwnProcess.slashes(folder.resolve("never.parquet")) + "\"";
		fails("method is missing", files + ",method=\"\"");
		fails("'sphere' is no correction: use aggregate, center", files + ",method=\"sphere\"");
		fails("profiles is missing", "method=\"int\"");
		fails("no column 'Metadata_Week'", files + ",method=\"combat\",batch=\"Metadata_Week\"");
		assertFalse(Files.exists(folder.resolve("never.parquet")));
	}

	private static void fails(final String message, final String inputs) throws Exception {
		final InProcess run = InProcess.run("--headless", "--run", "Correct Profiles...", inputs);
		assertEquals(1, run.status(), run.output());
		assertTrue(run.output().contains(message), run.output());
		assertEquals(1, run.output().strip().lines().count(), run.output());
	}
}
