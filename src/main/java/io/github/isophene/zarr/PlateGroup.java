// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.isophene.storage.Storage;

/**
 * An OME-NGFF plate: where its wells are.
 *
 * @param storage the plate's place
 * @param version of Zarr, 2 or 3
 * @param name of the plate; empty where the file has none
 * @param wells in the file's order
 * @param acquisitions how many the file names
 */
public record PlateGroup(Storage storage, int version, String name, List<WellPath> wells, int acquisitions) {

	/**
	 * Position of a well.
	 *
	 * @param path of its group in the plate, {@code row/column}
	 * @param row name of its row, as {@code A}
	 * @param column name of its column, as {@code 1} or {@code 01}
	 */
	public record WellPath(String path, String row, String column) {}

	/**
	 * Reads what a plate's group says.
	 *
	 * @return empty if there is no plate at this place
	 * @throws IOException if there is one that can't be read; the message names path and remedy
	 */
	public static Optional<PlateGroup> find(final Storage storage) throws IOException {
		final Optional<ZarrNode> node = ZarrNode.find(storage);
		if (node.isEmpty()) return Optional.empty();
		final Optional<Json> plate = ImageGroup.ome(node.get()).child("plate");
		return plate.isEmpty() ? Optional.empty() : Optional.of(read(node.get(), plate.get()));
	}

	private static PlateGroup read(final ZarrNode node, final Json plate) throws IOException {
		final List<WellPath> wells = new ArrayList<>();
		for (final Json well : plate.children("wells")) {
			final String path = well.requireText("path");
			final String[] parts = path.split("/");
			if (parts.length != 2) throw well.wrong("path", "row/column", path);
			wells.add(new WellPath(path, parts[0], parts[1]));
		}
		if (wells.isEmpty())
			throw new IOException(plate.file() + " has no " + plate.path("wells") + ": the plate is empty");
		final String name = plate.text("name");
		return new PlateGroup(node.storage(), node.version(), name == null ? "" : name.strip(), List.copyOf(wells),
			plate.children("acquisitions").size());
	}
}
