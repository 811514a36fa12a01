// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.isophene.IsopheneService;
import io.github.isophene.cli.InProcess;
import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.network.Model;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.script.ScriptModule;
import org.scijava.script.ScriptService;

/**
 * Runs what lies in {@code macros/} and no other test of the doors runs; an ImageJ macro and a script write the
 * same.
 */
class MacrosTest {

	private static final Path IMAGE = Path.of("test-images/demo/B1_P1/B1_P1_A01_s1_DNA.tif").toAbsolutePath();

	@TempDir
	Path folder;

	private static Context context;

	@BeforeAll
	static void start() {
		context = new Context();
		ScriptEngines.addTo(context.service(ScriptService.class));
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	@Test
	void everyTaskHasAMacroAndAScript() throws IOException {
		final Set<String> macros = new TreeSet<>();
		final Set<String> scripts = new TreeSet<>();
		try (Stream<Path> files = Files.list(Path.of("macros"))) {
			files.map(f -> f.getFileName().toString())
				.forEach(name -> (name.endsWith(".ijm") ? macros : scripts).add(name.replaceAll("\\..*", "")));
		}
		for (final String task : List.of("make_demo_screen", "make_virtual_plates", "open_screen", "embed_screen",
			"embed_image", "fine_tune_model", "adapt_and_predict", "compare_adaptations", "correct_profiles",
			"assess_batch_effects", "import_model"))
		{
			assertTrue(macros.contains(task), task + ".ijm");
			assertTrue(scripts.contains(task), task + ".groovy or .py");
		}
	}

	@Test
	void theEditorFindsThemAsTemplates() {
		assertNotNull(getClass().getResource("/script_templates/Isophene/embed_screen.groovy"));
		assertNotNull(getClass().getResource("/script_templates/Isophene/embed_image.ijm"));
	}

	@Test
	void demoAndComparison() throws Exception {
		macro("make_demo_screen", "batches=3 wells=8 fields=1 size=160", folder.resolve("macro"));
		script("make_demo_screen.groovy", Map.of("folder", folder.resolve("script").toFile(), "batches", 3, "wells", 8,
			"fields", 1, "size", 160));
		same("macro/screen.csv", "script/screen.csv");
		same("macro/B2_P1/B2_P1_A01_s1_ER.tif", "script/B2_P1/B2_P1_A01_s1_ER.tif");
		macro("compare_adaptations",
			"methods=[erm,erm-controls] seeds=1 heldout=1 indomain=1 architecture=resnet18:8 epochs=1 queries=4 " +
				"controlsperepisode=2 alphas=[] wells=[] rate=[0.001,0.003]",
			folder.resolve("macro/screen.csv"), folder.resolve("results-macro"));
		final Map<String, Object> small = new HashMap<>(Map.of("methods", "erm,erm-controls", "seeds", 1, "heldout", 1,
			"indomain", 1, "architecture", "resnet18:8", "epochs", 1, "queries", 4, "controlsperepisode", 2));
		small.putAll(Map.of("alphas", "", "wells", "", "rate", "0.001,0.003", "screen",
			folder.resolve("macro/screen.csv").toFile(), "folder",
			folder.resolve("results-script").toFile()));
		script("compare_adaptations.groovy", small);
		same("results-macro/results.csv", "results-script/results.csv");
		same("results-macro/learning-rates.csv", "results-script/learning-rates.csv");
	}

	@Test
	void virtualPlates() throws Exception {
		final Path source = Path.of("test-images/demo/screen.csv").toAbsolutePath();
		macro("make_virtual_plates", "batches=2 heldout=1 plates=1 wells=8 fields=1 size=64", source,
			folder.resolve("macro"));
		final Map<String, Object> keys = new HashMap<>(
			Map.of("screen", source.toFile(), "folder", folder.resolve("script").toFile(), "batches", 2, "heldout", 1,
				"plates", 1, "wells", 8, "fields", 1, "size", 64));
		assertEquals("16 fields on 2 plates", script("make_virtual_plates.groovy", keys));
		final InProcess run = InProcess.run("--headless", "--run", "Make Virtual Plates...",
			"screen=\"" + OwnProcess.slashes(source) + "\",label=\"Metadata_Compound\",folder=\"" +
				OwnProcess.slashes(folder.resolve("headless")) +
				"\",batches=2,heldout=1,plates=1,wells=8,fields=1,size=64");
		assertEquals(0, run.status(), run.output());
		for (final String other : List.of("script", "headless")) {
			for (final String file : List.of("screen.csv", "truth.csv", "truth.json")) same("macro/" + file,
				other + "/" + file);
			same("macro/B2_P1/B2_P1_A01_s1_ER.tif", other + "/B2_P1/B2_P1_A01_s1_ER.tif");
		}
		final InProcess wrong = InProcess.run("--headless", "--run", "Make Virtual Plates...",
			"screen=\"" + OwnProcess.slashes(source) + "\",label=\"Metadata_Compound\",folder=\"" +
				OwnProcess.slashes(folder.resolve("never")) + "\",batches=2,heldout=2");
		assertEquals(1, wrong.status(), wrong.output());
		assertTrue(wrong.output().contains("heldout = 2: must be an integer from 0 to 1"), wrong.output());
		assertEquals(1, wrong.output().strip().lines().count(), wrong.output());
	}

	@Test
	void openScreen() throws Exception {
		final Path source = Path.of("test-images/demo").toAbsolutePath();
		macro("open_screen", "", source, folder.resolve("macro.csv"));
		final String summary = script("open_screen.py",
			Map.of("source", source.toFile(), "table", folder.resolve("script.csv").toFile()));
		assertEquals("16 fields, channels DNA, ER, AGP, Mito", summary);
		same("macro.csv", "script.csv");
	}

	@Test
	void importModel() throws Exception {
		final Model model = context.service(IsopheneService.class).openModel("default");
		final Path weights = folder.resolve("weights.safetensors");
		Safetensors.write(model.weights(), weights, Map.of("format", "pt"));
		macro("import_model", "", weights, folder.resolve("macro.zip"));
		script("import_model.groovy",
			Map.of("weights", weights.toFile(), "model", folder.resolve("script.zip").toFile()));
		same("macro.zip", "script.zip");
		script("import_model.groovy", Map.of("weights", new File("default"), "output", "stage:3", "pool", "mean+sd",
			"model", folder.resolve("script-cut.zip").toFile()));
		final InProcess cut = InProcess.run("--headless", "--run", "Import Model...",
			"weights=\"default\",output=\"stage:3\",pool=\"mean+sd\",model=\"" +
				OwnProcess.slashes(folder.resolve("headless-cut.zip")) + "\"");
		assertEquals(0, cut.status(), cut.output());
		assertTrue(cut.output().contains("resnet18 (stage:3 mean+sd) with 128 features"), cut.output());
		same("script-cut.zip", "headless-cut.zip");
		final InProcess wrong = InProcess.run("--headless", "--run", "Import Model...",
			"weights=\"default\",output=\"stage:7\",model=\"" +
				OwnProcess.slashes(folder.resolve("never.zip")) + "\"");
		assertEquals(1, wrong.status(), wrong.output());
		assertTrue(wrong.output().contains("output = stage:7: resnet18 has last and stage:1 to stage:4"),
			wrong.output());
	}

	@Test
	void embedImage() throws Exception {
		macro("embed_image", "tile=32", IMAGE, folder.resolve("macro.csv"));
		final String summary = script("embed_image.groovy",
			Map.of("input", IMAGE.toFile(), "tile", 32, "table", folder.resolve("script.csv").toFile()));
		assertEquals("25 tiles", summary);
		same("macro.csv", "script.csv");
		final ProfileTable tiles = ProfileFile.read(folder.resolve("macro.csv"));
		assertEquals(25, tiles.rowCount());
		assertEquals(Set.of("1", "2", "3", "4"), new TreeSet<>(List.of(tiles.metadata("Metadata_Cluster"))));
	}

	private void same(final String one, final String other) throws IOException {
		assertArrayEquals(Files.readAllBytes(folder.resolve(one)), Files.readAllBytes(folder.resolve(other)), one);
	}

	/** @param more further keys; empty: none */
	private static void macro(final String name, final String more, final Path... arguments) throws Exception {
		final String argument = String.join(",", Stream.of(arguments).map(OwnProcess::slashes).toList()) +
			(more.isEmpty() ? "" : "," + more);
		final String code = Files.readString(Path.of("macros", name + ".ijm"))
			.replace("getArgument()", "\"" + argument + "\"");
		MacroBridge.runMacro(context, "setBatchMode(true);\n" + code);
	}

	private static String script(final String name, final Map<String, Object> inputs) throws Exception {
		final ScriptModule module = context.service(ScriptService.class)
			.run(new File("macros", name), true, inputs)
			.get();
		return String.valueOf(module.getOutput("summary"));
	}
}
