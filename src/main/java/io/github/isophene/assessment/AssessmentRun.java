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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.CorrectionRecord;
import io.github.isophene.correction.Corrections;
import io.github.isophene.downstream.Downstream;
import io.github.isophene.downstream.DownstreamColumns;
import io.github.isophene.files.RunLock;
import io.github.isophene.messages.Count;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.metrics.FiniteValues;
import io.github.isophene.metrics.Metric;
import io.github.isophene.metrics.MetricGroup;
import io.github.isophene.metrics.MetricInfo;
import io.github.isophene.metrics.MetricResult;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileJoin;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
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
		// What is misspelled is told before a large table is read.
		final Map<String, CorrectionChain> chains = new LinkedHashMap<>();
		for (final String method : options.methods()) {
			chains.put(method, method.equals(AssessmentOptions.NONE) ? null : corrections.parse(method));
		}
		ReportFolder.require(options.report());
		try (RunLock lock = RunLock.ofFolder(options.report())) {
			return run(options, chains, progress);
		}
	}

	private Assessment run(final AssessmentOptions options, final Map<String, CorrectionChain> chains,
		final Progress progress) throws IOException
	{
		final ColumnRoles roles = options.roles();
		final List<String> notes = new ArrayList<>();
		final List<AssessedMethod> methods = new ArrayList<>();
		final int parts = options.profiles().size() * chains.size();
		final boolean corrects = chains.values().stream().anyMatch(Objects::nonNull);
		final boolean fitsTreated = chains.values().stream().anyMatch(chain -> chain != null && chain.fitsAllRows());
		for (final Path file : options.profiles()) {
			progress.at("reading " + file.getFileName(), methods.size() / (double) parts);
			final ProfileTable table = read(file, options, notes);
			final String earlier = earlier(table, roles);
			if (!earlier.isEmpty()) {
				notes.add(file.getFileName() + ": " + earlier + ": a correction was fitted on these rows before. " +
					"Numbers on batches of them flatter it; give the profiles before that correction, and its chain " +
					"as a method, to judge it");
			}
			final HeldOutFolds folds = corrects ? HeldOutFolds.of(table, roles, fitsTreated, options.seed()) : null;
			if (folds != null) notes.addAll(folds.notes());
			for (final Map.Entry<String, CorrectionChain> chain : chains.entrySet()) {
				final Progress own = progress.part(chain.getKey() + ": ", methods.size(), methods.size() + 1, parts);
				final AssessedMethod method = method(name(file, chain.getKey(), options),
					new AssessedMethod.Origin(file.toString(), chain.getKey()), table, folds, chain.getValue(), options,
					own);
				methods.add(chain.getValue() != null || earlier.isEmpty() || !method.isMeasured() ? method
					: method.withEvidence(new Evidence(Evidence.Kind.OWN_ROWS, earlier, method.evidence().own(),
						method.evidence().folds())));
			}
		}
		if (methods.stream().noneMatch(AssessedMethod::isMeasured)) {
			throw new IllegalArgumentException("There is nothing to report on " +
				String.join(", ", options.profiles().stream().map(Path::toString).toList()) + ": " +
				String.join("; ", methods.stream().map(m -> m.name() + ": " + m.driftUndefined()).distinct().toList()));
		}
		progress.check();
		Assessment assessment = new Assessment(options.toString(), options.report(),
			metrics.stream().map(Metric::info).toList(), methods, notes.stream().distinct().toList());
		// Wells are shown of two methods: only these are measured on all rows by every metric.
		for (int i = 0; i < assessment.shown().size(); i++) {
			final AssessedMethod method = assessment.shown().get(i);
			if (method.isMeasured() && !method.evidence().folds().isEmpty())
				assessment = assessment.with(method, complete(method, chains, options, progress));
		}
		final Map<String, Downstream> downstream = new LinkedHashMap<>();
		for (final AssessedMethod method : assessment.shown()) {
			if (method.isMeasured())
				downstream.put(method.name(), new DownstreamRun(options, method, chains.get(method.origin().chain()))
					.run(read(Path.of(method.origin().table()), options, new ArrayList<>()), progress));
		}
		assessment = assessment.withDownstream(downstream);
		progress.check();
		progress.at("writing " + options.report(), 1);
		AssessmentReport.write(assessment, options.report());
		return assessment;
	}

	/** Returns what tells that a correction was fitted on a table before, as a clause; empty where nothing does. */
	private String earlier(final ProfileTable table, final ColumnRoles roles) {
		final List<String> recorded = CorrectionRecord.of(table).stream().filter(this::learns).toList();
		if (!recorded.isEmpty()) return "it was corrected by " + String.join(" and ", recorded);
		final String centered = CenteredControls.find(table, roles);
		return centered.isEmpty() ? "" : "its controls are centered " + centered;
	}

	/** Returns whether a recorded chain has learned from rows; of one that is not known here, it is supposed. */
	private boolean learns(final String chain) {
		try {
			return !corrections.parse(chain).isStateless();
		}
		catch (final IllegalArgumentException e) {
			return true;
		}
	}

	/** One column of the report: a table that doesn't allow a correction takes nothing from the others. */
	private AssessedMethod method(final String name, final AssessedMethod.Origin origin, final ProfileTable table,
		final HeldOutFolds folds, final CorrectionChain chain, final AssessmentOptions options, final Progress progress)
	{
		try {
			final Set<String> notes = new LinkedHashSet<>();
			final CorrectionContext context = context(options, progress, notes);
			final CorrectedTable corrected = chain == null ? new CorrectedTable(table, table, folds)
				: correct(table, folds, chain, context, notes);
			final Progress whole = progress.part("", 0.1, 0.4, 1);
			if (folds == null) return measured(name, origin, corrected.table(), info -> true, options, notes, whole);
			// On its own rows a correction is shown by what it does to batches alone.
			final AssessedMethod method = measured(name, origin, corrected.table(),
				info -> info.group() == MetricGroup.BATCH, options, notes, whole);
			final Evidence evidence = evidence(method, corrected, chain, context, options, progress);
			if (!evidence.isOnOwnRows()) return method.withEvidence(evidence);
			final AssessedMethod own = measured(name, origin, corrected.table(), info -> true, options, notes, whole);
			return own.withEvidence(Evidence.ownRows(own.results(), evidence.reason()));
		}
		catch (final IllegalArgumentException e) {
			return AssessedMethod.impossible(name, origin, table, options.roles(), metrics, e.getMessage());
		}
	}

	private AssessedMethod measured(final String name, final AssessedMethod.Origin origin, final ProfileTable table,
		final Predicate<MetricInfo> asked, final AssessmentOptions options, final Set<String> notes,
		final Progress progress)
	{
		return AssessedMethod.of(name, origin, table, options.roles(), metrics, asked, options.seed(), progress)
			.withNotes(List.copyOf(notes));
	}

	/** Measures a method on all rows by every metric. */
	private AssessedMethod complete(final AssessedMethod method, final Map<String, CorrectionChain> chains,
		final AssessmentOptions options, final Progress progress) throws IOException
	{
		final Progress own = progress.part(method.name() + ": wells, ", 1, 1, 1);
		final ProfileTable table = read(Path.of(method.origin().table()), options, new ArrayList<>());
		final CorrectionChain chain = chains.get(method.origin().chain());
		final ProfileTable corrected = chain == null ? table
			: correct(table, null, chain, context(options, own, new LinkedHashSet<>()), new LinkedHashSet<>()).table();
		return method.completed(AssessedMethod.of(method.name(), method.origin(), corrected, options.roles(), metrics,
			options.seed(), own));
	}

	/** Result of a method on rows that its fits have not seen. */
	private Evidence evidence(final AssessedMethod method, final CorrectedTable corrected, final CorrectionChain chain,
		final CorrectionContext context, final AssessmentOptions options, final Progress progress)
	{
		final Evidence own = method.evidence();
		if (chain != null && !chain.isFrozen())
			return Evidence.ownRows(own.own(), "it ranks the rows that it is given");
		try {
			final List<Map<String, MetricResult>> folds = CrossFit.measure(corrected.before(), corrected.folds(), chain,
				context.withProgress(quiet(context.progress())), options.roles(), metrics,
				progress.part("", 0.4, 1, 1));
			return own.withFolds(folds, chain != null);
		}
		catch (final IllegalArgumentException e) {
			if (chain == null) throw e;
			return Evidence.ownRows(own.own(),
				"it can't be fitted without some of the controls (" + e.getMessage() + ")");
		}
	}

	/**
	 * A corrected table, and what it was made of.
	 *
	 * @param before the table that the chain was fitted on
	 * @param folds of its rows
	 */
	private record CorrectedTable(ProfileTable table, ProfileTable before, HeldOutFolds folds) {}

	/**
	 * Corrects a table as it is or, where its missing values don't allow that, without them, as the metrics
	 * take it.
	 */
	private static CorrectedTable correct(final ProfileTable table, final HeldOutFolds folds,
		final CorrectionChain chain, final CorrectionContext context, final Set<String> notes)
	{
		try {
			return new CorrectedTable(chain.fit(table, context).table(), table, folds);
		}
		catch (final IllegalArgumentException e) {
			final List<String> left = new ArrayList<>();
			final ProfileTable finite = FiniteValues.of(table, left);
			if (finite == table) throw e;
			for (final String note : left) notes.add(AssessedMethod.BEFORE + note);
			return new CorrectedTable(chain.fit(finite, context).table(), finite,
				folds == null ? null : folds.select(FiniteValues.kept(table, new ArrayList<>()).rows()));
		}
	}

	static CorrectionContext context(final AssessmentOptions options, final Progress progress,
		final Set<String> notes)
	{
		return CorrectionContext.standard()
			.withColumns(options.plates(), options.batch())
			.withControls(options.controls())
			.withSeed(options.seed())
			.withProgress(new Progress() {

				private final Progress part = progress.part("", 0, 0.1, 1);

				@Override
				public void report(final String message, final long done, final long total) {
					part.report(message, done, total);
				}

				@Override
				public void warn(final String sentence) {
					notes.add(sentence + ".");
				}

				@Override
				public boolean isCanceled() {
					return part.isCanceled();
				}
			});
	}

	/** The fits of folds say nothing that the fit on all rows hasn't said. */
	static Progress quiet(final Progress progress) {
		return new Progress() {

			@Override
			public void report(final String message, final long done, final long total) {
				// The folds tell where they are.
			}

			@Override
			public boolean isCanceled() {
				return progress.isCanceled();
			}
		};
	}

	private static ProfileTable read(final Path file, final AssessmentOptions options, final List<String> notes)
		throws IOException
	{
		ProfileTable table = ProfileFile.read(file, options.common(), notes::add, notes::add);
		for (final Path join : options.join()) table = ProfileJoin.byShared(table, join, notes::add);
		try {
			requireColumns(table, options.roles());
			DownstreamColumns.of(table, options.roles(), options.dose(), options.mechanism());
			requireControls(table, options);
			noteSpelling(table, options, note -> notes.add(file + ": " + note));
			final int repeated = RepeatedWells.count(table, options.roles());
			if (repeated > 0) {
				notes.add(file + ": " + Count.of(repeated, "row shares", "rows share") +
					" plate and well with another: are wells in the table twice? Copies count " +
					"as replicates that agree");
			}
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
		}
		return table;
	}

	/** Controls, labels and batches that are written in two ways. */
	private static void noteSpelling(final ProfileTable table, final AssessmentOptions options,
		final Consumer<String> notes)
	{
		final ColumnRoles roles = options.roles();
		if (!options.controls().isNone()) {
			options.controls()
				.nearMisses(Arrays.asList(table.metadata(roles.controlColumn())))
				.ifPresent(notes);
		}
		final Set<String> columns = new LinkedHashSet<>(roles.treatment());
		columns.addAll(List.of(roles.label(), roles.batch(), roles.plate()));
		for (final String column : columns) {
			if (column.isEmpty() || !table.hasMetadata(column)) continue;
			final List<
				List<String>> near = Spelling.nearDuplicates(Arrays.stream(table.metadata(column)).distinct().toList());
			if (!near.isEmpty())
				notes.accept(
					column + " has near duplicates, which differ by case, hyphens or blanks only and count as " +
						"different: " + Spelling.listed(near));
		}
	}

	private static void requireColumns(final ProfileTable table, final ColumnRoles roles) {
		require(table, "label", roles.label());
		require(table, "batch", roles.batch());
		require(table, "controls", roles.controlColumn());
		for (final String column : roles.treatment()) require(table, "treatment", column);
	}

	/** A value that no row has is misspelled: an empty key says that there are no controls. */
	private static void requireControls(final ProfileTable table, final AssessmentOptions options) {
		if (options.controls().isNone()) return;
		try {
			CorrectionContext.standard().withControls(options.controls()).controlRows(table);
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalArgumentException(
				e.getMessage() + ". Name a value that the column has (key controls), or leave the key " +
					"empty where the table has no controls",
				e);
		}
	}

	private static void require(final ProfileTable table, final String key, final String column) {
		if (column.isEmpty() || table.hasMetadata(column)) return;
		throw new IllegalArgumentException("There is no metadata column '" + column + "' (key " + key +
			"); there are " + String.join(", ", table.metadataColumns()) +
			". Name another, leave the key empty, or join a table that has it");
	}

	/** The chain, and the file where there are several. */
	private static String name(final Path file, final String chain, final AssessmentOptions options) {
		if (options.profiles().size() == 1) return chain;
		final boolean unique = options.profiles()
			.stream()
			.filter(other -> other.getFileName().equals(file.getFileName()))
			.count() == 1;
		final String table = unique ? file.getFileName().toString() : file.toString();
		return options.methods().size() == 1 && chain.equals(AssessmentOptions.NONE) ? table : table + ": " + chain;
	}
}
