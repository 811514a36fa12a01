// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.ProfileMethod;
import io.github.isophene.comparison.ProfileOrigin;
import org.scijava.plugin.Plugin;

/** Typical variation normalization, as public foundation models are used (see tvn among the corrections). */
@Plugin(type = Method.class, priority = 7500)
public final class EncoderTvn extends ProfileMethod {

	/** Creates the method. */
	public EncoderTvn() {
		super("encoder-tvn", "frozen encoder, TVN, linear probe",
			"Ando et al. 2017",
			ProfileOrigin.ENCODER, "center:plate,tvn:efaar:plate", "encoder");
	}
}
