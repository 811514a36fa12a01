// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import ai.djl.Device;

/**
 * Number format of the activations and weights of a network's convolutions, in prediction and in training. The
 * products are summed in float32 in either; embeddings, and the weights that a training changes, are float32.
 */
public enum Precision {

	/** 24 significant bits; on every device. */
	FLOAT32,

	/** 8 significant bits with the range of float32; only where the device has instructions for it. */
	BFLOAT16;

	/** Default value of the key {@code precision}: {@link #FLOAT32} on every device. */
	public static final String AUTO = "auto";

	private static final String REMEDY = "Use precision = float32";

	/** Returns the values of the key {@code precision}. */
	public static List<String> labels() {
		return Stream.concat(Stream.of(AUTO), Arrays.stream(values()).map(Precision::label)).toList();
	}

	/**
	 * Returns the precision that a user names.
	 *
	 * @param label a value of the key {@code precision}; blank: {@value #AUTO}
	 * @throws IllegalArgumentException if it is none of {@link #labels}
	 */
	public static Precision of(final String label) {
		final String wanted = label == null ? "" : label.strip().toLowerCase(Locale.ROOT);
		if (wanted.isEmpty() || wanted.equals(AUTO)) return FLOAT32;
		return Arrays.stream(values())
			.filter(precision -> precision.label().equals(wanted))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
				"precision = " + label.strip() + ": use " + String.join(", ", labels())));
	}

	/** Returns the name as a user writes it. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Checks that a device has instructions for it.
	 *
	 * @return this
	 * @throws EngineException naming the missing feature of the device
	 */
	public Precision require(final Device device) {
		if (this == FLOAT32) return this;
		final String missing = Bfloat16.missing(device);
		if (missing.isEmpty()) return this;
		throw new EngineException(reason(missing), REMEDY + ", or another device", null);
	}

	/**
	 * Checks that this is {@link #FLOAT32}, for a network that is computed in no other.
	 *
	 * @param network the network, for the message
	 * @throws IllegalArgumentException if it isn't
	 */
	public void requireFloat32(final String network) {
		if (this != FLOAT32)
			throw new IllegalArgumentException(
				reason(network + " is computed in " + FLOAT32.label() + " only") + ". " + REMEDY);
	}

	private String reason(final String clause) {
		return "precision = " + label() + ": " + clause;
	}
}
