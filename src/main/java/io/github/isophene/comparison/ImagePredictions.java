// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;

/** Predictions of images as files: Parquet for the user, one small table of numbers per part for resuming. */
final class ImagePredictions {

	private static final String HEADER = "condition,sample,predicted";
	private static final List<String> COLUMNS = List.of("Metadata_Seed", "Metadata_Method", "Metadata_Condition",
		"Metadata_Batch", "Metadata_Plate", "Metadata_Well", "Metadata_Site", "Metadata_Label", "Metadata_Predicted");

	private ImagePredictions() {}

	/** Returns the predictions of a part; classes stand as they are named, as they come last in a line. */
	static String text(final List<ImagePrediction> images) {
		final StringBuilder text = new StringBuilder(HEADER).append('\n');
		for (final ImagePrediction p : images)
			text.append(p.condition().label())
				.append(',')
				.append(p.sample())
				.append(',')
				.append(p.predicted())
				.append('\n');
		return text.toString();
	}

	/**
	 * Reads them back.
	 *
	 * @throws IOException if they are of other data
	 */
	static List<ImagePrediction> read(final Path file, final ComparisonData data, final long seed, final Method method)
		throws IOException
	{
		final List<ImagePrediction> images = new ArrayList<>();
		final List<String> lines = Files.readAllLines(file);
		for (final String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
			final String[] cells = line.split(",", 3);
			final int predicted = cells.length < 3 ? -1 : data.images().classes().indexOf(cells[2]);
			if (predicted < 0 || !cells[1].matches("\\d{1,9}") || Integer.parseInt(cells[1]) >= data.samples().size())
				throw new IOException(
					file + " isn't a result of this comparison ('" + line + "'): delete it to compute it anew");
			images.add(ImagePrediction.of(data, seed, method,
				cells[0].equals(Condition.IN_DOMAIN.label()) ? Condition.IN_DOMAIN : Condition.HELD_OUT,
				Integer.parseInt(cells[1]), predicted));
		}
		return images;
	}

	/** Writes a row per seed, method and image; the feature {@code Correct} is 1 or 0. */
	static void write(final List<ImagePrediction> images, final Path file) throws IOException {
		final ProfileTableBuilder table = ProfileTable.builder(COLUMNS, List.of("Correct"));
		for (final ImagePrediction p : images)
			table.add(
				List.of(Long.toString(p.seed()), p.method().label(), p.condition().label(), p.batch(), p.plate(),
					p.well(), p.site(), p.label(), p.predicted()),
				new float[]{p.label().equals(p.predicted()) ? 1 : 0});
		ProfileFile.write(table.build(), file);
	}
}
