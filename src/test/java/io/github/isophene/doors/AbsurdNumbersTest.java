// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.github.isophene.UserErrors;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.files.RunLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;

/** Keys of all commands with numbers that nobody means, and outputs that another run is writing. */
class AbsurdNumbersTest {

	@TempDir
	private Path folder;
	private Context context;
	private CommandService commands;

	@BeforeEach
	void start() {
		context = new Context();
		commands = context.service(CommandService.class);
	}

	@AfterEach
	void dispose() {
		context.dispose();
	}

	@Test
	void everyKeyRefusesTheLargestNumberAndNone() {
		final List<String> tried = new ArrayList<>();
		for (final CommandInfo command : commands.getCommands()) {
			if (!command.getClassName().startsWith("io.github.isophene.commands.")) continue;
			for (final ModuleItem<?> key : command.inputs()) {
				final boolean whole = key.getType() == Integer.class;
				if (!whole && key.getType() != Double.class || key.getName().equals("seed")) continue;
				final Object value = whole ? (Object) Integer.MAX_VALUE : (Object) Double.NaN;
				final String message = UserErrors.message(assertThrows(ExecutionException.class,
					() -> commands.run(command, true, Map.of(key.getName(), value)).get(), key.getName()));
				assertTrue(message.startsWith(key.getName() + " = " + value + ": must be "),
					command.getClassName() + " " + key.getName() + ": " + message);
				tried.add(key.getName());
			}
		}
		assertTrue(tried.size() > 40, tried.toString());
	}

	@Test
	void aScriptGetsTheSameAnswer() {
		final IllegalArgumentException exc = assertThrows(IllegalArgumentException.class,
			() -> EmbeddingOptions.into(folder.resolve("p.parquet")).withTile(Integer.MAX_VALUE));
		assertTrue(exc.getMessage().contains("tile is 2147483647"), exc.getMessage());
	}

	@Test
	void noTwoRunsWriteOneOutput() throws Exception {
		final Path profiles = Files.writeString(folder.resolve("p.csv"),
			"Metadata_Plate,Metadata_Well,Metadata_Compound,x,y\nA,A01,a,1,2\nA,A02,b,2,1\nB,A01,a,1,3\nB,A02,b,3,1\n");
		final Path corrected = folder.resolve("c.csv");
		final Path report = folder.resolve("report");
		final Path demo = folder.resolve("demo");
		try (RunLock one = RunLock.of(corrected); RunLock two = RunLock.ofFolder(report);
			RunLock three = RunLock.ofFolder(demo); RunLock four = RunLock.of(folder.resolve("job.sh")))
		{
			assertLocked(corrected, "CorrectProfiles", Map.of("profiles", profiles.toFile(), "method",
				"standardize:per=table", "corrected", corrected.toFile()));
			assertLocked(report, "AssessBatchEffects", Map.of("profiles", profiles.toString(), "label",
				"Metadata_Compound", "batch", "Metadata_Plate", "controls", "", "report", report.toFile()));
			assertLocked(demo, "MakeDemoScreen", Map.of("folder", demo.toFile(), "batches", 1, "wells", 8, "size", 32));
			assertLocked(demo, "MakeVirtualPlates",
				Map.of("screen", new File("test-images/demo/screen.csv").getAbsoluteFile(), "label",
					"Metadata_Compound", "folder", demo.toFile(), "batches", 2, "heldout", 1, "plates", 1, "wells", 8,
					"fields", 1, "size", 32));
			assertLocked(folder.resolve("job.sh"), "WriteClusterJob",
				Map.of("keys", "profiles=/p", "script", folder.resolve("job.sh").toFile()));
		}
		run("CorrectProfiles", Map.of("profiles", profiles.toFile(), "method", "center:plate:all", "controls", "",
			"corrected", corrected.toFile()));
		assertTrue(Files.exists(corrected));
	}

	@Test
	void chainsWithSemicolonsReachTheClusterWhole() throws Exception {
		final Path script = folder.resolve("job.sh");
		run("WriteClusterJob", Map.of("job", "assess", "keys",
			"profiles=/data/p; method=none; center,tvn;combat:covariate=Metadata_Label ; report=/data/report;",
			"script", script.toFile()));
		final List<String> lines = Files.readAllLines(script);
		for (final String key : List.of("'profiles=/data/p'",
			"'method=none; center,tvn;combat:covariate=Metadata_Label'", "'report=/data/report'"))
		{
			assertEquals(1, lines.stream().filter(line -> line.contains(key)).count(), lines.toString());
		}
	}

	private void assertLocked(final Path output, final String command, final Map<String, Object> keys) {
		final String message = UserErrors
			.message(assertThrows(ExecutionException.class, () -> run(command, keys), command));
		assertTrue(message.startsWith("Another run is writing " + output), command + ": " + message);
	}

	private void run(final String command, final Map<String, Object> keys) throws IOException, InterruptedException,
		ExecutionException
	{
		commands.run("io.github.isophene.commands." + command, true, keys).get();
	}
}
