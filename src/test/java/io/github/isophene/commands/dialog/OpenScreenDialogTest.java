// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

import io.github.isophene.commands.OpenScreen;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.progress.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.scijava.prefs.PrefService;

/** Mistakes that the dialog of Open Screen names before its user clicks OK. */
class OpenScreenDialogTest {

	@TempDir
	Path root;

	private Path folder;
	private Context context;
	private Module open;

	@BeforeEach
	void start() throws IOException {
		LastStep.clear();
		folder = Files.createDirectory(root.resolve("plates"));
		context = new Context();
		context.service(PrefService.class).clear(OpenScreen.class);
		open = context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(OpenScreen.class));
		new CommandDialog(open, context.service(PrefService.class)).open();
		for (final String plate : List.of("P1", "P2")) {
			Files.createDirectory(folder.resolve(plate));
			for (final String well : List.of("A01", "B02"))
				Files.createFile(folder.resolve(plate).resolve(well + "_s1_DAPI.tif"));
		}
		open.setInput("source", folder.toFile());
	}

	@AfterEach
	void dispose() {
		context.service(PrefService.class).clear(OpenScreen.class);
		context.dispose();
	}

	private String advice() {
		return ((Suggestions) open.getDelegateObject()).dialog().advice().replaceAll("<[^>]+>", "");
	}

	private boolean ready() {
		return ((Suggestions) open.getDelegateObject()).dialog().isReady();
	}

	private File write(final String name, final String text) throws IOException {
		return Files.writeString(root.resolve(name), text).toFile();
	}

	@Test
	void aMalformedPatternIsNeverReady() {
		assertTrue(advice().startsWith("Ready."), advice());
		for (final String pattern
			: List.of("(", "(?<well>", "[A-P", "(?<plate>.+)[.]tif", "nothing(?<well>[A-P]\\d+)")) {
			open.setInput("pattern", pattern);
			assertTrue(advice().startsWith("Pattern: "), advice());
			assertFalse(ready(), pattern);
		}
	}

	@Test
	void aPlatemapOfOtherPlatesOrWellsIsRefusedAndGapsAreNamed() throws IOException {
		assertTrue(advice().startsWith("Ready."), advice());
		open.setInput("platemap", write("plates.csv", "plate,well,drug\nQ1,A01,DMSO\nQ1,B02,taxol\n"));
		assertTrue(advice().startsWith("Platemap: No well of the screen is in the platemap") &&
			advice().contains("P1 A01") && advice().contains("Q1 A01") && advice().contains("plates named alike"),
			advice());
		assertFalse(ready());
		open.setInput("platemap", write("wells.csv", "well,drug\nH11,DMSO\nH12,taxol\n"));
		assertTrue(advice().startsWith("Platemap: No well of the screen is in the platemap"), advice());
		open.setInput("platemap", write("some.csv", "plate,well,drug\nP1,A01,DMSO\nP1,B02,taxol\nP3,A01,DMSO\n"));
		assertTrue(advice().startsWith("Ready.") && advice().contains("2 wells of the screen not in the platemap") &&
			advice().contains("1 well of the platemap"), advice());
		assertTrue(ready());
		open.setInput("platemap", write("all.csv", "well,drug\nA01,DMSO\nB02,taxol\n"));
		assertTrue(advice().startsWith("Ready.") && !advice().contains("not in the"), advice());
		assertEquals("Metadata_drug=DMSO", open.getInput("controls"));
	}

	@Test
	void aPlatemapOfOtherWellsThanATableIsRefused() throws IOException {
		final File table = write("load.csv",
			"FileName_OrigDNA,PathName_OrigDNA,Metadata_Plate,Metadata_Well,Metadata_Site\na.tif,.,P7,A01,1\n");
		open.setInput("source", table);
		open.setInput("table", write("new.csv", ""));
		assertTrue(advice().startsWith("Folder or file: None of the 1 image file"), advice());
		Files.createFile(root.resolve("a.tif"));
		Files.setLastModifiedTime(table.toPath(), FileTime.fromMillis(1));
		assertTrue(advice().startsWith("Ready."), advice());
		open.setInput("platemap", write("plates.csv", "plate,well,drug\nQ1,A01,DMSO\n"));
		assertTrue(advice().startsWith("Platemap: No well of the screen is in the platemap"), advice());
	}

	@Test
	void aFolderWithAScreenTableOfOursIsOpenedByItAndSaysSo() throws IOException {
		final DemoOptions options = DemoOptions.defaults()
			.withBatches(1)
			.withPlates(1)
			.withWells(8)
			.withFields(1)
			.withSize(32)
			.withClasses(3);
		final Path demo = root.resolve("demo");
		final Path table = DemoScreen.write(demo, options, Progress.NONE).table();
		final byte[] before = Files.readAllBytes(table);
		open.setInput("source", demo.toFile());
		assertEquals("Ready. The folder has a screen table already, screen.csv: it is used as it is. Negative " +
			"controls: Metadata_pert_type=negcon.", advice());
		assertEquals(table.toFile(), open.getInput("table"));
		open.run();
		assertTrue(
			open.getOutput("summary").toString().contains("screen.csv (was there already, and is used as it is)"),
			open.getOutput("summary").toString());
		assertArrayEquals(before, Files.readAllBytes(table));
		open.setInput("controls", "Metadata_pert_type=negcon");
		assertTrue(advice().contains("it is used as it is."), advice());
		open.setInput("controls", "Metadata_Compound=large-nuclei");
		assertTrue(advice().contains("screen.csv: it is written again with what is given here. Negative controls: " +
			"Metadata_Compound=large-nuclei."), advice());
		open.setInput("table", demo.resolve("other.csv").toFile());
		assertTrue(advice().contains("screen.csv: it is read, and written as other.csv."), advice());
	}

	/** The last commands had another screen. */
	@Test
	void controlsThatTheFolderHasNotAreReplacedUnlessTheUserTypedThem() throws IOException {
		LastStep.controls("Metadata_treatment=mock");
		new CommandDialog(open, context.service(PrefService.class)).open();
		open.setInput("source", folder.toFile());
		open.setInput("platemap", write("map.csv", "well,drug\nA01,DMSO\nB02,taxol\n"));
		assertEquals("Metadata_treatment=mock", open.getInput("controls"));
		assertTrue(advice().contains("Negative controls: Metadata_drug=DMSO."), advice());
		open.setInput("controls", "Metadata_drug=water");
		assertTrue(advice().contains("no row has Metadata_drug=water"), advice());
		open.setInput("controls", "A01");
		assertTrue(ready() || advice().startsWith("Ready."), advice());
		((Suggestions) open.getDelegateObject()).dialog().remember(true);
		assertEquals("Metadata_pert_type=negcon", LastStep.get("controls"), "wells are none of a table's values");
	}
}
