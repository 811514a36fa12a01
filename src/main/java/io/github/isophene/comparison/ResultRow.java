// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

/**
 * One line of the results: a method on one plate in one trial.
 *
 * @param seed of the split and the training
 * @param method what was tested
 * @param condition under which circumstances
 * @param plate on which plate
 * @param draw which of the trials of this condition and plate, from 0
 * @param queries how many images were predicted
 * @param controls how many negative controls there were
 * @param correct how many predictions were right
 */
public record ResultRow(long seed, Method method, Condition condition, String plate, int draw, int queries,
	int controls, int correct)
{

	/** Share of right answers. */
	public double accuracy() {
		return (double) correct / queries;
	}
}
