// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.downstream.DownstreamColumns;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Selection;

/** Options of an assessment. Start from {@link #of} and change what differs from the defaults. */
public final class AssessmentOptions {

	/** The method that corrects nothing. */
	public static final String NONE = "none";

	private final List<Path> profiles;
	private final Path report;
	private List<String> methods = List.of(NONE);
	private String label = "";
	private String batch = "Metadata_Batch";
	private String plates = "Metadata_Plate";
	private String wells = "Metadata_Well";
	private List<String> treatment = List.of();
	private Selection controls = Selection.of(ControlTypes.NEGATIVE_CONTROLS);
	private List<Path> join = List.of();
	private boolean common;
	private String dose = DownstreamColumns.AUTO;
	private String mechanism = DownstreamColumns.AUTO;
	private long seed = 1;

	private AssessmentOptions(final List<Path> profiles, final Path report) {
		if (profiles.isEmpty()) {
			throw new IllegalArgumentException(
				"profiles is missing: give a table of profiles (.parquet, .csv or .csv.gz), or several");
		}
		this.profiles = profiles.stream().map(file -> file.toAbsolutePath().normalize()).toList();
		this.report = report.toAbsolutePath().normalize();
	}

	private AssessmentOptions(final AssessmentOptions other) {
		profiles = other.profiles;
		report = other.report;
		methods = other.methods;
		label = other.label;
		batch = other.batch;
		plates = other.plates;
		wells = other.wells;
		treatment = other.treatment;
		controls = other.controls;
		join = other.join;
		common = other.common;
		dose = other.dose;
		mechanism = other.mechanism;
		seed = other.seed;
	}
 /**
	 * The defaults, with the files.
	 *
	 * @param profiles tables to compare side by side, one or more
	 * @param report the folder to write into
	 */
	public static AssessmentOptions of(final List<Path> profiles, final Path report) {
		return new AssessmentOptions(profiles, report);
	}

	/** One table, see {@link #of(List, Path)}. */
	public static AssessmentOptions of(final Path profiles, final Path report) {
		return new AssessmentOptions(List.of(profiles), report);
	}

	/**
	 * Chains of corrections to compare, separated by semicolons: {@code none; standardize,sphering:zca:0.1}.
	 * Default: {@code none}, the profiles as they are.
	 *
	 * @throws IllegalArgumentException if a chain is empty or given twice
	 */
	public AssessmentOptions withMethods(final String chains) {
		final List<String> list = new ArrayList<>();
		for (final String chain : (chains.isBlank() ? NONE : chains).split(";", -1)) {
			final String name = chain.strip();
			if (name.isEmpty()) {
				throw new IllegalArgumentException(
					"method is '" + chains + "': give chains of corrections separated by semicolons, such as none; " +
						"standardize,sphering:zca:0.1");
			}
			if (list.contains(name))
				throw new IllegalArgumentException("method is '" + chains + "': " + name + " is there twice");
			list.add(name);
		}
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.methods = List.copyOf(list);
		return changed;
	}

	/** The column of what should be recognized across batches, such as a mode of action; empty: none (default). */
	public AssessmentOptions withLabel(final String column) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.label = column.strip();
		return changed;
	}

	/** The column that names the batch; default: Metadata_Batch; empty: none. */
	public AssessmentOptions withBatch(final String column) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.batch = column.strip();
		return changed;
	}

	/** The column that names the plate; default: Metadata_Plate. */
	public AssessmentOptions withPlates(final String column) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.plates = column.strip();
		return changed;
	}

	/** The column that names the well; default: Metadata_Well. */
	public AssessmentOptions withWells(final String column) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.wells = column.strip();
		return changed;
	}

	/**
	 * The columns that tell one treatment from another, separated by commas, the compound first, then
	 * for example its concentration; empty: the label is the treatment (default).
	 */
	public AssessmentOptions withTreatment(final String columns) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.treatment = Arrays.stream(columns.split(",")).map(String::strip).filter(c -> !c.isEmpty()).toList();
		return changed;
	}

	/** Negative controls as {@code column=value[,value]}; empty: none. Default: Metadata_pert_type=negcon. */
	public AssessmentOptions withControls(final String selection) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.controls = Selection.of(selection);
		return changed;
	}

	/**
	 * Tables whose columns are joined by the columns they share with the profiles, one after the other;
	 * default: none.
	 */
	public AssessmentOptions withJoin(final List<Path> tables) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.join = List.copyOf(tables);
		return changed;
	}

	/**
	 * Sets the features that are read from a folder of files: {@code same} (default) refuses files whose
	 * columns differ,
	 * {@code common} reads those that all files have.
	 *
	 * @throws IllegalArgumentException if it is neither
	 */
	public AssessmentOptions withFeatures(final String which) {
		if (!List.of("same", "common").contains(which.strip())) {
			throw new IllegalArgumentException("features = " + which + ": must be same or common");
		}
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.common = which.strip().equals("common");
		return changed;
	}

	/** Returns whether the features are read that all files of a folder have. */
	public boolean common() {
		return common;
	}

	/**
	 * The column of the compound's dose, for dose responses; {@code auto} (default): a treatment column after the
	 * compound, or one called like doses, that holds numbers; {@code none}: no doses.
	 */
	public AssessmentOptions withDose(final String column) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.dose = column.isBlank() ? DownstreamColumns.AUTO : column.strip();
		return changed;
	}

	/**
	 * The column of known mechanisms, for the nearest ones; {@code auto} (default): the label where it isn't the
	 * compound, or a column called like mechanisms; {@code none}: no mechanisms.
	 */
	public AssessmentOptions withMechanism(final String column) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.mechanism = column.isBlank() ? DownstreamColumns.AUTO : column.strip();
		return changed;
	}

	/** The seed of whatever is random; default: 1. */
	public AssessmentOptions withSeed(final long number) {
		final AssessmentOptions changed = new AssessmentOptions(this);
		changed.seed = number;
		return changed;
	}

	/** The tables to compare, as absolute paths. */
	public List<Path> profiles() {
		return profiles;
	}

	/** The folder to write into. */
	public Path report() {
		return report;
	}

	/** Chains of corrections, as they were given. */
	public List<String> methods() {
		return methods;
	}

	/** The tables to join. */
	public List<Path> join() {
		return join;
	}

	/** Returns the negative controls. */
	public Selection controls() {
		return controls;
	}

	/** The column of doses, {@code auto} or {@code none}. */
	public String dose() {
		return dose;
	}

	/** The column of mechanisms, {@code auto} or {@code none}. */
	public String mechanism() {
		return mechanism;
	}

	/** The column that names the batch. */
	public String batch() {
		return batch;
	}

	/** The column that names the plate. */
	public String plates() {
		return plates;
	}

	/** The seed of whatever is random. */
	public long seed() {
		return seed;
	}

	/** Returns the roles of the columns. */
	public ColumnRoles roles() {
		return new ColumnRoles(label, batch, plates, wells, treatment, controls.column(), controls.values());
	}

	/** Returns the options as keys and values, for the record. */
	@Override
	public String toString() {
		return "profiles=[" + String.join(",", profiles.stream().map(Path::toString).toList()) + "] method=[" +
			String.join("; ", methods) + "] label=[" + label + "] treatment=[" + String.join(",", treatment) +
			"] batch=[" + batch + "] plates=[" + plates + "] controls=[" + controls + "]" +
			(dose.equals(DownstreamColumns.AUTO) ? "" : " dose=[" + dose + "]") +
			(mechanism.equals(DownstreamColumns.AUTO) ? "" : " mechanism=[" + mechanism + "]") +
			(join.isEmpty() ? "" : " join=[" + String.join(",", join.stream().map(Path::toString).toList()) + "]") +
			" report=[" + report + "]" + (common ? " features=[common]" : "") + (seed == 1 ? "" : " seed=" + seed);
	}
}
