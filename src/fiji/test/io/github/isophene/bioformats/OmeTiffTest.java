// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.ImageFileReader;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import loci.common.services.ServiceFactory;
import loci.formats.ImageReader;
import loci.formats.ome.OMEXMLMetadata;
import loci.formats.out.OMETiffWriter;
import loci.formats.services.OMEXMLService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plate in a file of many images that exists: OME-TIFF, written by Bio-Formats. */
class OmeTiffTest {

	@TempDir
	Path folder;

	private Path fake;

	@BeforeEach
	void pretend() throws IOException {
		fake = Fakes.write(folder, "plate", "plates=1&plateRows=2&plateCols=2&fields=2&sizeC=2&sizeZ=3");
	}

	@Test
	void platesComeBackWithTheirPixels() throws Exception {
		final Path file = write(folder.resolve("plate.ome.tif"));
		final Screen screen = new BioFormatsFormat().read(file, ScreenOptions.none());
		assertEquals(8, screen.fields().size());
		assertEquals("Plate Name 0 B02 site 2", screen.fields().get(7).label());
		final Path table = folder.resolve("screen.csv");
		ScreenTable.write(screen, table);
		try (FieldReaders readers = new FieldReaders(List.of(new ImageFileReader(), new BioFormatsReader()))) {
			for (int i = 0; i < 8; i++) {
				for (int c = 0; c < 2; c++) {
					final Fakes.FakeOrigin origin = Fakes.origin(readers.read(ScreenTable.read(table).fields().get(i)),
						c);
					assertEquals(new Fakes.FakeOrigin(i, origin.index(), 1, c, 0), origin);
				}
			}
		}
	}

	@Test
	void underTheNameOfASingleImageItIsRefused() throws Exception {
		final Path file = write(folder.resolve("plate.ome.tif"));
		final Path renamed = Files.move(file, folder.resolve("plate.tif"));
		final String message = assertThrows(IOException.class,
			() -> new BioFormatsFormat().read(renamed, ScreenOptions.none())).getMessage();
		assertTrue(message.contains(renamed.toString()) && message.contains("rename it to end in .ome.tif"), message);
		assertFalse(message.contains("\n"), message);
	}

	private Path write(final Path file) throws Exception {
		final OMEXMLMetadata metadata = new ServiceFactory().getInstance(OMEXMLService.class).createOMEXMLMetadata();
		try (ImageReader reader = new ImageReader(); OMETiffWriter writer = new OMETiffWriter()) {
			reader.setMetadataStore(metadata);
			reader.setId(fake.toString());
			writer.setMetadataRetrieve(metadata);
			writer.setId(file.toString());
			for (int series = 0; series < reader.getSeriesCount(); series++) {
				reader.setSeries(series);
				writer.setSeries(series);
				for (int plane = 0; plane < reader.getImageCount(); plane++)
					writer.saveBytes(plane, reader.openBytes(plane));
			}
		}
		return file;
	}
}
