// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Files written by pyarrow and pandas; {@code src/test/python/profiles_fixtures.py} makes them. */
class ForeignParquetTest {

	private static final float NAN = Float.NaN;

	private final List<String> notes = new ArrayList<>();

	@Test
	void float32WithNullsAndDictionaryStrings() throws Exception {
		final ProfileTable table = read("float32.parquet");
		assertArrayEquals(new String[]{"P1", "P1", "P2"}, table.metadata("Metadata_Plate"));
		assertArrayEquals(new String[]{"01", "02", ""}, table.metadata("Metadata_Well"));
		assertArrayEquals(new float[]{1.5f, NAN, NAN}, table.column(0));
		assertArrayEquals(new float[]{0.1f, -0f, Float.POSITIVE_INFINITY}, table.column(1));
		assertEquals(List.of(), notes);
	}

	@Test
	void rowNumbersAreNoFeatures() throws Exception {
		final ProfileTable table = read("rownumbers.parquet");
		assertEquals(List.of("x"), table.featureColumns());
		final String told = String.join("\n", notes);
		for (final String name : List.of("Unnamed: 0", "index", "level_0", "cell", "Cells_Number_Object_Number",
			"Image_ImageNumber", "Cytoplasm_Parent_Cells", "Nuclei_ObjectNumber"))
			assertTrue(told.contains(name), name + " in " + told);
	}

	@Test
	void float64IsRoundedAsJavaDoes() throws Exception {
		final ProfileTable table = read("float64.parquet");
		assertArrayEquals(new float[]{0.1f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}, table.column(0));
		assertArrayEquals(new float[]{0, NAN, NAN}, table.column(1));
	}

	@Test
	void integersOfEveryWidth() throws Exception {
		final ProfileTable table = read("integers.parquet");
		assertArrayEquals(new String[]{"1", "2", "3"}, table.metadata("Metadata_Site"));
		assertEquals(List.of("i8", "i16", "i32", "i64", "u8", "u64", "f16"), table.featureColumns());
		assertArrayEquals(new float[]{-128, -32768, 1, 1, 0, 0, 0.5f}, table.row(0));
		assertArrayEquals(new float[]{0, NAN, 2, 2, 1, 1, 1}, table.row(1));
		assertArrayEquals(new float[]{127, 32767, (float) Integer.MAX_VALUE, 1.09951163e12f, 255, 1.8446744e19f, 2},
			table.row(2));
	}

	@Test
	void listsBecomeOneFeaturePerElement() throws Exception {
		final ProfileTable table = read("lists.parquet");
		assertEquals(List.of("embedding_0001", "embedding_0002", "embedding_0003", "wide_0001", "wide_0002",
			"fixed_0001", "fixed_0002"), table.featureColumns());
		assertArrayEquals(new float[]{1, 2, 3, 1, 2, 7, 8}, table.row(0));
		assertArrayEquals(new float[]{4, NAN, 6, 1, 2, 7, 8}, table.row(1));
		assertArrayEquals(new float[]{NAN, NAN, NAN, 1, 2, 7, 8}, table.row(2));
	}

	@Test
	void textWithoutThePrefixIsMetadataAndSaidSo() throws Exception {
		final ProfileTable table = read("text.parquet");
		assertEquals(List.of("x"), table.featureColumns());
		assertEquals(List.of("Metadata_Plate", "Metadata_Well", "compound", "treated", "day"), table.metadataColumns());
		assertArrayEquals(new String[]{"DMSO", "ä µM", ""}, table.metadata("compound"));
		assertArrayEquals(new String[]{"false", "true", ""}, table.metadata("treated"));
		assertEquals("2024-05-01", table.metadata("day", 0));
		assertTrue(notes.get(0).endsWith("compound, treated, day"), notes::toString);
	}

	@Test
	void theRowIndexOfPandasIsNoFeature() throws Exception {
		assertEquals(List.of("x"), read("index.parquet").featureColumns());
		assertTrue(notes.get(0).endsWith("__index_level_0__"), notes::toString);
	}

	@Test
	void namesThatDifferByCaseOnlyStayApart() throws Exception {
		final ProfileTable table = read("case.parquet");
		assertEquals(List.of("Cells_x", "cells_X"), table.featureColumns());
		assertArrayEquals(new float[]{1, 2}, table.row(0));
	}

	@Test
	void whatCannotBeProfilesIsRefused() throws Exception {
		assertRefused("ragged.parquet", "column 'embedding'", "between 1 and 2");
		assertRefused("struct.parquet", "Column 's'", "STRUCT");
		assertRefused("twice.parquet", "two columns named 'x'");
		assertRefused("nofeatures.parquet", "no features");
		assertRefused("norows.parquet", "no rows");
	}

	private ProfileTable read(final String name) throws IOException, URISyntaxException {
		return ProfileFile.read(fixture(name), notes::add);
	}

	private static Path fixture(final String name) throws URISyntaxException {
		return Path.of(ForeignParquetTest.class.getResource(name).toURI());
	}

	private static void assertRefused(final String name, final String... parts) throws URISyntaxException {
		final Path file = fixture(name);
		final String message = assertThrows(IOException.class, () -> ProfileFile.read(file)).getMessage();
		assertTrue(message.contains(file.toString()), message);
		for (final String part : parts) assertTrue(message.contains(part), message);
	}
}
