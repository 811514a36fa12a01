// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.isophene.screen.Spelling;

/**
 * Roles of metadata columns. A part that no column plays is empty; metrics
 * that need it are not defined then.
 *
 * @param label what should be recognized across batches: a mode of action, or the treatment itself
 * @param batch what should not be recognized
 * @param plate the plate
 * @param well the well
 * @param treatment the columns that tell one treatment from another, the compound first, then for example its
 * concentration
 * @param controlColumn the column that says which rows are negative controls
 * @param controlValues its values for negative controls
 */
public record ColumnRoles(String label, String batch, String plate, String well, List<String> treatment,
	String controlColumn, Set<String> controlValues)
{

	/** Copies the collections. */
	public ColumnRoles {
		Objects.requireNonNull(label);
		Objects.requireNonNull(batch);
		treatment = List.copyOf(treatment);
		controlValues = Set.copyOf(controlValues);
	}

	/**
	 * Plate and well in {@code Metadata_Plate} and {@code Metadata_Well}, no controls, the label being the
	 * treatment.
	 */
	public static ColumnRoles of(final String label, final String batch) {
		return new ColumnRoles(label, batch, "Metadata_Plate", "Metadata_Well", List.of(), "", Set.of());
	}

	/** The same with negative controls. */
	public ColumnRoles withControls(final String column, final Collection<String> values) {
		return new ColumnRoles(label, batch, plate, well, treatment, column, Set.copyOf(values));
	}

	/** The same with columns that tell one treatment from another, the compound first. */
	public ColumnRoles withTreatment(final List<String> columns) {
		return new ColumnRoles(label, batch, plate, well, columns, controlColumn, controlValues);
	}

	/** The same with other columns for plate and well. */
	public ColumnRoles withPlate(final String plateColumn, final String wellColumn) {
		return new ColumnRoles(label, batch, plateColumn, wellColumn, treatment, controlColumn, controlValues);
	}

	/**
	 * Returns whether a value of the control column is a negative control's, up to blanks around it and the
	 * form of a number.
	 */
	public boolean isControl(final String value) {
		return controlValues.contains(value) || controlValues.stream().anyMatch(v -> Spelling.isSame(v, value));
	}
}
