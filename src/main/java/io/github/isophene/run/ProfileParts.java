// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.profiles.ChunkedTable;
import io.github.isophene.profiles.ParquetColumns;
import io.github.isophene.profiles.PartSequence;
import io.github.isophene.profiles.PlateFiles;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileFormat;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileWriter;

/**
 * A long run's results, plate by plate, so that a run that was interrupted is taken up
 * again: a folder {@code <output>.parts} beside the output, with one Parquet file per
 * plate that is done and {@code run.json}, which says what the parts were made with.
 * When every plate is there, the parts are merged into the output and deleted. The
 * output has the same bytes whether the run was interrupted or not, and the same as
 * {@link ProfileFile#write} gives the whole table.
 *
 * <pre>
 * ProfileParts parts = ProfileParts.open(output, Map.of("model", digest, "tile", "224"));
 * for (String plate : plates) {
 * 	if (!parts.has(plate)) parts.write(plate, embed(plate));
 * }
 * parts.mergeInto(output, plates);
 * </pre>
 *
 * One run at a time may use a folder.
 */
public final class ProfileParts {

	private static final String SUFFIX = ".parts";
	private static final String RUN = "run.json";
	private static final int VERSION = 1;
	private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]*-[0-9a-f]{16}\\.parquet");
	private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	/** Of the largest heap, what finished plates may take up to save reading them again. */
	private static final int HEAP_SHARE = 32;
	/** A cell of metadata counts as so many features: a string of its own, at worst. */
	private static final int TEXT_AS_VALUES = 16;

	private final Path folder;
	private final Map<String, ProfileTable> inMemory = new HashMap<>();
	private long valuesInMemory;

	/** Content of {@code run.json}. */
	private record Run(int version, TreeMap<String, String> settings) {}

	private ProfileParts(final Path folder) {
		this.folder = folder;
	}

	/**
	 * Opens the folder of parts of an output, or makes it. Files that a killed run left
	 * half-written are deleted.
	 *
	 * @param output the file that the parts will be merged into
	 * @param settings everything the parts depend on, such as the model's digest; keys and
	 *          values are compared with those of the parts that are there
	 * @throws IOException if there are parts that were made with other settings
	 */
	public static ProfileParts open(final Path output, final Map<String, String> settings) throws IOException {
		ProfileFormat.of(output);
		final Path folder = folderOf(output);
		final ProfileParts parts = new ProfileParts(folder);
		try {
			Files.createDirectories(folder);
		}
		catch (final IOException e) {
			throw new IOException("Cannot make the folder " + folder + ", which keeps what is done of a run: " +
				"may you write there? (" + e + ")", e);
		}
		AtomicFile.deleteTemporaries(output);
		parts.deleteTemporaries();
		parts.claim(new TreeMap<>(settings));
		return parts;
	}

	/** Deletes the parts of an output, whatever they were made with, so that a run starts anew. */
	public static void discard(final Path output) throws IOException {
		final ProfileParts parts = new ProfileParts(folderOf(output));
		if (Files.isDirectory(parts.folder)) parts.delete();
	}

	/** Returns the number of plates that an interrupted run of an output has finished; 0 if there was none. */
	public static int done(final Path output) {
		try (Stream<Path> files = Files.list(folderOf(output))) {
			return (int) files.filter(file -> PART.matcher(file.getFileName().toString()).matches()).count();
		}
		catch (final IOException exc) {
			return 0;
		}
	}

	private static Path folderOf(final Path output) {
		final Path absolute = output.toAbsolutePath();
		return absolute.resolveSibling(absolute.getFileName() + SUFFIX);
	}

	/** The folder that holds the parts. */
	public Path folder() {
		return folder;
	}

	/** Returns whether a plate is done. A part that a crash of the machine cut off counts as not done. */
	public boolean has(final String plate) throws IOException {
		final Path part = part(plate);
		return Files.exists(part) && ParquetColumns.isWhole(part);
	}

	/** Returns the time at which the part of a finished plate was written. */
	public FileTime written(final String plate) throws IOException {
		return Files.getLastModifiedTime(part(plate));
	}

	/** Deletes the part of a plate that must be done again. */
	public void discardPlate(final String plate) throws IOException {
		forget(plate);
		Files.deleteIfExists(part(plate));
	}

	/**
	 * Writes a plate's part, or replaces it.
	 *
	 * @param table may have no rows, if none of the plate's images could be read
	 * @throws IOException if it cannot be written
	 */
	public void write(final String plate, final ProfileTable table) throws IOException {
		ProfileWriter.write(ChunkedTable.of(table), part(plate), ProfileFormat.PARQUET);
		keep(plate, table);
	}

	/** To open a file of a few thousand columns takes longer than to read a plate's rows from it. */
	private void keep(final String plate, final ProfileTable table) {
		forget(plate);
		if ((valuesInMemory + values(table)) * Float.BYTES > Runtime.getRuntime().maxMemory() / HEAP_SHARE) return;
		inMemory.put(plate, table);
		valuesInMemory += values(table);
	}

	private void forget(final String plate) {
		final ProfileTable before = inMemory.remove(plate);
		if (before != null) valuesInMemory -= values(before);
	}

	private static long values(final ProfileTable table) {
		return (long) table.rowCount() * (table.featureCount() + TEXT_AS_VALUES * table.metadataColumns().size());
	}

	/**
	 * Writes all rows of all plates into one file and deletes the parts. Needs little
	 * memory, however large the parts are together.
	 *
	 * @param output the file to write, {@code .parquet}, {@code .csv} or {@code .csv.gz}
	 * @param plates the plates, in the order in which their rows shall stand
	 * @return how many rows the file has
	 * @throws IOException if a plate is not done, the parts' columns differ or the file cannot
	 *           be written; the parts are kept then
	 */
	public long mergeInto(final Path output, final List<String> plates) throws IOException {
		final long rows = copyInto(output, plates);
		delete();
		return rows;
	}

	/** As {@link #mergeInto}, but the parts are kept: for runs with several outputs, which all must be whole first. */
	public long copyInto(final Path output, final List<String> plates) throws IOException {
		if (plates.isEmpty()) throw new IOException("There are no plates to write to " + output);
		for (final String plate : plates) {
			if (!has(plate)) {
				throw new IOException("Plate '" + plate + "' is not among the parts in " + folder + ": run it first");
			}
		}
		final ProfileTable only = plates.size() == 1 ? inMemory.get(plates.get(0)) : null;
		if (only != null && only.rowCount() > 0 && ProfileFormat.of(output) == ProfileFormat.PARQUET) {
			// The same bytes as if its rows were written once more.
			AtomicFile.write(output,
				temporary -> Files.copy(part(plates.get(0)), temporary, StandardCopyOption.REPLACE_EXISTING));
			return only.rowCount();
		}
		return PlateFiles.merge(
			plates.stream().map(plate -> new PartSequence.Part(plate, part(plate), inMemory.get(plate))).toList(),
			output);
	}

	/** Deletes the parts and, if nothing else is in it, their folder. */
	public void delete() throws IOException {
		inMemory.clear();
		valuesInMemory = 0;
		deleteTemporaries();
		for (final Path file : files()) {
			if (PART.matcher(file.getFileName().toString()).matches()) Files.delete(file);
		}
		// Last, so that parts are never left without what they were made with.
		Files.deleteIfExists(folder.resolve(RUN));
		try {
			Files.delete(folder);
		}
		catch (final DirectoryNotEmptyException e) {
			// Somebody keeps files of their own in it.
		}
	}

	private Path part(final String plate) {
		return folder.resolve(PlateFiles.name(plate) + ".parquet");
	}

	private void claim(final TreeMap<String, String> settings) throws IOException {
		final Path file = folder.resolve(RUN);
		if (!Files.exists(file)) {
			for (final Path other : files()) {
				if (PART.matcher(other.getFileName().toString()).matches())
					throw refuse("of a run that cannot be told");
			}
			AtomicFile.write(file,
				temporary -> Files.writeString(temporary, GSON.toJson(new Run(VERSION, settings)) + "\n"));
			return;
		}
		final Run run = read(file);
		if (run.version() != VERSION) throw refuse("of version " + run.version() + ", not " + VERSION);
		final TreeMap<String, String> all = new TreeMap<>(run.settings());
		all.putAll(settings);
		for (final String key : all.keySet()) {
			final String there = run.settings().get(key);
			final String now = settings.get(key);
			if (there == null || !there.equals(now)) {
				throw refuse(
					"of a run with other settings: " + (there != null && now != null && DIGEST.matcher(there).matches()
						? key + " is another than it was (SHA-256 " + now.substring(0, 8) + "..., not " +
							there.substring(0, 8) + "...)" //
						: key + " was " + there + " and is now " + now));
			}
		}
	}

	private Run read(final Path file) throws IOException {
		try {
			final Run run = GSON.fromJson(Files.readString(file), Run.class);
			if (run == null || run.settings() == null) throw refuse("of a run that cannot be told");
			return run;
		}
		catch (final JsonParseException e) {
			throw refuse("of a run that cannot be told, because " + RUN + " is damaged");
		}
	}

	private IOException refuse(final String why) {
		return new IOException("The folder " + folder + " holds parts " + why +
			". Give these settings again to take it up, start anew (resume=false) or choose another output name.");
	}

	private void deleteTemporaries() throws IOException {
		for (final Path file : files()) {
			if (AtomicFile.isTemporary(file)) Files.delete(file);
		}
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted().toList();
		}
	}
}
