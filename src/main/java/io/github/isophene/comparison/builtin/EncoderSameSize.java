// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.ProfileMethod;
import io.github.isophene.comparison.ProfileOrigin;
import org.scijava.plugin.Plugin;

/**
 * A frozen encoder on the pixels that the trained networks see, and a linear probe: tells what of an encoder's
 * advantage is resolution.
 */
@Plugin(type = Method.class, priority = 7400)
public final class EncoderSameSize extends ProfileMethod {

	/** Creates the method. */
	public EncoderSameSize() {
		super("encoder-same-size", "frozen encoder at the networks' resolution, linear probe",
			"",
			ProfileOrigin.ENCODER_SAME_SIZE, "", "encoder-same-size");
	}

	@Override
	public boolean isDefault() {
		return false;
	}
}
