// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of metadata in the order in which JUMP's must be joined, and in the wrong one. */
class ProfileJoinTest {

	@TempDir
	Path folder;

	@Test
	void aTableWithoutASharedColumnSaysWhatToJoinFirst() throws IOException {
		final Path wells = Files.writeString(folder.resolve("well.csv"),
			"Metadata_Plate,Metadata_Well,Metadata_JCP2022\nP1,A01,JCP_1\nP1,A02,JCP_2\n");
		final Path types = Files.writeString(folder.resolve("perturbation_control.csv"),
			"Metadata_JCP2022,Metadata_pert_type\nJCP_1,negcon\nJCP_2,poscon\n");
		final ProfileTable table = ProfileTable.of(List.of("Metadata_Plate", "Metadata_Well"), List.of("a"), new String[][] { { "P1",
			"A01" }, { "P1", "A02" } }, new float[][] { { 1 }, { 2 } });
		final Exception e = assertThrows(IOException.class, () -> ProfileJoin.byShared(table, types, note -> {}));
		for (final String part : List.of("perturbation_control.csv shares no column", "Metadata_Well", "before it", "Metadata_JCP2022")) {
			assertTrue(e.getMessage().contains(part), e.getMessage());
		}
		final ProfileTable joined = ProfileJoin.byShared(ProfileJoin.byShared(table, wells, note -> {}), types, note -> {});
		assertEquals(List.of("negcon", "poscon"), List.of(joined.metadata("Metadata_pert_type")));
	}

	@Test
	void aParquetTableIsNotCalledDamagedText() {
		final ProfileTable table = ProfileTable.of(List.of("Metadata_Well"), List.of("a"), new String[][] { { "A01" } }, new float[][] {
			{ 1 } });
		final Exception e = assertThrows(IOException.class, () -> ProfileJoin.byShared(table, folder.resolve("well.parquet"), note -> {}));
		assertTrue(e.getMessage().contains(".csv or .csv.gz") && e.getMessage().contains("well.parquet"), e.getMessage());
	}
}
