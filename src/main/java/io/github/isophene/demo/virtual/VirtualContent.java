// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.isophene.demo.DemoRandom;
import io.github.isophene.demo.DemoRandom.Purpose;
import io.github.isophene.demo.Microscope;
import io.github.isophene.demo.ScreenContent;
import io.github.isophene.demo.TruthJson;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Wells;

/** Fields of virtual plates: crops of real fields, taken by {@link VirtualCamera}. */
final class VirtualContent implements ScreenContent {

	/** Grows when the same options give other pixels. */
	private static final int GENERATOR = 1;

	private final VirtualPlan plan;
	private final SourcePixels pixels;
	private final List<VirtualField> fields;
	private final VirtualTable table;
	private final VirtualCamera camera;

	VirtualContent(final VirtualPlan plan, final SourcePixels pixels) {
		this.plan = plan;
		this.pixels = pixels;
		fields = plan.fields(pixels);
		table = new VirtualTable(plan, fields);
		camera = new VirtualCamera(plan.options().size());
	}

	/** Returns all fields in order. */
	List<VirtualField> fields() {
		return fields;
	}

	@Override
	public String truth() {
		final VirtualPlateOptions options = plan.options();
		final Map<String, Object> root = new LinkedHashMap<>();
		root.put("generator", GENERATOR);
		root.put("options", options(options));
		root.put("channels", plan.channels());
		root.put("image", Map.of("value", VirtualCamera.VALUES_PER_COUNT + " (" + (int) Microscope.OFFSET +
			" + offset + signal), in counts; signal of an unchanged pixel: (source - black) / unit"));
		root.put("source plates", pixels.units().entrySet().stream().map(this::plate).toList());
		final List<Object> classes = new ArrayList<>();
		for (int k = 0; k < plan.wells().classes().size(); k++) classes.add(label(k));
		root.put("classes", classes);
		TruthJson.addEffects(root, plan.effects(), options.batches(), options.plates(), false);
		return TruthJson.text(root);
	}

	private static Map<String, Object> options(final VirtualPlateOptions options) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("label", options.label());
		map.put("controls", options.controls().toString());
		map.put("batches", options.batches());
		map.put("plates", options.plates());
		map.put("wells", options.wells());
		map.put("fields", options.fields());
		map.put("size", options.size());
		map.put("heldout", options.heldout());
		map.put("effects", options.effects().toString());
		map.put("shift", options.shift());
		// As text: JSON readers that know only doubles would lose digits.
		map.put("seed", String.valueOf(options.seed()));
		return map;
	}

	private Map<String, Object> plate(final Map.Entry<String, List<SourcePixels.SourceUnit>> plate) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("name", plate.getKey());
		map.put("black", plate.getValue().stream().map(SourcePixels.SourceUnit::black).toList());
		map.put("unit", plate.getValue().stream().map(SourcePixels.SourceUnit::unit).toList());
		return map;
	}

	private Map<String, Object> label(final int k) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("name", plan.wells().classes().get(k));
		for (final SourcePart part : SourcePart.values()) {
			map.put(part.label(), plan.wells().of(k, part).stream().map(SourceWell::name).toList());
		}
		return map;
	}

	@Override
	public List<String> plates() {
		return fields.stream().map(VirtualField::plateName).distinct().toList();
	}

	@Override
	public int fieldCount() {
		return fields.size();
	}

	@Override
	public int size() {
		return plan.options().size();
	}

	@Override
	public List<String> files(final int index) {
		return table.files(fields.get(index));
	}

	@Override
	public Images images(final int index) throws IOException {
		final VirtualField field = fields.get(index);
		final List<float[]> light = pixels.crop(field.field(), field.crop(), size());
		final List<short[]> images = new ArrayList<>();
		for (int c = 0; c < light.size(); c++) {
			images.add(camera.take(c, light, field.effect(), DemoRandom.of(plan.options().seed(), Purpose.ADDED_NOISE,
				field.batch(), field.plate(), Wells.row(field.well()), Wells.column(field.well()), field.site(), c)));
		}
		return new Images(images, 0);
	}

	@Override
	public int cells(final int index) {
		return 0;
	}

	@Override
	public String truthTable(final int[] cells) {
		return table.truth();
	}

	@Override
	public Screen screen(final Path folder) {
		return table.screen(folder);
	}
}
