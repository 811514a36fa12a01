// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.zarr;

import java.io.IOException;
import java.util.Optional;

import com.google.gson.JsonObject;
import io.github.isophene.storage.RemoteException;
import io.github.isophene.storage.Storage;

/**
 * A group or array: its metadata, whichever version of Zarr wrote it.
 *
 * @param storage the node's place
 * @param version 2 or 3
 * @param attributes what {@code .zattrs}, or {@code attributes} of {@code zarr.json}, says
 * @param array the array's own metadata ({@code .zarray} or {@code zarr.json}); {@code null}: a group
 */
record ZarrNode(Storage storage, int version, Json attributes, Json array) {

	/** The file of Zarr 3. */
	static final String VERSION3 = "zarr.json";

	/** The files of Zarr 2. */
	static final String GROUP = ".zgroup";
	static final String ARRAY = ".zarray";
	static final String ATTRIBUTES = ".zattrs";

	/** The group at a place; empty if there is none. */
	static Optional<ZarrNode> find(final Storage storage) throws IOException {
		RemoteException denied = null;
		try {
			final byte[] json = storage.readMetadata(VERSION3);
			if (json != null) return Optional.of(version3(storage, json));
		}
		catch (final RemoteException exc) {
			// Buckets that can't be listed say "denied" where there is nothing.
			if (!exc.isDenied()) throw exc;
			denied = exc;
		}
		final Optional<ZarrNode> older = version2(storage);
		if (older.isEmpty() && denied != null) throw denied;
		return older;
	}

	/** The group at a place, in a hierarchy of a version; empty if there is none. */
	static Optional<ZarrNode> find(final Storage storage, final int version) throws IOException {
		if (version == 2) return version2(storage);
		final byte[] json = storage.readMetadata(VERSION3);
		return json == null ? Optional.empty() : Optional.of(version3(storage, json));
	}

	/** The array at a place, in a hierarchy of a version; empty if there is none. */
	static Optional<ZarrNode> findArray(final Storage storage, final int version) throws IOException {
		final byte[] json = storage.readMetadata(version == 2 ? ARRAY : VERSION3);
		if (json == null) return Optional.empty();
		if (version == 3) return Optional.of(version3(storage, json)).filter(node -> node.array != null);
		final String file = storage.describe(ARRAY);
		return Optional.of(new ZarrNode(storage, 2, new Json(file, "", new JsonObject()), Json.parse(file, json)));
	}

	private static Optional<ZarrNode> version2(final Storage storage) throws IOException {
		final byte[] attributes = storage.readMetadata(ATTRIBUTES);
		if (attributes != null) {
			final String file = storage.describe(ATTRIBUTES);
			return Optional.of(new ZarrNode(storage, 2, Json.parse(file, attributes), null));
		}
		final byte[] group = storage.readMetadata(GROUP);
		if (group == null) return Optional.empty();
		return Optional.of(new ZarrNode(storage, 2, new Json(storage.describe(GROUP), "", new JsonObject()), null));
	}

	private static ZarrNode version3(final Storage storage, final byte[] bytes) throws IOException {
		final Json json = Json.parse(storage.describe(VERSION3), bytes);
		if (!"3".equals(json.text("zarr_format"))) throw json.wrong("zarr_format", "3", json.get("zarr_format"));
		final Json attributes = json.child("attributes").orElse(new Json(json.file(), "attributes", new JsonObject()));
		return new ZarrNode(storage, 3, attributes, "array".equals(json.text("node_type")) ? json : null);
	}
}
