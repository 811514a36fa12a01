// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastStepTest {

	@AfterEach
	void forget() {
		LastStep.clear();
	}

	@Test
	void aWindowGoesOnWithItsOwnScreen(@TempDir final Path dir) throws IOException {
		final Path first = Files.createFile(dir.resolve("first.csv"));
		final Path second = Files.createFile(dir.resolve("second.csv"));
		LastStep.put("screen", first);
		LastStep.put("controls", "Metadata_pert_type=negcon");
		final Map<String, String> ofFirst = LastStep.copy();
		LastStep.put("screen", second);
		LastStep.put("controls", "Metadata_treatment=DMSO");
		LastStep.put("label", "Metadata_treatment");
		LastStep.restore(ofFirst);
		assertEquals(first.toString(), LastStep.get("screen"));
		assertEquals("Metadata_pert_type=negcon", LastStep.get("controls"));
		assertNull(LastStep.get("label"), "of the other screen");
	}

	@Test
	void laterStepsOnTheSameScreenStay(@TempDir final Path dir) throws IOException {
		LastStep.put("screen", Files.createFile(dir.resolve("first.csv")));
		final Map<String, String> earlier = LastStep.copy();
		LastStep.put("label", "Metadata_Compound");
		LastStep.restore(earlier);
		assertEquals("Metadata_Compound", LastStep.get("label"));
	}
}
