// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything about a simulated screen that is decided before the first pixel:
 * layouts, classes and effects. Cheap to make.
 */
public final class ScreenPlan {

	private final DemoOptions options;
	private final EffectPlan effects;

	/** @throws IllegalArgumentException if the classes don't fit on a plate */
	public ScreenPlan(final DemoOptions options) {
		options.checkTogether();
		this.options = options;
		effects = new EffectPlan(options.effects(), options.shift(), options.seed(),
			DemoChannel.values().length);
	}

	/** Returns the options that the plan was made from. */
	public DemoOptions options() {
		return options;
	}

	/** Returns the technical effects that are drawn. */
	public EffectPlan effects() {
		return effects;
	}

	/** Returns the layout of one plate. */
	public PlateLayout layout(final int batch, final int plate) {
		return PlateLayout.of(options.wells(), options.treatments(plate), options.seed(), batch, plate);
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
		layout.classes().forEach((well, label) -> {
			final BatchEffect effect = effects.of(batch, plate, well, layout);
			for (int site = 1; site <= options.fields(); site++) {
				fields.add(new PlannedField(batch, plate, well, site, label, effect));
			}
		});
		return fields;
	}
}
