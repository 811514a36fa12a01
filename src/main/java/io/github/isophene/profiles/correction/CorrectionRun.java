// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles.correction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileJoin;
import io.github.isophene.profiles.ProfileTable;

/** Reads profiles, corrects them, and writes them: all of a user's Correct Profiles. */
public final class CorrectionRun {

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
	public String run(final CorrectionOptions options, final CorrectionProgress progress) throws IOException {
		options.check();
		// What is misspelt is told before a large table is read, and a name that no format has before it is corrected.
		ProfileFile.requireFormat(options.corrected());
		final FittedChain earlier = options.apply() == null ? null : FittedFile.read(options.apply(), corrections);
		final CorrectionChain chain = earlier == null ? corrections.parse(options.method()) : null;
		final CorrectionContext context = CorrectionContext.standard().columns(options.plates(), options.batch()).controls(options
			.controls()).seed(options.seed()).progress(progress);
		progress.at("reading", 0);
		ProfileTable table = ProfileFile.read(options.profiles(), notes, progress::warn);
		for (final Path file : options.join()) table = ProfileJoin.byShared(table, file, notes);
		final String before = table.toString();
		final ProfileTable corrected;
		if (earlier != null) {
			corrected = earlier.apply(table, context);
		}
		else {
			final CorrectionChain.Result result = chain.fit(table, context);
			corrected = result.table();
			context.check();
			if (options.fitted() != null) FittedFile.write(result.fitted(), options.fitted());
		}
		context.check();
		progress.at("writing", 1);
		ProfileFile.write(corrected, options.corrected());
		return String.format(Locale.ROOT, "%s corrected by %s to %s: %s", before, earlier == null ? options.method() : earlier
			.method(), corrected, options.corrected());
	}
}
