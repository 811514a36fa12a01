// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.GroupScaling;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/**
 * Subtracts the median and divides by the median absolute deviation, which is scaled to the
 * standard deviation of a normal distribution: (x - median) / (1.4826 MAD + eps).
 */
@Plugin(type = Correction.class)
public final class RobustMad extends GroupScaling {

	@Override
	public String name() {
		return "mad_robustize";
	}

	@Override
	public String description() {
		return "(x - median) / (scale * MAD + eps), from the controls of each plate";
	}

	@Override
	public List<Setting> settings() {
		return List.of(PER, ROWS, Setting.number("eps", 0, 0, Double.MAX_VALUE, "added to the divisor"),
			Setting.number("scale", 1.4826, 1e-9, Double.MAX_VALUE,
				"1.4826 makes the MAD of a normal distribution its standard deviation; JUMP's recipe has 1"),
			SHRINK, FLOOR);
	}

	@Override
	protected int wellsNeeded() {
		return 12;
	}

	/** The median of normal values. */
	@Override
	protected double centerFactor() {
		return Math.PI / 2;
	}

	/** The MAD of normal values (Rousseeuw, Croux 1993, J. Am. Stat. Assoc. 88:1273). */
	@Override
	protected double efficiency() {
		return 0.37;
	}

	@Override
	public double added(final Settings settings) {
		return settings.number("eps");
	}

	@Override
	public double[] centerAndScale(final double[] values, final int count, final Settings settings) {
		final double median = median(values, count);
		for (int i = 0; i < count; i++) values[i] = Math.abs(values[i] - median);
		return new double[]{median, settings.number("scale") * median(values, count)};
	}
}
