// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.messages.Count;
import io.github.isophene.network.Model;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;

/** Classes of embedded tiles, with the statistics that the model has stored. */
public final class TileClasses {

	private TileClasses() {}

	/**
	 * @param tiles embeddings of this model
	 * @return the same rows and metadata, {@code Metadata_Predicted_<label>}, and {@code prob_<class>} for features
	 * @throws IllegalArgumentException if the model has no classes, or the embeddings have another length than its
	 */
	public static ProfileTable of(final ProfileTable tiles, final Model model) {
		final List<String> classes = model.card().classes();
		if (classes.isEmpty())
			throw new IllegalArgumentException("The model '" + model.card().name() + "' has no classes");
		final int length = model.card().architecture().embeddingDimension();
		if (tiles.featureCount() != length)
			throw new IllegalArgumentException("The tiles have " + Count.of(tiles.featureCount(), "feature") +
				", but the model '" +
				model.card().name() + "' gives " + length);
		final List<String> metadata = new ArrayList<>(tiles.metadataColumns());
		metadata.add(predicted(model));
		final ProfileTableBuilder table = ProfileTable.builder(metadata,
			classes.stream().map(c -> "prob_" + c).toList());
		final ClassHead head = new ClassHead(model);
		for (int row = 0; row < tiles.rowCount(); row++) {
			final double[] p = Probabilities.softmax(head.logits(tiles.row(row)));
			final float[] values = new float[p.length];
			for (int k = 0; k < p.length; k++) values[k] = (float) p[k];
			final List<String> cells = new ArrayList<>();
			for (final String column : tiles.metadataColumns()) cells.add(tiles.metadata(column, row));
			cells.add(classes.get(Probabilities.best(p)));
			table.add(cells, values);
		}
		return table.build();
	}

	/** Name of the column with the classes, as in predictions of screens. */
	public static String predicted(final Model model) {
		final String label = model.card().labelColumn();
		return "Metadata_Predicted_" +
			(label.startsWith(ProfileTable.METADATA_PREFIX) ? label.substring(ProfileTable.METADATA_PREFIX.length())
				: label.isEmpty() ? "Class"
				: label);
	}
}
