// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;

import io.github.isophene.SharedData;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Corrections;
import io.github.isophene.metrics.AssessedProfiles;
import io.github.isophene.metrics.builtin.NearestBatchProbe;
import io.github.isophene.metrics.builtin.NotSameCompound;
import io.github.isophene.metrics.builtin.NotSameCompoundOrBatch;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * NSC, NSCB and the batch of controls by nearest neighbor on BBBC021, or the simulated table in its layout, after
 * corrections, against NumPy ({@code src/test/python/bbbc021_references.py}; mean of a treatment's wells).
 */
class CorrectedBbbc021Test {

	private static ProfileTable raw;

	@BeforeAll
	static void read() throws IOException {
		raw = Bbbc021Profiles.raw();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { //
		"standardize:per=table; .864 .685 .761; .500 .438 .917", //
		"mad_robustize:per=plate,clip:20; .825 .717 .167; .600 .688 .167", //
		"standardize:per=table,center:per=plate; .874 .717 .279; .850 .750 .229", //
		"standardize:per=table,sphering:zca:0.1:to=variance; .903 .739 .688; .900 .812 .625", //
		"standardize:per=table,sphering:zca:1:to=variance; .932 .761 .821; .650 .688 .708", //
		"standardize:per=table,center:per=plate,sphering:zca:0.1:to=variance; .913 .728 .288; .950 .688 .104"})
	void sameNumbersAsAnotherProgram(final String chain, final String real, final String simulated) {
		final double[] expected = Arrays.stream((SharedData.has("bbbc021") ? real : simulated).split(" "))
			.mapToDouble(Double::parseDouble)
			.toArray();
		final ProfileTable corrected = Corrections.installed()
			.parse(chain)
			.fit(raw, CorrectionContext.standard().withControls("Metadata_Compound=DMSO"))
			.table();
		final AssessedProfiles profiles = AssessedProfiles.of(corrected, Bbbc021Profiles.ROLES, 1);
		assertEquals(expected[0], new NotSameCompound().measure(profiles).value(), 6e-4);
		assertEquals(expected[1], new NotSameCompoundOrBatch().measure(profiles).value(), 6e-4);
		assertEquals(expected[2], new NearestBatchProbe().measure(profiles).value(), 6e-4);
	}
}
