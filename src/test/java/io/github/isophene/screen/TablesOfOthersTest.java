// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.pixels.illumination.Illumination;
import io.github.isophene.screen.format.LoadDataFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of images and platemaps as spreadsheets, pandas, CellProfiler and LINCS write them. */
class TablesOfOthersTest {

	private static final String CSV = "Metadata_Plate,Metadata_Well,Metadata_Site,FileName_OrigDNA," +
		"PathName_OrigDNA\nP1,A01,1,a.tif,.\n";

	@TempDir
	Path folder;

	private final List<String> warnings = new ArrayList<>();

	@Test
	void loadDataInParquet() throws Exception {
		final Path table = folder.resolve("load_data.parquet");
		parquet(table,
			"SELECT 'P1' AS Metadata_Plate, 'A1' AS Metadata_Well, 2.0 AS Metadata_Site, 'a.tif' AS " +
				"FileName_OrigDNA, '.' AS " +
				"PathName_OrigDNA, 1.5 AS Metadata_Dose, NULL AS Metadata_None, CAST(10 AS DOUBLE) AS Metadata_Count");
		for (final Path source : List.of(table, folder)) {
			final Screen screen = TestFormats.all().open(source, "auto", ScreenOptions.none());
			assertEquals(List.of("DNA"), screen.channels());
			final Field field = screen.fields().get(0);
			assertEquals("P1 A01 site 2", field.label());
			assertEquals(folder.resolve("a.tif").toString(), field.planes().get(0).path());
			assertEquals(List.of("1.5", "", "10"),
				List.of(field.get("Metadata_Dose"), field.get("Metadata_None"), field.get("Metadata_Count")));
		}
		// Beside the same table as text, that counts.
		Files.writeString(folder.resolve("load_data.csv"), CSV);
		assertEquals("P1 A01 site 1",
			TestFormats.all().open(folder, "auto", ScreenOptions.none()).fields().get(0).label());
		final Path cut = Files.write(folder.resolve("cut.parquet"),
			java.util.Arrays.copyOf(Files.readAllBytes(table), 100));
		final IOException e = assertThrows(IOException.class, () -> ScreenTable.read(cut));
		assertTrue(e.getMessage().contains("cut.parquet"), e.getMessage());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"sep=;|;", "SEP=,|,", "\"sep=;\"|;"})
	void aFirstLineMayNameTheSeparator(final String line, final String separator) throws IOException {
		final String by = separator.replace("\\t", "\t");
		for (final String end : List.of("\n", "\r\n")) {
			final Path table = Files.writeString(folder.resolve("load_data.csv"),
				line.replace("\\t", "\t") + end + CSV.replace(",", by).replace("\n", end), StandardCharsets.UTF_8);
			assertEquals("P1 A01 site 1", ScreenTable.read(table).fields().get(0).label());
		}
	}

	@ParameterizedTest
	@CsvSource({"my%20img%231.tif,my img#1.tif", "b#2.tif,b#2.tif", "c+3.tif,c+3.tif", "50%25_d.tif,50%_d.tif",
		"50%_d.tif,50%_d.tif", "e 5.tif,e 5.tif", "f%2520x.tif,f%20x.tif", "g?7.tif,g?7.tif", "%C2%B58.tif,\u00b58.tif",
		"\u00b58.tif,\u00b58.tif", "%FF.tif,%FF.tif", "a%20b#c?d.tif,a b#c?d.tif"})
	void addressesOfFilesArePaths(final String address, final String name) throws IOException {
		for (final String start : List.of("file://", "file:", "file://localhost")) {
			final Path table = Files.writeString(folder.resolve("load_data.csv"),
				"Metadata_Plate,Metadata_Well,URL_OrigDNA\nP1,A01,\"" + start + folder + "/" + address + "\"\n");
			assertEquals(folder.resolve(name).toString(),
				ScreenTable.read(table).fields().get(0).planes().get(0).path());
		}
	}

	@ParameterizedTest
	@CsvSource({"ctl_vehicle,negcon", "ctl_vector,negcon", "ctl_untrt,negcon", "CTL_VEHICLE,negcon", "trt_cp,trt",
		"trt_sh.cgs,trt", "trt_oe,trt", "trt_xpr,trt", "trt_poscon,poscon"})
	void controlTypesOfLincs(final String theirs, final String ours) {
		assertEquals(ours, ControlTypes.normalize(theirs));
	}

	@Test
	void wordsThatAreNoControlTypesStayRefused() {
		for (final String word : List.of("control7", "trtx", "compound A")) {
			assertThrows(IllegalArgumentException.class, () -> ControlTypes.normalize(word));
		}
	}

	@Test
	void illuminationFunctionsAreNoChannelsAndAreSaidNotToBeApplied() throws IOException {
		for (final String orig : List.of("Orig", "")) {
			warnings.clear();
			final Path table = Files.writeString(folder.resolve("load_data.csv"),
				"Metadata_Plate,Metadata_Well,FileName_" + orig + "DNA,PathName_" + orig +
					"DNA,FileName_IllumDNA,PathName_IllumDNA\nP1,A01,a.tif,.,illum.npy,.\n");
			final Screen screen = TestFormats.all()
				.open(table, "auto", ScreenOptions.none().withWarnings(warnings::add));
			assertEquals(List.of("DNA"), screen.channels());
			assertTrue(screen.fields().get(0).planes().get(0).illumination().path().endsWith("illum.npy"));
			assertTrue(Illumination.unused(screen, "none").orElseThrow().contains("illum.npy, which are not applied"));
		}
	}

	@Test
	void platemapsWithColumnsThatBecameDoubles() throws IOException {
		final Path table = Files.writeString(folder.resolve("load_data.csv"), CSV);
		final Path map = Files.writeString(folder.resolve("map.csv"),
			"sep=;\nrow;column;plate;compound\nA;1.0;P1;x\nB;2.0;P1;y\n");
		assertEquals("x", Platemap.read(map).join(ScreenTable.read(table)).fields().get(0).get("Metadata_compound"));
	}

	private static void parquet(final Path file, final String select) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
			Statement statement = connection.createStatement())
		{
			statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
		}
	}

	@Test
	void imagesBesideOriginalsAreNamedAsLeftOut(@TempDir final Path folder) throws IOException {
		final Path table = Files.writeString(folder.resolve("load.csv"),
			"Metadata_Plate,Metadata_Well,FileName_DNA,FileName_OrigER,FileName_IllumER,FileName_MaskER\n" +
				"P,A01,d.tif,e.tif,i.npy,m.tif\n");
		final List<String> warnings = new ArrayList<>();
		assertEquals(List.of("ER"), new LoadDataFormat()
			.read(table, ScreenOptions.none().withWarnings(warnings::add)).channels());
		assertEquals(1, warnings.size(), warnings.toString());
		assertTrue(warnings.get(0).contains("left out") && warnings.get(0).contains(": DNA. If") &&
			warnings.get(0).contains("FileName_OrigDNA"), warnings.toString());
	}
}
