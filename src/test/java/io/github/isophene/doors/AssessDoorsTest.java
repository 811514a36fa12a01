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
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.github.isophene.IsopheneService;
import io.github.isophene.assessment.AssessmentOptions;
import io.github.isophene.cli.InProcess;
import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.commands.AssessBatchEffects;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.script.ScriptService;

/** The same profiles assessed through every door give the same numbers, to the byte. */
class AssessDoorsTest {

	private static final String METHOD =
		"none; drop_quiet,standardize:shrink=table";

	@TempDir
	static Path folder;

	private static Path profiles;
	private static Context context;
	private static byte[] expected;
	private static byte[] page;

	@BeforeAll
	static void assessThroughTheService() throws IOException {
		context = new Context();
		ScriptEngines.addTo(context.service(ScriptService.class));
		profiles = folder.resolve("profiles.parquet");
		ProfileFile.write(table(), profiles);
		final Path report = folder.resolve("service");
		context.service(IsopheneService.class)
			.assessBatchEffects(AssessmentOptions.of(profiles,
			report).withMethods(METHOD).withLabel("Metadata_Compound"));
		expected = Files.readAllBytes(report.resolve("metrics.csv"));
		page = withoutFolder(report);
		assertTrue(expected.length > 1000);
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	@Test
	void menuItem() throws Exception {
		final Path report = folder.resolve("menu");
		context.service(CommandService.class)
			.run(AssessBatchEffects.class, true, "profiles", profiles.toString(), "method", METHOD, "label",
				"Metadata_Compound", "report", report.toFile())
			.get();
		assertSame(report);
		assertArrayEquals(page, withoutFolder(report));
	}

	@Test
	void theMacroInMacros() throws Exception {
		final Path report = folder.resolve("with space");
		MacroBridge.runMacro(context, Files.readString(Path.of("macros/assess_batch_effects.ijm"))
			.replace("getArgument()", "\"" + OwnProcess.slashes(profiles) + ";" + OwnProcess.slashes(report) +
				";method=[" + METHOD + "]\""));
		assertSame(report);
	}

	@Test
	void groovyScript() throws Exception {
		final Path report = folder.resolve("groovy");
		context.service(ScriptService.class)
			.run(new File("macros/assess_batch_effects.groovy"), true, "profiles", profiles.toString(), "method",
				METHOD, "report", report.toFile())
			.get();
		assertSame(report);
	}

	@Test
	void headlessProcess() throws Exception {
		final Path report = folder.resolve("process");
		final OwnProcess run = OwnProcess.start(folder, "--headless", "--run", "Assess Batch Effects...",
			"profiles=\"" + OwnProcess.slashes(profiles) + "\",method=\"" + METHOD +
				"\",label=\"Metadata_Compound\",report=\"" + OwnProcess.slashes(report) + "\"");
		assertEquals(0, run.waitFor(), run.output());
		assertSame(report);
	}

	@Test
	void aMistakeIsOneLineAndWritesNothing() throws Exception {
		final Path report = folder.resolve("never");
		final InProcess run = InProcess.run("--headless", "--run", "Assess Batch Effects...",
			"profiles=\"" + OwnProcess.slashes(profiles) + "\",label=\"Metadata_moa\",report=\"" +
				OwnProcess.slashes(report) + "\"");
		assertEquals(1, run.status(), run.output());
		assertTrue(run.output().contains("Metadata_moa"), run.output());
		assertEquals(1, run.output().strip().lines().count(), run.output());
		assertFalse(Files.exists(report));
	}

	private static void assertSame(final Path report) throws IOException {
		assertArrayEquals(expected, Files.readAllBytes(report.resolve("metrics.csv")));
		for (final String file : List.of("distances.csv", "curves.csv", "activity.csv", "mechanisms.csv"))
			assertArrayEquals(Files.readAllBytes(folder.resolve("service").resolve(file)),
				Files.readAllBytes(report.resolve(file)), file);
	}

	/** The page, which names the folder it was written to. */
	private static byte[] withoutFolder(final Path report) throws IOException {
		return Files.readString(report.resolve("report.html"))
			.replace(report.toString(), "")
			.getBytes(java.nio.charset.StandardCharsets.UTF_8);
	}

	private static ProfileTable table() {
		final Random random = new Random(1);
		final var builder = ProfileTable.builder(
			List.of("Metadata_Batch", "Metadata_Plate", "Metadata_Well", "Metadata_Compound", "Metadata_pert_type"),
			List.of("emb_0001", "emb_0002", "emb_0003", "emb_0004"));
		for (int plate = 0; plate < 4; plate++) {
			for (int well = 0; well < 16; well++) {
				final boolean control = well < 6;
				final float[] vector = new float[4];
				for (int i = 0; i < 4; i++) {
					vector[i] = (float) (random.nextGaussian() + (plate / 2) * (i + 1) * 0.3 +
						(control ? 0 : (well % 5 - 2) * (i % 2)));
				}
				builder.add(List.of("B" + plate / 2, "P" + plate, String.format(Locale.ROOT, "A%02d", well + 1),
					control ? "DMSO" : "c" + well % 5, control ? "negcon" : "trt"), vector);
			}
		}
		return builder.build();
	}
}
