// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.TestFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RxRx1FormatTest {

	private static final String HEADER = "site_id,well_id,cell_type,dataset,experiment,plate,well,site,well_type," +
		"sirna,sirna_id";
	private static final String ROW1 = "HEPG2-08_1_B02_1,HEPG2-08_1_B02,HEPG2,test,HEPG2-08,1,B02,1,negative_control," +
		"EMPTY,1138";
	private static final String ROW2 = "HEPG2-08_2_B02_2,HEPG2-08_2_B02,HEPG2,test,HEPG2-08,2,B02,2,treatment,s21721," +
		"855";
	private static final String ROW3 = "RPE-05_1_AA3_1,RPE-05_1_AA3,RPE,train,RPE-05,1,AA3,1,positive_control,s15652," +
		"1109";

	@TempDir
	private Path dir;

	@Test
	void readsBothLayouts() throws IOException {
		write(dir.resolve("metadata.csv"), HEADER, ROW1, ROW2, ROW3);
		Files.createDirectories(dir.resolve("HEPG2-08/Plate1"));
		Files.createDirectories(dir.resolve("images/RPE-05/Plate1"));
		assertEquals("rxrx1", TestFormats.all().choose(dir, "auto").name());
		final Screen screen = TestFormats.all().open(dir, "auto", ScreenOptions.none());
		assertEquals(List.of("DNA", "ER", "Actin", "RNA", "Mito", "Golgi"), screen.channels());
		assertEquals(List.of("HEPG2-08_Plate1 B02 site 1", "HEPG2-08_Plate2 B02 site 2", "RPE-05_Plate1 AA03 site 1"),
			screen.fields().stream().map(Field::label).toList());
		assertEquals("{Metadata_Batch=HEPG2-08, Metadata_pert_type=negcon, Metadata_site_id=HEPG2-08_1_B02_1, " +
			"Metadata_well_id=HEPG2-08_1_B02, Metadata_cell_type=HEPG2, Metadata_dataset=test, Metadata_sirna=EMPTY, " +
			"Metadata_sirna_id=1138}", screen.fields().get(0).metadata().toString());
		assertEquals(List.of("negcon", "trt", "poscon"),
			screen.fields().stream().map(f -> f.get("Metadata_pert_type")).toList());
		final String root = dir.toAbsolutePath().normalize().toString();
		assertEquals(root + "/HEPG2-08/Plate2/B02_s2_w6.png", screen.fields().get(1).planes().get(5).path());
		assertEquals(root + "/images/RPE-05/Plate1/AA3_s1_w1.png", screen.fields().get(2).planes().get(0).path());
		assertEquals(screen, TestFormats.all().open(dir.resolve("metadata.csv"), "auto", ScreenOptions.none()));
	}

	@Test
	void saysWhatIsWrong() throws IOException {
		final Path csv = dir.resolve("metadata.csv");
		write(csv, HEADER, ROW1);
		assertMessage(IOException.class, this::read, "metadata.csv, line 2", "no images of the experiment 'HEPG2-08'",
			"images/HEPG2-08");
		Files.createDirectories(dir.resolve("images/HEPG2-08"));
		write(csv, HEADER, ROW1, ROW1);
		assertMessage(IOException.class, this::read, "lines 2 and 3", "plate HEPG2-08_Plate1, well B02, site 1");
		write(csv, HEADER, ROW1.replace("negative_control", "strange"));
		assertMessage(IOException.class, this::read, "line 2", "'strange' is no control type");
		write(csv, HEADER, ROW1.replace("B02,1,neg", "B99,1,neg"));
		assertMessage(IOException.class, this::read, "line 2", "'B99' is no well");
		write(csv, HEADER.replace("well_type", "type"), ROW1);
		assertMessage(IOException.class, this::read, "metadata.csv has no column well_type");
		write(csv, HEADER);
		assertMessage(IOException.class, this::read, "no rows");
	}

	private void read() throws IOException {
		new RxRx1Format().read(dir, ScreenOptions.none());
	}
}
