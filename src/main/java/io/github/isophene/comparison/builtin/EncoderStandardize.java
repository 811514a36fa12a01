// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.ProfileMethod;
import io.github.isophene.comparison.ProfileOrigin;
import org.scijava.plugin.Plugin;

/**
 * The field's plainest correction, as papers report it: each plate standardized by its controls, without shrinkage.
 */
@Plugin(type = Method.class, priority = 7600)
public final class EncoderStandardize extends ProfileMethod {

	/** Creates the method. */
	public EncoderStandardize() {
		super("encoder-standardize", "frozen encoder, standardized per plate, linear probe",
			"",
			ProfileOrigin.ENCODER, "standardize:plate", "encoder");
	}
}
