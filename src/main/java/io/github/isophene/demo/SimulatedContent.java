// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.isophene.screen.Screen;

/** Fields of a simulated screen: drawn by {@link FieldRenderer}, taken by {@link Microscope}. */
final class SimulatedContent implements ScreenContent {

	private final ScreenPlan plan;
	private final List<PlannedField> fields;
	private final FieldRenderer renderer;
	private final Microscope microscope;

	SimulatedContent(final ScreenPlan plan) {
		this.plan = plan;
		fields = plan.fields();
		renderer = new FieldRenderer(plan.options());
		microscope = new Microscope(plan.options());
	}

	@Override
	public String truth() {
		return TruthJson.text(plan);
	}

	@Override
	public List<String> plates() {
		return List.copyOf(plan.plates().keySet());
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
		return Arrays.stream(DemoChannel.values()).map(c -> DemoFiles.image(fields.get(index), c)).toList();
	}

	@Override
	public Images images(final int index) {
		final FieldRenderer.Scene scene = renderer.render(fields.get(index));
		return new Images(microscope.expose(fields.get(index), scene.channels()), scene.cells());
	}

	@Override
	public int cells(final int index) {
		return renderer.cells(fields.get(index));
	}

	@Override
	public String truthTable(final int[] cells) {
		return TruthTable.text(fields, cells);
	}

	@Override
	public Screen screen(final Path folder) {
		return DemoTable.screen(folder, fields);
	}
}
