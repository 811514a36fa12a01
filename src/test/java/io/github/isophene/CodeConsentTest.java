// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.network.CodeConsent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.log.LogLevel;
import org.scijava.log.LogService;

class CodeConsentTest {

	@TempDir
	private Path folder;

	private final List<String> asked = new ArrayList<>();
	private final List<String> warned = new ArrayList<>();

	@AfterEach
	void askNobody() {
		CodeConsent.reset();
	}

	@Test
	void aProgramIsAskedForOncePerFile() throws IOException {
		answer(true);
		final Path file = program("encoder.pt");
		open(file);
		open(file);
		assertEquals(1, asked.size());
		assertTrue(asked.get(0).contains(file.toString()) && asked.get(0).contains("all your rights"),
			asked.toString());
		assertEquals(1, warned.size(), warned.toString());
		Files.setLastModifiedTime(file, FileTime.fromMillis(0));
		open(file);
		assertEquals(2, asked.size(), "another program under the same name");
	}

	@Test
	void noMeansThatNothingOfItIsRunAndTheNextTimeItIsAskedAgain() throws IOException {
		answer(false);
		final String file = program("encoder.TS").toString();
		assertTrue(assertThrows(CancellationException.class, () -> TileNetwork.open(file, "cpu")).getMessage()
			.contains("was not run"));
		assertThrows(CancellationException.class, () -> TileNetwork.open(file, "cpu"));
		assertEquals(2, asked.size());
	}

	@Test
	void whatHoldsNoProgramIsNotAskedFor() throws IOException {
		answer(false);
		TileNetwork.open("default", "cpu").close();
		assertThrows(IOException.class, () -> TileNetwork.open(folder.resolve("missing.pt").toString(), "cpu"));
		assertThrows(IOException.class,
			() -> TileNetwork.open(Files.writeString(folder.resolve("model.zip"), "x").toString(), "cpu"));
		assertEquals(List.of(), asked);
	}

	/** Through every door of the service: the warning comes before the engine sees the file. */
	@Test
	void theServiceWarnsBeforeItLoadsTheProgram() throws IOException {
		final Context context = new Context();
		try {
			context.service(LogService.class).addLogListener(message -> {
				if (message.level() == LogLevel.WARN) warned.add(message.text());
			});
			final IsopheneService isophene = context.service(IsopheneService.class);
			final var image = net.imglib2.img.array.ArrayImgs.unsignedBytes(64, 64);
			final String one = program("one.pt").toString();
			assertThrows(IOException.class, () -> isophene.embedImage(image, one, 32, "cpu"));
			assertEquals(1, warned.size(), warned.toString());
			final String two = program("two.pt").toString();
			final var screen = isophene.openScreen("test-images/demo/screen.csv");
			assertThrows(IOException.class,
				() -> isophene.embedScreen(screen, EmbeddingOptions.into(folder.resolve("p.csv")).withModel(
				two).withTile(64)));
			assertEquals(2, warned.size(), warned.toString());
			final String three = program("three.pt").toString();
			assertThrows(RuntimeException.class, () -> IsopheneOps.embed(image, three));
			assertEquals(3, warned.size(), warned.toString());
		}
		finally {
			context.dispose();
		}
	}

	private void answer(final boolean answer) {
		CodeConsent.use(warned::add, question -> {
			asked.add(question);
			return answer;
		});
	}

	/** It is no real program: the engine refuses it, if it comes to that. */
	private static void open(final Path file) {
		assertThrows(IOException.class, () -> TileNetwork.open(file.toString(), "cpu"));
	}

	/** Looks like what torch.jit.save writes. */
	private Path program(final String name) throws IOException {
		final Path file = folder.resolve(name);
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			for (final String entry : List.of("encoder/data.pkl", "encoder/constants.pkl",
				"encoder/code/__torch__.py"))
			{
				zip.putNextEntry(new ZipEntry(entry));
				zip.write("x".getBytes(StandardCharsets.US_ASCII));
			}
		}
		return file.toRealPath();
	}
}
