// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Arrays;

import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.numerics.PrincipalComponents;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.numerics.TSne;

/**
 * Profiles in a plane, for looking at: principal components, and t-SNE.
 *
 * @param rows the table's rows that are in the plane of principal components
 * @param components [2][rows]; the second is all zero where there is one feature only
 * @param shares of the variance that the two components have
 * @param neighborRows the table's rows that are in the t-SNE plane, fewer where there are many
 * @param neighbors [2][neighborRows]; empty where there are too few rows
 */
public record MapCoordinates(int[] rows, double[][] components, double[] shares, int[] neighborRows,
	double[][] neighbors)
{

	private static final int MOST_ROWS = 5_000;
	private static final int FEWEST_NEIGHBORS = 10;

	/** @param neighbors whether t-SNE is asked for, which takes longest */
	static MapCoordinates of(final AssessedProfiles profiles, final boolean neighbors) {
		final AssessedProfiles some = part(profiles, MOST_ROWS);
		final PrincipalComponents pca = PrincipalComponents.of(some.matrix(), 2);
		final double[][] scores = Arrays.copyOf(pca.scores(), 2);
		if (scores[1] == null) scores[1] = new double[some.size()];
		final double[] shares = Arrays.copyOf(pca.shares(), 2);
		final AssessedProfiles few = part(profiles, TSne.MOST_ROWS);
		if (!neighbors || few.size() < FEWEST_NEIGHBORS)
			return new MapCoordinates(some.rows(), scores, shares, new int[0], new double[2][0]);
		final double[][] start = few == some ? scores : PrincipalComponents.of(few.matrix(), 2).scores();
		return new MapCoordinates(some.rows(), scores, shares, few.rows(), TSne.map(few.matrix(), start));
	}

	private static AssessedProfiles part(final AssessedProfiles profiles, final int most) {
		return profiles.size() <= most ? profiles
			: profiles.select(AssessedProfiles.choose(profiles.size(), most, RandomStream.of(profiles.seed(), "map")));
	}
}
