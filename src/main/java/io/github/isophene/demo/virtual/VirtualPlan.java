// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.isophene.demo.BatchEffect;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoRandom;
import io.github.isophene.demo.DemoRandom.Purpose;
import io.github.isophene.demo.EffectPlan;
import io.github.isophene.demo.PlateLayout;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Wells;

/**
 * Everything about virtual plates that is decided before a pixel is changed.
 *
 * @param options what was asked for
 * @param channels names of the source's channels
 * @param wells source wells and their parts
 * @param effects effects that are drawn
 */
record VirtualPlan(VirtualPlateOptions options, List<String> channels, SourceWells wells, EffectPlan effects) {

	/** @throws IllegalArgumentException if the source screen or the options don't fit */
	static VirtualPlan of(final Screen source, final VirtualPlateOptions options) {
		final SourceWells wells = new SourceWells(source, options);
		DemoOptions.checkWells(options.wells(), wells.classes().size());
		return new VirtualPlan(options, source.channels(), wells,
			new EffectPlan(options.effects(), options.shift(), options.seed(), source.channels().size()));
	}

	/** Returns all fields: batches, plates, wells and sites in order. */
	List<VirtualField> fields(final SourcePixels pixels) {
		final List<VirtualField> fields = new ArrayList<>();
		for (int batch = 1; batch <= options.batches(); batch++) {
			for (int plate = 1; plate <= options.plates(); plate++) {
				final PlateLayout layout = PlateLayout.of(options.wells(), wells.classes().size(), options.seed(),
					batch, plate);
				for (final Map.Entry<String, Integer> well : layout.classes().entrySet()) {
					addWell(fields, batch, plate, well.getKey(), well.getValue(), layout, pixels);
				}
			}
		}
		return fields;
	}

	private void addWell(final List<VirtualField> fields, final int batch, final int plate, final String well,
		final int label, final PlateLayout layout, final SourcePixels pixels)
	{
		final SourcePart part = options.isHeldOut(batch) ? SourcePart.HELDOUT : SourcePart.TRAINING;
		final int[] place = {batch, plate, Wells.row(well), Wells.column(well)};
		final List<SourceWell> sources = wells.of(label, part);
		final SourceWell source = sources
			.get(DemoRandom.of(options.seed(), Purpose.SOURCE_WELL, place).below(sources.size()));
		final BatchEffect drawn = effects.of(batch, plate, well, layout);
		final BatchEffect effect = drawn.with(Math.max(1, drawn.noise()), 1);
		for (int site = 1; site <= options.fields(); site++) {
			final DemoRandom random = DemoRandom.of(options.seed(), Purpose.SOURCE_CROP, place[0], place[1], place[2],
				place[3], site);
			final Field field = source.fields().get(random.below(source.fields().size()));
			final int[] size = pixels.size(field);
			fields.add(new VirtualField(batch, plate, well, site, label, part, source, field,
				Crop.draw(random, size[0], size[1], options.size()), effect));
		}
	}
}
