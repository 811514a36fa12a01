// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.IsopheneService;
import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.TinyModels;
import io.github.isophene.cli.InProcess;
import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.commands.AdaptAndPredict;
import io.github.isophene.commands.EmbedScreen;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.screen.ControlTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.script.ScriptService;

/** The same screen predicted through every door gives the same bytes, in all three tables. */
class PredictionDoorsTest {

	private static final File SCREEN = new File("test-images/demo/screen.csv").getAbsoluteFile();

	@TempDir
	static Path folder;

	private static Context context;
	private static Path model;
	private static List<byte[]> expected;

	@BeforeAll
	static void predictThroughTheService() throws IOException {
		context = new Context();
		ScriptEngines.addTo(context.service(ScriptService.class));
		final IsopheneService isophene = context.service(IsopheneService.class);
		model = folder.resolve("tiny.zip");
		ModelFile.write(TinyModels.calibrated(Model.load(TinyModels.write(model, 1))), model);
		final Path predictions = folder.resolve("service.parquet");
		isophene.predictScreen(isophene.openScreen(SCREEN.toPath()),
			ScreenPredictionOptions.into(predictions).withModel(model.toString()));
		expected = tables(predictions);
		assertTrue(expected.get(0).length > 1000);
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	private static List<byte[]> tables(final Path predictions) throws IOException {
		final List<byte[]> tables = new ArrayList<>();
		tables.add(Files.readAllBytes(predictions));
		tables.add(Files.readAllBytes(Path.of(predictions.toString().replace(".parquet", ".wells.parquet"))));
		tables.add(Files.readAllBytes(Path.of(predictions + ".drift.csv")));
		return tables;
	}

	private static void same(final Path predictions) throws IOException {
		final List<byte[]> found = tables(predictions);
		for (int i = 0; i < expected.size(); i++) assertArrayEquals(expected.get(i), found.get(i), "table " + i);
	}

	@Test
	void menuItem() throws Exception {
		final Path predictions = folder.resolve("menu.parquet");
		context.service(CommandService.class)
			.run(AdaptAndPredict.class, true, "screen", SCREEN, "model", model.toString(), "predictions",
				predictions.toFile())
			.get();
		same(predictions);
	}

	@Test
	void imageJMacro() throws Exception {
		final Path predictions = Files.createDirectory(folder.resolve("with space")).resolve("macro.parquet");
		MacroBridge.runMacro(context,
			"run(\"Adapt and Predict...\", \"screen=[" + OwnProcess.slashes(SCREEN.toPath()) + "] model=[" +
				OwnProcess.slashes(model) + "] statistics=calibrated controls=Metadata_pert_type=negcon predictions=[" +
				OwnProcess.slashes(predictions) +
				"] device=auto resume=true tiles=grid queries=64 controlsperepisode=128 seed=1234 " + "drift=true\");");
		same(predictions);
	}

	@Test
	void theMacroInMacros() throws Exception {
		final Path predictions = folder.resolve("ijm.parquet");
		final String macro = Files.readString(Path.of("macros/adapt_and_predict.ijm"))
			.replace("getArgument()", "\"" + OwnProcess.slashes(SCREEN.toPath()) + "," + OwnProcess.slashes(model) +
				"," + OwnProcess.slashes(predictions) + "\"");
		MacroBridge.runMacro(context, macro);
		same(predictions);
	}

	@Test
	void groovyScript() throws Exception {
		same(script("macros/adapt_and_predict.groovy"));
	}

	@Test
	void jythonScript() throws Exception {
		same(script("macros/adapt_and_predict.py"));
	}

	@Test
	void headlessProcess() throws Exception {
		final Path predictions = folder.resolve("process.parquet");
		final OwnProcess run = OwnProcess.start(folder, "--headless", "--run", "macros/adapt_and_predict.groovy",
			keys(predictions));
		assertEquals(0, run.waitFor(), run.output());
		same(predictions);
	}

	@Test
	void headlessByMenuLabel() throws Exception {
		final Path predictions = folder.resolve("label.parquet");
		final InProcess run = InProcess.run("--headless", "--run", "Adapt and Predict...",
			keys(predictions));
		assertEquals(0, run.status(), run.output());
		same(predictions);
	}

	@Test
	void adaptedEmbeddingsByMenuItemAndService() throws Exception {
		final IsopheneService isophene = context.service(IsopheneService.class);
		final Path service = folder.resolve("embedded-service.parquet");
		isophene.embedScreen(isophene.openScreen(SCREEN.toPath()),
			EmbeddingOptions.into(service).withModel(model.toString()).withControls(ControlTypes.NEGATIVE_CONTROLS));
		final Path menu = folder.resolve("embedded-menu.parquet");
		context.service(CommandService.class)
			.run(EmbedScreen.class, true, "screen", SCREEN, "model", model.toString(), "tile", 0, "controls",
				ControlTypes.NEGATIVE_CONTROLS, "statistics", "calibrated", "profiles", menu.toFile())
			.get();
		assertArrayEquals(Files.readAllBytes(service), Files.readAllBytes(menu));
	}

	@Test
	void aWrongKeyIsNamedInOneLine() throws Exception {
		final InProcess run = InProcess.run("--headless", "--run", "Adapt and Predict...",
			keys(folder.resolve("none.parquet")) + ",statistics=\"median\"");
		assertEquals(1, run.status(), run.output());
		assertTrue(run.output().contains("joint-plate"), run.output());
		assertEquals(1, run.output().strip().lines().count(), run.output());
	}

	private static String keys(final Path predictions) {
		return "screen=\"" + OwnProcess.slashes(SCREEN.toPath()) + "\",model=\"" + OwnProcess.slashes(model) +
			"\",predictions=\"" + OwnProcess.slashes(predictions) + "\"";
	}

	private static Path script(final String file) throws Exception {
		final Path predictions = folder.resolve(new File(file).getName() + ".parquet");
		context.service(ScriptService.class)
			.run(new File(file), true, "screen", SCREEN, "model", model.toString(), "predictions", predictions.toFile())
			.get();
		return predictions;
	}
}
