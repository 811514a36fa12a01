// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.touch;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.isophene.screen.format.LoadDataFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.plugin.Plugin;

class ScreenFormatsTest {

	@TempDir
	private Path dir;

	/** Fits everything, without priority: SciJava would find it in other tests if it were annotated. */
	static class Any implements ScreenFormat {

		private final String name;

		Any(final String name) {
			this.name = name;
		}

		@Override
		public String name() {
			return name;
		}

		@Override
		public String description() {
			return "anything";
		}

		@Override
		public Optional<String> reject(final Path source) {
			return Optional.empty();
		}

		@Override
		public Screen read(final Path source, final ScreenOptions options) {
			return new Screen(List.of(name), List.of());
		}
	}

	@Test
	void sciJavaFindsEveryFormat() {
		assertEquals(List.of("auto", "bbbc021", "loaddata", "rxrx1", "columbus", "imagexpress", "incell", "omezarr",
			"phenix", "yokogawa", "cellomics", "embl", "gen5", "ometiff", "scanr", "pattern"),
			TestFormats.all().keys());
		for (final ScreenFormat format : TestFormats.all().all()) {
			assertFalse(format.description().isBlank());
			assertEquals(format.name(), format.getClass().getAnnotation(Plugin.class).name());
		}
	}

	@Test
	void theHighestPriorityWinsInWhateverOrder() throws IOException {
		write(dir.resolve("screen.csv"), "FileName_OrigDNA,Metadata_Plate,Metadata_Well", "x.tif,P,A1");
		final ScreenFormat high = new LoadDataFormat();
		for (final List<ScreenFormat> order : List.of(List.of(new Any("a"), high), List.of(high, new Any("a")))) {
			assertEquals("loaddata", new ScreenFormats(order).choose(dir, "auto").name());
		}
		assertEquals("a", new ScreenFormats(List.of(new Any("b"), new Any("a"))).choose(dir, null).name());
		assertEquals(List.of("b"),
			new ScreenFormats(List.of(new Any("b"), new Any("a"))).open(dir, " B ", ScreenOptions.none()).channels());
		assertMessage(IllegalArgumentException.class, () -> new ScreenFormats(List.of(new Any("a"), new Any("a"))),
			"named 'a'");
	}

	@Test
	void oneMessageTellsWhyNothingFits() throws IOException {
		touch(dir.resolve("photo.jpg"));
		assertMessage(IOException.class, () -> TestFormats.all().open(dir, "auto", ScreenOptions.none()), //
			"No screen format fits " + dir, //
			"Not bbbc021: the folder holds no BBBC021_v1_image.csv", //
			"Not loaddata: the folder holds no LoadData CSV", //
			"Not rxrx1: the folder holds no metadata.csv", //
			"Not imagexpress: neither the folder nor those in it hold an .HTD file", //
			"Not phenix: the folder holds neither Images/Index.idx.xml nor files like " +
				"r01c01f01p01-ch1sk1fk1fl1.tiff", //
			"Not pattern: give a pattern, such as ");
		assertMessage(IOException.class,
			() -> TestFormats.all().open(dir.resolve("photo.jpg"), "auto", ScreenOptions.none()), //
			"Not loaddata: photo.jpg is no .csv, .csv.gz or .parquet file", "Not phenix: photo.jpg is no " +
				"Index.idx.xml");
		assertMessage(IOException.class, () -> TestFormats.all().choose(dir.resolve("absent"), "auto"),
			"No such file or folder", "absent");
		assertMessage(IOException.class, () -> TestFormats.all().choose(Path.of("htp://host/plate.zarr"), "auto"),
			"No such file or folder", "https://, http:// or s3://bucket/");
	}

	@Test
	void aTableOfSomethingElseIsToldInFewWords() throws IOException {
		write(dir.resolve("plates.csv"), "Metadata_Plate,Metadata_PlateType", "P,ORF");
		assertMessage(IOException.class,
			() -> TestFormats.all().open(dir.resolve("plates.csv"), "auto", ScreenOptions.none()), //
			"Not bbbc021: plates.csv has no column Image_Metadata_Plate_DAPI, Image_Metadata_Well_DAPI, " +
				"Image_Metadata_Compound, nor 7 others\n", //
			"Not loaddata: plates.csv has no column Metadata_Well\n", //
			"Not rxrx1: plates.csv has no column experiment, plate, well, nor 2 others\n");
	}

	/** The reasons of the other formats would only hide what is wrong with it. */
	@Test
	void aTableInAnotherEncodingIsToldAlone() throws IOException {
		final byte[] table = "Metadata_Plate,Metadata_Well,FileName_OrigDNA\nPl\u00e4tte,A1,x.tif\n"
			.getBytes(StandardCharsets.ISO_8859_1);
		Files.write(dir.resolve("load_data.csv"), table);
		for (final Path source : List.of(dir, dir.resolve("load_data.csv"))) {
			final String message = assertThrows(IOException.class,
				() -> TestFormats.all().open(source, "auto", ScreenOptions.none())).getMessage();
			assertEquals(dir.resolve("load_data.csv") + " is not UTF-8 text: save it as \"CSV UTF-8\"", message);
		}
		// Of a table of something else, or beside an export, nothing has to be saved again.
		Files.write(dir.resolve("load_data.csv"),
			"Wirkstoff,Gr\u00f6\u00dfe\nx,1\n".getBytes(StandardCharsets.ISO_8859_1));
		assertMessage(IOException.class, () -> TestFormats.all().open(dir, "auto", ScreenOptions.none()),
			"Not loaddata: load_data.csv is no table (", "Not phenix: ");
		Files.write(dir.resolve("load_data.csv"), table);
		touch(dir.resolve("r01c01f01p01-ch1sk1fk1fl1.tiff"));
		assertEquals("phenix", TestFormats.all().choose(dir, "auto").name());
	}

	@Test
	void anUnknownNameListsTheKnownOnes() {
		assertMessage(IllegalArgumentException.class, () -> TestFormats.all().choose(dir, "operetta"),
			"No screen format is named 'operetta'",
			"auto, bbbc021, loaddata, rxrx1, columbus, imagexpress, incell, omezarr, phenix, yokogawa, cellomics, " +
				"embl, gen5, ometiff, scanr, pattern");
	}

	@Test
	void aNamedFormatSaysItselfWhyItDoesNotFit() throws IOException {
		for (final String name : List.of("loaddata", "rxrx1", "bbbc021", "phenix", "imagexpress")) {
			assertMessage(IOException.class, () -> TestFormats.all().open(dir, name, ScreenOptions.none()),
				dir + " cannot be opened: ");
		}
	}

	@Test
	void aTableBesideImagesWins() throws IOException {
		touch(dir.resolve("r01c01f01p01-ch1sk1fk1fl1.tiff"));
		final String[] lines = {"FileName_OrigDNA,Metadata_Plate,Metadata_Well", "r01c01f01p01-ch1sk1fk1fl1.tiff,P,A1"};
		assertEquals("phenix", TestFormats.all().choose(dir, "auto").name());
		write(dir.resolve("screen.csv"), lines);
		write(dir.resolve("platemap.csv"), "well,drug", "A1,x");
		assertEquals(List.of("DNA"), TestFormats.all().open(dir, "auto", ScreenOptions.none()).channels());
		write(dir.resolve("second.csv"), lines);
		assertMessage(IOException.class, () -> TestFormats.all().open(dir, "loaddata", ScreenOptions.none()),
			"several such tables (screen.csv, second.csv): give the file");
		assertEquals(List.of("DNA"),
			TestFormats.all().open(dir.resolve("second.csv"), "auto", ScreenOptions.none()).channels());
	}
}
