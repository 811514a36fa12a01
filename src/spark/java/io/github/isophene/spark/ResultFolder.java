// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.profiles.PlateFiles;

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
final class ResultFolder {

	private static final int VERSION = 1;
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	private final Path folder;

	/** What {@code run.json} holds. */
	private record Run(int version, TreeMap<String, String> settings) {}

	/** What {@code done/<plate>.json} holds. */
	private record Done(String part, PlateOutcome outcome) {}

	ResultFolder(final Path folder) {
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
	 * Takes the folder for a run; what is done stays.
	 *
	 * @param settings what all rows depend on
	 * @throws IOException if there are plates that were made with other settings, or the folder can't be written to
	 */
	void claim(final Map<String, String> settings) throws IOException {
		final Path file = own("run.json");
		delete(own("attempts"));
		if (Files.exists(file)) {
			final Run there = read(file, Run.class);
			final TreeMap<String, String> all = new TreeMap<>(there.settings());
			all.putAll(settings);
			for (final String key : all.keySet()) {
				final String before = there.settings().get(key);
				final String now = settings.get(key);
				if (before == null || !before.equals(now)) throw new IOException("The folder " + folder +
					" holds plates of a run with other settings: " + key + " was " + before + " and is now " + now +
					". Give these settings again to go on, start anew (resume=false) or choose another folder");
			}
			return;
		}
		if (Files.isDirectory(folder)) {
			try (Stream<Path> files = Files.list(folder)) {
				if (files.anyMatch(other -> !other.equals(own("")))) throw new IOException("The folder " + folder +
					" holds files of something else: choose a new or empty folder");
			}
		}
		write(file, new Run(VERSION, new TreeMap<>(settings)));
	}

	/** Deletes all that an earlier run of any settings has made; files of others stay. */
	void discard() throws IOException {
		if (Files.notExists(own("run.json"))) return;
		try (Stream<Path> files = Files.list(folder)) {
			for (final Path table : files.filter(Files::isDirectory).filter(path -> !path.equals(own(""))).toList()) delete(table);
		}
		try (Stream<Path> files = Files.list(folder)) {
			for (final Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) Files.delete(file);
		}
		delete(own(""));
	}

	/** Whether a plate is done as it is now; {@code null} if not. */
	PlateOutcome done(final String plate, final String part) throws IOException {
		final Path file = own("done").resolve(PlateFiles.name(plate) + ".json");
		if (Files.notExists(file)) return null;
		final Done done = read(file, Done.class);
		return done.part().equals(part) ? done.outcome() : null;
	}

	/**
	 * Where a task writes.
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
		for (final Map.Entry<Path, String> table : tables.entrySet()) move(table.getKey(), folder.resolve(table.getValue()));
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
