// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.ProfileMethod;
import io.github.isophene.comparison.ProfileOrigin;
import org.scijava.plugin.Plugin;

/** Statistics of the pixels of each image and a linear probe: what is known without any network. */
@Plugin(type = Method.class, priority = 7300)
public final class PixelProbe extends ProfileMethod {

	/** Creates the method. */
	public PixelProbe() {
		super("pixels", "pixel statistics, linear probe",
			"ours",
			ProfileOrigin.PIXELS, "", "pixels");
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
