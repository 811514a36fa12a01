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
import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.commands.FineTuneModel;
import io.github.isophene.finetuning.FineTuneOptions;
import io.github.isophene.finetuning.FineTuneReport;
import io.github.isophene.training.DataOptions;
import io.github.isophene.training.TrainingOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.script.ScriptService;

/** The same training through every door gives the same model file, byte for byte. */
class TrainingDoorsTest {

	private static final File SCREEN = new File("test-images/demo/screen.csv").getAbsoluteFile();

	@TempDir
	static Path folder;

	private static Context context;
	private static byte[] expected;

	@BeforeAll
	static void trainThroughTheService() throws IOException {
		context = new Context();
		ScriptEngines.addTo(context.service(ScriptService.class));
		final IsopheneService isophene = context.service(IsopheneService.class);
		final FineTuneReport report = isophene.fineTune(isophene.openScreen(SCREEN.toPath()),
			FineTuneOptions
				.into(model("service"),
					DataOptions.of("Metadata_Compound", "Metadata_Batch", "Metadata_pert_type=negcon")
						.withTile(64, DataOptions.Augment.FLIPS))
				.withStart("", "resnet18:8")
				.withTraining(TrainingOptions.PUBLISHED.withEpochs(3, 20)));
		expected = Files.readAllBytes(report.file());
		assertEquals(3, Files.readAllLines(report.log()).size() - 1);
		assertTrue(Files.size(report.file().resolveSibling("model.png")) > 1000);
		assertFalse(Files.exists(report.file().resolveSibling("model.zip.checkpoint")));
		assertEquals(5, report.model().card().classes().size());
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	/** A file of the same name, which a model knows, in a folder of its own. */
	private static Path model(final String door) throws IOException {
		return Files.createDirectories(folder.resolve(door)).resolve("model.zip");
	}

	@Test
	void menuItem() throws Exception {
		final Path model = model("menu");
		context.service(CommandService.class)
			.run(FineTuneModel.class, true, "screen", SCREEN, "label", "Metadata_Compound", "architecture",
				"resnet18:8", "epochs", 3, "tile", 64, "model", model.toFile())
			.get();
		assertArrayEquals(expected, Files.readAllBytes(model));
	}

	@Test
	void theMacroInMacros() throws Exception {
		final Path model = model("with space");
		final String macro = Files.readString(Path.of("macros/fine_tune_model.ijm"))
			.replace("getArgument()",
				"\"" + OwnProcess.slashes(SCREEN.toPath()) + "," + OwnProcess.slashes(model) +
					",architecture=resnet18:8 epochs=3 tile=64\"");
		MacroBridge.runMacro(context, macro);
		assertArrayEquals(expected, Files.readAllBytes(model));
	}

	@Test
	void groovyScript() throws Exception {
		final Path model = model("groovy");
		context.service(ScriptService.class)
			.run(new File("macros/fine_tune_model.groovy"), true, "screen", SCREEN, "architecture", "resnet18:8",
				"epochs", 3,
				"tile", 64, "model", model.toFile())
			.get();
		assertArrayEquals(expected, Files.readAllBytes(model));
	}

	@Test
	void headlessProcess() throws Exception {
		final Path model = model("process");
		final OwnProcess run = OwnProcess.start(folder, "--headless", "--run", "macros/fine_tune_model.groovy",
			"screen=\"" + OwnProcess.slashes(SCREEN.toPath()) + "\",architecture=\"resnet18:8\",epochs=3,tile=64," +
				"model=\"" + OwnProcess.slashes(model) + "\"");
		assertEquals(0, run.waitFor(), run.output());
		assertArrayEquals(expected, Files.readAllBytes(model), run.output());
	}
}
