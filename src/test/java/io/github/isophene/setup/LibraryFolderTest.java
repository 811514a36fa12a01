// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryFolderTest {

	private static final String[] CUDA = {"torch", "torch_cpu", "c10", "torch_cuda", "c10_cuda"};

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({"venv/lib/python3.11/site-packages,venv", "venv/Lib/site-packages,venv", "site packages,site packages",
		"Größe プレート/x,Größe プレート/x/torch", "a,a/torch/lib"})
	void aWheelIsFoundInWhateverFolderOfItIsGiven(final String site, final String given) throws IOException {
		LibraryFixtures.wheel(folder.resolve(site), "2.7.1+cu128", CUDA);
		final LibraryFolder found = LibraryFolder.find(folder.resolve(given));
		assertEquals(folder.resolve(site).resolve("torch/lib").toRealPath(), found.path());
		assertEquals("2.7.1", found.version());
		assertEquals("cu128", found.flavor());
		found.check();
	}

	@Test
	void anUnpackedZipAndTheEnginesOwnCacheAreFound() throws IOException {
		final Path lib = Files.createDirectories(folder.resolve("libtorch/lib"));
		Files.createFile(lib.resolve(System.mapLibraryName("torch")));
		Files.writeString(folder.resolve("libtorch/build-version"), "2.7.1+cpu\n");
		assertEquals("cpu", LibraryFolder.find(folder).flavor());
		final Path cache = Files.createDirectories(folder.resolve("2.7.1-20250812-cu128-linux-x86_64"));
		Files.createFile(cache.resolve(System.mapLibraryName("torch")));
		assertEquals("cu128", LibraryFolder.find(cache).flavor());
	}

	@ParameterizedTest
	@CsvSource({"2.8.0+cu128,is of PyTorch 2.8.0", "2.7.0,is of PyTorch 2.7.0", "2.7.1+rocm6.3,build 'rocm6.3'",
		"2.7.1+cu118,build 'cu118'", "2.7.1+cu128,torch_cuda"})
	void whatDoesNotFitIsNamed(final String version, final String reason) throws IOException {
		LibraryFixtures.wheel(folder, version, "torch", "torch_cpu", "c10");
		final String message = assertThrows(IOException.class, () -> LibraryFolder.find(folder).check()).getMessage();
		assertTrue(message.contains(reason) && message.contains(folder.getFileName().toString()), message);
	}

	/** As pip installs it on ARM and macOS, and on Linux where CUDA is 12.6. */
	@Test
	void otherBuildsThatTheBridgesCanWorkWithAreTaken() throws IOException {
		LibraryFixtures.wheel(folder.resolve("a"), "2.7.1", "torch", "torch_cpu", "c10");
		LibraryFolder.find(folder.resolve("a")).check();
		LibraryFixtures.wheel(folder.resolve("b"), "2.7.1+cu126", CUDA);
		final LibraryFolder older = LibraryFolder.find(folder.resolve("b"));
		older.check();
		assertEquals("cu128", older.flavor());
	}

	@Test
	void aFolderWithoutVersionIsNotGuessedAt() throws IOException {
		LibraryFixtures.wheel(folder, "2.7.1", CUDA);
		Files.delete(folder.resolve("torch/version.py"));
		final String message = assertThrows(IOException.class, () -> LibraryFolder.find(folder)).getMessage();
		assertTrue(message.contains("version.py") && message.contains("Copy the whole folder"), message);
	}

	@Test
	void aFolderWithoutLibrariesOrOfAnotherSystemIsNamed() throws IOException {
		final String empty = assertThrows(IOException.class, () -> LibraryFolder.find(folder)).getMessage();
		assertTrue(empty.contains(System.mapLibraryName("torch")) && empty.contains(folder.toString()), empty);
		final String foreign = System.mapLibraryName("torch").equals("torch.dll") ? "libtorch.so" : "torch.dll";
		Files.createFile(Files.createDirectories(folder.resolve("torch/lib")).resolve(foreign));
		final String other = assertThrows(IOException.class, () -> LibraryFolder.find(folder)).getMessage();
		assertTrue(other.contains(foreign) && other.contains("another system"), other);
		assertTrue(assertThrows(IOException.class, () -> LibraryFolder.find(folder.resolve("none"))).getMessage()
			.contains("no folder"));
	}

	@Test
	void nvidiasLibrariesAreLookedForBesideIt() throws IOException {
		LibraryFixtures.wheel(folder, "2.7.1+cu128", CUDA);
		final LibraryFolder found = LibraryFolder.find(folder);
		assertEquals(List.of("cudart", "cublas", "cudnn", "cufft", "cusparse"), found.nvidiaMissing());
		for (final String library : List.of("libcudart.so.12", "libcudnn.so.9", "libcufft.so.11",
			"libcusparse.so.12"))
		{
			final Path lib = Files
				.createDirectories(folder.resolve("nvidia").resolve(library + "-package").resolve("lib"));
			Files.createFile(lib.resolve(library));
		}
		assertEquals(List.of("cublas"), found.nvidiaMissing());
		Files.createFile(folder.resolve("torch/lib/cublas64_12.dll"));
		assertEquals(List.of(), found.nvidiaMissing());
		LibraryFixtures.wheel(folder.resolve("b"), "2.7.1+cpu", "torch", "torch_cpu", "c10");
		assertFalse(LibraryFolder.find(folder.resolve("b")).isCuda());
		assertEquals(List.of(), LibraryFolder.find(folder.resolve("b")).nvidiaMissing());
	}
}
