// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.isophene.files.FileNames;
import io.github.isophene.files.FolderDeletion;
import io.github.isophene.files.RunLock;
import io.github.isophene.messages.Count;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.run.ErrorsFile;
import io.github.isophene.run.Failure;
import io.github.isophene.run.FieldCount;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.Wells;
import io.github.isophene.zarr.NodeWriter;
import io.github.isophene.zarr.PlateGroup;
import io.github.isophene.zarr.WellGroup;

/**
 * Writes a screen as OME-Zarr plates. Each field is written whole or not at all; a plate can be opened as soon
 * as its last field is written. A
 * run that was stopped goes on where it was.
 */
public final class OmeZarrExport {

	/** The table of what was written. */
	public static final String TABLE = "screen.csv";

	private final FieldReaders readers;

	/** @param readers readers of image files */
	public OmeZarrExport(final FieldReaders readers) {
		this.readers = readers;
	}

	/** A field and where its image comes. */
	private record Place(Field field, String row, String column, String name) {

		Path in(final Path plate) {
			return plate.resolve(row).resolve(column).resolve(name);
		}
	}

	/**
	 * Writes every field.
	 *
	 * @param progress of the fields; a canceled run keeps the finished ones
	 * @throws IllegalArgumentException if the plates would be written over the screen's own images
	 * @throws IOException if no field at all could be read, or nothing can be written
	 * @throws CancellationException if canceled; what is done stays, for the next run
	 */
	public ExportReport run(final Screen screen, final ExportOptions options, final Progress progress)
		throws IOException
	{
		final long start = System.nanoTime();
		final Path folder = options.folder().toAbsolutePath().normalize();
		final Path table = folder.resolve(TABLE);
		if (screen.fields().isEmpty()) throw new IOException("The screen has no fields");
		final Map<String, List<Field>> plates = screen.plates();
		final Map<String, Path> folders = folders(folder, plates.keySet());
		refuseToWriteOverSources(screen, folders.values());
		final NodeWriter writer = new NodeWriter(options.version(), options.compression());
		final FieldExport export = new FieldExport(readers, screen.channels(), options, writer);
		final FieldCount count = new FieldCount(progress, screen.fields().size());
		try (RunLock lock = RunLock.of(table)) {
			final ErrorsFile errors = new ErrorsFile(table, false);
			errors.keepPlates(List.of());
			final List<Field> written = new ArrayList<>();
			int resumed = 0;
			for (final Map.Entry<String, List<Field>> plate : plates.entrySet()) {
				count.plate(plate.getKey());
				final Path place = folders.get(plate.getKey());
				refuseOtherVersion(place, options.version());
				final List<Place> places = places(plate.getValue());
				for (final Path well : places.stream().map(p -> p.in(place).getParent()).distinct().toList()) {
					Files.createDirectories(well);
					FolderDeletion.deleteTemporaries(well);
				}
				final List<FieldTask.FieldResult> outcomes = FieldTask.all(export,
					places.stream().map(p -> new FieldTask(p.field, p.in(place))).toList(), count);
				final List<Failure> failures = new ArrayList<>();
				final List<Place> good = new ArrayList<>();
				for (int i = 0; i < places.size(); i++) {
					final Field field = places.get(i).field;
					if (outcomes.get(i).failure() == null) good.add(places.get(i));
					else
						failures.add(Failure.of(field, Failure.Kind.READING, outcomes.get(i).failure()));
					if (outcomes.get(i).resumed()) resumed++;
				}
				errors.add(failures);
				if (good.isEmpty()) continue;
				describe(plate.getKey(), place, good, writer);
				good.forEach(p -> written.add(moved(p, place)));
			}
			if (written.isEmpty())
				throw new IOException(
					"None of the " + Count.of(screen.fields().size(), "field") + " could be exported. The first: " +
						errors.first().reason() + ". All reasons: " + errors.path());
			final Screen exported = new Screen(screen.channels(), written);
			ScreenTable.write(exported, table);
			return new ExportReport(exported, table, errors.isEmpty() ? null : errors.path(), exported.plates().size(),
				written.size(), resumed, errors.size(), (System.nanoTime() - start) * 1e-9);
		}
	}

	private static void describe(final String name, final Path plate, final List<Place> fields, final NodeWriter writer)
		throws IOException
	{
		final Map<PlateGroup.WellPath, List<WellGroup.SiteImage>> wells = new LinkedHashMap<>();
		for (final Place p : fields) {
			wells.computeIfAbsent(new PlateGroup.WellPath(p.row + "/" + p.column, p.row, p.column),
				k -> new ArrayList<>())
					.add(new WellGroup.SiteImage(p.name, "", p.field.site(), p.field.metadata()));
		}
		for (final Map.Entry<PlateGroup.WellPath, List<WellGroup.SiteImage>> well : wells.entrySet()) {
			writer.well(plate.resolve(well.getKey().path()), well.getValue());
		}
		writer.plate(plate, name, List.copyOf(wells.keySet()),
			wells.values().stream().mapToInt(List::size).max().orElse(0));
	}

	private static Field moved(final Place place, final Path plate) {
		final String path = place.in(plate).toString();
		final Field field = place.field;
		return new Field(field.plate(), field.well(), field.site(), field.metadata(),
			IntStream.range(0, field.planes().size()).mapToObj(c -> new Plane(path, c)).toList());
	}

	/** Images are counted in each well, in the order of the screen. */
	private static List<Place> places(final List<Field> fields) {
		final Map<String, Integer> count = new HashMap<>();
		final List<Place> places = new ArrayList<>();
		for (final Field field : fields) {
			final int n = count.merge(field.well(), 1, Integer::sum) - 1;
			places.add(new Place(field, field.well().replaceAll("\\d", ""), String.valueOf(Wells.column(field.well())),
				String.valueOf(n)));
		}
		return places;
	}

	private static Map<String, Path> folders(final Path folder, final Iterable<String> plates) {
		final Map<String, Path> folders = new LinkedHashMap<>();
		final Map<String, Integer> uses = new HashMap<>();
		for (final String plate : plates) {
			final String safe = FileNames.of(plate);
			// File systems may not tell upper case from lower.
			final int n = uses.merge(safe.toLowerCase(Locale.ROOT), 1, Integer::sum);
			folders.put(plate, folder.resolve(safe + (n > 1 ? "_" + n : "") + ".ome.zarr"));
		}
		return folders;
	}

	private static void refuseToWriteOverSources(final Screen screen, final Iterable<Path> plates) {
		for (final Path plate : plates) {
			for (final Field field : screen.fields()) {
				for (final Plane p : field.planes()) {
					if (p != null && p.path().startsWith(plate + java.io.File.separator))
						throw new IllegalArgumentException("The screen's own images are in " + plate +
							", which would be written over: give another folder");
				}
			}
		}
	}

	private static void refuseOtherVersion(final Path plate, final String version) throws IOException {
		final String other = version.equals("0.4") ? "zarr.json" : ".zattrs";
		if (Files.exists(plate.resolve(other)))
			throw new IOException(plate + " is there already, in another version of OME-Zarr than " + version +
				": delete it, or give another folder");
		if (!Files.isDirectory(plate) || Files.exists(plate.resolve(".zgroup")) ||
			Files.exists(plate.resolve("zarr.json"))) return;
		try (Stream<Path> entries = Files.list(plate)) {
			if (entries.anyMatch(entry -> !entry.getFileName().toString().matches("[A-Z]{1,2}|\\..*")))
				throw new IOException(plate + " is there already, and holds other things: give another folder");
		}
	}
}
