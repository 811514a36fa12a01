// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/** A jar that was built with Bio-Formats runs where there is none. */
class AbsentBioFormatsTest {

	@TempDir
	Path folder;

	/**
	 * Everything that SciJava does with our plug-ins, in a Java without Bio-Formats; the rest is printed by
	 * SciJava.
	 */
	public static void main(final String[] args) throws Exception {
		try (Context context = new Context()) {
			final PluginService plugins = context.service(PluginService.class);
			final ScreenFormats formats = new ScreenFormats(plugins.createInstancesOfType(ScreenFormat.class));
			final Screen screen = formats.open(Path.of(args[0]), "auto", ScreenOptions.none());
			try (FieldReaders readers = FieldReaders.of(plugins)) {
				System.out.println(formats.keys().contains("bioformats") + " " + screen.fields().size() + " " +
					readers.readers().stream().filter(BioFormatsReader.class::isInstance).count());
				try {
					readers.read(screen.fields().get(0));
				}
				catch (final java.io.IOException exc) {
					System.out.println(exc.getMessage());
				}
			}
			try {
				formats.open(Path.of(args[1]), "auto", ScreenOptions.none());
			}
			catch (final java.io.IOException exc) {
				System.out.println(exc.getMessage());
			}
		}
	}

	@Test
	void itIsFoundAndSaysWhatIsMissing() throws Exception {
		final Path table = Files.writeString(folder.resolve("t.csv"),
			"FileName_OrigDNA,Metadata_Plate,Metadata_Well\nx.czi,P,A1\n");
		final Path czi = Files.writeString(folder.resolve("y.czi"), "");
		final String path = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)) //
			.filter(part -> !isBioFormats(part))
			.collect(Collectors.joining(java.io.File.pathSeparator));
		final Path output = folder.resolve("output.txt");
		final Process process = new ProcessBuilder(
			List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true",
				"-cp", path, AbsentBioFormatsTest.class.getName(), table.toString(), czi.toString()))
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it hangs");
		final String said = Files.readString(output, StandardCharsets.UTF_8);
		assertEquals(0, process.exitValue(), said);
		assertTrue(said.contains("true 1 1\n"), said);
		assertTrue(said.contains("what Bio-Formats opens, once it is there (Bio-Formats is not installed"), said);
		assertTrue(said.contains("Not bioformats: Bio-Formats is not installed"), said);
		assertFalse(
			said.contains("NoClassDefFoundError") || said.contains("ClassNotFoundException") || said.contains("ERROR"),
			said);
	}

	private static boolean isBioFormats(final String part) {
		final String name = Path.of(part).getFileName().toString();
		return name.matches("(bioformats_package|formats-|ome-|specification|bio-formats).*\\.jar");
	}
}
