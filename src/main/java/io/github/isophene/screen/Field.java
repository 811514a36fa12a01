// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One field of view (site) of a well: which plate, well and site it is, what is
 * known about it, and where its channels lie.
 * <p>
 * Immutable. {@code metadata} holds every further {@code Metadata_*} column by
 * its full name (for example {@code Metadata_pert_type}), in table order; plate,
 * well and site are not repeated in it. {@code planes} has one entry per channel
 * of the {@link Screen}, in its order; an entry is {@code null} where the channel
 * is missing in this field.
 * </p>
 *
 * @param plate the plate's name, unique within the screen
 * @param well normalized well name, {@code A01} to {@code AF48} (see {@link Wells})
 * @param site the site's name within the well, as the microscope gave it
 * @param metadata further columns, name to value
 * @param planes one per channel, {@code null} where missing
 */
public record Field(String plate, String well, String site, Map<String, String> metadata, List<Plane> planes) {

	/** The column of the plate's name. */
	public static final String PLATE = "Metadata_Plate";
	/** The column of the well's name. */
	public static final String WELL = "Metadata_Well";
	/** The column of the site's name. */
	public static final String SITE = "Metadata_Site";

	/** Copies what it is given; no value of the metadata may be {@code null}. */
	public Field {
		Objects.requireNonNull(plate, "plate");
		Objects.requireNonNull(well, "well");
		Objects.requireNonNull(site, "site");
		metadata = MetadataMap.copyOf(metadata);
		planes = Collections.unmodifiableList(new ArrayList<>(planes));
	}

	/**
	 * The value of a column, including {@link #PLATE}, {@link #WELL} and
	 * {@link #SITE}; the empty string where the field has none.
	 */
	public String get(final String column) {
		return switch (column) {
			case PLATE -> plate;
			case WELL -> well;
			case SITE -> site;
			default -> metadata.getOrDefault(column, "");
		};
	}

	/** This field with other metadata. */
	public Field withMetadata(final Map<String, String> other) {
		return new Field(plate, well, site, other, planes);
	}

	/** Plate, well and site as messages name a field: {@code BR00117006 A01 site 1}. */
	public String label() {
		return plate + " " + well + " site " + site;
	}

	/** The same with the file of the first channel there is: {@code BR00117006 A01 site 1 (/data/a01_s1_dna.tif)}. */
	public String location() {
		return label() +
			planes.stream().filter(Objects::nonNull).findFirst().map(plane -> " (" + plane.shown() + ")").orElse("");
	}
}
