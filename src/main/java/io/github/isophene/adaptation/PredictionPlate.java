// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.adaptation.tiles.FieldLoading;
import io.github.isophene.adaptation.tiles.PlateTiles;
import io.github.isophene.engine.Workers;
import io.github.isophene.files.ScratchFile;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Model;
import io.github.isophene.pixels.CachedTiles;
import io.github.isophene.pixels.PlateScalingException;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.run.Failure;
import io.github.isophene.run.FieldCount;
import io.github.isophene.screen.Field;

/**
 * One plate of a screen: its fields are decoded once, several at a time, then predicted.
 * What can't be read is left out and named.
 */
final class PredictionPlate {

	private final PredictionPlan plan;
	private final PredictionTables tables;
	private final String plate;
	private final ScreenFields fields;
	private final CachedTiles tiles;
	private final FieldCount count;
	private final List<Failure> failures = new ArrayList<>();

	/**
	 * @param memory bytes of decoded tiles to hold in memory
	 * @param scratch where further ones go
	 */
	PredictionPlate(final PredictionPlan plan, final PredictionTables tables, final String plate,
		final FieldCount count, final long memory, final ScratchFile scratch)
	{
		this.plan = plan;
		this.tables = tables;
		this.plate = plate;
		this.count = count;
		fields = plan.fields(plate);
		tiles = new CachedTiles(fields, plan.tiling(), memory, scratch);
	}

	/**
	 * Reads and predicts it.
	 *
	 * @param workers decode fields
	 * @throws IOException if what it writes can't be written, or a file that could be read can't be any more
	 */
	PlateResult run(final Workers workers) throws IOException {
		count.status("Plate " + plate + ": reading " + Count.of(fields.size(), "field"));
		final boolean[] good = load(workers);
		count.check();
		final int[] queries = indices(good, false);
		final int[] controls = indices(good, true);
		for (int i = 0; i < good.length; i++) if (!good[i] || plan.isControl(fields.field(i))) count.field();
		if (queries.length == 0) return PlateResult.nothing(failures);
		final FieldImages queryImages = images(queries);
		final FieldImages controlImages = images(controls);
		final PlatePrediction prediction;
		try {
			prediction = plan.predictor().listener(listener()).predict(plate, queryImages, controlImages);
		}
		catch (final IllegalArgumentException exc) {
			// Of this plate, such as controls that can't be read: the other plates may be well.
			for (final int i : queries) {
				failed(i, Failure.Kind.PLATE, exc.getMessage());
				count.field();
			}
			return PlateResult.nothing(failures);
		}
		final List<Field> predicted = IntStream.of(queries).mapToObj(fields::field).toList();
		return new PlateResult(tables.fields(prediction, predicted), tables.wells(prediction, predicted),
			tables.drifts(prediction, controlImages), failures, prediction.warnings());
	}

	private boolean[] load(final Workers workers) {
		final Exception[] failed = FieldLoading.load(tiles, IntStream.range(0, fields.size()).toArray(), workers);
		final boolean[] good = new boolean[failed.length];
		for (int i = 0; i < good.length; i++) {
			good[i] = failed[i] == null;
			if (!good[i])
				failed(i, failed[i] instanceof PlateScalingException ? Failure.Kind.PLATE : Failure.Kind.READING,
					FieldLoading.reason(failed[i]));
		}
		return good;
	}

	private void failed(final int i, final Failure.Kind kind, final String reason) {
		failures.add(Failure.of(fields.field(i), kind, reason));
	}

	private int[] indices(final boolean[] good, final boolean controls) {
		return IntStream.range(0, good.length)
			.filter(i -> good[i] && plan.isControl(fields.field(i)) == controls)
			.toArray();
	}

	private FieldImages images(final int[] indices) {
		return new FieldImages(fields.channels(),
			IntStream.of(indices)
				.mapToObj(fields::field)
				.map(f -> new FieldImages.Position(f.well(), f.site()))
				.toList(),
			new PlateTiles(tiles, indices));
	}

	private PredictionListener listener() {
		final AdaptedModels adapted = plan.options().adapted() == null ? null
			: new AdaptedModels(plan.options().adapted(), plan.models().size());
		return new PredictionListener() {

			@Override
			public void predicted(final int field) {
				count.field();
				count.check();
			}

			@Override
			public void adapted(final int model, final Model of) throws IOException {
				if (adapted != null) adapted.write(plate, model, of);
			}
		};
	}
}
