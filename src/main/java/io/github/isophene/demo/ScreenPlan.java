// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.demo.DemoRandom.Purpose;
import io.github.isophene.screen.Wells;

/**
 * Everything about a simulated screen that is decided before the first pixel:
 * layouts, classes and effects. Cheap to make.
 */
public final class ScreenPlan {

	private final DemoOptions options;

	/** @throws IllegalArgumentException if the classes don't fit on a plate */
	public ScreenPlan(final DemoOptions options) {
		options.checkTogether();
		this.options = options;
	}

	/** Returns the options that the plan was made from. */
	public DemoOptions options() {
		return options;
	}

	/** The effect that all plates of a batch share; batches count from 1. */
	public BatchEffect batchEffect(final int batch) {
		return BatchEffect.sample(DemoRandom.of(options.seed(), Purpose.BATCH_EFFECT, batch), options.effects().batch(),
			options.shift());
	}

	/** Returns the effect of one plate, in addition to that of its batch. */
	public BatchEffect plateEffect(final int batch, final int plate) {
		return BatchEffect.sample(DemoRandom.of(options.seed(), Purpose.PLATE_EFFECT, batch, plate),
			options.effects().plate(), options.shift());
	}

	/** Returns the effect of one well, in addition to those of its plate and position. */
	public BatchEffect wellEffect(final int batch, final int plate, final String well) {
		if (options.effects().well().equals(EffectRanges.NONE)) return BatchEffect.none();
		final DemoRandom random = DemoRandom.of(options.seed(), Purpose.WELL_EFFECT, batch, plate, Wells.row(well),
			Wells.column(well));
		return BatchEffect.sample(random, options.effects().well(), options.shift());
	}

	/** Returns the change of the gain over one plate. */
	public PlatePosition position(final int batch, final int plate) {
		return PlatePosition.sample(DemoRandom.of(options.seed(), Purpose.PLATE_POSITION, batch, plate),
			options.shift());
	}

	/** Returns the layout of one plate. */
	public PlateLayout layout(final int batch, final int plate) {
		return PlateLayout.of(options, batch, plate);
	}

	/** The plates by name, each with its fields: batches, plates, wells and sites in order. */
	public Map<String, List<PlannedField>> plates() {
		final Map<String, List<PlannedField>> plates = new LinkedHashMap<>();
		for (int batch = 1; batch <= options.batches(); batch++) {
			for (int plate = 1; plate <= options.plates(); plate++) {
				plates.put(PlannedField.plateName(batch, plate), plate(batch, plate));
			}
		}
		return plates;
	}

	/** All fields in the order of {@link #plates()}. */
	public List<PlannedField> fields() {
		final List<PlannedField> fields = new ArrayList<>();
		plates().values().forEach(fields::addAll);
		return fields;
	}

	private List<PlannedField> plate(final int batch, final int plate) {
		final List<PlannedField> fields = new ArrayList<>();
		final PlateLayout layout = layout(batch, plate);
		final PlatePosition position = position(batch, plate);
		final BatchEffect common = batchEffect(batch).and(plateEffect(batch, plate));
		layout.classes().forEach((well, label) -> {
			final BatchEffect effect = common.and(position.at(well, layout.rows(), layout.columns()))
				.and(wellEffect(batch, plate, well));
			for (int site = 1; site <= options.fields(); site++) {
				fields.add(new PlannedField(batch, plate, well, site, label, effect));
			}
		});
		return fields;
	}
}
