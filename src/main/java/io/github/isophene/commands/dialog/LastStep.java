// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Files and columns of the last commands of this session, which the next dialog offers: the screen that was
 * written is the screen that is
 * embedded. Read by dialogs only; a macro, a script or a headless run never sees them.
 */
public final class LastStep {

	/** Name of the last model that was trained, which has classes. */
	static final String TRAINED = "trained";

	/** Keys of the same meaning in all commands. */
	static final Set<String> KEYS = Set.of("screen", "model", "controls", "label", "batch");

	private static final Set<String> TEXTS = Set.of("controls", "label", "batch");

	private static final Map<String, String> VALUES = new HashMap<>();

	private LastStep() {}

	/** Keeps a value of a key for the next dialogs; an empty one is not kept. */
	public static synchronized void put(final String key, final String value) {
		if (value != null && !value.isBlank()) VALUES.put(key, value);
	}

	/** Keeps a file. */
	public static void put(final String key, final Path file) {
		if (file != null) put(key, file.toString());
	}

	/** Forgets a value. */
	static synchronized void remove(final String key) {
		VALUES.remove(key);
	}

	/** Returns the value that a key of a command had last; {@code null} if the command has not run. */
	public static String get(final String command, final String key) {
		return get(command + " " + key);
	}

	/** Keeps controls that were selected on a plate. */
	public static void controls(final String selection) {
		put("controls", selection);
	}

	/** Returns what to offer for a key; {@code null} if nothing is known, or the file is no longer there. */
	public static synchronized String get(final String key) {
		final String value = VALUES.get(key);
		final boolean file = value != null && !TEXTS.contains(key) &&
			key.indexOf(' ') < 0 && value.matches(".*[/\\\\.].*");
		return file && !Files.exists(Path.of(value)) ? null : value;
	}

	/** Returns everything that is kept now. */
	static synchronized Map<String, String> copy() {
		return Map.copyOf(VALUES);
	}

	/**
	 * Goes back to what was kept at an earlier time, where another screen has come since: whoever goes on from an
	 * older window means the screen of that window.
	 */
	static synchronized void restore(final Map<String, String> earlier) {
		if (Objects.equals(earlier.get("screen"), VALUES.get("screen"))) return;
		VALUES.clear();
		VALUES.putAll(earlier);
	}

	/** Forgets everything. */
	public static synchronized void clear() {
		VALUES.clear();
	}

	/** Returns a file beside a screen or table: {@code <name>-profiles.parquet} for {@code <name>.csv}. */
	public static Path beside(final Path source, final String ending) {
		final Path absolute = source.toAbsolutePath();
		final String name = absolute.getFileName() == null ? "screen"
			: absolute.getFileName()
				.toString()
				.replaceAll("(?i)(\\.csv)?\\.(gz|csv|parquet|zip)$", "")
				.replaceAll("-(profiles|predictions|corrected)$", "");
		final Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
		return folder.resolve(name + ending);
	}
}
