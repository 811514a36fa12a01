// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenTableTest {

	@TempDir
	private Path dir;

	private String here(final String path) {
		return dir.resolve(path).toAbsolutePath().normalize().toString();
	}

	@Test
	void readsWhatLoadDataWrites() throws IOException {
		final Path table = write(dir.resolve("load_data.csv"), //
			"FileName_OrigDNA,PathName_OrigDNA,FileName_OrigER,PathName_OrigER,FileName_IllumDNA,PathName_IllumDNA," +
				"Metadata_Plate,Metadata_Well,Metadata_Site,Metadata_pert_type,Group_Number",
			"d1.tif,images,e1.tif,/far/away/,illum.npy,illum,P1,a1,3,negcon,1", //
			"d2.tif,.,,,illum.npy,illum,P1,A02,1,trt,2");
		final Screen screen = ScreenTable.read(table);
		assertEquals(List.of("DNA", "ER"), screen.channels());
		assertEquals(new Field("P1", "A01", "3", Map.of("Metadata_pert_type", "negcon"),
			List.of(Plane.of(here("images/d1.tif")).withIllumination(Plane.of(here("illum/illum.npy"))),
				Plane.of("/far/away/e1.tif"))),
			screen.fields().get(0));
		assertEquals(here("d2.tif"), screen.fields().get(1).planes().get(0).path());
		assertNull(screen.fields().get(1).planes().get(1));
		assertEquals(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Site", "Metadata_pert_type"),
			screen.metadataColumns());
	}

	@Test
	void channelsWithoutOrigCountWhereNoneHasIt() throws IOException {
		final Path table = write(dir.resolve("t.csv"), "FileName_DNA,Metadata_Plate,Metadata_Well", "a.tif,P,A1");
		final Screen screen = ScreenTable.read(table);
		assertEquals(List.of("DNA"), screen.channels());
		assertEquals(here("a.tif"), screen.fields().get(0).planes().get(0).path());
	}

	@Test
	void takesSpreadsheetsAsTheyCome() throws IOException {
		final String text = "\uFEFFMetadata_Plate;Metadata_Well;FileName_OrigDNA;Metadata_Note;\r\n" +
			"P1;B3;\"a;b.tif\";\"two\r\nlines, \"\"quoted\"\"\";\r\n;;;;\r\nP1;B3;c.tif\r\n";
		final Screen screen = ScreenTable.read(Files.writeString(dir.resolve("t.csv"), text));
		assertEquals(List.of("1", "2"), screen.fields().stream().map(Field::site).toList());
		assertEquals(here("a;b.tif"), screen.fields().get(0).planes().get(0).path());
		assertEquals("two\r\nlines, \"quoted\"", screen.fields().get(0).get("Metadata_Note"));
		assertEquals("", screen.fields().get(1).get("Metadata_Note"));
		final String tabs = "Metadata_Plate\tMetadata_Well\tFileName_OrigDNA\nP,1\tB3\tx.tif\n";
		assertEquals("P,1",
			ScreenTable.read(Files.writeString(dir.resolve("u.txt"), tabs, StandardCharsets.UTF_16))
				.fields()
				.get(0)
				.plate());
	}

	@Test
	void readsGzipWhateverTheName() throws IOException {
		final Path table = dir.resolve("t.csv");
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(table))) {
			out.write("Metadata_Plate,Metadata_Well,FileName_OrigDNA\nP,A1,x.tif\n".getBytes(StandardCharsets.UTF_8));
		}
		assertEquals(1, ScreenTable.read(table).fields().size());
	}

	@Test
	void urlsOfFilesBecomePathsAndOthersStay() throws IOException {
		final Path table = write(dir.resolve("t.csv"),
			"URL_OrigDNA,FileName_OrigER,PathName_OrigER,Metadata_Plate,Metadata_Well", //
			"file:///data/plate%201/a.tif,b.tif,s3://bucket/images,P,A1", //
			"https://x.org/a%20b.tif?k=1,b.tif,https://x.org/i/,P,A1", //
			"file:///data/plate 1/a.tif,s3://bucket/c.tif,,P,A1", //
			"file:/C:/data/a.tif,,,P,A1", //
			"file://server/share/a.tif,,,P,A1");
		final List<Field> fields = ScreenTable.read(table).fields();
		assertEquals(List.of(Plane.of("/data/plate 1/a.tif"), Plane.of("s3://bucket/images/b.tif")),
			fields.get(0).planes());
		assertEquals(List.of(Plane.of("https://x.org/a%20b.tif?k=1"), Plane.of("https://x.org/i/b.tif")),
			fields.get(1).planes());
		assertEquals(List.of(Plane.of("/data/plate 1/a.tif"), Plane.of("s3://bucket/c.tif")), fields.get(2).planes());
		assertEquals(Plane.of("C:/data/a.tif"), fields.get(3).planes().get(0));
	}

	@Test
	void understandsPathsOfWindows() throws IOException {
		final Path table = write(dir.resolve("t.csv"),
			"FileName_OrigDNA,PathName_OrigDNA,Metadata_Plate," + "Metadata_Well", //
			"a.tif,images\\P1,P,A1", "a.tif,D:\\screens\\P1,P,A2", "a.tif,\\\\server\\share\\P1\\,P,A3");
		final List<String> paths = ScreenTable.read(table)
			.fields()
			.stream()
			.map(f -> f.planes().get(0).path().replace('\\', '/'))
			.toList();
		assertEquals(
			List.of(here("images/P1/a.tif").replace('\\', '/'), "D:/screens/P1/a.tif", "//server/share/P1/a.tif"),
			paths);
	}

	@Test
	void writesAndReadsBackTheSame() throws IOException {
		final Map<String, String> metadata = new LinkedHashMap<>();
		metadata.put("Metadata_Compound", "a,b;\"c\"\nd");
		metadata.put("Metadata_Blank", " x ");
		metadata.put("Metadata_Formula", "=1+1");
		final List<String> channels = List.of("DNA", "Fluorescein (FITC)", "Remote", "Nowhere");
		final Screen screen = new Screen(channels, List.of( //
			new Field("P1", "A01", "1", metadata,
				Arrays.asList(Plane.of(here("P1/a.tif")), new Plane(here("P1/stack.tif"), 3), Plane.of("s3://b/a.tif"),
					null)), //
			new Field("P1", "A01", "x y", metadata,
				Arrays.asList(Plane.of("/elsewhere/b.tif"), null, Plane.of(here("c.tif")), null))));
		for (final String name : List.of("t.csv", "t.csv.gz", "new/folder/t.csv")) {
			final Path table = dir.resolve(name);
			ScreenTable.write(screen, table);
			assertEquals(screen, ScreenTable.read(table), name);
			final byte[] first = Files.readAllBytes(table);
			ScreenTable.write(ScreenTable.read(table), table);
			assertArrayEquals(first, Files.readAllBytes(table), name);
		}
		final List<String> lines = Files.readAllLines(dir.resolve("t.csv"));
		assertEquals(
			"FileName_OrigDNA,PathName_OrigDNA,FileName_OrigFluorescein (FITC),PathName_OrigFluorescein (FITC)," +
				"Frame_OrigFluorescein " +
				"(FITC),FileName_OrigRemote,PathName_OrigRemote,URL_OrigRemote,FileName_OrigNowhere," +
				"PathName_OrigNowhere,Metadata_Plate,Metadata_Well,Metadata_Site,Metadata_Compound,Metadata_Blank," +
				"Metadata_Formula",
			lines.get(0));
		assertTrue(lines.get(1).startsWith("a.tif,P1,stack.tif,P1,3,,,s3://b/a.tif,,,P1,A01,1,"), lines.get(1));
		assertTrue(lines.get(2).endsWith(", x ,'=1+1"), lines.get(2));
		assertTrue(lines.get(3).startsWith("b.tif,/elsewhere,,,,c.tif,.,,,,P1,A01,x y,"), lines.get(3));
		try (var files = Files.list(dir)) {
			assertFalse(files.anyMatch(f -> f.toString().endsWith(".part")), "a temporary file was left behind");
		}
	}

	@Test
	void seriesAreThoseOfLoadData() throws IOException {
		final Screen screen = new Screen(List.of("DNA", "ER"), List.of( //
			new Field("P1", "A01", "1", Map.of(),
				List.of(new Plane(here("p.czi"), 0, 0), new Plane(here("p.czi"), 0, 1))), //
			new Field("P1", "A02", "1", Map.of(), List.of(new Plane(here("p.czi"), 7, 0), Plane.of(here("er.tif"))))));
		final Path table = dir.resolve("series.csv");
		ScreenTable.write(screen, table);
		assertEquals(screen, ScreenTable.read(table));
		assertEquals(List.of(
			"FileName_OrigDNA,PathName_OrigDNA,Series_OrigDNA,FileName_OrigER,PathName_OrigER,Series_OrigER," +
				"Frame_OrigER," + "Metadata_Plate,Metadata_Well,Metadata_Site", //
			"p.czi,.,0,p.czi,.,0,1,P1,A01,1", "p.czi,.,7,er.tif,.,,0,P1,A02,1"), Files.readAllLines(table));
		final Path wrong = write(dir.resolve("wrong.csv"),
			"FileName_OrigDNA,Series_OrigDNA,Metadata_Plate,Metadata_Well", "x.czi,-1,P,A1");
		assertMessage(IOException.class, () -> ScreenTable.read(wrong), "wrong.csv", "line 2",
			"'-1' in Series_OrigDNA");
		assertNotEquals(PlateDigest.of(screen.fields().subList(0, 1), List.of()),
			PlateDigest.of(List.of(new Field("P1", "A01", "1", Map.of(),
				List.of(new Plane(here("p.czi"), 1, 0), new Plane(here("p.czi"), 0, 1)))), List.of()));
	}

	@Test
	void leavesTheOldTableWhenWritingFails() throws IOException {
		final Path table = write(dir.resolve("t.csv"), "old");
		final Screen screen = new Screen(List.of("DNA"),
			List.of(new Field("P", "A01", "1", Map.of(), List.of(Plane.of("/x\0/y.tif")))));
		assertMessage(IllegalArgumentException.class, () -> ScreenTable.write(screen, table), "Nul character");
		assertEquals("old\n", Files.readString(table));
		try (var files = Files.list(dir)) {
			assertEquals(1, files.count());
		}
	}

	@Test
	void namesWhatIsMissing() throws IOException {
		final Path noPlate = write(dir.resolve("a.csv"), "FileName_OrigDNA,Metadata_Well", "x,A1");
		assertMessage(IOException.class, () -> ScreenTable.read(noPlate), "a.csv has no column Metadata_Plate",
			"it has FileName_OrigDNA, Metadata_Well", "a screen table needs");
		final Path noImage = write(dir.resolve("b.csv"), "Metadata_Plate,Metadata_Well", "P,A1");
		assertMessage(IOException.class, () -> ScreenTable.read(noImage), "b.csv", "FileName_Orig<Channel>");
		final Path noRows = write(dir.resolve("c.csv"), "FileName_OrigDNA,Metadata_Plate,Metadata_Well");
		assertMessage(IOException.class, () -> ScreenTable.read(noRows), "c.csv", "no rows");
		final Path empty = Files.writeString(dir.resolve("d.csv"), "");
		assertMessage(IOException.class, () -> ScreenTable.read(empty), "d.csv is empty");
		assertMessage(IOException.class, () -> ScreenTable.read(dir.resolve("e.csv")), "No such file", "e.csv");
	}

	@Test
	void namesTheLineThatIsWrong() throws IOException {
		final String header = "FileName_OrigDNA,Frame_OrigDNA,Metadata_Plate,Metadata_Well,Metadata_Site";
		assertMessage(IOException.class, () -> read(header, "x,0,P,A1,1", "x,0,P,Q99,1"), "line 3", "'Q99' is no well");
		assertMessage(IOException.class, () -> read(header, "x,0,,A1,1"), "line 2", "Metadata_Plate is empty");
		assertMessage(IOException.class, () -> read(header, "x,0,P,A1,"), "line 2", "the site is empty");
		assertMessage(IOException.class, () -> read(header, "x,1.5,P,A1,1"), "line 2", "'1.5' in Frame_OrigDNA");
		assertMessage(IOException.class, () -> read(header, "x,-1,P,A1,1"), "line 2", "'-1' in Frame_OrigDNA");
		assertMessage(IOException.class, () -> read(header, "x,0,P,A1,1,more"), "line 2",
			"6 cells under 5 column names");
		assertMessage(IOException.class, () -> read(header, "x,0,P,A1,1", "x,0,P,A2,1", "y,0,P,A01,1"), "lines 2 and 4",
			"plate P, well A01, site 1");
		assertMessage(IOException.class, () -> read(header, "\"x,0,P,A1,1"), "t.csv as a table", "line 2");
		assertMessage(IOException.class, () -> read("FileName_OrigDNA,Metadata_Plate,Metadata_Plate", "x"),
			"two columns named 'Metadata_Plate'");
		final Path latin = Files.write(dir.resolve("latin.csv"),
			(header + "\nx,0,Plätte,A1,1\n").getBytes(StandardCharsets.ISO_8859_1));
		assertMessage(IOException.class, () -> ScreenTable.read(latin), "latin.csv is not UTF-8");
	}

	private Screen read(final String... lines) throws IOException {
		return ScreenTable.read(write(dir.resolve("t.csv"), lines));
	}

	@Test
	void listsAHundredThousandFields() throws IOException {
		final List<Field> fields = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			final List<Plane> planes = new ArrayList<>();
			for (int c = 1; c <= 5; c++) planes.add(Plane.of(here("P" + i / 3456 + "/image" + i + "ch" + c + ".tif")));
			fields
				.add(new Field("P" + i / 3456, Wells.name(1 + i / 216 % 16, 1 + i / 9 % 24), String.valueOf(1 + i % 9),
					Map.of("Metadata_Batch", "B" + i / 20000, "Metadata_Compound", "C" + i % 999), planes));
		}
		final Screen screen = new Screen(List.of("DNA", "ER", "RNA", "AGP", "Mito"), fields);
		final Path table = dir.resolve("big.csv.gz");
		ScreenTable.write(screen, table);
		final Screen back = ScreenTable.read(table);
		assertEquals(screen.fields().get(99_999).planes(), back.fields().get(99_999).planes());
		assertEquals(100_000, back.fields().size());
		// equal strings are one object: what keeps a large screen small
		assertSame(back.fields().get(0).plate(), back.fields().get(1).plate());
		assertSame(back.fields().get(0).get("Metadata_Compound"), back.fields().get(999).get("Metadata_Compound"));
	}
}
