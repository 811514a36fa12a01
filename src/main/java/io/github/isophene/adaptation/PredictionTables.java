// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.isophene.adaptation.statistics.Drift;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.screen.Field;

/**
 * Predictions as rows: the screen's metadata, what was predicted, and as features the
 * probability of each class, the entropy and the drift. The labels of the screen are
 * handed through like any other metadata.
 */
final class PredictionTables {

	static final String TILES = "Metadata_Tile_Count";
	static final String SITES = "Metadata_Site_Count";
	static final String STATISTICS = "Metadata_Statistics";
	static final String WARNINGS = "Metadata_Warnings";
	static final String PROBABILITY = "prob_";
	static final String ENTROPY = "entropy";
	static final String DRIFT = "drift";
	static final String DEPARTURE = "departure";

	private static final List<
		String> DRIFT_METADATA = List.of(Field.PLATE, "Metadata_Model", STATISTICS, "Metadata_Control_Wells",
			"Metadata_Control_Tiles", "Metadata_Drift_Warning", "Metadata_Departure_Warning", WARNINGS);

	private final PredictionPlan plan;
	private final List<String> fieldColumns;
	private final List<String> wellColumns;
	private final List<String> features;
	private final Set<String> layers = new LinkedHashSet<>();

	/** @throws IllegalArgumentException if the screen has a column of its own where a result goes */
	PredictionTables(final PredictionPlan plan) {
		this.plan = plan;
		fieldColumns = plan.screen().metadataColumns();
		wellColumns = plan.screen().wellColumns();
		features = new ArrayList<>();
		for (final String name : plan.models().get(0).card().classes()) features.add(PROBABILITY + name);
		features.add(ENTROPY);
		features.add(DRIFT);
		for (final Model model : plan.models()) {
			for (final Architecture.ConvNorm c : model.card().architecture().convolutions()) layers.add(c.norm());
		}
		table(fieldColumns, TILES);
	}

	private ProfileTableBuilder table(final List<String> columns, final String count) {
		final List<String> all = new ArrayList<>(columns);
		all.add(count);
		all.add(STATISTICS);
		all.add(predicted(plan.models().get(0).card()));
		all.add(WARNINGS);
		return ProfileTable.builder(all, features);
	}

	/**
	 * The column of the predicted class: {@code Metadata_Predicted_Compound} where labels are {@code
	 * Metadata_Compound}.
	 */
	static String predicted(final ModelCard card) {
		final String label = card.labelColumn().replaceFirst("^" + ProfileTable.METADATA_PREFIX, "");
		return ProfileTable.METADATA_PREFIX + "Predicted" + (label.isEmpty() ? "" : "_" + label);
	}

	/** @param queries the predicted fields, in the order of the predictions */
	ProfileTable fields(final PlatePrediction prediction, final List<Field> queries) {
		final ProfileTableBuilder rows = table(fieldColumns, TILES);
		for (int i = 0; i < queries.size(); i++)
			add(rows, prediction, prediction.fields().get(i), queries.get(i), fieldColumns);
		return rows.build();
	}

	/** @param queries the predicted fields: a well's metadata are those of its first */
	ProfileTable wells(final PlatePrediction prediction, final List<Field> queries) {
		final ProfileTableBuilder rows = table(wellColumns, SITES);
		final Map<String, Field> firsts = new LinkedHashMap<>();
		for (final Field field : queries) firsts.putIfAbsent(field.well(), field);
		for (final Prediction well : prediction.wells())
			add(rows, prediction, well, firsts.get(well.well()), wellColumns);
		return rows.build();
	}

	private void add(final ProfileTableBuilder rows, final PlatePrediction plate, final Prediction prediction,
		final Field field, final List<String> columns)
	{
		final List<String> metadata = new ArrayList<>();
		for (final String column : columns) metadata.add(field.get(column));
		metadata.add(Integer.toString(prediction.parts()));
		metadata.add(plate.statistics().label());
		metadata.add(prediction.predicted());
		metadata.add(String.join(" | ", plate.warnings()));
		final float[] values = new float[features.size()];
		int i = 0;
		for (final double p : prediction.probabilities()) values[i++] = (float) p;
		values[i++] = (float) prediction.entropy();
		// Of an ensemble the most cautious.
		values[i] = (float) plate.drifts().stream().mapToDouble(Drift::total).max().orElse(Double.NaN);
		rows.add(metadata, values);
	}

	private static String far(final Drift drift) {
		return drift == null || drift.threshold().isEmpty() ? "unknown" : Boolean.toString(drift.far());
	}

	/**
	 * One row per model.
	 *
	 * @param controls the plate's controls
	 */
	ProfileTable drifts(final PlatePrediction prediction, final FieldImages controls) {
		final List<String> columns = new ArrayList<>();
		for (final String measure : List.of(DRIFT, DEPARTURE)) {
			columns.add(measure);
			columns.add(measure + "_threshold");
			for (final String layer : layers) columns.add(measure + "_" + layer);
		}
		final ProfileTableBuilder rows = ProfileTable.builder(DRIFT_METADATA, columns);
		for (int m = 0; m < plan.models().size(); m++) {
			final Drift drift = prediction.drifts().isEmpty() ? null : prediction.drifts().get(m);
			final Drift departure = prediction.departures().isEmpty() ? null : prediction.departures().get(m);
			final float[] values = new float[columns.size()];
			int i = 0;
			for (final Drift of : Arrays.asList(drift, departure)) {
				values[i++] = of == null ? Float.NaN : (float) of.total();
				values[i++] = of == null ? Float.NaN : (float) of.threshold().orElse(Double.NaN);
				for (final String layer : layers) {
					values[i++] = of == null ? Float.NaN : of.layers().getOrDefault(layer, Double.NaN).floatValue();
				}
			}
			rows.add(List.of(prediction.plate(), plan.modelNames().get(m), prediction.statistics().label(),
				Integer.toString(controls.wells().size()), Integer.toString(controls.tiles().count()), far(drift),
				far(departure), String.join(" | ", prediction.warnings())), values);
		}
		return rows.build();
	}
}
