// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Corrections;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.Test;

/** Values of pycytominer 1.7.1, made by {@code src/test/python/golden_consensus.py}. */
class ConsensusTest {

	private static final float[][] MODZ = {
		{6.783185f, 3.103980f, 8.267085f, 4.074995f, 0.201520f, 5.164605f, 1.535405f, 6.372810f, 2.230725f},
		{8.082525f, 3.982935f, 0.199980f, 4.966170f, 1.049895f, 6.066060f, 2.399760f, 7.282605f, 3.099690f},
		{0.2f, 5.7f, 0.6f, 6.35f, 2.65f, 7.5f, 2.9f, 8f, 3.65f}};
	private static final float[][] MEDIAN = {{6.725f, 2.925f, 8.25f, 3.925f, 0.275f, 5.025f, 1.5f, 6.3f, 2.225f},
		{7.95f, 3.95f, 0.2f, 4.95f, 1.05f, 6f, 2.4f, 7.4f, 3.1f},
		{0.2f, 5.7f, 0.6f, 6.35f, 2.65f, 7.5f, 2.9f, 8f, 3.65f}};

	/** Treatments of 4, 3 and 1 replicates, the last of the first one reversed. */
	private static ProfileTable table() {
		final List<String[]> metadata = new ArrayList<>();
		final List<float[]> features = new ArrayList<>();
		final int[] replicates = {4, 3, 1};
		for (int t = 0; t < replicates.length; t++) {
			for (int i = 0; i < replicates[t]; i++) {
				final float[] row = new float[9];
				for (int f = 0; f < row.length; f++) {
					final double value = (7 * f * f + 3 * f + 11 * i * f + 5 * metadata.size()) % 23 / 4.0 - 2;
					final double base = (5 * f + 'a' + t) % 9;
					row[f] = (float) ((i == 3 ? -1 : 1) * base + 0.2 * value);
				}
				metadata.add(new String[]{"P" + i, "A0" + (t + 1), String.valueOf((char) ('a' + t)), "1.0"});
				features.add(row);
			}
		}
		final List<String> names = new ArrayList<>();
		for (int f = 0; f < 9; f++) names.add("Cells_f" + f);
		return ProfileTable.of(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Compound", "Metadata_Dose"), names,
			metadata.toArray(String[][]::new), features.toArray(float[][]::new));
	}

	private static ProfileTable apply(final String chain, final ProfileTable table) {
		return Corrections.installed().parse(chain).fit(table, CorrectionContext.standard()).table();
	}

	private static void assertRows(final float[][] expected, final ProfileTable table) {
		assertEquals(expected.length, table.rowCount());
		for (int row = 0; row < expected.length; row++) {
			final float[] found = new float[table.featureCount()];
			for (int f = 0; f < found.length; f++) found[f] = table.feature(row, f);
			assertArrayEquals(expected[row], found, 2e-6f, "row " + row);
		}
	}

	@Test
	void agreesWithPycytominer() {
		assertRows(MODZ, apply("consensus:modz", table()));
		assertRows(MEDIAN, apply("consensus", table()));
	}

	@Test
	void aReplicateThatDisagreesHardlyCounts() {
		final ProfileTable mean = apply("consensus:mean", table());
		final ProfileTable modz = apply("consensus:modz", table());
		assertTrue(Math.abs(modz.feature(0, 2) - 8.25) < 0.2, () -> "modz " + modz.feature(0, 2));
		assertTrue(mean.feature(0, 2) < 5, () -> "mean " + mean.feature(0, 2));
	}

	@Test
	void keepsWhatIsOneOfATreatment() {
		final ProfileTable one = apply("consensus:modz:Metadata_Compound+Metadata_Dose", table());
		assertEquals(List.of("Metadata_Well", "Metadata_Compound", "Metadata_Dose", "Metadata_Correction"),
			one.metadataColumns());
		assertEquals(3, one.rowCount());
		assertEquals(8, apply("consensus:mean:Metadata_Compound+Metadata_Plate", table()).rowCount());
	}

	@Test
	void aMissingFeatureIsLeftToTheOthers() {
		final ProfileTable whole = table();
		final float[][] features = new float[whole.rowCount()][whole.featureCount()];
		final String[][] metadata = new String[whole.rowCount()][];
		for (int row = 0; row < features.length; row++) {
			for (int f = 0; f < features[row].length; f++) features[row][f] = whole.feature(row, f);
			metadata[row] = new String[]{whole.metadata("Metadata_Compound", row)};
		}
		features[4][0] = Float.NaN;
		features[7][1] = Float.NaN;
		final ProfileTable table = apply("consensus:modz",
			ProfileTable.of(List.of("Metadata_Compound"), whole.featureColumns(), metadata, features));
		final float low = Math.min(features[5][0], features[6][0]);
		final float high = Math.max(features[5][0], features[6][0]);
		assertTrue(table.feature(1, 0) >= low && table.feature(1, 0) <= high,
			() -> low + " " + table.feature(1, 0) + " " + high);
		assertTrue(Float.isNaN(table.feature(2, 1)));
	}

	@Test
	void namesTheColumnThatIsMissing() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> apply("consensus:column=Metadata_compound", table())).getMessage();
		assertTrue(message.contains("no column 'Metadata_compound'") && message.contains("consensus:column=<name>"),
			message);
	}
}
