// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFileTest {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = {".parquet", ".csv", ".csv.gz"})
	void everyFloatAndStringComesBack(final String ending) throws IOException {
		final Path file = folder.resolve("profiles" + ending);
		final ProfileTable table = ProfileTable
			.concat(List.of(Tables.plate("P1", 5000, 7, 1), Tables.plate("P2", 3, 7, 2)));
		ProfileFile.write(table, file);
		assertTrue(table.contentEquals(ProfileFile.read(file)));
	}

	@ParameterizedTest
	@ValueSource(strings = {".parquet", ".csv", ".csv.gz"})
	void textsThatASpreadsheetWouldComputeComeBack(final String ending) throws IOException {
		final ProfileTable table = ProfileTable.of(List.of("Metadata_Compound"), List.of("x", "=1+x"),
			new String[][]{{"=cmd|' /C calc'!A0"}, {"@SUM(A1)"}, {"+-tartrate"}, {"-2"}, {"'=1"}, {"-"}},
			new float[6][2]);
		final Path file = folder.resolve("formulas" + ending);
		ProfileFile.write(table, file);
		final ProfileTable back = ProfileFile.read(file);
		assertEquals(table.featureColumns(), back.featureColumns());
		for (int row = 0; row < 6; row++)
			assertEquals(table.metadata("Metadata_Compound", row), back.metadata("Metadata_Compound", row));
		if (ending.equals(".csv"))
			assertEquals(List.of("Metadata_Compound,x,'=1+x", "'=cmd|' /C calc'!A0,0.0,0.0", "'@SUM(A1),0.0,0.0",
				"'+-tartrate,0.0,0.0", "-2,0.0,0.0", "''=1,0.0,0.0", "-,0.0,0.0"), Files.readAllLines(file));
	}

	@ParameterizedTest
	@ValueSource(strings = {".parquet", ".csv", ".csv.gz"})
	void hardNamesAndValuesComeBack(final String ending) throws IOException {
		final List<String> metadata = List.of("Metadata_Plate", "Metadata_a \"b\", c's.d", "Metadata_Größe µm\n2");
		final List<String> features = List.of("x.y", "select", "a'b", "a\"b", "ä, µ; 細胞", " lead", "c1", "c0");
		final ProfileTable table = ProfileTable.of(metadata, features,
			new String[][]{{"007", "NaN", "\"q\""}, {"1e5", "NA", "a,b"}, {"true", "", "line\r\nline"},
				{" 01 ", "NULL", "細胞\t🔬"}},
			new float[][]{{0, -0f, 1e-45f, Float.MAX_VALUE, Float.NaN, 1, 2, 3},
				{Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.1f, 1e10f, 1e-10f, 1, 2, 3}, new float[8],
				{16777217f, 8.5899346e9f, 2e-3f, 3.4028233e38f, 1.17549435e-38f, 1, 2, 3}});
		final Path file = folder.resolve("it's a=b/[x]*?/pro files{1} ä\"" + ending);
		ProfileFile.write(table, file);
		final ProfileTable back = ProfileFile.read(file);
		assertEquals(table.metadataColumns(), back.metadataColumns());
		assertEquals(table.featureColumns(), back.featureColumns());
		for (int row = 0; row < 4; row++) {
			assertArrayEquals(table.row(row), back.row(row));
			for (final String column : metadata) assertEquals(table.metadata(column, row), back.metadata(column, row));
		}
	}

	@Test
	void aFileIsReadByItsOwnNameThoughItLooksLikeAPattern() throws IOException {
		final ProfileTable one = Tables.plate("one", 2, 2, 1);
		ProfileFile.write(one, folder.resolve("[ab].parquet"));
		ProfileFile.write(Tables.plate("two", 2, 2, 1), folder.resolve("a.parquet"));
		assertTrue(one.contentEquals(ProfileFile.read(folder.resolve("[ab].parquet"))));
	}

	@ParameterizedTest
	@ValueSource(strings = {".parquet", ".csv"})
	void tenThousandColumns(final String ending) throws IOException {
		final ProfileTable table = Tables.plate("P", 20, 10_000, 3);
		final Path file = folder.resolve("wide" + ending);
		ProfileFile.write(table, file);
		assertTrue(table.contentEquals(ProfileFile.read(file)));
	}

	@Test
	void anotherJvmWritesTheSameBytes() throws Exception {
		final Path here = Files.createDirectory(folder.resolve("here"));
		final Path there = Files.createDirectory(folder.resolve("there"));
		WriteForAnotherJvm.main(here.toString());
		final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		final Process process = new ProcessBuilder(java, "-Duser.language=de", "-Duser.timezone=Asia/Tokyo",
			"-Dfile.encoding=ISO-8859-1", "-Xmx128m", "-cp", System.getProperty("java.class.path"),
			WriteForAnotherJvm.class.getName(), there.toString()).inheritIO().start();
		assertTrue(process.waitFor(60, TimeUnit.SECONDS));
		assertEquals(0, process.exitValue());
		for (final String name : WriteForAnotherJvm.NAMES) {
			assertEquals(-1, Files.mismatch(here.resolve(name), there.resolve(name)), name);
		}
	}

	/** Writes the same files in whatever JVM it is called. */
	static final class WriteForAnotherJvm {

		static final List<String> NAMES = List.of("p.parquet", "p.csv", "p.csv.gz");

		public static void main(final String... args) throws IOException {
			final ProfileTable table = Tables.plate("Plätte", 3000, 40, 7);
			for (final String name : NAMES) ProfileFile.write(table, Path.of(args[0]).resolve(name));
		}
	}

	@Test
	void csvLooksAsItIsSpecified() throws IOException {
		final Path file = folder.resolve("p.csv");
		ProfileFile.write(ProfileTable.of(List.of("Metadata_Well", "Metadata_c"), List.of("a", "b"),
			new String[][]{{"01", "x, \"y\""}, {"02", ""}}, new float[][]{{0.1f, Float.NaN}, {-1.5f, 1}}), file);
		assertEquals("Metadata_Well,Metadata_c,a,b\n01,\"x, \"\"y\"\"\",0.1,\n02,,-1.5,1.0\n", Files.readString(file));
	}

	@Test
	void whatCellProfilerCountsAndTimesItsRunByIsNoFeature() throws IOException {
		final Path csv = folder.resolve("cp.csv");
		Files.writeString(csv,
			"ImageNumber,Image_Metadata_Plate,ModuleError_01Images,Image_ExecutionTime_02,Cells_AreaShape_Area," +
				"Image_Count_Cells\n1,P,0,0.13,10.5,3\n2,P,0,0.17,11.5,4\n");
		final List<String> notes = new ArrayList<>();
		final ProfileTable table = ProfileFile.read(csv, notes::add);
		assertEquals(List.of("Cells_AreaShape_Area", "Image_Count_Cells"), table.featureColumns());
		assertEquals("2", table.metadata("ImageNumber", 1));
		assertTrue(notes.get(0).endsWith("by them: ImageNumber, ModuleError_01Images, Image_ExecutionTime_02"),
			notes::toString);
		final Path parquet = folder.resolve("cp.parquet");
		ProfileFile.write(table, parquet);
		assertEquals(table.featureColumns(), ProfileFile.read(parquet).featureColumns());
	}

	@Test
	void foreignCsvIsRead() throws IOException {
		final Path file = folder.resolve("foreign.csv");
		Files
			.write(file,
				("\uFEFFMetadata_Well,Image_Metadata_Plate,compound,x,y,empty,z\r\n" +
					"01,0007,,1,NA,,1e300\r\n02,0008,\"DMSO, 1\",2.5,nan,NA,-inf\r\n")
					.getBytes(StandardCharsets.UTF_8));
		final List<String> notes = new ArrayList<>();
		final ProfileTable table = ProfileFile.read(file, notes::add);
		assertEquals(List.of("Metadata_Well", "Image_Metadata_Plate", "compound"), table.metadataColumns());
		assertEquals(List.of("x", "y", "empty", "z"), table.featureColumns());
		assertEquals("01", table.metadata("Metadata_Well", 0));
		assertEquals("0008", table.metadata("Image_Metadata_Plate", 1));
		assertArrayEquals(new String[]{"", "DMSO, 1"}, table.metadata("compound"));
		assertArrayEquals(new float[]{1, Float.NaN, Float.NaN, Float.POSITIVE_INFINITY}, table.row(0));
		assertArrayEquals(new float[]{2.5f, Float.NaN, Float.NaN, Float.NEGATIVE_INFINITY}, table.row(1));
		assertEquals(1, notes.size(), notes::toString);
		assertTrue(notes.get(0).endsWith("because they hold text: compound"), notes::toString);
	}

	@Test
	void aFewCellsOfTextInAColumnOfNumbersAreWarnedOf() throws IOException {
		final List<String> notes = new ArrayList<>();
		final List<String> warnings = new ArrayList<>();
		final Path csv = write("stray.csv",
			"Metadata_Well,x,y,compound,dose\n1,1,,a,high\n2,2,#DIV/0!,b,1\n3,3,5,7,low\n4,4,6,d,2\n5,5,7,e,\n");
		ProfileFile.read(csv, notes::add, warnings::add);
		assertEquals(1, warnings.size(), warnings::toString);
		assertTrue(
			warnings.get(0)
				.contains("column 'y' is no feature because 1 of 4 cells looked at hold text, first row 2 '#DIV/0!'"),
			warnings::toString);
		assertEquals(1, notes.size(), notes::toString);
		// In Parquet, too, where such a column was written as text.
		final Path parquet = folder.resolve("stray.parquet");
		ProfileFile.write(ProfileTable.of(List.of("y", "compound"), List.of("x"),
			new String[][]{{"1", "a"}, {"2", "b"}, {"#DIV/0!", "3"}, {"4", "d"}}, new float[][]{{1}, {2}, {3}, {4}}),
			parquet);
		warnings.clear();
		ProfileFile.read(parquet, notes::add, warnings::add);
		assertEquals(1, warnings.size(), warnings::toString);
		assertTrue(warnings.get(0).contains("column 'y'") && warnings.get(0).contains("1 of 4") &&
			warnings.get(0).contains("row 3 '#DIV/0!'"), warnings::toString);
	}

	@Test
	void wordsForMissingNumbersAreTakenHoweverLateTheyCome() throws IOException {
		final StringBuilder text = new StringBuilder("Metadata_Well,x\n");
		for (int row = 0; row < 12_000; row++) text.append("NA,").append(row).append('\n');
		final ProfileTable table = ProfileFile.read(write("late.csv", text + "NA,None\n"));
		assertEquals(12_001, table.rowCount());
		assertEquals("NA", table.metadata("Metadata_Well", 12_000));
		assertEquals(11_999, table.feature(11_999, 0));
		assertEquals(Float.NaN, table.feature(12_000, 0));
		assertMessage("row 12001 of column 'x' holds 'few'", write("text.csv", text + "NA,few\n"));
	}

	@Test
	void aFolderOfPlatesIsOneTable() throws IOException {
		final Path plates = Files.createDirectories(folder.resolve("it's [a] folder"));
		ProfileFile.write(Tables.plate("P2", 3, 7, 2), plates.resolve("b.parquet"));
		ProfileFile.write(Tables.plate("P1", 5000, 7, 1), plates.resolve("a.parquet"));
		Files.writeString(plates.resolve("_run.parquet"), "no table");
		Files.writeString(plates.resolve("notes.txt"), "no table");
		assertTrue(ProfileTable.concat(List.of(Tables.plate("P1", 5000, 7, 1), Tables.plate("P2", 3, 7, 2)))
			.contentEquals(ProfileFile.read(plates)));

		ProfileFile.write(Tables.plate("P3", 3, 8, 2), plates.resolve("c.parquet"));
		assertMessage("c.parquet", plates);
		Files.writeString(plates.resolve("c.parquet"), "cut off");
		assertMessage("c.parquet", plates);
	}

	@Test
	void filesOfAFolderMayDifferInOrderAndWidthOfNumbers() throws IOException {
		parquet("P1", "SELECT 'P1' AS Metadata_Plate, CAST(1.5 AS FLOAT) AS a, CAST(2 AS FLOAT) AS b");
		parquet("P2", "SELECT CAST(4 AS DOUBLE) AS b, 'P2' AS Metadata_Plate, CAST(3.5 AS DOUBLE) AS a");
		parquet("P3", "SELECT 'P3' AS Metadata_Plate, 5 AS a, NULL AS b");
		final ProfileTable table = ProfileFile.read(folder);
		assertEquals(List.of("a", "b"), table.featureColumns());
		assertArrayEquals(new float[]{1.5f, 3.5f, 5}, table.column(0));
		assertArrayEquals(new float[]{2, 4, Float.NaN}, table.column(1));
	}

	@Test
	void featuresThatNotEveryPlateHasAreRefusedOrLeftOut() throws IOException {
		parquet("P1", "SELECT 'P1' AS Metadata_Plate, 1.5 AS a, 2.0 AS b, 3.0 AS c");
		parquet("P2", "SELECT 'P2' AS Metadata_Plate, 20.0 AS d, 30.0 AS c, 15.0 AS a");
		assertMessage("features=common", folder);
		assertMessage("it lacks 1, such as b, and it has 1 more, such as d", folder);
		final List<String> warnings = new ArrayList<>();
		final ProfileTable table = ProfileFile.read(folder, true, note -> {}, warnings::add);
		assertEquals(List.of("a", "c"), table.featureColumns());
		assertArrayEquals(new float[]{1.5f, 15}, table.column(0));
		assertArrayEquals(new float[]{3, 30}, table.column(1));
		assertTrue(warnings.toString().contains("takes the 2 columns that all 2 files have") &&
			warnings.toString().contains("b, d"), warnings::toString);
	}

	@Test
	void aFirstColumnWithoutANameNumbersTheRows() throws IOException {
		final Path file = Files.writeString(folder.resolve("pandas.csv"),
			",Metadata_Plate,a,Unnamed: 0.1\n0,P1,1.5,7\n1,P2,2.5,9\n");
		final List<String> notes = new ArrayList<>();
		final ProfileTable table = ProfileFile.read(file, notes::add);
		assertEquals(List.of("a"), table.featureColumns());
		assertArrayEquals(new float[]{1.5f, 2.5f}, table.column(0));
		assertTrue(notes.toString().contains("number the rows: the first, which has no name, Unnamed: 0.1"),
			notes::toString);
	}

	@Test
	void aFeatureThatCountsTheRowsIsWarnedOf() throws IOException {
		final StringBuilder csv = new StringBuilder("Metadata_Plate,V1,a\n");
		for (int row = 0; row < 20; row++) csv.append("P1,").append(7 + row).append(',').append(row * row).append('\n');
		final Path file = Files.writeString(folder.resolve("counted.csv"), csv);
		final List<String> warnings = new ArrayList<>();
		assertEquals(List.of("V1", "a"), ProfileFile.read(file, note -> {}, warnings::add).featureColumns());
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).contains("feature 'V1' counts the rows, from 7 on"), warnings.get(0));
	}

	private void parquet(final String name, final String select) throws IOException {
		try (Database database = new Database()) {
			database.execute("COPY (" + select + ") TO '" + folder.resolve(name + ".parquet") + "' (FORMAT parquet)");
		}
		catch (final java.sql.SQLException e) {
			throw new IOException(e);
		}
	}

	@Test
	void semicolonsSeparateWhereTheHeaderHasNoComma() throws IOException {
		final String text = "Metadata_Well,\"Metadata_a;b\",x,y\n01,\"p;q\",1.5,-2\n02,,,3e-1\n";
		final ProfileTable expected = ProfileFile.read(write("commas.csv", text));
		assertEquals(List.of("Metadata_Well", "Metadata_a;b"), expected.metadataColumns());
		assertTrue(expected.contentEquals(ProfileFile.read(write("semicolons.csv",
			text.replace("\"Metadata_a;b\"", "#")
				.replace("\"p;q\"", "%")
				.replace(',', ';')
				.replace("#", "\"Metadata_a;b\"")
				.replace("%", "\"p;q\"")))));
		final ProfileTable names = ProfileFile.read(write("names.csv", "Metadata_Well,x;y,z\n01,1,2\n"));
		assertEquals(List.of("x;y", "z"), names.featureColumns());
	}

	@Test
	void wrongFilesAreNamedWithTheRemedy() throws IOException {
		assertMessage("rename", write("p.txt", "x"));
		assertMessage("is empty", write("empty.parquet", ""));
		assertMessage("PAR1", write("text.parquet", "version https://git-lfs.github.com/spec/v1\n"));
		assertMessage("There is no file", folder.resolve("none.parquet"));
		assertMessage("has no .parquet files", Files.createDirectory(folder.resolve("folder.parquet")));
		assertMessage("gzip", write("p.csv.gz", "Metadata_Well,x\n01,1\n"));
		assertMessage("tabs", write("tabs.csv", "Metadata_Well\tx\n01\t1\n"));
		assertMessage("row 2 of column 'x' is '0,5', with a decimal comma",
			write("decimals.csv", "Metadata_Well;x\n01;1\n02;0,5\n"));
		assertMessage("no rows", write("norows.csv", "Metadata_Well,x\n"));
		assertMessage("no features", write("nofeatures.csv", "Metadata_Well,Metadata_x\n01,1\n"));
		assertMessage("two columns named 'x'", write("twice.csv", "Metadata_Well,x,x\n01,1,2\n"));
		assertMessage("without a name", write("noname.csv", "Metadata_Well,,x\n01,1,2\n"));
		assertMessage("row 2 of column 'y' holds 'high'", write("text.csv", "Metadata_Well,x,y\n01,1,2\n02,3,high\n"));
		assertMessage("damaged", write("ragged.csv", "Metadata_Well,x,y\n01,1,2\n02,3\n"));
		final Path latin = folder.resolve("latin.csv");
		Files.write(latin, "Metadata_Größe,x\n01,1\n".getBytes(StandardCharsets.ISO_8859_1));
		assertMessage("UTF-8", latin);
	}

	@Test
	void aDamagedParquetFileIsNamed() throws IOException {
		final Path file = folder.resolve("p.parquet");
		ProfileFile.write(Tables.plate("P", 1000, 8, 5), file);
		final byte[] bytes = Files.readAllBytes(file);
		final Path cut = folder.resolve("cut.parquet");
		Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
		assertMessage("cut off", cut);
		final byte[] spoiled = bytes.clone();
		for (int i = bytes.length - 200; i < bytes.length - 100; i++) spoiled[i] ^= 0x5a;
		Files.write(cut, spoiled);
		assertMessage("damaged", cut);
		Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0x77);
		Files.write(cut, bytes);
		assertMessage("damaged", cut);
	}

	@Test
	void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
		final Path file = folder.resolve("p.parquet");
		final ProfileTable old = Tables.plate("old", 10, 3, 1);
		ProfileFile.write(old, file);
		final ChunkedTable failing = new FailingSource(Tables.plate("new", 5000, 3, 2));
		final IOException e = assertThrows(IOException.class,
			() -> ProfileWriter.write(failing, file, ProfileFormat.PARQUET));
		assertTrue(e.getMessage().contains("p.parquet") && e.getMessage().contains("the camera is off") &&
			e.getMessage().contains("unchanged"), e.getMessage());
		assertTrue(old.contentEquals(ProfileFile.read(file)));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(1, files.count());
		}
		final Path target = Files.createDirectories(folder.resolve("taken.csv/x"));
		assertTrue(assertThrows(IOException.class, () -> ProfileFile.write(old, target.getParent())).getMessage()
			.contains("folder"));
		final Path below = file.resolve("q.csv");
		final String message = assertThrows(IOException.class, () -> ProfileFile.write(old, below)).getMessage();
		assertTrue(message.contains("q.csv") && message.contains("write into the folder"), message);
	}

	@Test
	void namesThatDifferByCaseOnlyAreNotWrittenUnderOtherNames() throws IOException {
		final ProfileTable table = ProfileTable.of(List.of("Metadata_Well"), List.of("Ä", "ä", "cells_x", "Cells_X"),
			new String[][]{{"A01"}}, new float[1][4]);
		for (final String name : List.of("p.parquet", "p.csv")) {
			final String message = assertThrows(IOException.class, () -> ProfileFile.write(table, folder.resolve(name)))
				.getMessage();
			assertTrue(message.contains("'cells_x' and 'Cells_X'") && message.contains(name), message);
		}
		final List<String> others = List.of("Ä", "ä", "cells_x");
		ProfileFile.write(table.selectFeatures(others), folder.resolve("p.parquet"));
		assertEquals(others, ProfileFile.read(folder.resolve("p.parquet")).featureColumns());
	}

	@Test
	void anEmptyTableIsNotWritten() {
		final ProfileTable table = ProfileTable.builder(List.of("Metadata_Well"), List.of("x")).build();
		assertThrows(IllegalArgumentException.class, () -> ProfileFile.write(table, folder.resolve("p.csv")));
		assertFalse(Files.exists(folder.resolve("p.csv")));
	}

	/** Gives one piece and then fails. */
	private record FailingSource(ProfileTable piece, boolean[] given) implements ChunkedTable {

		FailingSource(final ProfileTable piece) {
			this(piece, new boolean[1]);
		}

		@Override
		public List<String> metadataColumns() {
			return piece.metadataColumns();
		}

		@Override
		public List<String> featureColumns() {
			return piece.featureColumns();
		}

		@Override
		public ProfileTable next() throws IOException {
			if (given[0]) throw new IOException("the camera is off");
			given[0] = true;
			return piece;
		}

		@Override
		public void close() {
			// holds nothing
		}
	}

	private Path write(final String name, final String text) throws IOException {
		return Files.writeString(folder.resolve(name), text);
	}

	private static void assertMessage(final String part, final Path file) {
		final String message = assertThrows(IOException.class, () -> ProfileFile.read(file)).getMessage();
		assertTrue(message.contains(part) && message.contains(file.toString()), message);
	}
}
