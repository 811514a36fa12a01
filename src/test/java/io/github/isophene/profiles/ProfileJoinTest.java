// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
		final ProfileTable table = ProfileTable.of(List.of("Metadata_Plate", "Metadata_Well"), List.of("a"),
			new String[][]{{"P1", "A01"}, {"P1", "A02"}}, new float[][]{{1}, {2}});
		final Exception e = assertThrows(IOException.class, () -> ProfileJoin.byShared(table, types, note -> {}));
		for (final String part : List.of("perturbation_control.csv shares no column", "Metadata_Well", "before it",
			"Metadata_JCP2022"))
		{
			assertTrue(e.getMessage().contains(part), e.getMessage());
		}
		final ProfileTable joined = ProfileJoin.byShared(ProfileJoin.byShared(table, wells, note -> {}), types,
			note -> {});
		assertEquals(List.of("negcon", "poscon"), List.of(joined.metadata("Metadata_pert_type")));
	}

	@Test
	void aParquetTableIsNotCalledDamagedText() {
		final ProfileTable table = ProfileTable.of(List.of("Metadata_Well"), List.of("a"), new String[][]{{"A01"}},
			new float[][]{{1}});
		final Exception e = assertThrows(IOException.class,
			() -> ProfileJoin.byShared(table, folder.resolve("well.parquet"), note -> {}));
		assertTrue(e.getMessage().contains(".csv or .csv.gz") && e.getMessage().contains("well.parquet"),
			e.getMessage());
	}

	@Test
	void numbersAreJoinedHoweverTheyAreWritten() throws IOException {
		final Path table = Files.writeString(folder.resolve("moa.csv"),
			"Metadata_Dose,moa\n0.1,low\n1,mid\n10,high\n0.00001,tiny\n0,none\n007,name\n");
		final String[] doses = {"0.1", "1.0", "10.0", "1e-05", "1E1", "0.0", "-0.0", "007", "7", "+1", "2"};
		final List<String> warnings = new ArrayList<>();
		final ProfileTable joined = ProfileJoin.byShared(
			ProfileTable.of(List.of("Metadata_Dose"), List.of("a"),
				Arrays.stream(doses).map(d -> new String[]{d}).toArray(String[][]::new), new float[doses.length][1]),
			table, note -> {}, warnings::add);
		assertEquals(List.of("low", "mid", "high", "tiny", "high", "none", "none", "name", "", "mid", ""),
			List.of(joined.metadata("Metadata_moa")));
		assertTrue(
			warnings.get(0).contains("2 of 11 rows have no match by Metadata_Dose and stay empty, such as 7, 2;"),
			warnings.get(0));
	}

	@Test
	void aKeyAsItIsWrittenComesBeforeOneOfTheSameNumber() throws IOException {
		final Path table = Files.writeString(folder.resolve("plates.csv"), "Metadata_Plate,moa\n1,a\n1.0,b\n2,c\n");
		final ProfileTable joined = ProfileJoin.byShared(ProfileTable.of(List.of("Metadata_Plate"), List.of("f"),
			new String[][]{{"1"}, {"1.0"}, {"1.00"}, {"2.0"}}, new float[4][1]), table, note -> {}, warning -> {});
		assertEquals(List.of("a", "b", "", "c"), List.of(joined.metadata("Metadata_moa")));
	}

	@Test
	void wellsAreJoinedHoweverTheyAreWritten() throws IOException {
		final Path table = Files.writeString(folder.resolve("wells.csv"), "Metadata_Well,gene\nA01,x\nB2,y\n");
		final ProfileTable joined = ProfileJoin.byShared(
			ProfileTable.of(List.of("Metadata_Well"), List.of("f"),
				new String[][]{{"A1"}, {"a01"}, {"B02"}, {"no well"}}, new float[4][1]),
			table, note -> {}, warning -> {});
		assertEquals(List.of("x", "x", "y", ""), List.of(joined.metadata("Metadata_gene")));
	}
}
