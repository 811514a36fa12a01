// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.isophene.UserErrors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.script.ScriptService;

/** Tests the messages of a headless run for inputs that don't fit. */
class CodeRunTest {

	@TempDir
	private Path folder;
	private final Context context = new Context();

	@AfterEach
	void close() {
		context.dispose();
	}

	@Test
	void aNumberIsNeverCutOrWrapped() {
		assertEquals("epochs is 2.7: give a whole number of at most 2147483647",
			message("Fine-tune Model...", "epochs=2.7"));
		assertEquals("seed is 4294967297: give a whole number of at most 2147483647",
			message("Fine-tune Model...", "seed=4294967297"));
		assertEquals("epochs is 'two', which is no whole number", message("Fine-tune Model...", "epochs=\"two\""));
		assertEquals("rate is 'fast', which is no number", message("Fine-tune Model...", "rate=\"fast\""));
		assertEquals("resume is 'yes': give true or false", message("Fine-tune Model...", "resume=\"yes\""));
		assertTrue(message("Fine-tune Model...", "epochs=2.0,seed=-3").startsWith("screen is missing"));
	}

	@Test
	void aFileInPlaceOfAFolderIsNamed() throws Exception {
		final Path file = Files.createFile(folder.resolve("taken"));
		assertEquals(file + " is a file, but a folder is needed there: choose another name",
			message("Compare Adaptations...",
				"screen=\"test-images/demo/screen.csv\",label=\"Metadata_Compound\",folder=\"" + file + "\""));
	}

	@Test
	void aNumberOfChannelsAndAnUnknownIntensityAreToldBeforeAnImport() throws Exception {
		final String begin = "weights=\"" + Files.createFile(folder.resolve("w.pt")) + "\",model=\"" +
			folder.resolve("m.zip") + "\",";
		assertTrue(message("Import Model...", begin + "channels=\"5\"").startsWith("channels is 5: give the names"));
		assertTrue(message("Import Model...", begin + "intensity=\"rubbish\"").startsWith("'rubbish' is no intensity"));
		assertTrue(message("Import Model...", begin + "intensity=\"fixed:1,2,3:1,1,1\",channels=\"a,b\"")
			.startsWith("The intensity fixed"));
	}

	@Test
	void anImageThatCannotBeOpenedIsSaidSo() {
		assertTrue(message("Embed Image...", "image=\"" + folder.resolve("none.tif") + "\"")
			.startsWith("image can't be opened"));
		assertEquals("image is missing: give a file, or open one (File > Open...)", message("Embed Image...", ""));
	}

	@Test
	void whatAScriptThrowsItselfIsOneLine() throws Exception {
		ScriptEngines.addTo(context.service(ScriptService.class));
		final String jump = "macros/jump_positive_controls.groovy";
		final String end = "\",loaddata=\"miniature\",folder=\"" + folder + "\"";
		assertEquals("outer is 'plate': use source or batch", message(jump, "outer=\"plate" + end));
		assertTrue(message(jump, "objectives=\"erm, abra" + end)
			.startsWith("objectives names 'abra': use any of erm, arm-bn, "));
		final Path faulty = Files.writeString(folder.resolve("faulty.groovy"), "Integer.valueOf('x')");
		assertTrue(message(faulty.toString(), "").startsWith("The script failed: "));
	}

	private String message(final String code, final String inputs) {
		return UserErrors.message(assertThrows(Exception.class, () -> new CodeRun(context).run(code, inputs)));
	}
}
