// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.log.LogLevel;
import org.scijava.log.LogService;

class CodeWarningTest {

	@TempDir
	private Path folder;

	private final Context context = new Context(LogService.class);
	private final List<String> asked = new ArrayList<>();
	private final List<String> warned = new ArrayList<>();

	@AfterEach
	void dispose() {
		context.dispose();
	}

	@Test
	void aProgramIsAskedForOncePerFile() throws IOException {
		final CodeWarning warning = warning(true);
		final Path file = program("encoder.pt");
		warning.before(file.toString());
		warning.before(file.toString());
		assertEquals(1, asked.size());
		assertTrue(asked.get(0).contains(file.toString()) && asked.get(0).contains("all your rights"), asked.toString());
		assertEquals(1, warned.size(), warned.toString());
		Files.write(file, new byte[1], java.nio.file.StandardOpenOption.APPEND);
		warning.before(file.toString());
		assertEquals(2, asked.size(), "another program under the same name");
	}

	@Test
	void noMeansThatNothingOfItIsRunAndTheNextTimeItIsAskedAgain() throws IOException {
		final CodeWarning warning = warning(false);
		final String file = program("encoder.TS").toString();
		assertTrue(assertThrows(CancellationException.class, () -> warning.before(file)).getMessage().contains("was not run"));
		assertThrows(CancellationException.class, () -> warning.before(file));
		assertEquals(2, asked.size());
	}

	@Test
	void whatHoldsNoProgramIsNotAskedFor() throws IOException {
		final CodeWarning warning = warning(false);
		warning.before("default");
		warning.before(folder.resolve("missing.pt").toString());
		warning.before(Files.writeString(folder.resolve("model.zip"), "x").toString());
		assertEquals(List.of(), asked);
	}

	/** Through the service: the warning comes before the engine sees the file. */
	@Test
	void theServiceWarnsBeforeItLoadsTheProgram() throws IOException {
		final Context whole = new Context();
		try {
			whole.service(LogService.class).addLogListener(message -> {
				if (message.level() == LogLevel.WARN) warned.add(message.text());
			});
			final String file = program("encoder.pt").toString();
			// No real program: the engine refuses it, after the warning.
			final var image = net.imglib2.img.array.ArrayImgs.unsignedBytes(64, 64);
			assertThrows(IOException.class, () -> whole.service(IsopheneService.class).embedImage(image, file, 32, "cpu"));
			assertTrue(warned.stream().anyMatch(w -> w.contains("is a TorchScript file")), warned.toString());
		}
		finally {
			whole.dispose();
		}
	}

	private CodeWarning warning(final boolean answer) {
		final LogService log = context.service(LogService.class);
		log.addLogListener(message -> {
			if (message.level() == LogLevel.WARN) warned.add(message.text());
		});
		return new CodeWarning(log, question -> {
			asked.add(question);
			return answer;
		});
	}

	/** Looks like what torch.jit.save writes. */
	private Path program(final String name) throws IOException {
		final Path file = folder.resolve(name);
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			for (final String entry : List.of("encoder/data.pkl", "encoder/constants.pkl", "encoder/code/__torch__.py")) {
				zip.putNextEntry(new ZipEntry(entry));
				zip.write("x".getBytes(StandardCharsets.US_ASCII));
			}
		}
		return file.toRealPath();
	}
}
