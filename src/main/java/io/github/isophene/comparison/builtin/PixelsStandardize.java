// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.ProfileMethod;
import io.github.isophene.comparison.ProfileOrigin;
import org.scijava.plugin.Plugin;

/** Statistics of the pixels, standardized by each plate's controls, and a linear probe. */
@Plugin(type = Method.class, priority = 7200)
public final class PixelsStandardize extends ProfileMethod {

	/** Creates the method. */
	public PixelsStandardize() {
		super("pixels-standardize", "pixel statistics, standardized per plate, linear probe",
			"ours",
			ProfileOrigin.PIXELS, "standardize:plate", "pixels");
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
