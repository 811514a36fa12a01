// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import io.github.isophene.IsopheneService;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;

/**
 * Plug-ins from outside: the sources in {@code src/samples} are compiled by themselves against the classes of the
 * product, as anybody's jar is, and run through the commands in a JVM of their own.
 */
class SamplePluginsTest {

	@TempDir
	Path folder;

	@Test
	void aPluginOfEachKindIsFoundAndRunsThroughTheCommands() throws Exception {
		final Path classes = Files.createDirectories(folder.resolve("classes"));
		compile(classes);
		final Path log = folder.resolve("log.txt");
		final Process run = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path") + File.pathSeparator + classes,
			SampleRun.class.getName(), folder.toString()).redirectErrorStream(true).redirectOutput(
			log.toFile()).start();
		if (!run.waitFor(600, TimeUnit.SECONDS)) run.destroyForcibly().waitFor();
		assertEquals(0, run.exitValue(), () -> text(log));

		// The format made the screen.
		final List<String> table = Files.readAllLines(folder.resolve("screen.csv"));
		assertEquals(13, table.size(), () -> String.join("\n", table));
		assertEquals("DNA.tif,plate/A01,ER.tif,plate/A01,plate,A01,1", table.get(1));
		// The objective trained the model, which keeps the intensity and the setting.
		final String card = text(folder.resolve("card.txt"));
		assertTrue(card.contains("smoothed") && card.contains("median") && card.contains("0.2"), card);
		// The correction corrected the profiles.
		final ProfileTable raw = ProfileFile.read(folder.resolve("profiles.csv"));
		final ProfileTable corrected = ProfileFile.read(folder.resolve("corrected.csv"));
		final float value = raw.feature(3, 0);
		assertEquals(Math.signum(value) * Math.sqrt(Math.abs(value)), corrected.feature(3, 0), 1e-6);
		// The metric is in the report's table.
		final String metrics = text(folder.resolve("report/metrics.csv"));
		assertTrue(metrics.contains("nearest-label"), metrics);
	}

	private static void compile(final Path classes) throws IOException {
		final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		final List<String> line = new ArrayList<>(
			List.of("-proc:full", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
		// Before Java 21 annotation processors run by default, and the option is unknown.
		if (Runtime.version().feature() < 21) line.remove(0);
		try (Stream<Path> sources = Files.walk(Path.of("src/samples/java"))) {
			sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> line.add(file.toString()));
		}
		assertTrue(line.size() >= 9, "the samples are missing");
		assertEquals(0, compiler.run(null, null, null, line.toArray(String[]::new)), "the samples do not compile");
		assertFalse(Files.notExists(classes.resolve("META-INF/json/org.scijava.plugin.Plugin")),
			"no index of plug-ins");
	}

	private static String text(final Path file) {
		try {
			return Files.readString(file);
		}
		catch (final IOException exc) {
			return exc.toString();
		}
	}

	/** Runs in the other JVM. */
	static final class SampleRun {

		private SampleRun() {}

		public static void main(final String... args) throws Exception {
			final Path folder = Path.of(args[0]);
			final Context context = new Context();
			try {
				final IsopheneService isophene = context.service(IsopheneService.class);
				isophene.makeDemoScreen(folder.resolve("demo"),
					DemoOptions.defaults()
						.withBatches(2)
						.withPlates(1)
						.withWells(12)
						.withFields(1)
						.withSize(64)
						.withClasses(3));
				wellFolders(isophene, folder);
				run(context, "OpenScreen", "source", folder.resolve("plate"), "format", "well-folders", "table",
					folder.resolve("screen.csv"));
				run(context, "FineTuneModel", "screen", folder.resolve("demo/screen.csv"), "label", "Metadata_Compound",
					"objective", "smoothed", "settings", "smoothing=0.2", "architecture", "resnet18:8", "epochs", 1,
					"tile", 32, "intensity", "median", "model", folder.resolve("model.zip"));
				Files.writeString(folder.resolve("card.txt"),
					isophene.openModel(folder.resolve("model.zip").toString()).card().toString());
				run(context, "EmbedScreen", "screen", folder.resolve("demo/screen.csv"), "model",
					folder.resolve("model.zip").toString(), "level", "well", "intensity", "median", "profiles",
					folder.resolve("profiles.csv"));
				run(context, "CorrectProfiles", "profiles", folder.resolve("profiles.csv"), "method", "signed-root",
					"corrected", folder.resolve("corrected.csv"));
				run(context, "AssessBatchEffects", "profiles", folder.resolve("corrected.csv").toString(), "label",
					"Metadata_Compound", "method", "none; signed-root:power=0.9", "report", folder.resolve("report"));
			}
			finally {
				context.dispose();
			}
			System.exit(0);
		}

		/** Lays the first plate of the demo screen out as one folder per well. */
		private static void wellFolders(final IsopheneService isophene, final Path folder) throws IOException {
			final var screen = isophene.openScreen(folder.resolve("demo/screen.csv"));
			final var fields = screen.plates().values().iterator().next();
			for (final var field : fields) {
				final Path well = Files.createDirectories(folder.resolve("plate").resolve(field.well()));
				Files.copy(Path.of(field.planes().get(0).path()), well.resolve("DNA.tif"));
				Files.copy(Path.of(field.planes().get(1).path()), well.resolve("ER.tif"));
			}
		}

		private static void run(final Context context, final String command, final Object... keys) throws Exception {
			final Map<String, Object> inputs = new LinkedHashMap<>();
			for (int i = 0; i < keys.length; i += 2) {
				inputs.put((String) keys[i], keys[i + 1] instanceof Path path ? path.toFile() : keys[i + 1]);
			}
			context.service(CommandService.class).run("io.github.isophene.commands." + command, true, inputs).get();
		}
	}
}
