// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.github.isophene.screen.Wells;
import ome.xml.meta.MetadataRetrieve;
import ome.xml.model.primitives.NonNegativeInteger;

/** Positions of images on plates, from OME metadata. */
final class OmePlates {

	private final MetadataRetrieve metadata;
	private final Path file;

	OmePlates(final MetadataRetrieve metadata, final Path file) {
		this.metadata = metadata;
		this.file = file;
	}

	/**
	 * The positions of all images that lie on a plate, by the image's index.
	 *
	 * @throws IOException if a well is none that a plate can have
	 */
	Map<Integer, OmeImage.OmePosition> places() throws IOException {
		final Map<String, Integer> images = new HashMap<>();
		for (int i = 0; i < metadata.getImageCount(); i++) images.put(metadata.getImageID(i), i);
		final Map<Integer, OmeImage.OmePosition> places = new HashMap<>();
		for (int plate = 0; plate < metadata.getPlateCount(); plate++) {
			final String name = plateName(plate);
			final Map<String, String> acquisitions = acquisitions(plate);
			for (int well = 0; well < metadata.getWellCount(plate); well++) {
				final int samples = metadata.getWellSampleCount(plate, well);
				if (samples == 0) continue;
				final String wellName = wellName(plate, well);
				for (int s = 0; s < samples; s++) {
					final Integer image = images.get(imageOf(plate, well, s));
					if (image == null) continue; // planned, but not taken
					final String run = acquisitions.getOrDefault(metadata.getWellSampleID(plate, well, s), "");
					places.put(image, new OmeImage.OmePosition(name, wellName, String.valueOf(s + 1), run));
				}
			}
		}
		return places;
	}

	private String imageOf(final int plate, final int well, final int sample) {
		try {
			return metadata.getWellSampleImageRef(plate, well, sample);
		}
		catch (final NullPointerException exc) {
			return null; // how Bio-Formats says that there is none
		}
	}

	private String plateName(final int plate) {
		final String name = metadata.getPlateName(plate);
		if (name != null && !name.isBlank()) return name.strip();
		final String identifier = metadata.getPlateExternalIdentifier(plate);
		if (identifier != null && !identifier.isBlank()) return identifier.strip();
		final String stem = OmeFile.stem(file);
		return metadata.getPlateCount() == 1 ? stem : stem + " " + (plate + 1);
	}

	private String wellName(final int plate, final int well) throws IOException {
		final NonNegativeInteger row = metadata.getWellRow(plate, well);
		final NonNegativeInteger column = metadata.getWellColumn(plate, well);
		try {
			if (row == null || column == null) throw new IllegalArgumentException("it has no row or no column");
			return Wells.name(row.getValue() + 1, column.getValue() + 1);
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException(file + ", plate " + plateName(plate) + ", well number " + (well + 1) + ": " +
				exc.getMessage() + ". Convert it to OME-TIFF with correct wells, or open it with a screen table", exc);
		}
	}

	/** Sample to the name of its run, where the plate has several. */
	private Map<String, String> acquisitions(final int plate) {
		final Map<String, String> acquisitions = new HashMap<>();
		final int count = metadata.getPlateAcquisitionCount(plate);
		if (count < 2) return acquisitions;
		for (int a = 0; a < count; a++) {
			final String name = metadata.getPlateAcquisitionName(plate, a);
			final String id = metadata.getPlateAcquisitionID(plate, a);
			final String known = name != null && !name.isBlank() ? name.strip() : id == null ? String.valueOf(a + 1)
				: id;
			for (int s = 0; s < metadata.getWellSampleRefCount(plate, a); s++) {
				acquisitions.put(metadata.getPlateAcquisitionWellSampleRef(plate, a, s), known);
			}
		}
		return acquisitions;
	}
}
