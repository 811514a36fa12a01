// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.touch;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that an export from elsewhere lists outside of its folder, or on the network. */
class SourceFolderTest {

	private static final ScreenFormats FORMATS = TestFormats.all();

	@TempDir
	private Path dir;

	private Path harmony(final String url) throws IOException {
		return write(dir.resolve("plate/Images/Index.idx.xml"),
			"<EvaluationInputData><Plates><Plate><Name>P</Name></Plate></Plates><Images>" + "<Image><URL>" + url +
				"</URL><Row>1</Row><Col>1</Col><FieldID>1</FieldID><ChannelID>1</ChannelID></Image></Images>" +
				"</EvaluationInputData>");
	}

	@Test
	void indexesNameNothingOutside() throws IOException {
		final Path secret = touch(dir.resolve("secret.tiff"));
		for (final String url : List.of("../../secret.tiff", secret.toString(), "..\\..\\secret.tiff")) {
			harmony(url);
			assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("plate"), "auto", ScreenOptions.none()),
				"secret.tiff lies outside of", "format loaddata");
		}
	}

	@Test
	void aLinkToAFolderAboveIsNotFollowed() throws IOException {
		touch(dir.resolve("above/secret/r01c02f01p01-ch1sk1fk1fl1.tiff"));
		final Path plate = touch(dir.resolve("above/plate/r01c01f01p01-ch1sk1fk1fl1.tiff")).getParent();
		Files.createSymbolicLink(plate.resolve("loop"), dir.resolve("above"));
		final List<String> files = new ArrayList<>();
		FileTree.walk(plate, files::add);
		assertEquals(List.of("r01c01f01p01-ch1sk1fk1fl1.tiff"), files);
		final List<Path> folders = new ArrayList<>();
		PlateFolders.find(plate, folder -> {
			folders.add(folder);
			return null;
		});
		assertEquals(List.of(plate), folders);
	}

	@Test
	void companionsNameNothingOutside() throws IOException {
		touch(dir.resolve("secret.tif"));
		write(dir.resolve("set/a.companion.ome"),
			"<OME><Image ID=\"i\"><Pixels><TiffData><UUID FileName=\"../secret.tif\"/></TiffData></Pixels>" +
				"</Image></OME>");
		assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("set"), "auto", ScreenOptions.none()),
			"secret.tif lies outside of");
		write(dir.resolve("other/ImageIndex.ColumbusIDX.csv"), "Row\tColumn\tsourcefilename", "1\t1\t../secret.tif");
		assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("other"), "auto", ScreenOptions.none()),
			"secret.tif lies outside of");
	}

	@Test
	void linksLeadNowhereOutside() throws IOException {
		final Path secret = touch(dir.resolve("elsewhere/r01c01f01p01-ch1sk1fk1fl1.tiff"));
		Files.createDirectories(dir.resolve("plate/Images"));
		final Path link = Files.createSymbolicLink(dir.resolve("plate/Images/r01c01f01p01-ch1sk1fk1fl1.tiff"), secret);
		assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("plate"), "auto", ScreenOptions.none()),
			"lies outside of", "a link");
		Files.delete(link);
		// a link within the folder, and one that is the plate itself, are a user's way of arranging things
		final Path image = touch(dir.resolve("plate/Images/r02c01f01p01-ch1sk1fk1fl1.tiff"));
		Files.createSymbolicLink(link, image);
		assertEquals(2, FORMATS.open(dir.resolve("plate"), "auto", ScreenOptions.none()).fields().size());
		Files.createSymbolicLink(dir.resolve("linked"), dir.resolve("plate"));
		assertEquals(2, FORMATS.open(dir.resolve("linked"), "auto", ScreenOptions.none()).fields().size());
	}

	@Test
	void namesLinksOutsideToo() throws IOException {
		final Path secret = touch(dir.resolve("elsewhere/A1--W00001--P00001--Z00000--T00000--GFP.tif"));
		Files.createDirectories(dir.resolve("plate"));
		Files.createSymbolicLink(dir.resolve("plate/" + secret.getFileName()), secret);
		assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("plate"), "auto", ScreenOptions.none()),
			"lies outside of", "a link");
	}

	@Test
	void networkOnlyIfAllowed() throws IOException {
		harmony("https://images.example/a.tiff");
		assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("plate"), "auto", ScreenOptions.none()),
			"https://images.example/", "remote=true");
		final ScreenOptions remote = new ScreenOptions("", true, warning -> {});
		assertEquals("https://images.example/a.tiff",
			FORMATS.open(dir.resolve("plate"), "auto", remote).fields().get(0).planes().get(0).path());
		final Path table = write(dir.resolve("t.csv"), "Metadata_Plate,Metadata_Well,URL_OrigDNA",
			"P,A01,s3://bucket/a.tif", "P,A02,s3://bucket/b.tif");
		assertMessage(IOException.class, () -> FORMATS.open(table, "auto", ScreenOptions.none()), "s3://bucket/:",
			"remote=true");
		assertEquals("[s3://bucket/]", ScreenFormats.hosts(FORMATS.open(table, "auto", remote)).toString());
	}

	@Test
	void tablesNameFoldersOutside() throws IOException {
		final Path table = write(dir.resolve("t/t.csv"),
			"Metadata_Plate,Metadata_Well,FileName_OrigDNA,PathName_OrigDNA", "P,A01,a.tif,.", "P,A02,b.tif,../x",
			"P,A03,b.tif,/data/y");
		final List<String> warnings = new ArrayList<>();
		FORMATS.open(table, "auto", new ScreenOptions("", false, warnings::add));
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).endsWith("lists images outside of its folder, in " + dir.resolve("x") + ", /data/y"),
			warnings.get(0));
	}
}
