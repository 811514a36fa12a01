// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.isophene.files.FileSet;
import io.github.isophene.files.RunLock;
import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileJoin;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Spelling;
import io.github.isophene.screen.Wells;

/** Reads profiles, corrects them, and writes them: all of a user's Correct Profiles. */
public final class CorrectionRun {

	/** Number of features that a summary names. */
	private static final int NAMED = 5;

	private final Corrections corrections;
	private final Consumer<String> notes;

	/** @param notes takes sentences on how columns were taken and joined */
	public CorrectionRun(final Corrections corrections, final Consumer<String> notes) {
		this.corrections = corrections;
		this.notes = notes;
	}

	/**
	 * Corrects a file of profiles.
	 *
	 * @return a line on what was done
	 * @throws IOException if a file cannot be read or written
	 * @throws IllegalArgumentException if the method is unknown or the table has not what it needs
	 */
	public String run(final CorrectionOptions options, final Progress progress) throws IOException {
		options.check();
		// Misspelled methods are refused before a large table is read, names that no format has before it is corrected.
		ProfileFile.requireFormat(options.corrected());
		try (RunLock lock = RunLock.of(options.corrected());
			RunLock fitted = options.fitted() == null ? null : RunLock.of(options.fitted()))
		{
			return correct(options, progress);
		}
	}

	private String correct(final CorrectionOptions options, final Progress progress) throws IOException {
		final FittedChain earlier = options.apply() == null ? null : FittedFile.read(options.apply(), corrections);
		final CorrectionChain chain = earlier == null ? corrections.parse(options.method()) : null;
		final CorrectionContext context = (earlier == null ? options.context() : options.context(earlier))
			.withProgress(progress);
		progress.at("reading", 0);
		ProfileTable table = ProfileFile.read(options.profiles(), options.common(), notes, progress::warn);
		for (final Path file : options.join()) table = ProfileJoin.byShared(table, file, notes, progress::warn);
		warnOfSpelling(table, context, progress);
		noteSharedWells(table, options.plates());
		final String before = table.toString();
		final ProfileTable corrected;
		final FileSet files = new FileSet();
		if (earlier != null) {
			corrected = earlier.apply(table, context);
		}
		else {
			final CorrectionChain.Result result = chain.fit(table, context);
			corrected = result.table();
			if (options.fitted() != null) files.with(options.fitted(), FittedFile.content(result.fitted()));
		}
		context.check();
		progress.at("writing", 1);
		// Both or none: a table beside a fit that isn't its own would mislead who applies that to new plates.
		files.with(options.corrected(), ProfileFile.content(corrected, options.corrected())).write();
		return String.format(Locale.ROOT, "%s corrected by %s to %s: %s%s", before,
			earlier == null ? options.method() : earlier.method(), corrected, options.corrected(),
			earlier == null ? "" : leftOut(earlier.leftOut(table)));
	}

	/** Returns the note on rows that a fit leaves out. */
	private static String leftOut(final List<String> features) {
		if (features.isEmpty()) return "";
		return ". Left out: " + Count.of(features.size(), "feature") +
			" that the fit doesn't take (" + String.join(", ", features.subList(0, Math.min(NAMED, features.size()))) +
			(features.size() > NAMED ? ", ..." : "") + ")";
	}

	/** Controls that are written in two ways are half taken; batches and plates that are, are two. */
	private static void warnOfSpelling(final ProfileTable table, final CorrectionContext context,
		final Progress progress)
	{
		if (!context.controls().isNone() && table.hasMetadata(context.controls().column())) {
			context.controls()
				.nearMisses(Arrays.asList(table.metadata(context.controls().column())))
				.ifPresent(progress::warn);
		}
		for (final String column : List.of(context.plates(), context.batches())) {
			if (!table.hasMetadata(column)) continue;
			final List<
				List<String>> near = Spelling.nearDuplicates(Arrays.stream(table.metadata(column)).distinct().toList());
			if (!near.isEmpty())
				progress
					.warn(column + " has values that differ by case, hyphens or blanks only: " + Spelling.listed(near));
		}
	}

	/** Wells that are there twice count twice; tables of fields or tiles have several rows in a well by design. */
	private void noteSharedWells(final ProfileTable table, final String plates) {
		if (!table.hasMetadata(plates) || !table.hasMetadata(Field.WELL)) return;
		final List<String> within = Stream.of(Field.SITE, "Metadata_Tile_X", "Metadata_Tile_Y")
			.filter(table::hasMetadata)
			.toList();
		final Map<List<String>, Integer> counts = new HashMap<>();
		final String[] wells = Wells.normalizeAll(table.metadata(Field.WELL));
		for (int row = 0; row < table.rowCount(); row++) {
			final List<String> key = new ArrayList<>(List.of(table.metadata(plates, row), wells[row]));
			for (final String column : within) key.add(table.metadata(column, row));
			counts.merge(key, 1, Integer::sum);
		}
		final int shared = counts.values().stream().filter(count -> count > 1).mapToInt(Integer::intValue).sum();
		if (shared == 0) return;
		notes.accept(
			Count.of(shared, "row shares", "rows share") + " plate and well" + (within.isEmpty() ? "" : " and " +
			String.join(", ", within)) +
				" with another: leave out copies, unless they are several measurements of a well");
	}
}
