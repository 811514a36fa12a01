// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Type of a well's content, in the four words of the JUMP consortium:
 * {@code trt}, {@code negcon}, {@code poscon}, {@code empty}. Other spellings
 * are translated.
 */
public final class ControlTypes {

	/** The column that holds it. */
	public static final String COLUMN = "Metadata_pert_type";

	/** A treatment. */
	public static final String TREATMENT = "trt";

	/** A negative control. */
	public static final String NEGATIVE = "negcon";

	/** A positive control. */
	public static final String POSITIVE = "poscon";

	/** Nothing in the well. */
	public static final String EMPTY = "empty";

	/** Negative controls in a table of this column, as the default of {@code controls}. */
	public static final String NEGATIVE_CONTROLS = COLUMN + "=" + NEGATIVE;

	private static final Map<String, String> SPELLINGS = new LinkedHashMap<>();
	static {
		spell(TREATMENT, "trt", "treatment", "treated", "treat", "compound", "sample", "test", "perturbation", "drug");
		spell(NEGATIVE, "negcon", "negativecontrol", "negcontrol", "negctrl", "negative", "neg", "nc", "vehicle",
			"vehiclecontrol", "dmso", "untreated", "mock");
		spell(POSITIVE, "poscon", "positivecontrol", "poscontrol", "posctrl", "positive", "pos", "pc");
		spell(EMPTY, "empty", "blank");
	}

	private ControlTypes() {}

	/**
	 * The usual word for a spelling: {@code negative_control}, {@code Negative} and
	 * {@code DMSO} give {@code negcon}; {@code poscon_cp} gives {@code poscon}.
	 * Meant for columns that hold control types, not for compound names.
	 *
	 * @return one of the four words, or the empty string for a blank
	 * @throws IllegalArgumentException if the spelling isn't known
	 */
	public static String normalize(final String spelling) {
		final String key = spelling.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]", "");
		if (key.isEmpty()) return "";
		final String known = SPELLINGS.get(key);
		if (known != null) return known;
		// poscon_cp, poscon_orf, poscon_diverse...
		if (key.startsWith(POSITIVE)) return POSITIVE;
		if (key.startsWith(NEGATIVE)) return NEGATIVE;
		// LINCS: ctl_vehicle, ctl_vector, ctl_untrt; trt_cp, trt_sh, trt_oe, trt_xpr, trt_poscon...
		if (key.startsWith("ctl")) return NEGATIVE;
		if (key.startsWith("trtposcon")) return POSITIVE;
		if (spelling.strip().toLowerCase(Locale.ROOT).startsWith("trt_")) return TREATMENT;
		throw new IllegalArgumentException("'" + spelling + "' is no control type: write trt, negcon, poscon or empty");
	}

	private static void spell(final String word, final String... spellings) {
		for (final String spelling : spellings) SPELLINGS.put(spelling, word);
	}
}
