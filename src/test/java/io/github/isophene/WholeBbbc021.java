// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;

/**
 * BBBC021's table of wells with all 516 columns of numbers as features, as the packages took it that it is compared
 * with: also the means of CellProfiler's object numbers, which reading makes metadata.
 */
public final class WholeBbbc021 {

	private WholeBbbc021() {}

	/** Reads {@code per_well_mean.csv.gz}. */
	public static ProfileTable read(final Path file) throws IOException {
		final ProfileTable table = ProfileFile.read(file);
		final List<String> features = new ArrayList<>();
		try (BufferedReader in = new BufferedReader(
			new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)))
		{
			for (final String name : in.readLine().replace("\"", "").split(","))
				if (!name.startsWith("Image_Metadata_")) features.add(name);
		}
		final int[] from = features.stream().mapToInt(table.featureColumns()::indexOf).toArray();
		final List<String> others = table.metadataColumns().stream().filter(c -> !features.contains(c)).toList();
		return table.selectMetadata(others).mapRows(features, (row, in, out) -> {
			for (int i = 0; i < out.length; i++)
				out[i] = from[i] >= 0 ? in[from[i]] : Float.parseFloat(table.metadata(features.get(i), row));
		});
	}
}
