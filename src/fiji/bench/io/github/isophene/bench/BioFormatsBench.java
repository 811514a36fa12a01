// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import io.github.isophene.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.isophene.bioformats.BioFormatsFormat;
import io.github.isophene.bioformats.BioFormatsReader;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.embedding.EmbeddingReport;
import io.github.isophene.embedding.ScreenEmbedder;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.pixels.FieldReader;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.ImageFileReader;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.format.PhenixFormat;
import loci.common.services.ServiceFactory;
import loci.formats.IFormatReader;
import loci.formats.ImageReader;
import loci.formats.services.OMEXMLService;

/**
 * Screens through Bio-Formats: time to list a fake plate of 10,752 fields, for the first time
 * and again, beside what Bio-Formats itself takes to open the same file; time to embed 2 plates
 * of 96 wells, 4 fields, 5 channels; and, where a Harmony export is given, fields read per second
 * beside our own reader. Arguments: an empty folder to work in, the export.
 */
public final class BioFormatsBench {

	private BioFormatsBench() {}

	public static void main(final String[] args) throws Exception {
		final Path folder = Files.createDirectories(Path.of(args[0]));
		System.setProperty("isophene.memo", folder.resolve("memo").toString());
		list(folder);
		embed(folder);
		if (args.length > 1) read(Path.of(args[1]));
	}

	private static void list(final Path folder) throws Exception {
		Path file = fake(folder, "warm", "plates=1&plateRows=2&plateCols=2&fields=4&sizeC=5");
		new BioFormatsFormat().read(file, ScreenOptions.none());
		file = fake(folder, "large", "plates=7&plateRows=16&plateCols=24&fields=4&sizeC=5");
		final double bare = seconds(file, BioFormatsBench::open);
		final double first = seconds(file, path -> new BioFormatsFormat().read(path, ScreenOptions.none()));
		final double again = seconds(file, path -> new BioFormatsFormat().read(path, ScreenOptions.none()));
		final int fields = new BioFormatsFormat().read(file, ScreenOptions.none()).fields().size();
		System.out.printf(
			"list %d fields: first %.1f s, again %.1f s, Bio-Formats opens the file in %.1f s: %.2f and %.2f times%n",
			fields, first, again, bare, first / bare, again / bare);
	}

	private static void embed(final Path folder) throws IOException {
		final Screen screen = new BioFormatsFormat()
			.read(fake(folder, "two", "plates=2&plateRows=8&plateCols=12&fields=4&sizeC=5"), ScreenOptions.none());
		final long start = System.nanoTime();
		final EmbeddingReport report;
		try (
			FieldReaders readers = new FieldReaders(
				List.<FieldReader>of(new ImageFileReader(), new BioFormatsReader()));
			TileNetwork network = TileNetwork.open("default", "cpu"))
		{
			report = new ScreenEmbedder(readers).embed(screen, network,
				EmbeddingOptions.into(folder.resolve("profiles.parquet")).withTile(64), Progress.NONE);
		}
		System.out.printf("embed %d fields of %d wells on %d plates, %d channels: %d rows, %d failed, %.1f s%n",
			screen.fields().size(), screen.wellCount(), screen.plates().size(), screen.channels().size(), report.rows(),
			report.failed(), (System.nanoTime() - start) / 1e9);
	}

	private static void read(final Path export) throws IOException {
		final Screen own = new PhenixFormat().read(export, ScreenOptions.none());
		final Screen theirs = new BioFormatsFormat().read(export, ScreenOptions.none());
		try (BioFormatsReader reader = new BioFormatsReader()) {
			for (int round = 0; round < 3; round++) {
				final double ours = fieldsPerSecond(own, new ImageFileReader());
				final double through = fieldsPerSecond(theirs, reader);
				System.out.printf("read: our reader %.1f fields/s, Bio-Formats %.1f fields/s: %.1f times%n", ours,
					through, ours / through);
			}
		}
	}

	private static double fieldsPerSecond(final Screen screen, final FieldReader reader) throws IOException {
		final long start = System.nanoTime();
		int n = 0;
		while (System.nanoTime() - start < 2e9) {
			for (final Field field : screen.fields()) {
				reader.read(field);
				n++;
			}
		}
		return n / ((System.nanoTime() - start) / 1e9);
	}

	private interface Opening {

		Object open(Path file) throws Exception;
	}

	private static double seconds(final Path file, final Opening opening) throws Exception {
		final long start = System.nanoTime();
		opening.open(file);
		return (System.nanoTime() - start) / 1e9;
	}

	private static int open(final Path file) throws Exception {
		try (IFormatReader reader = new ImageReader()) {
			reader.setMetadataStore(new ServiceFactory().getInstance(OMEXMLService.class).createOMEXMLMetadata());
			reader.setOriginalMetadataPopulated(false);
			reader.setId(file.toString());
			return reader.getSeriesCount();
		}
	}

	private static Path fake(final Path folder, final String name, final String what) throws IOException {
		try (Stream<Path> old = Files.list(folder)) {
			old.filter(path -> path.getFileName().toString().startsWith(name))
				.sorted(Comparator.reverseOrder())
				.forEach(path -> path.toFile().delete());
		}
		return Files.write(folder.resolve(name + "&sizeX=64&sizeY=64&" + what + ".fake"), new byte[0]);
	}
}
