// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * truth.json: the options of a screen, the traits of its classes, the ranges of
 * effects, and what batches and plates contribute to them. Equal options give
 * equal text.
 */
public final class TruthJson {

	/** Grows when the same options give other pixels. */
	private static final int GENERATOR = 1;

	private TruthJson() {}

	static String text(final ScreenPlan plan) {
		final DemoOptions options = plan.options();
		final Map<String, Object> root = new LinkedHashMap<>();
		root.put("generator", GENERATOR);
		root.put("options", options(options));
		root.put("channels", DemoChannel.labels());
		root.put("classes", Phenotype.all().subList(0, options.classes()).stream().map(TruthJson::phenotype).toList());
		addEffects(root, plan.effects(), options.batches(), options.plates(), true);
		return text(root);
	}

	/**
	 * Adds the ranges of effects, and what was drawn of them for batches and plates.
	 *
	 * @param root where to
	 * @param density whether the cell density is one of the effects
	 */
	public static void addEffects(final Map<String, Object> root, final EffectPlan plan, final int batches,
		final int plates, final boolean density)
	{
		final Map<String, Object> ranges = new LinkedHashMap<>();
		ranges.put("batch", ranges(plan.effects().batch(), density));
		ranges.put("plate", ranges(plan.effects().plate(), density));
		ranges.put("well", ranges(plan.effects().well(), density));
		ranges.put("gradient", Effects.GRADIENT);
		ranges.put("edge", Effects.EDGE);
		root.put("ranges at shift 1", ranges);
		final List<Object> all = new ArrayList<>();
		for (int b = 1; b <= batches; b++) all.add(batch(plan, b, plates, density));
		root.put("batches", all);
	}

	/**
	 * Returns an object as JSON. Values are objects, lists, texts, booleans and numbers; numbers have six
	 * decimals.
	 */
	public static String text(final Map<String, Object> root) {
		final StringBuilder text = new StringBuilder();
		append(text, root, 0);
		return text.append('\n').toString();
	}

	private static Map<String, Object> options(final DemoOptions options) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("batches", options.batches());
		map.put("plates", options.plates());
		map.put("wells", options.wells());
		map.put("fields", options.fields());
		map.put("size", options.size());
		map.put("classes", options.classes());
		// Left out where it is not asked for: the truth of other screens keeps its bytes.
		if (options.library()) map.put("library", true);
		map.put("effects", options.effects().toString());
		map.put("shift", options.shift());
		// As text: JSON readers that know only doubles would lose digits.
		map.put("seed", String.valueOf(options.seed()));
		return map;
	}

	private static Map<String, Object> phenotype(final Phenotype phenotype) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("name", phenotype.name());
		map.put("description", phenotype.description());
		final Map<String, Object> traits = new LinkedHashMap<>();
		for (final Trait trait : Trait.values()) traits.put(trait.name(), phenotype.value(trait));
		map.put("traits", traits);
		return map;
	}

	private static Map<String, Object> ranges(final EffectRanges ranges, final boolean density) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("gain", ranges.gain());
		map.put("offset", ranges.offset());
		map.put("blur", ranges.blur());
		map.put("vignetting", ranges.vignetting());
		map.put("centre", ranges.center());
		map.put("bleed", ranges.bleed());
		map.put("noise", ranges.noise());
		if (density) map.put("density", ranges.density());
		return map;
	}

	private static Map<String, Object> batch(final EffectPlan plan, final int batch, final int count,
		final boolean density)
	{
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("name", "B" + batch);
		map.put("effect", effect(plan.ofBatch(batch), density));
		final List<Object> plates = new ArrayList<>();
		for (int p = 1; p <= count; p++) {
			final Map<String, Object> plate = new LinkedHashMap<>();
			plate.put("name", PlannedField.plateName(batch, p));
			plate.put("effect", effect(plan.ofPlate(batch, p), density));
			final PlatePosition position = plan.position(batch, p);
			final Map<String, Object> log = new LinkedHashMap<>();
			log.put("rows", position.rows());
			log.put("columns", position.columns());
			log.put("edge", position.edge());
			plate.put("log gain over the plate", log);
			plates.add(plate);
		}
		map.put("plates", plates);
		return map;
	}

	private static Map<String, Object> effect(final BatchEffect effect, final boolean density) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("gain", effect.gain());
		map.put("offset", effect.offset());
		map.put("blur", effect.blur());
		map.put("bleed", effect.bleed());
		map.put("vignetting", effect.vignetting());
		map.put("centre", List.of(effect.centerX(), effect.centerY()));
		map.put("noise", effect.noise());
		if (density) map.put("density", effect.density());
		return map;
	}

	/** Lists of numbers and of channel names stay on one line. */
	private static void append(final StringBuilder text, final Object value, final int depth) {
		if (value instanceof Map<?, ?> map) {
			final String indent = "\t".repeat(depth + 1);
			text.append(map.entrySet().isEmpty() ? "{" : "{\n");
			String separator = "";
			for (final Map.Entry<?, ?> entry : map.entrySet()) {
				text.append(separator).append(indent).append(quoted(entry.getKey().toString())).append(": ");
				append(text, entry.getValue(), depth + 1);
				separator = ",\n";
			}
			text.append('\n').append("\t".repeat(depth)).append('}');
		}
		else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map) {
			text.append('[');
			String separator = "";
			for (final Object item : list) {
				text.append(separator);
				append(text, item, depth);
				separator = ", ";
			}
			text.append(']');
		}
		else if (value instanceof List<?> list) {
			text.append(list.stream().map(TruthJson::scalar).collect(Collectors.joining(", ", "[", "]")));
		}
		else text.append(scalar(value));
	}

	private static String scalar(final Object value) {
		if (value instanceof Double number) return Micro.text(number);
		if (value instanceof BigDecimal number) return number.toPlainString();
		return value instanceof Integer || value instanceof Boolean ? value.toString() : quoted(value.toString());
	}

	private static String quoted(final String text) {
		final StringBuilder quoted = new StringBuilder("\"");
		text.chars().forEach(c -> {
			if (c == '"' || c == '\\') quoted.append('\\').append((char) c);
			else if (c < ' ') quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
			else quoted.append((char) c);
		});
		return quoted.append('"').toString();
	}
}
