// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

class NetworkShareTest {

	@Test
	void windowsTakesEverythingBehindTwoSeparatorsForAShare() {
		for (final String path : List.of("//host/share/a.tif", "\\\\host\\share", "\\/host", "/\\host\\x", "////host/x",
			"//tmp/a.tif", "\\\\?\\UNC\\host\\share\\a.tif", "\\\\.\\pipe\\x"))
			assertTrue(NetworkShare.is(path, true), path);
		for (final String path : List.of("/data/a.tif", "C:\\data", "C:\\\\data", "a//b.tif", "", "/", "//", "\\\\",
			"///"))
			assertFalse(NetworkShare.is(path, true), path);
	}

	@Test
	void elsewhereAFolderThatIsThereIsNone() {
		assertTrue(NetworkShare.is("//host/share/a.tif", false));
		assertTrue(NetworkShare.is("\\\\host\\share", false));
		final String here = Path.of("").toAbsolutePath().toString();
		if (here.startsWith("/")) assertFalse(NetworkShare.is("/" + here, false));
		assertTrue(NetworkShare.is("//a\0b/c", false));
	}

	@Test
	void aServerHasOneName() {
		for (final String path : List.of("//HOST/share/a.tif", "\\\\host\\share", "////Host"))
			assertEquals("//host/", NetworkShare.server(path));
	}
}
