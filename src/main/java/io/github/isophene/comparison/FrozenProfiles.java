// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.isophene.files.Sha256;
import io.github.isophene.messages.Count;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Field;

/**
 * Profiles of all images of a comparison by a frozen encoder.
 *
 * @param name of the encoder, for people
 * @param profiles [samples][features]
 */
public record FrozenProfiles(String name, float[][] profiles) {

	/**
	 * The rows of a table that belong to some fields.
	 *
	 * @param name of the encoder
	 * @param table a row per field
	 * @param fields one per sample
	 * @param batch the column of the batches, by which plates of the same name are told apart
	 * @param from what to call the table in messages
	 * @throws IOException if the table isn't one of fields, or lacks some, or a value
	 */
	static FrozenProfiles of(final String name, final ProfileTable table, final List<Field> fields, final String batch,
		final String from) throws IOException
	{
		for (final String column : List.of(Field.PLATE, Field.WELL, Field.SITE)) {
			if (!table.hasMetadata(column))
				throw new IOException(from + " has no column " + column +
					": a comparison needs profiles of fields (Embed Screen, level=field)");
		}
		final boolean batches = table.hasMetadata(batch);
		final Map<String, Integer> rows = new HashMap<>();
		for (int row = 0; row < table.rowCount(); row++) {
			final String key = key(batches ? table.metadata(batch, row) : "", table.metadata(Field.PLATE, row),
				table.metadata(Field.WELL, row), table.metadata(Field.SITE, row));
			if (rows.put(key, row) != null)
				throw new IOException(from + " has several rows of plate " + table.metadata(Field.PLATE, row) +
					", well " + table.metadata(Field.WELL, row) + ", site " + table.metadata(Field.SITE, row) +
					": a comparison needs one per field (Embed Screen, level=field)");
		}
		final float[][] profiles = new float[fields.size()][];
		final Set<String> missing = new LinkedHashSet<>();
		for (int i = 0; i < profiles.length; i++) {
			final Field field = fields.get(i);
			final Integer row = rows
				.get(key(batches ? field.get(batch) : "", field.plate(), field.well(), field.site()));
			if (row == null) missing.add(field.label());
			else profiles[i] = finite(table.row(row), field, table, from);
		}
		if (!missing.isEmpty())
			throw new IOException(
				from + " has no row of " + missing.size() + " of " + Count.of(fields.size(), "field") +
				", for example " +
					missing.iterator().next() + ": a comparison needs every field that is labeled or a control");
		return new FrozenProfiles(name, profiles);
	}

	private static float[] finite(final float[] profile, final Field field, final ProfileTable table, final String from)
		throws IOException
	{
		for (int i = 0; i < profile.length; i++) {
			if (!Float.isFinite(profile[i]))
				throw new IOException(from + ": " + table.featureColumns().get(i) + " of " + field.label() +
					" is missing or infinite: drop that feature first (Correct Profiles, drop_missing)");
		}
		return profile;
	}

	/** Returns a description of the encoder, in a sentence. */
	String describe() {
		return "Frozen encoder: " + name + ", " + Count.of(profiles[0].length, "feature") +
			" per field; the linear probe learns from the same " +
			"labeled training images, corrections learn from controls alone.";
	}

	/** Of every bit, hexadecimal. */
	String digest() {
		final StringBuilder all = new StringBuilder();
		for (final float[] profile : profiles) {
			final ByteBuffer bytes = ByteBuffer.allocate(4 * profile.length);
			for (final float v : profile) bytes.putFloat(v);
			all.append(Sha256.of(bytes.array()));
		}
		return Sha256.of(all.toString());
	}

	/** A well as A1 and as A01 is the same. */
	private static String key(final String batch, final String plate, final String well, final String site) {
		return String.join("\0", batch, plate, well.replaceFirst("^([A-Za-z]+)0*([1-9])", "$1$2"), site);
	}
}
