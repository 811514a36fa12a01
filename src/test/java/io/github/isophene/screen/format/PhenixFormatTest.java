// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.touch;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhenixFormatTest {

	@TempDir
	private Path dir;

	private Screen read(final Path source) throws IOException {
		return new PhenixFormat().read(source, ScreenOptions.none());
	}

	private static String image(final int row, final int column, final int field, final int plane, final int time,
		final int channel)
	{
		return "<Image><id>i</id><State>Ok</State><URL>r" + row + "c" + column + "f" + field + "p" + plane + "t" +
			time + "ch" + channel + ".tiff</URL><Row>" + row + "</Row><Col>" + column + "</Col><FieldID>" + field +
			"</FieldID><PlaneID>" + plane + "</PlaneID><TimepointID>" + time + "</TimepointID><ChannelID>" + channel +
			"</ChannelID><FlimID>1</FlimID></Image>";
	}

	private Path index(final String folder, final String plate, final String... images) throws IOException {
		return write(dir.resolve(folder).resolve("Images/Index.xml"), "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
			"<EvaluationInputData Version=\"2\" xmlns=\"43B2A954-E3C3-47E1-B392-6635266B0DD3/HarmonyV7\">",
			"<Plates><Plate><PlateID>id</PlateID><Name>" + plate + "</Name><Well id=\"0101\"/></Plate></Plates>",
			"<Wells><Well><id>0101</id><Image id=\"i\"/></Well></Wells>",
			"<Maps><Map><Entry ChannelID=\"1\"><ChannelName>DNA &amp; more</ChannelName></Entry>" +
				"<Entry ChannelID=\"2\"><FlatfieldProfile>{Background: {Mean: 1}, Channel: 2, ChannelName: Mito, " +
				"Version: A}</FlatfieldProfile></Entry></Map></Maps>",
			"<Images>" + String.join("\n", images) + "</Images></EvaluationInputData>");
	}

	@Test
	void laterSchemasNameChannelsInTheMaps() throws IOException {
		index(".", "P1", image(1, 10, 1, 1, 0, 2), image(1, 2, 10, 1, 0, 1), image(1, 2, 9, 1, 0, 1),
			image(1, 2, 9, 1, 0, 3));
		final Screen screen = read(dir);
		assertEquals(List.of("DNA & more", "Mito", "ch3"), screen.channels());
		assertEquals(List.of("P1 A02 site 9", "P1 A02 site 10", "P1 A10 site 1"),
			screen.fields().stream().map(Field::label).toList());
		assertNull(screen.fields().get(0).planes().get(1));
		assertEquals(dir.resolve("Images/r1c2f9p1t0ch3.tiff").toAbsolutePath().toString(),
			screen.fields().get(0).planes().get(2).path());
		assertEquals(List.of(), List.copyOf(screen.fields().get(0).metadata().keySet()));
	}

	@Test
	void takesTheFirstTimePointAndTheMiddlePlane() throws IOException {
		index(".", "P1", image(1, 1, 1, 1, 1, 1), image(1, 1, 1, 2, 1, 1), image(1, 1, 1, 3, 1, 1),
			image(1, 1, 1, 4, 1, 1), //
			image(1, 1, 1, 4, 1, 2), image(1, 1, 1, 9, 0, 2), image(2, 1, 1, 1, 1, 1), image(2, 1, 1, 2, 1, 1),
			image(2, 1, 1, 3, 1, 1), image(2, 1, 1, 3, 1, 2));
		final Screen screen = read(dir);
		assertEquals("{Metadata_Timepoint=0, Metadata_Plane=9}", screen.fields().get(0).metadata().toString());
		assertNull(screen.fields().get(0).planes().get(0));
		assertEquals("{Metadata_Timepoint=1, Metadata_Plane=2 3}", screen.fields().get(1).metadata().toString());
		assertEquals(List.of("r2c1f1p2t1ch1.tiff", "r2c1f1p3t1ch2.tiff"),
			screen.fields().get(1).planes().stream().map(p -> Path.of(p.path()).getFileName().toString()).toList());
	}

	@Test
	void imagesThatFailedAreMissing() throws IOException {
		index(".", "P1", image(1, 1, 1, 1, 0, 1), image(1, 1, 1, 1, 0, 2).replace("Ok", "Failed"),
			image(1, 1, 2, 1, 0, 2), image(1, 1, 2, 1, 0, 2).replace("<FlimID>1", "<FlimID>2"));
		final Screen screen = read(dir);
		assertNull(screen.fields().get(0).planes().get(1));
		assertEquals(2, screen.fields().size());
	}

	@Test
	void severalMeasurementsMakeOneScreen() throws IOException {
		index("P10__2020-11-08T18_18_00-Measurement 1", "P10", image(1, 1, 1, 1, 0, 1));
		index("P9__2020-11-08T18_18_00-Measurement 1", "", image(1, 1, 1, 1, 0, 1));
		touch(dir.resolve("P8__2020-11-08T18_18_00-Measurement 1/Images/r16c24f01p01-ch1sk1fk1fl1.tiff"));
		final Screen screen = read(dir);
		assertEquals(List.of("P8", "P10", "id"), List.copyOf(screen.plates().keySet()));
		assertEquals("P24", screen.fields().get(0).well());
		index("again", "P10", image(1, 1, 1, 1, 0, 1));
		assertMessage(IOException.class, () -> read(dir), "The plate P10 comes twice", "again",
			"P10__2020-11-08T18_18_00-Measurement 1");
	}

	@Test
	void saysWhereTheIndexIsBroken() throws IOException {
		final Path index = index(".", "P1", image(1, 1, 1, 1, 0, 1), image(1, 1, 2, 1, 0, 1));
		final String text = Files.readString(index);
		Files.writeString(index, text.substring(0, text.length() - 100));
		assertMessage(IOException.class, () -> read(dir), "Index.xml, line 7", "no well-formed XML");
		Files.writeString(index, text.replaceFirst("<Row>1</Row>", ""));
		assertMessage(IOException.class, () -> read(dir), "Index.xml, Image i: has no Row");
		Files.writeString(index, text.replaceFirst("<Row>1</Row>", "<Row>one</Row>"));
		assertMessage(IOException.class, () -> read(dir), "Index.xml, Image i: Row 'one' is no number");
		Files.writeString(index, text.replaceFirst("<Row>1</Row>", "<Row>77</Row>"));
		assertMessage(IOException.class, () -> read(dir), "image r1c1f1p1t0ch1.tiff", "row 77, column 1");
		Files.writeString(index, text.replaceFirst("(?s)<Images>.*</Images>", "<Images></Images>"));
		assertMessage(IOException.class, () -> read(dir), "Index.xml lists no images");
		Files.writeString(index, text.replace("<FieldID>2", "<FieldID>1"));
		assertMessage(IOException.class, () -> read(dir), "Two files are both P1 A01 site 1, channel DNA & more");
	}

	@Test
	void followsNoEntityOutsideTheFile() throws IOException {
		final Path secret = write(dir.resolve("secret.txt"), "SECRET");
		final Path index = index(".", "&x;", image(1, 1, 1, 1, 0, 1));
		final String text = Files.readString(index);
		Files.writeString(index,
			text.replaceFirst("\\?>", "?><!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"));
		assertMessage(IOException.class, () -> read(dir), "Index.xml has a document type declaration");
		Files.writeString(index, text);
		assertMessage(IOException.class, () -> read(dir), "no well-formed XML");
	}
}
