// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.messages.Count;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.Neighbors;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.profiles.ProfileTable;

/**
 * Profiles ready to be measured: every value finite, every row's part known. Made once per
 * table and correction; what several metrics need (rows of length 1, nearest neighbors) is
 * computed once.
 */
public final class AssessedProfiles {

	/** Metrics that look at all pairs of rows look at those of this many random rows at most. */
	public static final int MOST_ROWS_FOR_PAIRS = 4_000;

	private final ProfileTable table;
	private final ColumnRoles roles;
	private final int[] rows;
	private final Matrix matrix;
	private final List<String> notes;
	private final long seed;
	private final Map<String, Categories> columns = new HashMap<>();
	private Neighbors neighbors;
	private boolean[] control;
	private Matrix unit;
	private AssessedProfiles sample;
	private AssessedProfiles labeled;
	private AssessedProfiles batched;

	private AssessedProfiles(final ProfileTable table, final ColumnRoles roles, final int[] rows, final Matrix matrix,
		final List<String> notes, final long seed)
	{
		this.table = table;
		this.roles = roles;
		this.rows = rows;
		this.matrix = matrix;
		this.notes = List.copyOf(notes);
		this.seed = seed;
	}

	/**
	 * Takes a table. Rows with more than half of their values missing or infinite are left
	 * out, then features or rows with any such value, whichever keeps more; the notes say so.
	 *
	 * @throws IllegalArgumentException if a column is missing, or no row or feature is left
	 */
	public static AssessedProfiles of(final ProfileTable table, final ColumnRoles roles, final long seed) {
		final List<String> needed = new ArrayList<>(roles.treatment());
		needed.addAll(List.of(roles.label(), roles.batch(), roles.controlColumn()));
		for (final String column : needed) {
			if (!column.isEmpty() && !table.hasMetadata(column)) {
				throw new IllegalArgumentException(
					"There is no metadata column '" + column + "' in the table; it has " + table.metadataColumns());
			}
		}
		final List<String> notes = new ArrayList<>();
		final FiniteValues.Kept kept = FiniteValues.kept(table, notes);
		final int[] rows = kept.rows();
		final int[] features = kept.features();
		final Matrix matrix = Matrix.zeros(rows.length, features.length);
		final float[] vector = new float[table.featureCount()];
		for (int i = 0; i < rows.length; i++) {
			table.copyRow(rows[i], vector, 0);
			for (int c = 0; c < features.length; c++) matrix.values()[i * features.length + c] = vector[features[c]];
		}
		return new AssessedProfiles(table, roles, rows, matrix, notes, seed);
	}

	/** Returns the number of rows. */
	public int size() {
		return rows.length;
	}

	/** Returns the number of features. */
	public int featureCount() {
		return matrix.columns();
	}

	/** The table's row of each row here, ascending. */
	public int[] rows() {
		return rows.clone();
	}

	/** The table that the profiles come from. */
	public ProfileTable table() {
		return table;
	}

	/** Returns the roles of the columns. */
	public ColumnRoles roles() {
		return roles;
	}

	/** Returns notes on what was left out. */
	public List<String> notes() {
		return notes;
	}

	/** For everything random. */
	public long seed() {
		return seed;
	}

	/** One value. */
	public float feature(final int row, final int column) {
		return matrix.get(row, column);
	}

	/** A metadata value of a row; empty where it is missing, or the table has no such column. */
	public String metadata(final String column, final int row) {
		return table.hasMetadata(column) ? table.metadata(column, rows[row]) : "";
	}

	/** Returns whether a row is a negative control. */
	public boolean isControl(final int row) {
		return control()[row];
	}

	/** Returns, for each row, whether it is a negative control, [rows]. */
	private synchronized boolean[] control() {
		if (control != null) return control;
		control = new boolean[size()];
		if (roles.controlColumn().isEmpty() || !table.hasMetadata(roles.controlColumn())) return control;
		final Map<String, Boolean> known = new HashMap<>();
		for (int i = 0; i < control.length; i++)
			control[i] = known.computeIfAbsent(table.metadata(roles.controlColumn(), rows[i]), roles::isControl);
		return control;
	}

	public Matrix matrix() {
		return matrix;
	}

	/** Rows of length 1. */
	public synchronized Matrix unit() {
		if (unit == null) unit = matrix.unit();
		return unit;
	}

	/** The k nearest neighbors of each row by Euclidean distance. */
	public synchronized Neighbors neighbors(final int k) {
		if (neighbors == null || neighbors.k() < k) {
			// LISI comes first and needs most: its neighbors serve all smaller neighborhoods of the same rows.
			neighbors = Neighbors.euclidean(matrix, k, (a, b) -> true);
		}
		return neighbors.first(k);
	}

	/** These, or a random choice of them where they are too many for all pairs. */
	public synchronized AssessedProfiles sample() {
		if (sample == null)
			sample = rows.length <= MOST_ROWS_FOR_PAIRS ? this
				: select(choose(rows.length, MOST_ROWS_FOR_PAIRS, RandomStream.of(seed, "sample")));
		return sample;
	}

	/** Returns the note for a metric that is computed on a {@link #sample()}. */
	public String sampleNote() {
		return rows.length <= MOST_ROWS_FOR_PAIRS ? "" : "on " + MOST_ROWS_FOR_PAIRS + " random rows of " + rows.length;
	}

	/** Some rows. */
	public AssessedProfiles select(final int[] which) {
		return new AssessedProfiles(table, roles, Arrays.stream(which).map(i -> rows[i]).toArray(),
			matrix.select(which), notes, seed);
	}

	/** The rows of some that aren't controls and have a label. */
	public synchronized AssessedProfiles labeled() {
		if (labeled != null) return labeled;
		final Categories labels = labels();
		labeled = select(Matrix.indices(size(), i -> labels.of()[i] < 0 || isControl(i) ? -1 : i, i -> i >= 0));
		return labeled;
	}

	/**
	 * The rows of {@link #labeled()} whose label has another row.
	 *
	 * @throws UndefinedMetricException if there are fewer than two such labels: nothing can be near its own then
	 */
	public AssessedProfiles replicated() {
		final AssessedProfiles some = labeled();
		final int[] of = some.labels().of();
		final int[] counts = some.labels().counts();
		final int[] which = Matrix.indices(of.length, i -> counts[of[i]] > 1 ? i : -1, i -> i >= 0);
		if (which.length == 0) throw new UndefinedMetricException("no label has two rows: there are no replicates");
		return which.length == of.length ? some : some.select(which);
	}

	/** Returns the note for a metric on {@link #replicated()} rows. */
	public String replicatedNote() {
		final int left = labeled().size() - replicated().size();
		final String sample = replicated().sampleNote();
		return left == 0 ? sample
			: Count.of(left, "row") + " that are alone in their label are left out" + (sample.isEmpty() ? "" : "; " +
			sample);
	}

	/** The rows that have a batch. */
	public synchronized AssessedProfiles withBatch() {
		if (batched != null) return batched;
		final Categories batches = batches();
		final int[] which = Matrix.indices(size(), i -> batches.of()[i] < 0 ? -1 : i, i -> i >= 0);
		batched = which.length == size() ? this : select(which);
		return batched;
	}

	/** Numbers of these rows as numbers of the table's rows, NaN for the others. */
	public double[] spread(final double[] values) {
		final double[] all = new double[table.rowCount()];
		Arrays.fill(all, Double.NaN);
		for (int i = 0; i < values.length; i++) all[rows[i]] = values[i];
		return all;
	}

	/** Labels, and the control rows as a label of their own. */
	public Categories labelsAndControls() {
		final String[] values = new String[size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = isControl(i) ? "negative control" : roles.label().isEmpty() ? "" : metadata(roles.label(), i);
		}
		final Categories labels = Categories.of(values);
		if (labels.size() == 0)
			throw new UndefinedMetricException("there are neither labels nor controls (keys label, controls)");
		return labels;
	}

	/** @throws UndefinedMetricException if there are fewer than two labels */
	public Categories severalLabels() {
		final Categories labels = labels();
		if (labels.size() < 2)
			throw new UndefinedMetricException("there is only one label in column '" + roles.label() + "'");
		return labels;
	}

	public synchronized Categories column(final String name) {
		return columns.computeIfAbsent(name, n -> {
			final String[] values = new String[size()];
			for (int i = 0; i < values.length; i++) values[i] = table.metadata(n, rows[i]);
			return Categories.of(values);
		});
	}

	/** @throws UndefinedMetricException if no column was named */
	public Categories labels() {
		return named(roles.label(), "label");
	}

	/** @throws UndefinedMetricException if no column was named */
	public Categories batches() {
		return named(roles.batch(), "batch");
	}

	/** @throws UndefinedMetricException if there are fewer than two batches */
	public Categories severalBatches() {
		final Categories batches = batches();
		if (batches.size() < 2)
			throw new UndefinedMetricException("there is only one batch in column '" + roles.batch() + "'");
		return batches;
	}

	/** The plates, or one unknown plate for all where the table has no such column. */
	public Categories plates() {
		return table.hasMetadata(roles.plate()) ? column(roles.plate()) : new Categories(new int[size()], List.of("?"));
	}

	/** The wells of plates; each row a well of its own where the table has no such column. */
	public Categories wells() {
		if (!table.hasMetadata(roles.well()))
			return new Categories(Matrix.all(size()), java.util.Collections.nCopies(size(), ""));
		final String[] values = new String[size()];
		for (int i = 0; i < values.length; i++) {
			final String well = metadata(roles.well(), i);
			values[i] = metadata(roles.plate(), i) + "\n" + (well.isEmpty() ? "\n" + i : well);
		}
		return Categories.of(values);
	}

	/** Treatments: all columns that tell them apart; the label where none was named. */
	public Categories treatments() {
		if (roles.treatment().isEmpty()) return labels();
		return treatmentColumn(roles.treatment());
	}

	/** The first of the columns that tell treatments apart; the label where none was named. */
	Categories compounds() {
		if (roles.treatment().isEmpty()) return labels();
		return treatmentColumn(roles.treatment().subList(0, 1));
	}

	/** The rows that are negative controls. */
	public int[] controls() {
		final int[] controls = Matrix.indices(size(), i -> isControl(i) ? i : -1, i -> i >= 0);
		if (controls.length == 0) {
			throw new UndefinedMetricException(
				roles.controlColumn().isEmpty() ? "no negative controls were named (key controls)"
					: "no row has " + roles.controlColumn() + " = " +
						String.join(" or ", roles.controlValues().stream().sorted().toList()) +
						" among those judged (a plate's only control row is in every fit and judges none)");
		}
		return controls;
	}

	private synchronized Categories treatmentColumn(final List<String> names) {
		return columns.computeIfAbsent("\n" + String.join("\n", names), n -> {
			final String[] values = new String[size()];
			for (int i = 0; i < values.length; i++) {
				final int row = i;
				final List<String> parts = names.stream().map(name -> table.metadata(name, rows[row])).toList();
				values[i] = parts.get(0).isEmpty() ? "" : String.join(" / ", parts);
			}
			return Categories.of(values);
		});
	}

	private Categories named(final String column, final String key) {
		if (column.isEmpty()) throw new UndefinedMetricException("no column was named (key " + key + ")");
		final Categories codes = column(column);
		if (codes.size() == 0)
			throw new UndefinedMetricException("the column '" + column + "' is empty (key " + key + ")");
		return codes;
	}

	/** A random choice of {@code count} of n indices, ascending. */
	public static int[] choose(final int n, final int count, final RandomStream random) {
		final int[] all = Matrix.all(n);
		for (int i = 0; i < count; i++) {
			final int j = i + random.nextInt(n - i);
			final int v = all[i];
			all[i] = all[j];
			all[j] = v;
		}
		final int[] chosen = Arrays.copyOf(all, count);
		Arrays.sort(chosen);
		return chosen;
	}
}
