// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Tables for tests. */
public final class Tables {

	private Tables() {}

	static List<String> features(final int count) {
		final List<String> names = new ArrayList<>();
		for (int i = 1; i <= count; i++) names.add(String.format(Locale.ROOT, "emb_%04d", i));
		return names;
	}

	/** Rows of one plate with random bit patterns: every kind of float but NaN's other patterns. */
	public static ProfileTable plate(final String plate, final int rows, final int features, final long seed) {
		final Random random = new Random(seed);
		final ProfileTableBuilder builder = ProfileTable
			.builder(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Note"), features(features));
		final float[] vector = new float[features];
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < features; i++) vector[i] = Float.intBitsToFloat(random.nextInt());
			builder.add(List.of(plate, String.format(Locale.ROOT, "%02d", row % 96), row % 3 == 0 ? "" : "n" + row),
				vector);
		}
		return builder.build();
	}
}
