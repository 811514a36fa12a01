// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zips from strangers. */
class LibraryArchiveTest {

	private static final long LIMIT = 1 << 20;

	@TempDir
	private Path folder;

	@Test
	void onlyTheLibrariesAreUnpacked() throws IOException {
		unpack(LibraryFixtures.zip("libtorch/lib/libtorch.so", "1", "libtorch/lib/libbig.a", "2",
			"libtorch/include/torch.h", "3", "libtorch/lib/sub/deep.so", "4", "libtorch/build-version", "2.7.1+cu128\n",
			"evil.sh", "5"), LIMIT);
		try (Stream<Path> files = Files.walk(folder)) {
			assertEquals(List.of("libtorch/build-version", "libtorch/lib/libtorch.so"),
				files.filter(Files::isRegularFile)
					.map(f -> folder.relativize(f).toString().replace('\\', '/'))
					.sorted()
					.toList());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"../evil.so", "libtorch/lib/../../../evil.so", "/tmp/evil.so", "C:/evil.so",
		"libtorch\\lib\\evil.dll", "libtorch/lib/.."})
	void aNameThatLeadsElsewhereIsRefused(final String name) throws IOException {
		assertRefused("leads out of its folder", LibraryFixtures.zip("libtorch/lib/libtorch.so", "1", name, "evil"));
		assertTrue(Files.notExists(folder.resolveSibling("evil.so")) && Files.notExists(Path.of("/tmp/evil.so")));
	}

	@Test
	void whatUnfoldsWithoutEndIsRefused() throws IOException {
		final byte[] bomb = LibraryFixtures.zip("libtorch/lib/libtorch.so", "\0".repeat(50 << 20));
		assertTrue(bomb.length < 100_000, "not much of a bomb: " + bomb.length);
		assertRefused("unfolds to more than 1 MB", bomb);
	}

	@Test
	void manySmallFilesCountTogether() throws IOException {
		final String[] entries = new String[40];
		for (int i = 0; i < entries.length; i += 2) {
			entries[i] = "libtorch/lib/lib" + i + ".so";
			entries[i + 1] = "\0".repeat(100_000);
		}
		assertRefused("unfolds to more than 1 MB", LibraryFixtures.zip(entries));
	}

	/** The sizes that a zip says of its entries are not what limits them. */
	@Test
	void aSizeThatLiesIsNoticed() throws IOException {
		final byte[] zip = LibraryFixtures.zip("libtorch/lib/libtorch.so", "\0".repeat(3 << 20));
		// The sizes in the directory at the end, which a reader might trust: 1 byte.
		for (int i = zip.length - 22; i > 0; i--) {
			if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
				Arrays.fill(zip, i + 24, i + 28, (byte) 0);
				zip[i + 24] = 1;
			}
		}
		assertRefused("unfolds to more than 1 MB", zip);
	}

	@Test
	void aNameThatIsThereTwiceIsRefused() throws IOException {
		final byte[] zip = LibraryFixtures.zip("libtorch/lib/libtorch.so", "1", "libtorch/lib/libtorcx.so", "2");
		final byte[] other = "libtorcx.so".getBytes();
		for (int i = 0; i + other.length < zip.length; i++) {
			if (Arrays.equals(zip, i, i + other.length, other, 0, other.length)) zip[i + 7] = 'h';
		}
		assertRefused("twice", zip);
	}

	@Test
	void whatIsNoZipOrAnotherOneIsRefused() throws IOException {
		assertRefused("holds no folder libtorch/lib", "<html>Please log in</html>".getBytes());
		assertRefused("holds no folder libtorch/lib", LibraryFixtures.zip("readme.txt", "hello"));
		final byte[] zip = LibraryFixtures.zip("libtorch/lib/libtorch.so", "0123456789".repeat(1000));
		assertThrows(IOException.class, () -> unpack(Arrays.copyOf(zip, zip.length / 3), LIMIT));
		zip[60] ^= 0x55;
		assertThrows(IOException.class, () -> unpack(zip, LIMIT));
	}

	@Test
	void cancelEndsIt() throws IOException {
		final byte[] zip = LibraryFixtures.zip("libtorch/lib/libtorch.so", "1");
		assertThrows(CancellationException.class, () -> LibraryArchive.unpack(new ByteArrayInputStream(zip), "the zip",
			folder, LIMIT, LibraryFixtures.progress(true)));
	}

	private void assertRefused(final String reason, final byte[] zip) {
		final String message = assertThrows(IOException.class, () -> unpack(zip, LIMIT)).getMessage();
		assertTrue(message.startsWith("the zip") && message.contains(reason), message);
	}

	private void unpack(final byte[] zip, final long limit) throws IOException {
		LibraryArchive.unpack(new ByteArrayInputStream(zip), "the zip", folder, limit, LibraryFixtures.progress(false));
	}
}
