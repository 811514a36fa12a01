// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;

import io.github.isophene.progress.Progress;

/** Source of the profiles that a linear probe learns from. */
public enum ProfileOrigin {

	/** The frozen encoder of the options, on fields as it takes them. */
	ENCODER(true, false) {

		@Override
		FrozenProfiles read(final ComparisonSource source, final ComparisonData data, final ComparisonOptions options,
			final Progress progress) throws IOException
		{
			return source.frozen(options.encoder(), options.device(), options.precision(), false, progress);
		}
	},
	/** The same on what the trained networks see: their downscaling, and the middle of the field. */
	ENCODER_SAME_SIZE(true, false) {

		@Override
		FrozenProfiles read(final ComparisonSource source, final ComparisonData data, final ComparisonOptions options,
			final Progress progress) throws IOException
		{
			return source.frozen(options.encoder(), options.device(), options.precision(), true, progress);
		}
	},
	/** {@link PixelBaseline} of what the trained networks see. */
	PIXELS(false, true) {

		@Override
		FrozenProfiles read(final ComparisonSource source, final ComparisonData data, final ComparisonOptions options,
			final Progress progress) throws IOException
		{
			return PixelBaseline.of(data, progress);
		}
	};

	private final boolean encoder;
	private final boolean perSplit;

	ProfileOrigin(final boolean encoder, final boolean perSplit) {
		this.encoder = encoder;
		this.perSplit = perSplit;
	}

	/** Returns whether it needs a frozen encoder. */
	boolean needsEncoder() {
		return encoder;
	}

	/** Returns whether the profiles depend on the split, as images may be scaled by its training part. */
	boolean perSplit() {
		return perSplit;
	}

	abstract FrozenProfiles read(ComparisonSource source, ComparisonData data, ComparisonOptions options,
		Progress progress) throws IOException;
}
