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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.storage.RemoteConsent;
import io.github.isophene.storage.Storages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that an export from elsewhere lists outside of its folder, or on the network. */
class SourceFolderTest {

	private static final ScreenFormats FORMATS = TestFormats.all();

	@TempDir
	private Path dir;

	@BeforeEach
	void consentsOfItsOwn() {
		System.setProperty(RemoteConsent.FOLDER, dir.resolve("consents").toString());
	}

	@AfterEach
	void noConsents() {
		System.clearProperty(RemoteConsent.FOLDER);
		System.clearProperty(RemoteConsent.PROPERTY);
		RemoteConsent.reset();
	}

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

	/** Else a scheme that one reader knows would lead past the check of another. */
	@ParameterizedTest
	@ValueSource(strings = {"ftp://host/a.tif", "jar:file:/data/a.zip!/a.tif", "gs://bucket/a.tif", "s3a://b/a.tif",
		"s3+https://host/a.tif", "data:image/png;base64,AAAA", "nested:/a.jar/!a.tif", "HTTPS:a.tif/../:/x"})
	void otherSchemesAreRefusedByName(final String url) throws IOException {
		final boolean scheme = ImagePaths.isUrl(url);
		final String message = "not from " + url.substring(0, url.indexOf(':') + 1);
		if (scheme) {
			assertMessage(IllegalArgumentException.class, () -> Plane.of(url), url, message, Storages.SCHEMES);
			harmony(url);
			assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("plate"), "auto", ScreenOptions.none()),
				"Index.idx.xml", message);
		}
		write(dir.resolve("columbus/ImageIndex.ColumbusIDX.csv"), "Row\tColumn\tsourcefilename", "1\t1\t" + url);
		final Path byUrl = write(dir.resolve("url.csv"), "Metadata_Plate,Metadata_Well,URL_OrigDNA", "P,A01,\"" + url +
			"\"");
		final Path byName = write(dir.resolve("name.csv"), "Metadata_Plate,Metadata_Well,FileName_OrigDNA",
			"P,A01,\"" + url + "\"");
		final Path byPath = write(dir.resolve("path.csv"),
			"Metadata_Plate,Metadata_Well,FileName_OrigDNA,PathName_OrigDNA", "P,A01,a.tif,\"" + url + "\"");
		for (final Path source : List.of(dir.resolve("columbus"), byUrl, byName, byPath)) {
			if (scheme)
				assertMessage(IOException.class, () -> FORMATS.open(source, "auto", ScreenOptions.none()), "line 2",
					message);
			// A file of a strange name is one on this machine.
			else
				assertEquals("[]",
					ScreenFormats.hosts(FORMATS.open(source, "auto", ScreenOptions.none())).toString());
		}
	}

	@Test
	void filesByUrlAreFiles() throws IOException {
		final Path image = touch(dir.resolve("plate/Images/a b.tiff"));
		final Path secret = touch(dir.resolve("secret.tiff"));
		harmony(image.toUri().toString());
		assertEquals(image.toString(), FORMATS.open(dir.resolve("plate"), "auto", ScreenOptions.none())
			.fields()
			.get(0)
			.planes()
			.get(0)
			.path());
		harmony(secret.toUri().toString());
		assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("plate"), "auto", ScreenOptions.none()),
			"secret.tiff lies outside of");
		assertMessage(IOException.class, () -> FORMATS.open(secret.toUri().toString(), "auto", ScreenOptions.none()),
			"Give the path without file:");
	}

	@Test
	void platesOfOmeZarrNameNothingOutside() throws IOException {
		final Path secret = write(dir.resolve("secret/0/.zarray"), "{}");
		for (final String outside : List.of("../../../secret/0", secret.getParent().toString())) {
			final String image = "{\"multiscales\": [{\"version\": \"0.4\", \"axes\": [{\"name\": \"y\"}, {\"name\": " +
				"\"x\"}], \"datasets\": [{\"path\": \"%s\"}]}]}";
			final Path plate = dir.resolve("p" + Math.abs(outside.hashCode()) + ".zarr");
			write(plate.resolve(".zattrs"), "{\"plate\": {\"name\": \"P\", \"wells\": [{\"path\": \"A/1\"}], " +
				"\"rows\": [{\"name\": \"A\"}], \"columns\": [{\"name\": \"1\"}]}}");
			write(plate.resolve("A/1/.zattrs"), "{\"well\": {\"images\": [{\"path\": \"" + outside + "\"}]}}");
			write(secret.resolveSibling(".zattrs"), String.format(image, "0"));
			assertMessage(IOException.class, () -> FORMATS.open(plate, "omezarr", ScreenOptions.none()),
				"lies outside of " + plate);
			write(plate.resolve("A/1/.zattrs"), "{\"well\": {\"images\": [{\"path\": \"0\"}]}}");
			write(plate.resolve("A/1/0/.zattrs"), String.format(image, outside.replace("../secret", "../../secret")));
			assertMessage(IOException.class, () -> {
				final Screen screen = FORMATS.open(plate, "omezarr", ScreenOptions.none());
				Storages.open(screen.fields().get(0).planes().get(0).path()).at(outside).read(".zarray");
			}, "lies outside of " + plate);
		}
		final Path linked = Files.createSymbolicLink(dir.resolve("linked.zarr"), dir.resolve("secret"));
		assertEquals(2, Storages.open(linked.toString()).at("0").read(".zarray").length - 1);
		Files.createSymbolicLink(dir.resolve("secret/out"), Files.createDirectories(dir.resolve("elsewhere")));
		write(dir.resolve("elsewhere/0"), "x");
		assertMessage(IOException.class, () -> Storages.open(dir.resolve("secret").toString()).read("out/0"),
			"lies outside of", "a link");
	}

	@Test
	void publishedTablesNameNothingOutside() throws IOException {
		Files.createDirectories(dir.resolve("rxrx1/E1"));
		write(dir.resolve("rxrx1/metadata.csv"), "site_id,well_id,cell_type,dataset,experiment,plate,well,site," +
			"well_type,"
			.concat("sirna,sirna_id"), "x,x,HEPG2,test,E1,1/../../..,B02,1,negative_control,EMPTY,1138");
		assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("rxrx1"), "rxrx1", ScreenOptions.none()),
			"lies outside of");
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
		final ScreenOptions remote = ScreenOptions.none().withRemote(true);
		assertEquals("https://images.example/a.tiff",
			FORMATS.open(dir.resolve("plate"), "auto", remote).fields().get(0).planes().get(0).path());
		final Path table = write(dir.resolve("t.csv"), "Metadata_Plate,Metadata_Well,URL_OrigDNA",
			"P,A01,s3://bucket/a.tif", "P,A02,s3://bucket/b.tif");
		assertMessage(IOException.class, () -> FORMATS.open(table, "auto", ScreenOptions.none()), "s3://bucket/:",
			"remote=true");
		assertEquals("[s3://bucket/]", ScreenFormats.hosts(FORMATS.open(table, "auto", remote)).toString());
	}

	/** Windows connects to such a server, with the user's name, as soon as it is asked whether a file is there. */
	@ParameterizedTest
	@ValueSource(strings = {"//host/share/a.tif", "\\\\host\\share\\a.tif", "file://host/share/a.tif",
		"file:////host/share/a.tif", "FILE://HOST/share/a.tif", "file:%5C%5Chost%5Cshare%5Ca.tif",
		"\\/host/share/a.tif", "/\\host/share/a.tif"})
	void sharesOfOtherMachinesAreOnTheNetwork(final String place) throws IOException {
		final String directory = place.substring(0, place.length() - (place.endsWith("%5Ca.tif") ? 8 : 6));
		final Path byUrl = write(dir.resolve("url.csv"), "Metadata_Plate,Metadata_Well,URL_OrigDNA", "P,A01," + place);
		final Path byName = write(dir.resolve("name.csv"), "Metadata_Plate,Metadata_Well,FileName_OrigDNA",
			"P,A01," + place);
		final Path byPath = write(dir.resolve("path.csv"),
			"Metadata_Plate,Metadata_Well,FileName_OrigDNA,PathName_OrigDNA", "P,A01,a.tif," + directory);
		final Path illumination = write(dir.resolve("i.csv"),
			"Metadata_Plate,Metadata_Well,FileName_OrigDNA,FileName_IllumDNA,PathName_IllumDNA",
			"P,A01,a.tif,i.npy," + directory);
		final ScreenOptions remote = ScreenOptions.none().withRemote(true);
		for (final Path table : List.of(byUrl, byName, byPath, illumination)) {
			// A name without a separator is one of a file beside the table.
			if (table.equals(byName) && place.contains("%5C")) continue;
			assertMessage(IOException.class, () -> FORMATS.open(table, "auto", ScreenOptions.none()),
				"lists images on the network, at //host/:", "remote=true", "-Disophene.remote=//host/");
			assertEquals("[//host/]", ScreenFormats.hosts(FORMATS.open(table, "auto", remote)).toString());
		}
		final Screen screen = FORMATS.open(byUrl, "auto", remote);
		final Path own = dir.resolve("own.csv");
		ScreenTable.write(screen, own);
		assertEquals(screen, FORMATS.open(own, "auto", remote));
		System.setProperty(RemoteConsent.PROPERTY, "//host/share");
		assertEquals(screen, FORMATS.open(own, "auto", ScreenOptions.none()));

		harmony(place);
		write(dir.resolve("columbus/ImageIndex.ColumbusIDX.csv"), "Row\tColumn\tsourcefilename", "1\t1\t" + place);
		write(dir.resolve("set/a.companion.ome"), "<OME><Image ID=\"i\"><Pixels><TiffData><UUID FileName=\"" + place +
			"\"/></TiffData></Pixels></Image></OME>");
		for (final String export : List.of("plate", "columbus", "set")) {
			assertMessage(IOException.class, () -> FORMATS.open(dir.resolve(export), "auto", remote),
				"lies on another machine (//host/)", "format loaddata");
		}
	}

	@Test
	void aSlashTooManyIsNoOtherMachine() throws IOException {
		final Path image = touch(dir.resolve("a.tif"));
		for (final String place : List.of("/" + image, "file:///" + image, "file://localhost" + image)) {
			final Path table = write(dir.resolve("t.csv"), "Metadata_Plate,Metadata_Well,URL_OrigDNA",
				"P,A01," + place);
			assertEquals(image.toString(),
				FORMATS.open(table, "auto", ScreenOptions.none()).fields().get(0).planes().get(0).path());
		}
	}

	@Test
	void publishedTablesNameNoOtherMachine() throws IOException {
		write(dir.resolve("rxrx1/metadata.csv"), "site_id,well_id,cell_type,dataset,experiment,plate,well,site," +
			"well_type,sirna,sirna_id", "x,x,HEPG2,test,\\\\host\\share,1,B02,1,negative_control,EMPTY,1138");
		assertMessage(IOException.class, () -> FORMATS.open(dir.resolve("rxrx1"), "rxrx1", ScreenOptions.none()),
			"line 2", "lies on another machine (//host/)");
	}

	@Test
	void consentIsAskedForOnceAndHoldsForOneFileAndItsServers() throws IOException {
		final List<String> asked = new ArrayList<>();
		final String head = "Metadata_Plate,Metadata_Well,URL_OrigDNA";
		final Path table = write(dir.resolve("t.csv"), head, "P,A01,s3://bucket/a.tif", "P,A02,HTTPS:/a.org/b.tif");
		RemoteConsent.use(question -> !asked.add(question));
		assertMessage(IOException.class, () -> FORMATS.open(table, "auto", ScreenOptions.none()),
			"at s3://bucket/, https://a.org/:", "-Disophene.remote=s3://bucket/,https://a.org/");
		RemoteConsent.use(asked::add);
		for (int i = 0; i < 2; i++)
			assertEquals(2, FORMATS.open(table, "auto", ScreenOptions.none()).fields().size());
		assertEquals(2, asked.size(), asked.toString());
		assertTrue(asked.get(1).contains("at \ns3://bucket/\nhttps://a.org/\n \nRead"), asked.get(1));
		RemoteConsent.reset();
		assertEquals(2, FORMATS.open(table, "auto", ScreenOptions.none()).fields().size());
		write(table, head, "P,A01,s3://bucket/c.tif", "P,A02,https://a.org.evil/b.tif");
		assertMessage(IOException.class, () -> FORMATS.open(table, "auto", ScreenOptions.none()),
			"at https://a.org.evil/:");
		final Path copy = Files.copy(table, dir.resolve("copy.csv"));
		assertMessage(IOException.class, () -> FORMATS.open(copy, "auto", ScreenOptions.none()),
			"at s3://bucket/, https://a.org.evil/:");
	}

	@Test
	void thePropertyAllowsServersOrAll() throws IOException {
		final Path table = write(dir.resolve("t.csv"), "Metadata_Plate,Metadata_Well,URL_OrigDNA",
			"P,A01,s3://bucket/a.tif", "P,A02,https://a.org/b.tif");
		for (final String few : List.of("s3://bucket", "false", "s3://bucket,https://a.or", "/", "https://,s3://")) {
			System.setProperty(RemoteConsent.PROPERTY, few);
			assertMessage(IOException.class, () -> FORMATS.open(table, "auto", ScreenOptions.none()),
				"https://a.org/:");
		}
		for (final String all : List.of("true", "s3://bucket/, https://a.org", "https://a.org/,s3://bucket")) {
			System.setProperty(RemoteConsent.PROPERTY, all);
			assertEquals(2, FORMATS.open(table, "auto", ScreenOptions.none()).fields().size(), all);
		}
	}

	@Test
	void aFolderOfConsentsThatOthersCanWriteToIsRefused() throws IOException {
		final Path table = write(dir.resolve("t.csv"), "Metadata_Plate,Metadata_Well,URL_OrigDNA",
			"P,A01,s3://bucket/a.tif");
		RemoteConsent.grant(table, List.of("s3://bucket/"));
		assertEquals(1, FORMATS.open(table, "auto", ScreenOptions.none()).fields().size());
		Files.setPosixFilePermissions(dir.resolve("consents"), PosixFilePermissions.fromString("rwxrwxrwx"));
		assertMessage(IOException.class, () -> FORMATS.open(table, "auto", ScreenOptions.none()),
			"Others can write to " + dir.resolve("consents"));
	}

	@Test
	void tablesNameFoldersOutside() throws IOException {
		Files.createDirectories(dir.resolve("t"));
		Files.createDirectories(dir.resolve("elsewhere"));
		Files.createSymbolicLink(dir.resolve("t/link"), dir.resolve("elsewhere"));
		final Path table = write(dir.resolve("t/t.csv"),
			"Metadata_Plate,Metadata_Well,FileName_OrigDNA,PathName_OrigDNA,FileName_IllumDNA,PathName_IllumDNA",
			"P,A01,a.tif,.,i.npy,.", "P,A02,b.tif,../x,,", "P,A03,b.tif,/data/y,i.npy,/data/z",
			"P,A04,b.tif,link,,", "P,A05,../../u/b.tif,sub,,", "P,A06,../v/b.tif,,,");
		final List<String> warnings = new ArrayList<>();
		FORMATS.open(table, "auto", ScreenOptions.none().withWarnings(warnings::add));
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0)
			.endsWith("lists images outside of its folder, by '..' or a link, in " + dir.resolve("x") + ", " +
				dir.resolve("u") + ", " + dir.resolve("v") + " and 1 other folder"),
			warnings.get(0));
	}

	/** Our own table of images that lie elsewhere has absolute paths, and says nothing each time that it is read. */
	@Test
	void ownTablesOfImagesElsewhereAreUsual() throws IOException {
		touch(dir.resolve("images/P1_A01_s1_w1.TIF"));
		final Path own = dir.resolve("tables/own.csv");
		final List<String> warnings = new ArrayList<>();
		final ScreenOptions options = ScreenOptions.none().withWarnings(warnings::add);
		ScreenTable.write(FORMATS.open(dir.resolve("images"), "auto", options), own);
		assertEquals(1, FORMATS.open(own, "auto", options).fields().size());
		assertEquals(List.of(), warnings);
	}
}
