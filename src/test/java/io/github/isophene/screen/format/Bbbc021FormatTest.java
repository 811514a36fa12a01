// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.touch;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;

import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Bbbc021FormatTest {

	private static final String HEADER = "TableNumber,ImageNumber,Image_FileName_DAPI,Image_PathName_DAPI," +
		"Image_FileName_Tubulin," +
		"Image_PathName_Tubulin,Image_FileName_Actin,Image_PathName_Actin,Image_Metadata_Plate_DAPI," +
		"Image_Metadata_Well_DAPI,Replicate," + "Image_Metadata_Compound,Image_Metadata_Concentration";

	@TempDir
	private Path dir;

	private static String row(final String well, final String compound, final String concentration) {
		return "1,1,d.tif,Week1/Week1_7,t.tif,Week1/Week1_7,a.tif,Week1/Week1_7,Week1_7," + well + ",1," + compound +
			"," + concentration;
	}

	private Screen read() throws IOException {
		return new Bbbc021Format().read(dir, ScreenOptions.none());
	}

	@Test
	void comparesConcentrationsAsNumbers() throws IOException {
		write(dir.resolve("BBBC021_v1_image.csv"), HEADER, row("A1", "taxol", "3e-4"), row("A2", "taxol", "0.3"),
			row("A3", "DMSO", "0"));
		assertFalse(read().metadataColumns().contains("Metadata_moa"));
		write(dir.resolve("BBBC021_v1_moa.csv"), "\"compound\",concentration,\"moa\"",
			"\"taxol\",0.000300,\"Microtubule stabilizers\"", "\"DMSO\",0.000000,\"DMSO\"");
		final Screen screen = read();
		assertEquals("Microtubule stabilizers", screen.fields().get(0).get("Metadata_moa"));
		assertEquals("", screen.fields().get(1).get("Metadata_moa"));
		assertEquals("DMSO", screen.fields().get(2).get("Metadata_moa"));
		assertEquals("negcon", screen.fields().get(2).get("Metadata_pert_type"));
		assertEquals("Week1", screen.fields().get(2).get("Metadata_Batch"));
	}

	@Test
	void findsImagesAsTheArchivesUnpack() throws IOException {
		write(dir.resolve("BBBC021_v1_image.csv"), HEADER, row("A1", "taxol", "1"));
		assertEquals(dir.resolve("Week1/Week1_7/d.tif").toAbsolutePath().toString(),
			read().fields().get(0).planes().get(0).path());
		touch(dir.resolve("Week1_7/d.tif"));
		assertEquals(dir.resolve("Week1_7/d.tif").toAbsolutePath().toString(),
			read().fields().get(0).planes().get(0).path());
	}

	@Test
	void saysWhatIsWrong() throws IOException {
		final Path csv = dir.resolve("BBBC021_v1_image.csv");
		write(csv, HEADER, row("A0", "taxol", "1"));
		assertMessage(IOException.class, this::read, "line 2", "'A0' is no well");
		write(csv, HEADER.replace("Image_Metadata_Compound", "Compound"), row("A1", "taxol", "1"));
		assertMessage(IOException.class, this::read, "has no column Image_Metadata_Compound");
		write(dir.resolve("BBBC021_v1_moa.csv"), "compound,concentration,moa", "taxol,1,x");
		write(csv, HEADER, row("A1", "taxol", "much"));
		assertMessage(IOException.class, this::read, "line 2", "'much' is no concentration");
	}
}
