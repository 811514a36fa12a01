// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.List;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.StatelessCorrection;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/** Bounds every value to [-limit, limit]; missing and infinite values stay what they are. */
@Plugin(type = Correction.class)
public final class Clip extends StatelessCorrection {

	@Override
	public String name() {
		return "clip";
	}

	@Override
	public String description() {
		return "bounds every value to +-limit";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.number("limit", 20, 0, Double.MAX_VALUE, "the largest absolute value"));
	}

	@Override
	public boolean learnsFromControls(final Settings settings) {
		return true;
	}

	@Override
	public ProfileTable correct(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final float limit = (float) settings.number("limit");
		return table.mapRows(table.featureColumns(), (row, in, out) -> {
			for (int i = 0; i < out.length; i++)
				out[i] = Float.isInfinite(in[i]) ? in[i] : Math.max(-limit, Math.min(limit, in[i]));
		});
	}
}
