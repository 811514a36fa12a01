// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.pixels.Tile;
import io.github.isophene.profiles.Aggregation;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.run.Failure;
import io.github.isophene.run.PlateParts;
import io.github.isophene.screen.Field;

/**
 * Collects one plate's embeddings, tile after tile, into rows of the level that was
 * asked for. Never more than one field's tiles are held besides the rows.
 */
final class PlateProfiles {

	private static final String FLAT = "no channel has two different finite values: there is nothing to embed";
	static final String NOT_FINITE = "the network gives a value that is not finite";

	static final String TILE_X = "Metadata_Tile_X";
	static final String TILE_Y = "Metadata_Tile_Y";
	static final String TILE_COUNT = "Metadata_Tile_Count";
	static final String SITE_COUNT = "Metadata_Site_Count";

	private final EmbeddingPlan plan;
	private final ProfileTableBuilder rows;
	private final List<Failure> failures = new ArrayList<>();
	private ProfileTableBuilder tilesOfField;
	private boolean fieldFailed;
	private boolean flatField = true;
	private long tiles;

	PlateProfiles(final EmbeddingPlan plan) {
		this.plan = plan;
		rows = ProfileTable.builder(columns(plan), plan.featureNames());
		tilesOfField = tileTable();
	}

	/**
	 * Adds a tile of the field that is being embedded.
	 *
	 * @param flat whether none of its channels has two different values
	 */
	void add(final Field field, final Tile tile, final boolean flat, final float[] vector) {
		tiles++;
		if (!flat) flatField = false;
		if (fieldFailed) return;
		if (!isFinite(vector)) {
			failed(field, Failure.Kind.PIXELS, NOT_FINITE + " for the tile at " + tile.x() + ", " + tile.y());
			return;
		}
		tilesOfField.add(List.of(field.site(), Long.toString(tile.x()), Long.toString(tile.y())), vector);
	}

	/** Returns whether all values are finite: no profile has others. */
	static boolean isFinite(final float[] vector) {
		for (final float value : vector) if (!Float.isFinite(value)) return false;
		return true;
	}

	/** Notes that a field has no profile. */
	void failed(final Field field, final Failure.Kind kind, final String reason) {
		failed(Failure.of(field, kind, reason));
	}

	/** As {@link #failed(Field, Failure.Kind, String)}. */
	void failed(final Failure failure) {
		fieldFailed = true;
		failures.add(failure);
	}

	/** The field's last tile was added. */
	void endField(final Field field) {
		if (!fieldFailed && flatField) {
			failed(field, Failure.Kind.PIXELS, FLAT);
		}
		if (!fieldFailed) addRows(field, tilesOfField.build());
		fieldFailed = false;
		flatField = true;
		tilesOfField = tileTable();
	}

	private void addRows(final Field field, final ProfileTable table) {
		final List<String> metadata = new ArrayList<>();
		for (final String column : plan.metadataColumns()) metadata.add(field.get(column));
		metadata.add(plan.intensity().rule());
		if (plan.level() == Level.TILE) {
			for (int row = 0; row < table.rowCount(); row++) {
				final List<String> values = new ArrayList<>(metadata);
				values.add(table.metadata(TILE_X, row));
				values.add(table.metadata(TILE_Y, row));
				rows.add(values, table.row(row));
			}
			return;
		}
		metadata.add(Integer.toString(table.rowCount()));
		rows.add(metadata, plan.aggregation().apply(table, List.of(Field.SITE)).row(0));
	}

	/** The plate's rows; nothing can be added afterwards. */
	ProfileTable table() {
		final ProfileTable table = rows.build();
		if (plan.level() != Level.WELL || table.rowCount() == 0) return table;
		final String[] sites = new String[table.rowCount()];
		for (final int[] ofWell : table.rowsBy(Aggregation.WELL).values()) {
			for (final int row : ofWell) sites[row] = Integer.toString(ofWell.length);
		}
		final List<String> kept = new ArrayList<>(plan.metadataColumns());
		kept.add(EmbeddingPlan.INTENSITY);
		kept.add(SITE_COUNT);
		return plan.aggregation().apply(table.withMetadata(SITE_COUNT, sites), Aggregation.WELL).selectMetadata(kept);
	}

	/** Returns the plate as it is stored; nothing can be added afterwards. */
	PlateParts.PlateTables result() {
		final ProfileTable table = table();
		return new PlateParts.PlateTables(table.rowCount() == 0 ? List.of() : List.of(table), failures);
	}

	List<Failure> failures() {
		return failures;
	}

	/** Tiles that went through the network. */
	long tiles() {
		return tiles;
	}

	private ProfileTableBuilder tileTable() {
		return ProfileTable.builder(List.of(Field.SITE, TILE_X, TILE_Y), plan.featureNames());
	}

	private static List<String> columns(final EmbeddingPlan plan) {
		final List<String> columns = new ArrayList<>(plan.metadataColumns());
		columns.add(EmbeddingPlan.INTENSITY);
		if (plan.level() == Level.TILE) columns.addAll(List.of(TILE_X, TILE_Y));
		else columns.add(TILE_COUNT);
		return columns;
	}
}
