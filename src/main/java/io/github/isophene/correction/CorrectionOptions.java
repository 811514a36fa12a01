// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Selection;

/** Options of a correction. Start from {@link #of} and change what differs from the defaults. */
public final class CorrectionOptions {

	/**
	 * The chain to start with: it takes from a plate what its controls can tell, and enlarges no feature that hardly
	 * varies among them. Chosen on simulated plates, by the rule on the page <i>Corrections, measured</i>.
	 */
	public static final String RECOMMENDED = "drop_quiet,standardize:shrink=table";

	private static final Selection CONTROLS = Selection.of(ControlTypes.NEGATIVE_CONTROLS);
	private static final String PLATES = "Metadata_Plate";
	private static final String BATCH = "Metadata_Batch";

	private final Path profiles;
	private final Path corrected;
	private String method = "";
	private String plates = PLATES;
	private String batch = BATCH;
	private Selection controls = CONTROLS;
	private Path fitted;
	private Path apply;
	private List<Path> join = List.of();
	private boolean common;
	private long seed = 1;

	private CorrectionOptions(final Path profiles, final Path corrected) {
		this.profiles = profiles;
		this.corrected = corrected;
	}

	private CorrectionOptions(final CorrectionOptions other) {
		profiles = other.profiles;
		corrected = other.corrected;
		method = other.method;
		plates = other.plates;
		batch = other.batch;
		controls = other.controls;
		fitted = other.fitted;
		apply = other.apply;
		join = other.join;
		common = other.common;
		seed = other.seed;
	}
 /**
	 * The defaults, with the files.
	 *
	 * @param profiles the file to correct
	 * @param corrected the file to write; both end in .parquet, .csv or .csv.gz
	 */
	public static CorrectionOptions of(final Path profiles, final Path corrected) {
		return new CorrectionOptions(profiles.toAbsolutePath().normalize(), corrected.toAbsolutePath().normalize());
	}

	/** Corrections separated by commas, settings after colons: {@code mad_robustize,sphering:zca-cor:0.01}. */
	public CorrectionOptions withMethod(final String chain) {
		final CorrectionOptions changed = new CorrectionOptions(this);
		changed.method = chain.strip();
		return changed;
	}

	/** The column that names the plate; default: Metadata_Plate. */
	public CorrectionOptions withPlates(final String column) {
		final CorrectionOptions changed = new CorrectionOptions(this);
		changed.plates = column.strip();
		return changed;
	}

	/** The column that names the batch; default: Metadata_Batch. */
	public CorrectionOptions withBatch(final String column) {
		final CorrectionOptions changed = new CorrectionOptions(this);
		changed.batch = column.strip();
		return changed;
	}

	/**
	 * Negative controls as {@code column=value[,value]}; empty: learn from all rows. Default:
	 * Metadata_pert_type=negcon.
	 */
	public CorrectionOptions withControls(final String selection) {
		final CorrectionOptions changed = new CorrectionOptions(this);
		changed.controls = Selection.of(selection);
		return changed;
	}

	/** A file to keep what was learned, {@code .npz}; default: none. */
	public CorrectionOptions withFitted(final Path file) {
		final CorrectionOptions changed = new CorrectionOptions(this);
		changed.fitted = file == null ? null : file.toAbsolutePath().normalize();
		return changed;
	}

	/** A file of what was learned earlier, which is applied instead of learning; default: none. */
	public CorrectionOptions withApply(final Path file) {
		final CorrectionOptions changed = new CorrectionOptions(this);
		changed.apply = file == null ? null : file.toAbsolutePath().normalize();
		return changed;
	}

	/**
	 * Tables whose columns are joined by the columns they share with the profiles, one after the other;
	 * default: none.
	 */
	public CorrectionOptions withJoin(final List<Path> tables) {
		final CorrectionOptions changed = new CorrectionOptions(this);
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
	public CorrectionOptions withFeatures(final String which) {
		if (!List.of("same", "common").contains(which.strip())) {
			throw new IllegalArgumentException("features = " + which + ": must be same or common");
		}
		final CorrectionOptions changed = new CorrectionOptions(this);
		changed.common = which.strip().equals("common");
		return changed;
	}

	/** Returns whether the features are read that all files of a folder have. */
	public boolean common() {
		return common;
	}

	/** The seed of whatever is random; default: 1. */
	public CorrectionOptions withSeed(final long number) {
		final CorrectionOptions changed = new CorrectionOptions(this);
		changed.seed = number;
		return changed;
	}

	public Path profiles() {
		return profiles;
	}

	public Path corrected() {
		return corrected;
	}

	public String method() {
		return method;
	}

	public String plates() {
		return plates;
	}

	public String batch() {
		return batch;
	}

	public Selection controls() {
		return controls;
	}

	public Path fitted() {
		return fitted;
	}

	public Path apply() {
		return apply;
	}

	public List<Path> join() {
		return join;
	}

	public long seed() {
		return seed;
	}

	/** @throws IllegalArgumentException if the options contradict each other */
	void check() {
		if (apply == null && method.isEmpty()) {
			throw new IllegalArgumentException(
				"method is missing: name corrections, such as mad_robustize,sphering, or apply a fitted file");
		}
		if (apply != null && !method.isEmpty()) {
			throw new IllegalArgumentException(
				"method and apply are both given: apply uses the method of " + apply + ", so leave method empty");
		}
		if (apply != null && fitted != null) {
			throw new IllegalArgumentException(
				"fitted and apply are both given: nothing is learned when " + apply + " is applied");
		}
		for (final Path input : inputs()) {
			if (corrected.equals(input) || Objects.equals(fitted, input)) {
				throw new IllegalArgumentException(input + " would be overwritten: give " +
					(corrected.equals(input) ? "corrected" : "fitted") + " another name");
			}
		}
		if (corrected.equals(fitted))
			throw new IllegalArgumentException("corrected and fitted are the same file, " + fitted);
	}

	private List<Path> inputs() {
		final List<
			Path> inputs = new java.util.ArrayList<>(join.stream().map(p -> p.toAbsolutePath().normalize()).toList());
		inputs.add(profiles);
		if (apply != null) inputs.add(apply);
		return inputs;
	}

	/** Returns the context of a fit. */
	CorrectionContext context() {
		return CorrectionContext.standard().withColumns(plates, batch).withControls(controls).withSeed(seed);
	}

	/**
	 * Returns the context for applying a fit: its own columns and controls, unless the user names others than
	 * the defaults.
	 */
	CorrectionContext context(final FittedChain fit) {
		return CorrectionContext.standard()
			.withColumns(plates.equals(PLATES) ? fit.plates() : plates, batch.equals(BATCH) ? fit.batches() : batch)
			.withControls(controls.equals(CONTROLS) ? fit.controls() : controls)
			.withSeed(seed);
	}
}
