// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.metrics.FiniteValues;
import io.github.isophene.metrics.Metric;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileJoin;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Selection;
import io.github.isophene.screen.Spelling;

/** Reads profiles, corrects them in every way asked for, measures the results: all of a user's Assess Batch Effects. */
public final class AssessmentRun {

	private final List<Metric> metrics;
	private final Corrections corrections;

	/**
	 * @param metrics what to measure
	 * @param corrections those that a user may name
	 */
	public AssessmentRun(final List<Metric> metrics, final Corrections corrections) {
		this.metrics = List.copyOf(metrics);
		this.corrections = corrections;
	}

	/**
	 * Assesses files and writes the report.
	 *
	 * @throws IOException if a file cannot be read or written
	 * @throws IllegalArgumentException if a column or correction is missing, or a table has nothing to measure
	 * @throws CancellationException if the thread is interrupted; nothing is written then
	 */
	public Assessment run(final AssessmentOptions options, final Progress progress) throws IOException {
		// What is misspelt is told before a large table is read.
		final ColumnRoles roles = options.roles();
		final Map<String, CorrectionChain> chains = new LinkedHashMap<>();
		for (final String method : options.methods()) {
			chains.put(method, method.equals(AssessmentOptions.NONE) ? null : corrections.parse(method));
		}
		ReportFolder.require(options.report());
		final List<String> notes = new ArrayList<>();
		final List<AssessedMethod> methods = new ArrayList<>();
		final int parts = options.profiles().size() * chains.size();
		for (final Path file : options.profiles()) {
			progress.at("reading " + file.getFileName(), methods.size() / (double) parts);
			final ProfileTable table = read(file, options, notes);
			for (final Map.Entry<String, CorrectionChain> chain : chains.entrySet()) {
				final int part = methods.size();
				final Progress own = (message, share) -> progress.at(chain.getKey() + ": " + message, (part + share) / parts);
				methods.add(method(name(file, chain.getKey(), options), table, chain.getValue(), options, own));
			}
		}
		if (methods.stream().noneMatch(AssessedMethod::isMeasured)) {
			throw new IllegalArgumentException("There is nothing to report on " + String.join(", ", options.profiles().stream().map(Path::toString).toList()) + ": " + String.join("; ", methods.stream().map(m -> m.name() + ": " +
				m.driftUndefined()).distinct().toList()));
		}
		if (Thread.currentThread().isInterrupted()) throw new CancellationException("Canceled; nothing has been written");
		final Assessment assessment = new Assessment(options.toString(), options.report(), metrics.stream().map(Metric::info).toList(), methods,
			notes.stream().distinct().toList());
		progress.at("writing " + options.report(), 1);
		AssessmentReport.write(assessment, options.report());
		return assessment;
	}

	/** One column of the report: a table that doesn't allow a correction takes nothing from the others. */
	private AssessedMethod method(final String name, final ProfileTable table, final CorrectionChain chain,
		final AssessmentOptions options, final Progress progress)
	{
		try {
			final List<String> notes = new ArrayList<>();
			final ProfileTable corrected = chain == null ? table : correct(table, chain, options, progress, notes);
			return AssessedMethod.of(name, corrected, options.roles(), metrics, options.seed(), (message, share) -> progress.at(message,
				0.3 + 0.7 * share)).withNotes(notes);
		}
		catch (final IllegalArgumentException e) {
			return AssessedMethod.impossible(name, table, options.roles(), metrics, e.getMessage());
		}
	}

	/** Corrects a table as it is or, where its missing values don't allow that, without them, as the metrics take it. */
	private static ProfileTable correct(final ProfileTable table, final CorrectionChain chain, final AssessmentOptions options,
		final Progress progress, final List<String> notes)
	{
		try {
			return correct(table, chain, options, progress);
		}
		catch (final IllegalArgumentException e) {
			final List<String> left = new ArrayList<>();
			final ProfileTable finite = FiniteValues.of(table, left);
			if (finite == table) throw e;
			for (final String note : left) notes.add(AssessedMethod.BEFORE + note);
			return correct(finite, chain, options, progress);
		}
	}

	private static ProfileTable read(final Path file, final AssessmentOptions options, final List<String> notes)
		throws IOException
	{
		ProfileTable table = ProfileFile.read(file, options.common(), notes::add, notes::add);
		for (final Path join : options.join()) table = ProfileJoin.byShared(table, join, notes::add);
		try {
			requireColumns(table, options.roles());
			requireControls(table, options);
			noteSpelling(table, options, note -> notes.add(file + ": " + note));
			final int repeated = RepeatedWells.count(table, options.roles());
			if (repeated > 0) {
				notes.add(file + ": " + repeated + " rows share plate and well with another: are wells in the table twice? Copies count " +
					"as replicates that agree");
			}
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
		}
		return table;
	}

	/** Controls, labels and batches that are written in two ways. */
	private static void noteSpelling(final ProfileTable table, final AssessmentOptions options, final Consumer<String> notes) {
		final ColumnRoles roles = options.roles();
		if (!options.controls().isEmpty()) {
			Selection.parse(options.controls()).nearMisses(Arrays.asList(table.metadata(roles.controlColumn()))).ifPresent(notes);
		}
		final Set<String> columns = new LinkedHashSet<>(roles.treatment());
		columns.addAll(List.of(roles.label(), roles.batch(), roles.plate()));
		for (final String column : columns) {
			if (column.isEmpty() || !table.hasMetadata(column)) continue;
			final List<List<String>> near = Spelling.nearDuplicates(Arrays.stream(table.metadata(column)).distinct().toList());
			if (!near.isEmpty()) notes.accept(column + " has near duplicates, which differ by case, hyphens or blanks only and count as " +
				"different: " + Spelling.listed(near));
		}
	}

	private static void requireColumns(final ProfileTable table, final ColumnRoles roles) {
		require(table, "label", roles.label());
		require(table, "batch", roles.batch());
		require(table, "controls", roles.controlColumn());
		for (final String column : roles.treatment()) require(table, "treatment", column);
	}

	/** A value that no row has is misspelt: an empty key says that there are no controls. */
	private static void requireControls(final ProfileTable table, final AssessmentOptions options) {
		if (options.controls().isEmpty()) return;
		try {
			CorrectionContext.standard().controls(options.controls()).controlRows(table);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException(e.getMessage() + ". Name a value that the column has (key controls), or leave the key " +
				"empty where the table has no controls", e);
		}
	}

	private static void require(final ProfileTable table, final String key, final String column) {
		if (column.isEmpty() || table.hasMetadata(column)) return;
		throw new IllegalArgumentException("There is no metadata column '" + column + "' (key " + key + "); there are " + String
			.join(", ", table.metadataColumns()) + ". Name another, leave the key empty, or join a table that has it");
	}

	private static ProfileTable correct(final ProfileTable table, final CorrectionChain chain, final AssessmentOptions options,
		final Progress progress)
	{
		final CorrectionContext context = CorrectionContext.standard().columns(options.plates(), options.batch()).controls(options
			.controls()).seed(options.seed()).progress((message, share) -> progress.at(message, 0.3 * share));
		return chain.fit(table, context).table();
	}

	/** The chain, and the file where there are several. */
	private static String name(final Path file, final String chain, final AssessmentOptions options) {
		if (options.profiles().size() == 1) return chain;
		final boolean unique = options.profiles().stream().filter(other -> other.getFileName().equals(file.getFileName())).count() == 1;
		final String table = unique ? file.getFileName().toString() : file.toString();
		return options.methods().size() == 1 && chain.equals(AssessmentOptions.NONE) ? table : table + ": " + chain;
	}
}
