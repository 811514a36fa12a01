// SPDX-License-Identifier: BSD-2-Clause
package com.example.isophene;

import java.util.List;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.StatelessCorrection;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/** Replaces every value by its root and keeps the sign, which draws in long tails. */
@Plugin(type = Correction.class)
public class SignedRoot extends StatelessCorrection {

	@Override
	public String name() {
		return "signed-root";
	}

	@Override
	public String description() {
		return "sign(x) |x|^power";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.number("power", 0.5, 0.01, 1, "exponent"));
	}

	@Override
	public boolean learnsFromControls(final Settings settings) {
		return true;
	}

	@Override
	public ProfileTable correct(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final double power = settings.number("power");
		return table.mapRows(table.featureColumns(), (row, in, out) -> {
			for (int i = 0; i < out.length; i++)
				out[i] = (float) (Math.signum(in[i]) * Math.pow(Math.abs(in[i]), power));
		});
	}
}
