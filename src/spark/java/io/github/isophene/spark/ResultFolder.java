// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import io.github.isophene.run.RunOutline.PlateJob;
import io.github.isophene.run.PlateStore;
import java.util.Collection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.profiles.PlateFiles;
import io.github.isophene.files.OutputFolder;
import io.github.isophene.run.ErrorsFile;
import io.github.isophene.run.Failure;

/**
 * The folder that a job fills plate by plate, on a disk that all machines see. Tables lie in it as one file per plate,
 * whole or not there; what is only for the job is in {@code _isophene}, which readers of tables pass over:
 * <ul>
 * <li>{@code run.json}: what all plates are made with;</li>
 * <li>{@code done/<plate>.json}: that a plate is done, written last; with the digest of its fields;</li>
 * <li>{@code errors/<plate>.csv}: its fields that could not be read;</li>
 * <li>{@code attempts/}: what tasks are writing; a task that dies leaves nothing else behind.</li>
 * </ul>
 * Tasks may be repeated, or run twice at once: they write the same bytes, and a file takes its place in one move.
 */
final class ResultFolder implements PlateStore<PlateOutcome> {

	private static final int VERSION = 1;
	/** The folders of a job that makes several tables, and what a plate's file is called in them. */
	private static final List<String> TABLES = List.of("fields", "wells", "drift");
	private static final String PLATE = ".*-[0-9a-f]{16}\\.(parquet|csv)";
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	private final Path folder;

	/** Content of {@code run.json}. */
	private record Run(int version, TreeMap<String, String> settings) {}

	/** Content of {@code done/<plate>.json}. */
	private record Done(String part, PlateOutcome outcome) {}

	/** @throws IllegalArgumentException if the folder is an address of the network */
	ResultFolder(final Path folder) {
		OutputFolder.requireLocal(folder);
		this.folder = folder.toAbsolutePath().normalize();
	}

	Path folder() {
		return folder;
	}

	/** The screen as every task reads it. */
	Path screenTable() {
		return own("screen.csv");
	}

	/**
	 * Looks whether a run may use the folder; writes nothing.
	 *
	 * @param settings what all rows depend on
	 * @param anew what an earlier run of any settings has made may go
	 * @throws IOException if there are plates that were made with other settings, or files of something else
	 */
	void check(final Map<String, String> settings, final boolean anew) throws IOException {
		if (Files.exists(folder) && !Files.isDirectory(folder))
			throw new IOException(
				folder + " is a file: name a new or empty folder, or a table to make (.parquet, .csv, .csv.gz)");
		final Path file = own("run.json");
		if (Files.exists(file)) {
			if (anew || isUnused()) return;
			final Run there = read(file, Run.class);
			final TreeMap<String, String> all = new TreeMap<>(there.settings());
			all.putAll(settings);
			for (final String key : all.keySet()) {
				final String before = there.settings().get(key);
				final String now = settings.get(key);
				if (before == null || !before.equals(now))
					throw new IOException("The folder " + folder + " holds plates of a run with other settings: " +
						key + " was " + before + " and is now " + now +
						". Give these settings again to go on, start anew (resume=false) or choose another folder");
			}
			return;
		}
		if (Files.isDirectory(folder)) {
			try (Stream<Path> files = Files.list(folder)) {
				if (files.anyMatch(other -> !other.equals(own(""))))
					throw new IOException(
						"The folder " + folder + " holds files of something else: choose a new or empty folder");
			}
		}
	}

	/**
	 * Takes the folder for a run; what is done stays.
	 *
	 * @param settings what all rows depend on
	 * @param anew deletes all that an earlier run of any settings has made; files of others stay
	 * @throws IOException if {@link #check} has an objection, or the folder can't be written to
	 */
	@Override
	public void open(final Map<String, String> settings, final boolean anew) throws IOException {
		check(settings, anew);
		final Path file = own("run.json");
		delete(own("attempts"));
		if (Files.exists(file) && !anew && !isUnused()) return;
		if (Files.exists(file)) {
			deleteTables();
			delete(own("done"));
			delete(own("errors"));
		}
		write(file, new Run(VERSION, new TreeMap<>(settings)));
	}

	/** Returns whether nothing is done: a run that failed at once binds nobody to its settings. */
	private boolean isUnused() throws IOException {
		return names(own("done")).isEmpty();
	}

	/**
	 * Plates that are in this folder, and so in its table, but are none of a run.
	 *
	 * @param parts the run's plates, with the digests of their fields
	 */
	List<String> others(final Map<String, String> parts) throws IOException {
		final List<String> others = new ArrayList<>();
		for (final String name : names(own("done"))) {
			final Done done = read(own("done").resolve(name), Done.class);
			if (!done.part().equals(parts.get(done.outcome().plate()))) others.add(done.outcome().plate());
		}
		return others;
	}

	/** Deletes the plates of earlier runs, those of a correction by the names of the files that were corrected. */
	private void deleteTables() throws IOException {
		final List<String> corrected = others(Map.of());
		for (final String name : names(folder))
			if (name.matches(PLATE) || name.endsWith(".parquet") && corrected.contains(name))
				Files.delete(folder.resolve(name));
		for (final String table : TABLES) {
			final Path tables = folder.resolve(table);
			for (final String name : names(tables)) if (name.matches(PLATE)) Files.delete(tables.resolve(name));
			if (Files.isDirectory(tables) && names(tables).isEmpty()) Files.delete(tables);
		}
	}

	/** The names in a folder, sorted; none if it isn't there. */
	private static List<String> names(final Path folder) throws IOException {
		if (!Files.isDirectory(folder)) return List.of();
		try (Stream<Path> files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().toList();
		}
	}

	/** Returns the outcome of a plate that is done as it is now; {@code null} if not. */
	PlateOutcome done(final String plate, final String part) throws IOException {
		final Path file = own("done").resolve(PlateFiles.name(plate) + ".json");
		if (Files.notExists(file)) return null;
		final Done done = read(file, Done.class);
		return done.part().equals(part) ? done.outcome() : null;
	}

	@Override
	public List<Path> outputs() {
		return List.of(folder);
	}

	@Override
	public boolean has(final PlateJob plate) throws IOException {
		final PlateOutcome outcome = done(plate.name(), plate.key());
		// They differ where a task was stopped between its tables and its last word.
		return outcome != null && failures(plate).size() == outcome.failed();
	}

	@Override
	public FileTime written(final PlateJob plate) throws IOException {
		return Files.getLastModifiedTime(own("done").resolve(PlateFiles.name(plate.name()) + ".json"));
	}

	@Override
	public List<Failure> failures(final PlateJob plate) throws IOException {
		return ErrorsFile.read(errors(plate.name()));
	}

	/** Changes nothing: of plates that are done again everything stays until a task replaces it. */
	@Override
	public void begin(final Collection<PlateJob> finished, final Collection<PlateJob> pending) {
		// as it is
	}

	/** Takes a plate's outcome, of which the task has written the files. */
	@Override
	public boolean write(final PlateJob plate, final PlateOutcome outcome) throws IOException {
		if (outcome.rows() == 0 && outcome.failed() > 0) withdraw(plate.name());
		return done(plate.name(), plate.key()) != null;
	}

	@Override
	public IOException nothing(final int fields) {
		return new IOException("No field could be read; the reasons are in " + allErrors());
	}

	/** Returns {@code <folder>.errors.csv}, as the desktop has it beside its table. */
	Path allErrors() {
		return folder.resolveSibling(folder.getFileName() + ".errors.csv");
	}

	/** Takes a plate out of the tables whose images have changed since, and can't be read any more; its errors stay. */
	void withdraw(final String plate) throws IOException {
		final String name = PlateFiles.name(plate);
		Files.deleteIfExists(own("done").resolve(name + ".json"));
		Files.deleteIfExists(folder.resolve(name + ".parquet"));
		for (final String table : TABLES)
			for (final String ending : List.of(".parquet", ".csv"))
				Files.deleteIfExists(folder.resolve(table).resolve(name + ending));
	}

	/**
	 * Returns the folder of a task's attempt.
	 *
	 * @param id no other task has it, nor another attempt of this one
	 */
	Path attempt(final String id) throws IOException {
		final Path attempt = own("attempts").resolve(id);
		delete(attempt);
		return Files.createDirectories(attempt);
	}

	/**
	 * Puts a plate's files in their places, and then says that it is done.
	 *
	 * @param tables what was written, by its place relative to the folder
	 * @param errors the errors file, if there is one
	 * @param part the digest of the plate's fields
	 */
	void commit(final Map<Path, String> tables, final Path errors, final String part, final PlateOutcome outcome)
		throws IOException
	{
		for (final Map.Entry<Path, String> table : tables.entrySet())
			move(table.getKey(), folder.resolve(table.getValue()));
		commitErrors(outcome.plate(), errors);
		write(own("done").resolve(PlateFiles.name(outcome.plate()) + ".json"), new Done(part, outcome));
	}

	/** Keeps a plate's errors; of a plate without a single good field that is all there is. */
	void commitErrors(final String plate, final Path errors) throws IOException {
		final Path place = errors(plate);
		if (errors != null && Files.exists(errors)) move(errors, place);
		else Files.deleteIfExists(place);
	}

	/** The errors file of a plate, or where it would be. */
	Path errors(final String plate) {
		return own("errors").resolve(PlateFiles.name(plate) + ".csv");
	}

	/** Deletes what tasks that died were writing. */
	void deleteAttempts() throws IOException {
		delete(own("attempts"));
	}

	/** Deletes what is left of an attempt. */
	static void delete(final Path root) throws IOException {
		if (Files.notExists(root)) return;
		try (Stream<Path> files = Files.walk(root)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private Path own(final String name) {
		final Path own = folder.resolve("_isophene");
		return name.isEmpty() ? own : own.resolve(name);
	}

	private static void move(final Path from, final Path to) throws IOException {
		Files.createDirectories(to.getParent());
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static void write(final Path file, final Object content) throws IOException {
		AtomicFile.write(file, temporary -> Files.writeString(temporary, GSON.toJson(content) + "\n"));
	}

	private static <T> T read(final Path file, final Class<T> type) throws IOException {
		try {
			final T content = GSON.fromJson(Files.readString(file), type);
			if (content != null) return content;
		}
		catch (final JsonParseException e) {
			// told below
		}
		throw new IOException(file + " is damaged: delete it and run again");
	}
}
