// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parameters that a training changes; the others stay as the start model has them. */
public enum TrainedPart {

	/** All: the published way, and the only one that makes sense from scratch. */
	WHOLE("whole"),
	/** Scales and shifts of the normalizations, and the linear layer. */
	NORMS_AND_HEAD("bn+head"),
	/** The last stage of blocks and the linear layer. */
	LAST_STAGE("last-1"),
	/** The last two stages of blocks and the linear layer. */
	LAST_2_STAGES("last-2"),
	/** The last three stages of blocks and the linear layer. */
	LAST_3_STAGES("last-3"),
	/** The linear layer only, on a frozen encoder: the cheap first try. */
	HEAD("head");

	private static final Pattern NORM = Pattern.compile("(.*\\.)?(bn\\d|downsample\\.1)\\.(weight|bias)");

	private final String label;

	TrainedPart(final String label) {
		this.label = label;
	}

	/** As a user writes it: {@code whole, bn+head, last-1, last-2, last-3, head}. */
	public String label() {
		return label;
	}

	/**
	 * By its label.
	 *
	 * @throws IllegalArgumentException if there is none
	 */
	public static TrainedPart of(final String label) {
		final String wanted = label.strip().toLowerCase(Locale.ROOT);
		for (final TrainedPart part : values()) if (part.label.equals(wanted)) return part;
		throw new IllegalArgumentException("train = " + label + ": use " +
			Arrays.stream(values()).map(TrainedPart::label).collect(Collectors.joining(", ")));
	}

	/**
	 * Returns whether a parameter is changed.
	 *
	 * @param parameter its name, as torchvision has it
	 */
	public boolean trains(final String parameter) {
		if (parameter.startsWith("fc.")) return true;
		return switch (this) {
			case WHOLE -> true;
			case NORMS_AND_HEAD -> NORM.matcher(parameter).matches();
			case LAST_STAGE -> stage(parameter) >= 4;
			case LAST_2_STAGES -> stage(parameter) >= 3;
			case LAST_3_STAGES -> stage(parameter) >= 2;
			case HEAD -> false;
		};
	}

	/** 1 to 4 for a parameter of {@code layer1} to {@code layer4}, 0 for one of the stem. */
	private static int stage(final String parameter) {
		return parameter.startsWith("layer") ? parameter.charAt(5) - '0' : 0;
	}
}
