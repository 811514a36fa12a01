// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.finetuning.SampleTiles;
import io.github.isophene.messages.Count;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.TrainingData;

/**
 * The images of a screen that methods are compared on.
 *
 * @param images samples, classes and pixels
 * @param positions where each sample lies on its plate
 * @param channels names of the images' channels, in order
 * @param intensity how pixel values became these images, for the models' cards
 * @param illumination correction of uneven illumination before that
 * @param labelColumn the column of the classes
 */
public record ComparisonData(TrainingData images, List<FieldImages.Position> positions, List<String> channels,
	String intensity, String illumination, String labelColumn)
{

	/** @throws IllegalArgumentException if the parts contradict each other */
	public ComparisonData {
		positions = List.copyOf(positions);
		channels = List.copyOf(channels);
		if (positions.size() != images.samples().size())
			throw new IllegalArgumentException(
				Count.of(images.samples().size(), "image") + ", but " + positions.size() + " positions");
		if (channels.size() != images.tiles().channels())
			throw new IllegalArgumentException(
				Count.of(images.tiles().channels(), "channel") + ", but " + channels.size() + " names");
	}

	/** Returns the metadata of each image. */
	public List<Sample> samples() {
		return images.samples();
	}

	/** Indices of the labeled images of a plate, ascending. */
	int[] queries(final String plate) {
		return IntStream.range(0, samples().size())
			.filter(i -> samples().get(i).labeled() && samples().get(i).plate().equals(plate))
			.toArray();
	}

	/** Indices of the negative controls of a plate, ascending. */
	int[] controls(final String plate) {
		return IntStream.range(0, samples().size())
			.filter(i -> samples().get(i).control() && samples().get(i).plate().equals(plate))
			.toArray();
	}

	/** The same controls by well, wells in the order of their names. */
	List<int[]> controlWells(final String plate) {
		final Map<String, IntStream.Builder> wells = new TreeMap<>();
		for (final int i : controls(plate)) {
			wells.computeIfAbsent(positions.get(i).well(), w -> IntStream.builder()).add(i);
		}
		return wells.values().stream().map(b -> b.build().toArray()).toList();
	}

	/** Some images as prediction wants them, unaugmented, each a field of its own. */
	public FieldImages fields(final int[] chosen) {
		return new FieldImages(channels,
			IntStream.of(chosen)
				.mapToObj(i -> new FieldImages.Position(positions.get(i).well(), positions.get(i).site() + "#" + i))
				.toList(),
			new SampleTiles(images.tiles(), chosen));
	}
}
