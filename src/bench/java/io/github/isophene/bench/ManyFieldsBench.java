// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.PlateDigest;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.Selection;
import io.github.isophene.screen.format.OmeZarrFormat;

/**
 * Cost of screens of many fields before the first pixel is read: time, and memory that stays.
 *
 * <pre>
 * mvn -q -Pbench test-compile exec:java
 * -Dexec.mainClass=io.github.isophene.bench.ManyFieldsBench -Dexec.args="100000"
 * </pre>
 */
public final class ManyFieldsBench {

	private static final int WELLS = 384;
	private static final int SITES = 9;
	private static final int CHANNELS = 5;

	private ManyFieldsBench() {}

	/** Something that is measured. */
	private interface Work<T> {

		T get() throws IOException;
	}

	/** @param args number of fields (100000) */
	public static void main(final String... args) throws IOException {
		final int count = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
		final Path folder = Files.createTempDirectory("isophene-many");
		final Path table = folder.resolve("screen.csv");
		ScreenTable.write(screen(count), table);
		System.out.printf(Locale.ROOT, "%d fields, %d channels, table of %.1f MB%n", count, CHANNELS,
			Files.size(table) / 1e6);
		for (int round = 0; round < 2; round++) {
			final Screen screen = measure("list: read the table", () -> ScreenTable.read(table));
			measure("filter: control wells", () -> Selection.parse("Metadata_pert_type=negcon").fields(screen).size());
			measure("resume: plates and digests", () -> {
				final Map<String, String> digests = new LinkedHashMap<>();
				final List<String> columns = screen.metadataColumns();
				screen.plates().forEach((plate, fields) -> digests.put(plate, PlateDigest.of(fields, columns)));
				return digests;
			});
			measure("well columns", screen::wellColumns);
			measure("write the table", () -> {
				ScreenTable.write(screen, folder.resolve("again.csv"));
				return "";
			});
		}
		final Path plate = folder.resolve("plate.ome.zarr");
		writePlate(plate);
		for (int round = 0; round < 2; round++) {
			measure("OME-Zarr: list a plate of " + WELLS * SITES + " fields",
				() -> new OmeZarrFormat().read(plate, ScreenOptions.none()));
		}
	}

	private static <T> T measure(final String what, final Work<T> work) throws IOException {
		final long before = used();
		final long start = System.nanoTime();
		final T result = work.get();
		final double seconds = (System.nanoTime() - start) * 1e-9;
		System.out.printf(Locale.ROOT, "%-45s %6.2f s %8.1f MB stay%n", what, seconds, (used() - before) / 1e6);
		return result;
	}

	private static long used() {
		for (int i = 0; i < 3; i++) System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static Screen screen(final int count) {
		final List<Field> fields = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			final int site = i % SITES;
			final int well = i / SITES % WELLS;
			final String plate = String.format(Locale.ROOT, "BR%08d", i / SITES / WELLS);
			final String name = String.format(Locale.ROOT, "%c%02d", 'A' + well / 24, well % 24 + 1);
			final Map<String, String> metadata = new LinkedHashMap<>();
			metadata.put("Metadata_Batch", "batch" + i / SITES / WELLS / 5);
			metadata.put("Metadata_pert_type", well % 24 == 0 ? "negcon" : "trt");
			metadata.put("Metadata_JCP2022", "JCP2022_" + well);
			metadata.put("Metadata_Concentration", String.valueOf(well % 8));
			final List<Plane> planes = new ArrayList<>();
			for (int c = 0; c < CHANNELS; c++)
				planes.add(Plane.of("/data/screen/" + plate + "/Images/r" + well + "f" + site + "-ch" + c + ".tiff"));
			fields.add(new Field(plate, name, String.valueOf(site + 1), metadata, planes));
		}
		return new Screen(List.of("DNA", "ER", "RNA", "AGP", "Mito"), fields);
	}

	/** The groups of a plate, without images but the first. */
	private static void writePlate(final Path plate) throws IOException {
		final StringBuilder wells = new StringBuilder();
		final StringBuilder images = new StringBuilder();
		for (int s = 0; s < SITES; s++)
			images.append(s == 0 ? "" : ",").append("{\"path\": \"").append(s).append("\"}");
		for (int w = 0; w < WELLS; w++) {
			final String path = (char) ('A' + w / 24) + "/" + (w % 24 + 1);
			wells.append(w == 0 ? "" : ",").append("{\"path\": \"").append(path).append("\"}");
			write(plate.resolve(path).resolve(".zattrs"), "{\"well\": {\"images\": [" + images + "]}}");
		}
		write(plate.resolve(".zattrs"), "{\"plate\": {\"name\": \"P\", \"wells\": [" + wells + "]}}");
		write(plate.resolve("A/1/0/.zattrs"),
			"{\"multiscales\": [{\"axes\": [\"c\", \"y\", \"x\"], \"datasets\": [{\"path\": \"0\"}]}]}");
		write(plate.resolve("A/1/0/0/.zarray"),
			"{\"zarr_format\": 2, \"shape\": [5, 9, 9], \"chunks\": [1, 9, 9], \"dtype\": \"<u2\", " +
				"\"compressor\": null, \"fill_value\": 0, \"order\": \"C\", \"filters\": null}");
	}

	private static void write(final Path file, final String text) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}
}
