// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.isophene.messages.NearMiss;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.NaturalOrder;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import io.github.isophene.screen.Wells;

/**
 * Wells of a screen, of a table of profiles or predictions, or of both joined by plate and well; with every
 * column that a color can show.
 */
public final class PlateWells {

	/** Column that is computed: length of a well's mean profile. */
	public static final String LENGTH = "Profile length";

	/** Column that is computed: number of fields. */
	public static final String FIELDS = "Number of fields";

	/** Start of the names of columns with predicted classes. */
	public static final String PREDICTED = "Metadata_Predicted";

	/** Names of columns that tell what was done to a well, without {@code Metadata_} and in letters only. */
	static final List<String> TREATMENTS = List.of("Compound", "CompoundName", "Treatment", "Drug", "DrugName",
		"pertiname", "Perturbation", "Gene", "GeneSymbol", "siRNA", "gRNA", "Class", "Label", "Phenotype", "MOA",
		"BroadSample", "JCP");

	private static final String KIND = "(?i)Metadata_(pert|control|well)_?type";
	private static final String BATCH = "Metadata_Batch";

	/** Sizes of plates, rows by columns; a plate has the smallest that holds its wells. */
	private static final int[][] FORMATS = {{2, 3}, {4, 6}, {8, 12}, {16, 24}, {32, 48}};

	private final Screen screen;
	private final ProfileTable table;
	private final Map<String, List<ViewedWell>> plates = new LinkedHashMap<>();
	private final Map<String, Map<String, ViewedWell>> byName = new LinkedHashMap<>();
	private final Selection controls;
	private final Set<String> features;

	/**
	 * @param screen fields and their metadata; {@code null} if there is only a table
	 * @param table with the columns {@code Metadata_Plate} and {@code Metadata_Well}; {@code null} if there is
	 * only a screen
	 * @param controls negative controls; may be none
	 * @throws IllegalArgumentException if both are missing, the table lacks a column, or no well of it is in the screen
	 */
	public PlateWells(final Screen screen, final ProfileTable table, final Selection controls) {
		if (screen == null && table == null)
			throw new IllegalArgumentException("screen: give a screen table, or a table of profiles or predictions");
		this.screen = screen;
		this.table = table;
		this.controls = Objects.requireNonNull(controls, "controls: Selection.NONE where there are none");
		this.features = table == null ? Set.of() : Set.copyOf(table.featureColumns());
		final Map<String, Map<String, List<Field>>> fields = screen == null ? Map.of() : fields(screen);
		final Map<String, Map<String, int[]>> rows = table == null ? Map.of() : rows(table);
		final Set<String> names = new LinkedHashSet<>(fields.keySet());
		if (screen == null) names.addAll(rows.keySet());
		else if (table != null && !anyWell(rows, fields))
			throw new IllegalArgumentException(
				"table: none of its wells is in the screen; the table has the plates " + some(rows.keySet()) +
					", the screen " + some(fields.keySet()));
		for (final String plate : names.stream().sorted(NaturalOrder.COMPARATOR).toList())
			add(plate, fields.getOrDefault(plate, Map.of()), rows.getOrDefault(plate, Map.of()));
	}

	private static Map<String, Map<String, List<Field>>> fields(final Screen screen) {
		final Map<String, Map<String, List<Field>>> fields = new LinkedHashMap<>();
		for (final Field field : screen.fields()) {
			fields.computeIfAbsent(field.plate(), k -> new LinkedHashMap<>())
				.computeIfAbsent(field.well(), k -> new ArrayList<>())
				.add(field);
		}
		return fields;
	}

	private static boolean anyWell(final Map<String, Map<String, int[]>> rows,
		final Map<String, Map<String, List<Field>>> fields)
	{
		return rows.entrySet()
			.stream()
			.anyMatch(plate -> plate.getValue()
				.keySet()
				.stream()
				.anyMatch(well -> fields.getOrDefault(plate.getKey(), Map.of()).containsKey(well)));
	}

	/**
	 * Returns the wells of a table, with the fields of a screen if any of its wells is among them.
	 *
	 * @param screen may be {@code null}
	 * @throws IllegalArgumentException if the table lacks a column
	 */
	public static PlateWells ofTable(final ProfileTable table, final Screen screen, final Selection controls) {
		final boolean fits = screen != null && anyWell(rows(table), fields(screen));
		return new PlateWells(fits ? screen : null, table, controls);
	}

	private void add(final String plate, final Map<String, List<Field>> fields, final Map<String, int[]> rows) {
		final Set<String> wells = new LinkedHashSet<>(fields.keySet());
		wells.addAll(rows.keySet());
		final List<ViewedWell> sorted = wells.stream()
			.map(well -> new ViewedWell(plate, well, List.copyOf(fields.getOrDefault(well, List.of())),
				rows.getOrDefault(well, new int[0])))
			.sorted(Comparator.comparingInt(ViewedWell::row).thenComparingInt(ViewedWell::column))
			.toList();
		plates.put(plate, sorted);
		byName.put(plate, sorted.stream().collect(Collectors.toMap(ViewedWell::name, well -> well)));
	}

	private static Map<String, Map<String, int[]>> rows(final ProfileTable table) {
		final Map<String, Map<String, int[]>> rows = new LinkedHashMap<>();
		for (final String column : List.of(Field.PLATE, Field.WELL)) {
			if (!table.hasMetadata(column))
				throw new IllegalArgumentException(
					"table: it has no column " + column + NearMiss.of(column, table.metadataColumns()) +
						"; it has " + some(table.metadataColumns()));
		}
		table.rowsBy(List.of(Field.PLATE, Field.WELL)).forEach((key, at) -> {
			if (!key.get(1).isBlank())
				rows.computeIfAbsent(key.get(0), k -> new LinkedHashMap<>()).put(Wells.normalize(key.get(1)), at);
		});
		return rows;
	}

	private static String some(final Collection<String> names) {
		return names.stream().limit(5).collect(Collectors.joining(", ")) + (names.size() > 5 ? ", ..." : "");
	}

	/** Returns the names of the plates in natural order. */
	public List<String> plates() {
		return List.copyOf(plates.keySet());
	}

	/** Returns the wells of a plate, row by row; empty if there is no such plate. */
	public List<ViewedWell> wells(final String plate) {
		return plates.getOrDefault(plate, List.of());
	}

	/** Returns a well; {@code null} if there is none. */
	public ViewedWell well(final String plate, final int row, final int column) {
		if (row < 1 || column < 1 || row > 32 || column > 48) return null;
		return byName.getOrDefault(plate, Map.of()).get(Wells.name(row, column));
	}

	/**
	 * Returns rows and columns of the smallest standard plate that holds all wells: 6, 24, 96, 384 or 1536 wells. A
	 * plate of 6 or 24 has all of its wells; fewer are some of a plate of 96.
	 */
	public int[] format() {
		int rows = 1;
		int columns = 1;
		int most = 1;
		for (final List<ViewedWell> wells : plates.values()) {
			most = Math.max(most, wells.size());
			for (final ViewedWell well : wells) {
				rows = Math.max(rows, well.row());
				columns = Math.max(columns, well.column());
			}
		}
		for (final int[] format : FORMATS) {
			final int size = format[0] * format[1];
			if (rows <= format[0] && columns <= format[1] && (size >= 96 || most == size)) return format.clone();
		}
		return FORMATS[FORMATS.length - 1].clone();
	}

	/** Returns the channels of the screen; empty if there is only a table. */
	public List<String> channels() {
		return screen == null ? List.of() : screen.channels();
	}

	/**
	 * Returns every column that {@link #text} or {@link #number} know: metadata, predictions and metrics first,
	 * then features.
	 */
	public List<String> columns() {
		final Set<String> columns = new LinkedHashSet<>();
		if (screen != null) columns.addAll(screen.metadataColumns());
		if (table != null) columns.addAll(table.metadataColumns());
		columns.removeAll(List.of(Field.PLATE, Field.WELL, Field.SITE));
		if (screen != null) columns.add(FIELDS);
		if (table != null && table.featureCount() > 0) {
			columns.add(LENGTH);
			columns.addAll(table.featureColumns());
		}
		return List.copyOf(columns);
	}

	/**
	 * Returns the column that tells most of the wells: the predicted class; else the treatment, by the name of its
	 * column ({@link #TREATMENTS}, in this order); else the metadata column with the most values that several wells
	 * share and that differ within a plate; else the kind of well (control or not), the batch, another column, or the
	 * number of fields. Columns with a single value are passed over.
	 */
	public String bestColumn() {
		final List<String> columns = columns();
		final Map<String, Set<String>> values = new LinkedHashMap<>();
		for (final String column : columns) if (column.startsWith("Metadata_")) values.put(column, values(column));
		for (final String column : values.keySet()) if (column.startsWith(PREDICTED)) return column;
		values.values().removeIf(some -> some.size() < 2);
		for (final String name : TREATMENTS) for (final String column : values.keySet())
			if (column.substring(9).replaceAll("[^A-Za-z]", "").equalsIgnoreCase(name)) return column;
		final int wells = plates.values().stream().mapToInt(List::size).sum();
		String best = null;
		for (final Map.Entry<String, Set<String>> entry : values.entrySet()) {
			if (entry.getKey().matches(KIND) || entry.getValue().size() > wells / 2 ||
				!differsWithinAPlate(entry.getKey())) continue;
			if (best == null || entry.getValue().size() > values.get(best).size()) best = entry.getKey();
		}
		if (best != null) return best;
		for (final String column : values.keySet()) if (column.matches(KIND)) return column;
		if (values.containsKey(BATCH)) return BATCH;
		if (!values.isEmpty()) return values.keySet().iterator().next();
		return columns.contains(FIELDS) ? FIELDS : columns.get(0);
	}

	private Set<String> values(final String column) {
		final Set<String> values = new LinkedHashSet<>();
		plates.values().forEach(wells -> wells.forEach(well -> values.add(text(well, column))));
		values.remove("");
		return values;
	}

	private boolean differsWithinAPlate(final String column) {
		return plates.values()
			.stream()
			.anyMatch(wells -> wells.stream().map(well -> text(well, column)).distinct().limit(2).count() == 2);
	}

	/** Returns what a column says of a well: its different values, separated by commas; empty if nothing. */
	public String text(final ViewedWell well, final String column) {
		final Set<String> values = new LinkedHashSet<>();
		if (table != null && table.hasMetadata(column))
			for (final int row : well.rows()) values.add(table.metadata(column, row));
		if (values.isEmpty()) for (final Field field : well.fields()) values.add(field.get(column));
		values.remove("");
		if (values.isEmpty() && isNumber(column)) {
			final double number = number(well, column);
			if (Double.isNaN(number)) return "";
			final boolean whole = number == Math.rint(number) && Math.abs(number) < 1e9;
			return whole ? Long.toString((long) number) : "%.4g".formatted(number);
		}
		return String.join(", ", values);
	}

	private boolean isNumber(final String column) {
		return column.equals(FIELDS) || column.equals(LENGTH) || features.contains(column);
	}

	/** Returns the mean of a column over the rows or fields of a well; NaN where it is no number. */
	public double number(final ViewedWell well, final String column) {
		if (column.equals(FIELDS)) return well.fields().size();
		if (column.equals(LENGTH)) return length(well);
		final int feature = features.contains(column) ? table.featureIndex(column) : -1;
		double sum = 0;
		int count = 0;
		if (feature >= 0) for (final int row : well.rows()) {
			sum += table.feature(row, feature);
			count++;
		}
		else if (table != null && table.hasMetadata(column)) for (final int row : well.rows()) {
			sum += parsed(table.metadata(column, row));
			count++;
		}
		if (count == 0) for (final Field field : well.fields()) {
			sum += parsed(field.get(column));
			count++;
		}
		return count == 0 ? Double.NaN : sum / count;
	}

	private static double parsed(final String text) {
		try {
			return text.isBlank() ? Double.NaN : Double.parseDouble(text);
		}
		catch (final NumberFormatException exc) {
			return Double.NaN;
		}
	}

	private double length(final ViewedWell well) {
		if (table == null || well.rows().length == 0) return Double.NaN;
		final double[] mean = new double[table.featureCount()];
		for (final int row : well.rows()) {
			final float[] profile = table.row(row);
			for (int i = 0; i < mean.length; i++) mean[i] += profile[i] / well.rows().length;
		}
		return Math.sqrt(Arrays.stream(mean).map(v -> v * v).filter(Double::isFinite).sum());
	}

	/** Returns whether a well is a negative control. */
	public boolean isControl(final ViewedWell well) {
		return !controls.isNone() &&
			List.of(text(well, controls.column()).split(", ")).stream().anyMatch(controls.values()::contains);
	}

	/** Returns one line about a well: plate, well, and its metadata. */
	public String describe(final ViewedWell well) {
		final StringBuilder line = new StringBuilder(well.label());
		for (final String column : columns()) {
			if (!column.startsWith("Metadata_")) continue;
			final String text = text(well, column);
			if (!text.isEmpty() && text.length() < 60)
				line.append("  ").append(column.substring(9)).append("=").append(text);
			if (line.length() > 260) return line + " ...";
		}
		return line + (isControl(well) ? "  (negative control)" : "");
	}

	/**
	 * Returns wells as {@code column=value,value} where that names them: for the dialog of the next command;
	 * empty if no column does.
	 */
	public String selection(final List<ViewedWell> wells) {
		if (wells.isEmpty()) return "";
		final Map<Integer, String> best = new TreeMap<>();
		for (final String column : columns()) {
			if (!column.startsWith("Metadata_")) continue;
			final Set<String> values = wells.stream()
				.map(well -> text(well, column))
				.collect(Collectors.toCollection(LinkedHashSet::new));
			if (values.contains("")) continue;
			final long others = plates.values()
				.stream()
				.flatMap(List::stream)
				.filter(well -> values.contains(text(well, column)))
				.count();
			if (others == wells.size()) best.putIfAbsent(values.size(), new Selection(column, values).toString());
		}
		return best.isEmpty() ? "" : best.values().iterator().next();
	}
}
