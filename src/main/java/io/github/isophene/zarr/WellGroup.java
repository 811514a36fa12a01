// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.isophene.storage.Storage;

/**
 * An OME-NGFF well: which images (fields of view) it has, and what our own exports note of each.
 *
 * @param images in the file's order
 */
public record WellGroup(List<SiteImage> images) {

	/** The key of our own notes in a well's attributes. */
	static final String NOTES = "isophene";

	/**
	 * An image of a well.
	 *
	 * @param path of its group in the well
	 * @param acquisition its acquisition's id; empty where the file has none
	 * @param site the site's name: what we noted, else the path
	 * @param metadata what we noted, else empty
	 */
	public record SiteImage(String path, String acquisition, String site, Map<String, String> metadata) {}

	/**
	 * Reads what a well's group says.
	 *
	 * @param storage the well's place
	 * @param version of Zarr, 2 or 3
	 * @throws IOException if there is no well; the message names path and remedy
	 */
	public static WellGroup read(final Storage storage, final int version) throws IOException {
		return find(storage, version).orElseThrow(() -> new IOException(storage.location() +
			" is missing, though its plate names this well: restore it, or take it out of the plate's list of wells"));
	}

	/** Reads a well as {@link #read}; empty if there is none, as where an acquisition ended early. */
	public static Optional<WellGroup> find(final Storage storage, final int version) throws IOException {
		final Optional<ZarrNode> found = ZarrNode.find(storage, version);
		if (found.isEmpty()) return Optional.empty();
		final ZarrNode node = found.get();
		final Json well = ImageGroup.ome(node).require("well");
		final Optional<Json> notes = node.attributes().child(NOTES);
		final Optional<Json> noted = notes.isEmpty() ? Optional.empty() : notes.get().child("fields");
		final List<SiteImage> images = new ArrayList<>();
		for (final Json image : well.children("images")) {
			final String path = image.requireText("path");
			final String acquisition = image.text("acquisition");
			final Optional<Json> note = noted.isEmpty() ? Optional.empty() : noted.get().child(path);
			final String site = note.isEmpty() || note.get().text("site") == null ? path : note.get().text("site");
			images.add(new SiteImage(path, acquisition == null ? "" : acquisition, site, metadata(note)));
		}
		return Optional.of(new WellGroup(List.copyOf(images)));
	}

	private static Map<String, String> metadata(final Optional<Json> note) throws IOException {
		final Map<String, String> metadata = new LinkedHashMap<>();
		final Optional<Json> values = note.isEmpty() ? Optional.empty() : note.get().child("metadata");
		if (values.isEmpty()) return metadata;
		for (final String key : values.get().object().keySet()) {
			final String value = values.get().text(key);
			metadata.put(key, value == null ? "" : value);
		}
		return metadata;
	}
}
