// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

/**
 * Images that pass the network at once, in order: [queries ; controls].
 *
 * @param queries indices of the samples that are classified, at least 1
 * @param controls indices of the negative controls that go along; may be empty
 */
public record Episode(int[] queries, int[] controls) {

	/** @throws IllegalArgumentException if there are no queries */
	public Episode {
		if (queries.length == 0) throw new IllegalArgumentException("An episode without queries teaches nothing");
	}

	/** Returns the number of images. */
	public int size() {
		return queries.length + controls.length;
	}

	/** The sample at a place in [queries ; controls]. */
	public int sample(final int place) {
		return place < queries.length ? queries[place] : controls[place - queries.length];
	}
}
