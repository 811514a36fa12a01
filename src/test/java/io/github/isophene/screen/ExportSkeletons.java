// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import io.github.isophene.SharedData;
import io.github.isophene.demo.GrayTiff;

/**
 * Folders in the layouts of the real exports that tests read, with the same names and small images of noise, so that
 * they can be opened where the exports themselves are absent.
 */
public final class ExportSkeletons {

	private static final String HARMONY = "http://www.perkinelmer.com/PEHH/HarmonyV5";

	private static final int SIDE = 32;

	private final Path root;

	/** @param root an empty folder */
	public ExportSkeletons(final Path root) throws IOException {
		this.root = root;
		operetta();
		imageXpress();
		for (final String well : List.of("B7_01_%d_3", "D6_01_%d_2", "D7_01_%d_1", "F7_01_%d_2", "H12_01_%d_1")) {
			final List<String> channels = List.of("DAPI", "GFP", "RFP");
			for (int c = 0; c < 3; c++) {
				image("nf1/" + String.format(well, c + 1) + "_" + channels.get(c) + "_001.tif");
			}
		}
		for (final int channel : List.of(2, 3, 5))
			image("jump/BR00117006/r01c01f01p01-ch" + channel + "sk1fk1fl1.tiff");
		final Path plates = root.resolve("jump/plate.csv.gz");
		try (var out = new GZIPOutputStream(Files.newOutputStream(plates))) {
			out.write("""
				Metadata_Source,Metadata_Batch,Metadata_Plate,Metadata_PlateType
				source_1,Batch1_20221004,UL000109,COMPOUND_EMPTY
				source_1,Batch1_20221004,UL001641,COMPOUND
				""".getBytes(StandardCharsets.UTF_8));
		}
		text("jump/perturbation_control.csv", """
			Metadata_JCP2022,Metadata_pert_type,Metadata_Name,Metadata_modality
			JCP2022_999999,empty,Empty,any
			JCP2022_033924,negcon,DMSO,compound
			JCP2022_037716,poscon,AMG900,compound
			""");
	}

	/** Returns the real export where there is one, else its skeleton; skips the test where there is neither. */
	public Path get(final String name) {
		return !SharedData.has(name) && Files.exists(root.resolve(name)) ? root.resolve(name) : SharedData.get(name);
	}

	private void operetta() throws IOException {
		final StringBuilder images = new StringBuilder();
		for (int field = 1; field <= 2; field++) {
			final String file = "r03c03f0" + field + "p01-ch1sk1fk1fl1.tiff";
			image("operetta/Images/" + file);
			images.append("<Image><id>0303K1F" + field + "P1R1</id><URL>" + file + "</URL><Row>3</Row><Col>3</Col>" +
				"<FieldID>" + field + "</FieldID><PlaneID>1</PlaneID><TimepointID>0</TimepointID>" +
				"<ChannelID>1</ChannelID><ChannelName>Fluorescein (FITC)</ChannelName></Image>");
		}
		text("operetta/Images/Index.idx.xml",
			"\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><EvaluationInputData xmlns=\"" + HARMONY + "\">" +
				"<Plates><Plate><PlateID>Test_Sample_BALL</PlateID><Name>Test_Sample_BALL</Name></Plate></Plates>" +
				"<Maps><Map><Entry ChannelID=\"1\"><FlatfieldProfile>{Background: {Character: NonFlat, Mean: 300, " +
				"Profile: {Coefficients: [[1.0], [0.0, 0.0], [-0.1, 0.0, -0.1]], Dims: [1080, 1080], " +
				"Origin: [539.5, 539.5], Scale: [0.001, 0.001], Type: Polynomial}}, Channel: 1, Version: 1}" +
				"</FlatfieldProfile></Entry></Map></Maps><Images>" + images + "</Images></EvaluationInputData>");
		text("operetta/drug_layout.csv", "row;col;drug;concentration;unit\nC;3;DMSO;0.125;%\n");
		text("operetta/Assaylayout/Unnamed.xml",
			"\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><AssayLayout xmlns=\"" + HARMONY + "\">" +
				"<PlateCols>24</PlateCols><PlateRows>16</PlateRows><Layer><Name>Compound</Name>" +
				"<ValueType>string</ValueType><Well><Row>1</Row><Col>1</Col><Value /></Well></Layer></AssayLayout>");
	}

	private void imageXpress() throws IOException {
		final String one = "imagexpress/9987_Plate_3420/";
		htd(one, "DAPI");
		htd(one + "TimePoint_1/", "DAPI");
		image(one + "TimePoint_1/9987_B02.TIF");
		final String stack = "imagexpress/9987_Plate_3434/";
		final String times = "imagexpress/9987_Plate_3435/";
		htd(stack, "DAPI", "FITC", "Texas Red", "Cy5");
		htd(stack + "TimePoint_1/", "DAPI", "FITC", "Texas Red", "Cy5");
		htd(times, "DAPI", "FITC", "Texas Red", "Cy5");
		for (final String site : List.of("B02_s1", "B02_s2", "B03_s1", "B03_s2")) {
			for (int wave = 1; wave <= 3; wave++) {
				for (int z = 0; z <= 3; z++) {
					image(stack + "TimePoint_1/ZStep_" + z + "/9987_" + site + "_w" + wave + ".TIF");
				}
			}
			for (int wave = 1; wave <= 2; wave++) image(times + "TimePoint_1/9987_" + site + "_w" + wave + ".TIF");
			image(times + "TimePoint_2/9987_" + site + "_w1.TIF");
		}
	}

	private void htd(final String folder, final String... waves) throws IOException {
		final StringBuilder text = new StringBuilder("\"HTSInfoFile\", Version 1.0\r\n");
		for (int i = 0; i < waves.length; i++)
			text.append("\"WaveName").append(i + 1).append("\", \"").append(waves[i]).append("\"\r\n");
		text(folder + "9987.HTD", text.append("\"EndFile\"\r\n").toString());
	}

	/** Noise that depends on the name, so that no two images are alike. */
	private void image(final String file) throws IOException {
		final Random random = new Random(file.hashCode());
		final int brightness = 500 + random.nextInt(1000);
		final short[] pixels = new short[SIDE * SIDE];
		for (int i = 0; i < pixels.length; i++) pixels[i] = (short) (brightness + random.nextInt(brightness));
		final Path path = root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.write(path, GrayTiff.encode(pixels, SIDE, SIDE));
	}

	private void text(final String file, final String text) throws IOException {
		final Path path = root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}
}
