// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.isophene.screen.Field;

/**
 * Outline of a run over the plates of a screen, with every choice made and checked before it begins.
 *
 * @param settings everything that a row's numbers depend on, besides the images
 * @param plates the plates, in the screen's order
 * @param retry rule for finished plates that must be done again, as their images have changed
 */
public record RunOutline(Map<String, String> settings, List<PlateJob> plates, PlateRetry retry) {

	/**
	 * PlateJob of a run.
	 *
	 * @param name identity of the plate in its screen
	 * @param key name of its results: the same only for the same fields, files and metadata
	 * @param fields number of its fields
	 */
	public record PlateJob(String name, String key, int fields) {}

	/**
	 * As the constructor.
	 *
	 * @param plates the fields by plate
	 * @param key gives the key of a plate
	 */
	public static RunOutline of(final Map<String, String> settings, final Map<String, List<Field>> plates,
		final UnaryOperator<String> key, final PlateRetry retry)
	{
		final List<PlateJob> all = new ArrayList<>();
		plates.forEach((name, fields) -> all.add(new PlateJob(name, key.apply(name), fields.size())));
		return new RunOutline(settings, all, retry);
	}

	public RunOutline {
		plates = List.copyOf(plates);
	}

	/** Returns this outline with one more setting. */
	public RunOutline with(final String setting, final String value) {
		final Map<String, String> more = new LinkedHashMap<>(settings);
		more.put(setting, value);
		return new RunOutline(more, plates, retry);
	}

	/** Returns the number of fields of all plates. */
	public int fields() {
		return plates.stream().mapToInt(PlateJob::fields).sum();
	}
}
