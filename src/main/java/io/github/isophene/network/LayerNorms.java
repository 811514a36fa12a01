// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Kind of normalization after each convolution of a network. */
public enum LayerNorms {

	/** Batch normalization: statistics of several images, chosen by a {@link Normalization} in each pass. */
	BATCH(""),
	/**
	 * Instance normalization (Ulyanov, Vedaldi, Lempitsky 2016, arXiv:1607.08022): each channel of each image by its
	 * own
	 * mean and biased variance over H and W, then gamma and beta. No statistics are stored, and no image depends on
	 * another.
	 */
	INSTANCE("-in"),
	/**
	 * Group normalization (Wu, He 2018, arXiv:1803.08494): {@value #GROUP_CHANNELS} channels of an image share mean and
	 * biased variance, the paper's second setting, since 32 groups need more channels than a narrow network has.
	 */
	GROUP("-gn");

	/** Channels of a group; all of a layer where it has fewer, or another number that this does not divide. */
	static final int GROUP_CHANNELS = 16;

	private final String suffix;

	LayerNorms(final String suffix) {
		this.suffix = suffix;
	}

	/** Returns the value in {@code model.json}: {@code batch}, {@code instance} or {@code group}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Returns the end of an architecture's name: empty, {@code -in} or {@code -gn}. */
	String suffix() {
		return suffix;
	}

	/** Returns the number of groups of a layer of some channels. */
	int groups(final int channels) {
		return switch (this) {
			case BATCH -> throw new IllegalStateException("Batch normalization has no groups");
			case INSTANCE -> channels;
			case GROUP -> channels % GROUP_CHANNELS == 0 ? channels / GROUP_CHANNELS : 1;
		};
	}

	static LayerNorms of(final String label) {
		return Arrays.stream(values())
			.filter(n -> n.label().equals(label))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("normalization is '" + label + "': it must be one of " +
				Arrays.stream(values()).map(LayerNorms::label).collect(Collectors.joining(", "))));
	}
}
