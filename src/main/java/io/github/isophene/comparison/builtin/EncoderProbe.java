// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison.builtin;

import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.ProfileMethod;
import io.github.isophene.comparison.ProfileOrigin;
import org.scijava.plugin.Plugin;

/** A frozen encoder and a linear probe, profiles as they are. */
@Plugin(type = Method.class, priority = 7700)
public final class EncoderProbe extends ProfileMethod {

	/** Creates the method. */
	public EncoderProbe() {
		super("encoder", "frozen encoder, linear probe",
			"",
			ProfileOrigin.ENCODER, "", "encoder");
	}
}
