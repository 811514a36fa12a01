// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds columns of a report that rest on other rows than the first: their numbers don't compare. */
final class DifferentRows {

	private DifferentRows() {}

	/** A method whose rows aren't those of the first one; empty where all have the same. */
	static Optional<AssessedMethod> of(final Assessment assessment) {
		final Map<List<String>, Integer> first = wells(assessment.first());
		return assessment.methods()
			.stream()
			.filter(AssessedMethod::isMeasured)
			.filter(m -> !wells(m).equals(first))
			.findFirst();
	}

	/** Returns how often each plate and well was measured. */
	private static Map<List<String>, Integer> wells(final AssessedMethod method) {
		final Map<List<String>, Integer> wells = new HashMap<>();
		for (int row = 0; row < method.norms().length; row++) {
			if (Double.isNaN(method.norms()[row])) continue;
			wells.merge(
				Arrays.asList(method.value(method.roles().plate(), row), method.value(method.roles().well(), row)), 1,
				Integer::sum);
		}
		return wells;
	}
}
