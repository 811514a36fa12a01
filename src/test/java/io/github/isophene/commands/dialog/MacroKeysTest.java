// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import io.github.isophene.commands.MakeDemoScreen;
import org.junit.jupiter.api.Test;
import org.scijava.command.CommandInfo;

class MacroKeysTest {

	private static List<String> unknown(final String options) {
		return MacroKeys.unknown(options, new CommandInfo(MakeDemoScreen.class));
	}

	@Test
	void keysThatTheCommandHasAreTakenWithAnyValue() {
		assertEquals(List.of(), unknown(""));
		assertEquals(List.of(), unknown("folder=[/a b/c=d e] batches=3 effects=jump shift=0.5 "));
		assertEquals(List.of(), unknown("folder='/a b/c' plates=1"));
	}

	@Test
	void otherKeysAreNamedOnceWithTheOneThatWasMeant() {
		assertEquals(List.of(
			"Make Demo Screen has no key 'phenotypes', which is ignored: did you mean classes?",
			"Make Demo Screen has no key 'batchs', which is ignored: did you mean batches?",
			"Make Demo Screen has no key 'quux', which is ignored"),
			unknown("folder=[/a b] phenotypes=4 batchs=3 phenotypes=5 quux "));
	}
}
