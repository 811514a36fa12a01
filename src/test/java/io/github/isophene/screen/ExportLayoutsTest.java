// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.touch;
import static io.github.isophene.screen.Messages.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Layouts of real exports, rebuilt with empty files from public listings of names: plates, wells, sites, channels, time
 * points and planes that {@code format=auto} finds. Each row names its source.
 */
public class ExportLayoutsTest {

	private static final String FAIM = "fmi-faim/faim-ipa@58f3f076 resources/";
	private static final String VIEWER = "embl-cba/plateviewer@abf125d6 src/test/resources/";
	private static final String OME = "downloads.openmicroscopy.org/images/";
	private static final ScreenFormats FORMATS = TestFormats.all();

	@TempDir
	private Path dir;

	/** One export: its files, and what they are. */
	private static final class ExportLayout {

		private final String source;
		private final String format;
		private final Map<String, String> files = new LinkedHashMap<>();
		private final List<String> expected = new ArrayList<>();
		private String open = "";

		ExportLayout(final String source, final String format) {
			this.source = source;
			this.format = format;
		}

		/** Empty files. */
		ExportLayout files(final String... paths) {
			for (final String path : paths) files.put(path, null);
			return this;
		}

		/** A file of the same name for each number or name in the last of the arguments. */
		ExportLayout each(final String pattern, final Object... values) {
			for (final Object value : values) files.put(String.format(pattern, value), null);
			return this;
		}

		ExportLayout text(final String path, final String... lines) {
			files.put(path, String.join("\n", lines));
			return this;
		}

		/** Path below the temporary folder that is opened; all of it without. */
		ExportLayout open(final String path) {
			open = path;
			return this;
		}

		ExportLayout is(final String plates, final String wells, final String sites, final String channels) {
			expected.add("plates " + plates);
			expected.add("wells " + wells);
			expected.add("sites " + sites);
			expected.add("channels " + channels);
			return this;
		}

		/** A field, as {@link #describe} gives it. */
		ExportLayout field(final String text) {
			expected.add(text);
			return this;
		}
	}

	private static List<ExportLayout> layouts() {
		final List<ExportLayout> all = new ArrayList<>();
		all.addAll(imageXpress());
		all.addAll(yokogawa());
		all.addAll(inCell());
		all.addAll(scanrAndEmbl());
		all.addAll(harmony());
		all.addAll(others());
		return all;
	}

	private static List<ExportLayout> imageXpress() {
		final String g = "E94C24BD-45E4-450A-9919-257C714278F7";
		return List.of(new ExportLayout(FAIM + "ImageXpress/Projection-Mix (no .HTD)", "imagexpress") //
			.each("Projection-Mix/2023-02-21/1334/Projection-Mix_E07_s1_w%s" + g + ".tif", 1, 2, 3) //
			.each("Projection-Mix/2023-02-21/1334/Projection-Mix_E07_s1_w%s_thumb" + g + ".tif", 1, 2, 3) //
			.each("Projection-Mix/2023-02-21/1334/ZStep_%s/Projection-Mix_E07_s1_w1" + g + ".tif", 1, 2, 3, 10) //
			.each("Projection-Mix/2023-02-21/1334/ZStep_%s/Projection-Mix_E07_s1_w2_thumb" + g + ".tif", 1, 2, 3, 10) //
			.each("Projection-Mix/2023-02-21/1334/ZStep_1/Projection-Mix_E07_s1_w%s" + g + ".tif", 4) //
			.is("Projection-Mix", "E07", "1", "w1, w2, w3, w4") //
			.field("Projection-Mix E07 site 1 {Metadata_Plane=projection 1} w1 " +
				"Projection-Mix/2023-02-21/1334/Projection-Mix_E07_s1_w1" + g + ".tif"),
			new ExportLayout(FAIM + "ImageXpress/1well-3C-2S-Zmix-T", "imagexpress") //
				.each("1well-3C-2S-Zmix-T/2024-04-22/1697/TimePoint_1/" +
					"1well-3C-2S-Zmix-T_C07_s%s_w1D5F8F51A-3E85-4358-AE51-A465AF87386F.tif", 1, 2) //
				.each("1well-3C-2S-Zmix-T/2024-04-22/1697/TimePoint_1/" +
					"1well-3C-2S-Zmix-T_C07_s%s_w29E8DE988-C6EC-49A6-8D1B-2BC852EA11E9.tif", 1, 2) //
				.each("1well-3C-2S-Zmix-T/2024-04-22/1697/TimePoint_2/" +
					"1well-3C-2S-Zmix-T_C07_s%s_w1401562CF-BD52-4C90-A944-83185F26B372.tif", 1, 2) //
				.is("1well-3C-2S-Zmix-T", "C07", "1, 2", "w1, w2") //
				.field("1well-3C-2S-Zmix-T C07 site 2 {Metadata_Timepoint=1} w2 " +
					"1well-3C-2S-Zmix-T/2024-04-22/1697/TimePoint_1/" +
					"1well-3C-2S-Zmix-T_C07_s2_w29E8DE988-C6EC-49A6-8D1B-2BC852EA11E9.tif"),
			new ExportLayout(FAIM + "ImageXpress/SingleChannel", "imagexpress") //
				.each("SingleChannel/2023-02-21/1334/Projection-Mix_E07_s%s" + g + ".tif", 1, 2) //
				.each("SingleChannel/2023-02-21/1334/Projection-Mix_E08_s%s_thumb" + g + ".tif", 1) //
				.files("SingleChannel/2023-02-21/1334/Projection-Mix_E08_s117654C10-92F1-4DFD-98AA-6A01BBD77557.tif") //
				.is("Projection-Mix", "E07, E08", "1, 2", "w1"),
			new ExportLayout(FAIM + "ImageXpress_exported (three plates, HTD in every folder)", "imagexpress") //
				.text("screen/9987_Plate_3434/9987.HTD", "\"WaveName1\", \"DAPI\"", "\"WaveName2\", \"FITC\"") //
				.text("screen/9987_Plate_3434/TimePoint_1/9987.HTD", "\"WaveName1\", \"DAPI\"") //
				.each("screen/9987_Plate_3434/TimePoint_1/ZStep_%s/9987_B02_s1_w1.TIF", 0, 1, 2) //
				.each("screen/9987_Plate_3434/TimePoint_1/ZStep_%s/9987_B02_s1_w2.TIF", 0, 1, 2) //
				.text("screen/9987_Plate_3435/9987.HTD", "\"WaveName1\", \"DAPI\"") //
				.each("screen/9987_Plate_3435/TimePoint_%s/9987_B03_s1_w1.TIF", 1, 2) //
				.is("9987_Plate_3434, 9987_Plate_3435", "B02, B03", "1", "DAPI, FITC") //
				.field("9987_Plate_3434 B02 site 1 {Metadata_Timepoint=1, Metadata_Plane=projection} FITC " +
					"screen/9987_Plate_3434/TimePoint_1/ZStep_0/9987_B02_s1_w2.TIF"),
			new ExportLayout(VIEWER + "MD-MULTISITE-TIF", "imagexpress") //
				.each("MD-MULTISITE-TIF/IM-Assays-EXP2_A01_s%s_w1.TIF", 1, 4)
				.each("MD-MULTISITE-TIF/IM-Assays-EXP2_A01_s%s_w3.TIF", 1, 4) //
				.each("MD-MULTISITE-TIF/IM-Assays-EXP2_A02_s%s_w1.TIF", 4)
				.is("IM-Assays-EXP2", "A01, A02", "1, 4", "w1, w3"),
			new ExportLayout(VIEWER + "MD-P2-S4-C1-T1", "imagexpress") //
				.each("MD-P2-S4-C1-T1/180730-Nup93-mEGFP-clone79-imaging-pipeline_A01_s%s_w2.tif", 1, 2, 3, 4) //
				.each("MD-P2-S4-C1-T1/180730-Nup93-mEGFP-clone79-imaging-pipeline_A02_s%s_w2.tif", 1, 2, 3, 4) //
				.is("180730-Nup93-mEGFP-clone79-imaging-pipeline", "A01, A02", "1, 2, 3, 4", "w2"),
			new ExportLayout(VIEWER + "MD-P2-S0-C2-T1 (with derived images)", "imagexpress") //
				.each("MD-P2-S0-C2-T1/180730-Nup93-mEGFP-clone79-imaging-pipeline_%s_w2.tif", "A01", "A02") //
				.each("MD-P2-S0-C2-T1/180730-Nup93-mEGFP-clone79-imaging-pipeline_%s_w2-foregroun.tif", "A01", "A02") //
				.is("180730-Nup93-mEGFP-clone79-imaging-pipeline", "A01, A02", "1", "w2"),
			new ExportLayout("CellProfiler/examples ExampleStraightenWorms", "imagexpress") //
				.files("images/101210OranePlt1_C16_w1_[9AA4D9EA-18E4-4354-8C7D-0202029A8048].tif",
					"images/101210OranePlt1_C16_w2_[EFB0F53A-F40F-46D8-A61A-51C2BE61E460].tif",
					"images/101210OranePlt1_C16_w3_[E3E9B145-D9B7-49E1-8159-496F065708F7].tif", "images/WormModel.xml")
				.is("101210OranePlt1", "C16", "1", "w1, w2, w3"),
			new ExportLayout("CellProfiler/examples ExampleUntangleWorms", "imagexpress") //
				.files("worms/images/1649_1109_0003_Amp5-1_B_20070424_C01_w1_10E01AFB-34C4-416E-A9D3-51B90AB53728.tif",
					"worms/images/1649_1109_0003_Amp5-1_B_20070424_C01_w2_CB2F18CD-EDF0-4BCD-98CF-3A07E5A582FF.tif",
					"worms/images/1649_1109_0003_Amp5-1_B_20070424_C20_w1_0F5A41CB-2646-49E5-9281-F5B1F655B7BC.tif") //
				.is("1649_1109_0003_Amp5-1_B_20070424", "C01, C20", "1", "w1, w2"),
			new ExportLayout("CellProfiler/examples ExampleIlluminationCorrection (one of its three instruments)",
				"imagexpress") //
				.files("staph/ADSAStaphInfection2_A01_w2247376DD-6ADD-442D-AE47-F54A05F3EA94.tif")
				.is("ADSAStaphInfection2", "A01", "1", "w2"),
			new ExportLayout(OME + "MetaXpress/idr0006 (no .HTD)", "imagexpress") //
				.each("plate 11001_Plate_136/TimePoint_1/plate 11001_A01_s10_w%s.TIF", 1, 2) //
				.is("plate 11001", "A01", "10", "w1, w2"),
			new ExportLayout(OME + "MetaXpress/idr0008 and idr0081: two plates in one folder", "imagexpress") //
				.each("both/Act1_Plate10-SP-A8_A01_s1_w%s.TIF", 1, 2, 3)
				.each("both/BSF018292-1A_A01_w%s.TIF", 1, 2) //
				.is("Act1_Plate10-SP-A8, BSF018292-1A", "A01", "1", "w1, w2, w3"),
			new ExportLayout(FAIM + "ImageXpress_exported, its .HTD files lost: the experiment's name in two folders",
			"imagexpress") //
				.each("screen/9987_Plate_3434/TimePoint_1/9987_B02_s1_w%s.TIF", 1, 2)
				.each("screen/9987_Plate_3435/TimePoint_1/9987_B02_s1_w%s.TIF", 1, 2) //
				.is("9987_Plate_3434, 9987_Plate_3435", "B02", "1", "w1, w2"));
	}

	private static List<ExportLayout> yokogawa() {
		final String xmlns = "xmlns:bts=\"http://www.yokogawa.co.jp/BTS/BTSSchema/1.0\"";
		final String cv = "CV8000-Minimal_20230918/CV8000-Minimal";
		return List.of(new ExportLayout(FAIM + "CV8000", "yokogawa") //
			.each(cv + "/CV8000-Minimal_D08_T0001F001L01A01Z0%sC01.tif", 1, 2, 3, 4) //
			.each(cv + "/CV8000-Minimal_D08_T0001F001L01A02Z0%sC02.tif", 1, 2, 3, 4) //
			.files(cv + "/SC_BP445-45_20x v2_M01_CH01.tif", cv + "/DC_sCMOS #1_CAM1.tif") //
			.text(cv + "/MeasurementData.mlf", "<bts:MeasurementData " + xmlns + ">",
				record("CV8000-Minimal_D08_T0001F001L01A01Z01C01.tif", 1, ""),
				record("CV8000-Minimal_D08_T0001F001L01A02Z01C02.tif", 2, ""), "</bts:MeasurementData>") //
			.text(cv + "/MeasurementDetail.mrf",
				"<bts:MeasurementDetail bts:ColumnCount=\"12\" " + xmlns +
					"><bts:MeasurementSamplePlate bts:Name=\"other\"/></bts:MeasurementDetail>") //
			.text(cv + "/Minimal.mes", "<bts:MeasurementSetting " + xmlns + "><bts:ChannelList>" +
				"<bts:Channel bts:Ch=\"1\" bts:Target=\"405\" bts:Fluorophore=\"DAPI\"/><bts:Channel bts:Ch=\"2\" " +
				"bts:Target=\"488\" " + "bts:Fluorophore=\"\"/></bts:ChannelList></bts:MeasurementSetting>") //
			.is("CV8000-Minimal", "D08", "1", "DAPI, 488") //
			.field("CV8000-Minimal D08 site 1 {Metadata_Plane=2} 488 " + cv +
				"/CV8000-Minimal_D08_T0001F001L01A02Z02C02.tif"),
			new ExportLayout(OME + "CV7000/cpg0016 (names alone)", "yokogawa") //
				.files("Dest21053D1-15214/Dest210531-152149_A01_T0001F001L01A01Z01C01.tif",
					"Dest21053D1-15214/Dest210531-152149_A01_T0001F001L01A01Z01C05.tif",
					"Dest21053D1-15214/Dest210531-152149_A01_T0001F001L01A02Z01C02.tif") //
				.is("Dest210531-152149", "A01", "1", "C01, C02, C05"),
			new ExportLayout(OME + "CV7000/idr0088", "yokogawa") //
				.each("110000251230/110000251230_B02_T0001F00%sL01A01Z01C01.tif", 1, 2) //
				.each("110000251230/110000251230_B02_T0001F00%sL01A02Z01C02.tif", 1, 2) //
				.is("110000251230", "B02", "1, 2", "C01, C02"),
			new ExportLayout(OME + "CV7000/idr0093 (channels 1, 3, 5)", "yokogawa") //
				.each("020/020_B02_T0001F001L01A01Z01C0%s.tif", 1, 3, 5)
				.each("020/020_B03_T0001F001L01A01Z01C0%s.tif", 1, 3, 5) //
				.is("020", "B02, B03", "1", "C01, C03, C05"),
			new ExportLayout("CellVoyager with Z-image processing, after the .mlf attribute's documentation",
			"yokogawa") //
				.each("P/P_B03_T0001F001L01A01Z0%sC01.tif", 1, 2, 3)
				.files("P/P_B03_T0001F001L01A01Z01C05.tif", "P/P_B03_T0001F001L01A01Z01C06.tif") //
				.text("P/MeasurementData.mlf", "<bts:MeasurementData " + xmlns + ">",
					record("P_B03_T0001F001L01A01Z01C01.tif", 1, ""),
					record("P_B03_T0001F001L01A01Z01C05.tif", 5, "Maximum"),
					record("P_B03_T0001F001L01A01Z01C06.tif", 6, "Minimum"), "</bts:MeasurementData>") //
				.text("P/x.mes", "<bts:MeasurementSetting " + xmlns +
					"><bts:Channel bts:Ch=\"1\" bts:Target=\"405\"/><bts:Channel bts:Ch=\"5\" " +
					"bts:Target=\"405\"/><bts:Channel bts:Ch=\"6\" " + "bts:Target=\"405\"/></" +
						"bts:MeasurementSetting>") //
				.is("P", "B03", "1", "405") //
				.field("P B03 site 1 {Metadata_Plane=projection} 405 P/P_B03_T0001F001L01A01Z01C05.tif"),
			new ExportLayout("Yokogawa CQ1: W0001F0001T0001Z001C1.tif in Image, with MeasurementDetail.mrf",
			"yokogawa") //
				.each("20240101T1200_Exp/Image/W%sF0001T0001Z001C1.tif", "0001", "0014")
				.each("20240101T1200_Exp/Image/W%sF0001T0001Z001C2.tif", "0001", "0014") //
				.text("20240101T1200_Exp/MeasurementDetail.mrf",
					"<bts:MeasurementDetail bts:ColumnCount=\"12\" " + xmlns + "/>") //
				.is("20240101T1200_Exp", "A01, B02", "1", "C01, C02"));
	}

	private static String record(final String file, final int channel, final String processing) {
		final String well = file.replaceFirst(".*_([A-H]\\d\\d)_T.*", "$1");
		return "<bts:MeasurementRecord bts:Type=\"IMG\" bts:Column=\"" + Integer.parseInt(well.substring(1)) +
			"\" bts:Row=\"" + (well.charAt(0) - 'A' + 1) + "\" bts:Ch=\"" + channel + "\"" +
			(processing.isEmpty() ? "" : " bts:ZImageProcessing=\"" + processing + "\"") + ">" + file +
			"</bts:MeasurementRecord><bts:MeasurementRecord bts:Type=\"ERR\">x</bts:MeasurementRecord>";
	}

	private static List<ExportLayout> inCell() {
		return List.of(new ExportLayout(OME + "HCS/INCELL2000/INMAC384-DAPI-CM-eGFP_59223_1 (with .xdce)", "incell") //
			.each("INMAC384-DAPI-CM-eGFP_59223_1/A - 1(fld 1 wv %s).tif", "Cy5 - Cy5", "DAPI - DAPI", "FITC - FITC") //
			.text("INMAC384-DAPI-CM-eGFP_59223_1/x.xdce",
				"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><ImageStack>" +
					"<AutoLeadAcquisitionProtocol><Wavelengths><Wavelength index=\"0\"><ExcitationFilter " +
					"name=\"DAPI\"/><EmissionFilter " +
					"name=\"DAPI\"/></Wavelength><Wavelength index=\"1\"><ExcitationFilter " +
					"name=\"FITC\"/><EmissionFilter name=\"FITC\"/>" +
					"</Wavelength></Wavelengths></AutoLeadAcquisitionProtocol></ImageStack>") //
			.is("INMAC384-DAPI-CM-eGFP_59223_1", "A01", "1", "DAPI, FITC, Cy5"),
			new ExportLayout(OME + "HCS/INCELL2000/zenodo-14777242 (z for one channel)", "incell") //
				.files("zenodo-14777242/C - 05(fld 1 wv Cy3 - Cy3).tif",
					"zenodo-14777242/C - 05(fld 1 wv FITC - FITC).tif",
					"zenodo-14777242/C - 05(fld 1 wv TL-Brightfield - Cy3).tif") //
				.each("zenodo-14777242/C - 05(fld 1 wv DAPI - DAPI z %s).tif", "01", "02", "03", "04", "05", "06", "07",
					"08", "09", "10", "11", "12", "13", "14", "15", "16") //
				.is("zenodo-14777242", "C05", "1", "Cy3, DAPI, FITC, TL-Brightfield - Cy3") //
				.field("zenodo-14777242 C05 site 1 {Metadata_Plane=1 8} DAPI zenodo-14777242/C - 05(fld 1 wv DAPI - " +
					"DAPI z 08).tif"),
			new ExportLayout(OME + "InCell2000/zenodo-14769820/Dataset_Fail (two channels of the same filters)",
			"incell") //
				.each("Dataset_Fail/B - 02(fld 1 wv %s).tif", "Cy3 - Cy3", "Cy5 - Cy5 wix 4", "Cy5 - Cy5 wix 5",
					"DAPI - DAPI", "FITC - FITC") //
				.is("Dataset_Fail", "B02", "1", "Cy3, Cy5 wix 4, Cy5 wix 5, DAPI, FITC"),
			new ExportLayout("IN Cell 6000 time course, names as in public scripts", "incell") //
				.each("tc/B - 02(fld 01 wv Blue - FITC - time %s ms).tif", "01 - 0", "02 - 600000") //
				.each("tc/Plate1_HA41_B - 03(fld 01 wv 390 - Blue).tif", "") //
				.is("tc", "B02, B03", "1", "390 - Blue, Blue - FITC") //
				.field(
					"tc B02 site 1 {Metadata_Timepoint=1} Blue - FITC tc/B - 02(fld 01 wv Blue - FITC - time 01 - 0 " +
						"ms).tif"),
			new ExportLayout("CellProfiler/examples ExampleVitraImages (IN Cell 3000)", "incell") //
				.files("vitra/Channel 1-01-A-01-00.tif", "vitra/Channel 1-12-A-12-00.tif",
					"vitra/Channel 2-01-A-01-00.tif", "vitra/Channel 2-12-A-12-00.tif", "vitra/VitraChannel1ILLUM.npy")
				.is("vitra", "A01, A12", "0", "Channel 1, Channel 2"),
			new ExportLayout("CellProfiler/CellProfiler ExampleSBSImages (BBBC013)", "incell") //
				.each("sbs/Channel1-%s.tif", "01-A-01", "96-H-12")
				.each("sbs/Channel2-%s.tif", "01-A-01", "96-H-12") //
				.is("sbs", "A01, H12", "1", "Channel1, Channel2"));
	}

	private static List<ExportLayout> scanrAndEmbl() {
		final String one = "one/W0002--A2--A2/P00%s--A2--A2/" +
			"e-0252-MitSol1-plate08--A2--A2--W0002--P00%s--T00001--Z001--C0";
		return List.of(new ExportLayout(VIEWER + "SCANR-C2-S1-T1", "scanr") //
			.each("scanr/A1--W00001--P00001--Z00000--T00000--%s.tif", "GFP", "mcherry") //
			.each("scanr/A2--W00002--P00001--Z00000--T00000--%s.tif", "GFP", "mcherry")
			.is("scanr", "A01, A02", "1", "GFP, mcherry"),
			new ExportLayout(VIEWER + "SCANR-S9-C1-T1", "scanr") //
				.each("s9/A10--W00010--P0000%s--Z00000--T00000--BF1.tif", 1, 2, 9)
				.is("s9", "A10", "1, 2, 9", "BF1"),
			new ExportLayout(OME + "ScanR/idr0009 (wells by number, in data)", "scanr") //
				.each("0307-10--2007-05-30/data/--W00002--P00001--Z00000--T00000--%s.tif", "nucleus-dapi", "pm-647",
					"vsvg-cfp") //
				.files("0307-10--2007-05-30/data/--W00384--P00001--Z00000--T00000--pm-647.tif",
					"0307-10--2007-05-30/experiment_descriptor.dat") //
				.is("0307-10--2007-05-30", "A02, P24", "1", "nucleus-dapi, pm-647, vsvg-cfp"),
			new ExportLayout("ScanR, names that begin with the number of the well", "scanr") //
				.each("w/W00001--P00001--Z00000--T00000--%s.tif", "DAPI", "GFP")
				.each("w/W00014--P00002--Z00000--T00000--%s.tif", "DAPI", "GFP") //
				.is("w", "A01, B02", "1, 2", "DAPI, GFP"),
			new ExportLayout("ScanR with its descriptor, whose keys are those that Bio-Formats reads", "scanr") //
				.text("exp/experiment_descriptor.xml", "<?xml version=\"1.0\"?>",
					"<LVData><Cluster><Name>format typedef</Name><U32><Name>Rows</Name><Val>16</Val></U32>",
					"<U32><Name>Columns</Name><Val>24</Val></U32></Cluster><Array>" + scanrChannel("Autofocus", 0),
					scanrChannel("nucleus-dapi", 0) + scanrChannel("unused", 1) + scanrChannel("cfp", 0),
					scanrChannel("BF", 0) + "</Array></LVData>") //
				.each("exp/data/--W00026--P00001--Z00000--T00000--%s.tif", "BF", "cfp", "nucleus-dapi", "other") //
				.is("exp", "B02", "1", "nucleus-dapi, cfp, BF, other"),
			new ExportLayout("CellProfiler/examples ExampleIlluminationCorrection (another of its instruments)",
			"scanr") //
				.files("x/--W00001--P00001--Z00000--T00000--cherry.tif")
				.is("x", "A01", "1", "cherry"),
			new ExportLayout(VIEWER + "ALMF-EMBL-OneBased-P2-S16-C3-T1", "embl") //
				.each(String.format(one, "1", "1") + "%s.ome.tif", 1, 2, 3)
				.each(String.format(one, "2", "2") + "%s.ome.tif", 1, 2, 3) //
				.is("e-0252-MitSol1-plate08", "A02", "1, 2", "C01, C02, C03")
				.field("e-0252-MitSol1-plate08 A02 site 2 {} C03 " + String.format(one, "2", "2") + "3.ome.tif"),
			new ExportLayout(VIEWER + "ALMF-EMBL-ZeroBased-P2-S4-C2-T1", "embl") //
				.each("z/W0021--B9--empty/P000--B9--empty/" +
					"20180807_CrispR--B9--empty--W0021--P000--T0000--Z000--C0%s.ome.tif", 0, 1) //
				.is("20180807_CrispR", "B09", "0", "C00, C01") //
				.field(
					"20180807_CrispR B09 site 0 {Metadata_Treatment2=empty} C00 z/W0021--B9--empty/P000--B9--empty/" +
						"20180807_CrispR--B9--empty--W0021--P000--T0000--Z000--C00.ome.tif"),
			new ExportLayout(VIEWER + "ALMF-EMBL-JPEG", "embl") //
				.each("jpeg/P001--A1--A1/D0004BS000000007-1uM--A1--A1--W0001--P001--T00001--Z001--C0%s.ome.jpeg", 1, 2)
				.files("jpeg/P001--A1--A1/Thumbs.db")
				.is("D0004BS000000007-1uM", "A01", "1", "C01, C02"),
			new ExportLayout(VIEWER + "ALMF-CellProfiler-Segmentations-And-Table", "embl") //
				.each("s/input/W0009--s444246--XWNeg9/P001--s444246--XWNeg9/" +
					"test_data--s444246--XWNeg9--W0009--P001--T00001--Z001--C0%s.ome.tif", 1, 2, 4) //
				.each("s/input/W0085--s444246--XWNeg9+BafA1/P001--s444246--XWNeg9+BafA1/" +
					"test_data--s444246--XWNeg9+BafA1--W0085--P001--T00001--Z001--C0%s.ome.tif", 1, 2, 4) //
				.each("s/CP_output/images/test_data--s444246--XWNeg9--W0009--P001--T00001--Z001--%s_outline.tiff",
					"cell", "nuclei") //
				.is("test_data", "A09, H01", "1", "C01, C02, C04") //
				.field("test_data H01 site 1 {Metadata_Treatment1=s444246, Metadata_Treatment2=XWNeg9+BafA1} C04 " +
					"s/input/W0085--s444246--XWNeg9+BafA1/P001--s444246--XWNeg9+BafA1/" +
					"test_data--s444246--XWNeg9+BafA1--W0085--P001--T00001--Z001--C04.ome.tif"));
	}

	private static String scanrChannel(final String name, final int idle) {
		return "<Cluster><String><Name>name</Name><Val>" + name + "</Val></String><Boolean><Name>idle</Name><Val>" +
			idle + "</Val></Boolean></Cluster>";
	}

	private static String harmony(final String namespace, final String plate, final String channels,
		final String... images)
	{
		return "\ufeff<?xml version=\"1.0\"?><EvaluationInputData xmlns=\"" + namespace +
			"\"><Plates><Plate><PlateID>" + plate + "</PlateID><Name>" + plate + "</Name></Plate></Plates>" + channels +
			"<Images>" + String.join("", images) + "</Images></EvaluationInputData>";
	}

	private static String image(final String url, final int row, final int column, final int time, final int plane,
		final String channel)
	{
		return "<Image><State>Ok</State>" + url + "<Row>" + row + "</Row><Col>" + column +
			"</Col><FieldID>1</FieldID><PlaneID>" + plane + "</PlaneID><TimepointID>" + time + "</TimepointID>" +
			channel + "</Image>";
	}

	private static String url(final String name) {
		return "<URL>" + name + "</URL>";
	}

	private static List<ExportLayout> harmony() {
		final String pe = "http://www.perkinelmer.com/PEHH/";
		final String dapi = "<ChannelID>1</ChannelID><ChannelName>DAPI</ChannelName>";
		final String maps = "<Maps><Map><Entry ChannelID=\"1\"><FlatfieldProfile>{Channel: 1, ChannelName: HOECHST " +
			"33342}" + "</FlatfieldProfile></Entry></Map><Map><Entry ChannelID=\"1\"><ChannelName>HOECHST " +
			"33342</ChannelName></Entry></Map></Maps>";
		final String one = "<ChannelID>1</ChannelID>";
		return List.of(new ExportLayout("leukemia-kispi/operetta-compose tests/operetta_plate (Harmony V5)",
			"phenix") //
			.text("operetta_plate/Images/Index.idx.xml",
				harmony(pe + "HarmonyV5", "Test_Sample_BALL", "",
					image(url("r03c03f01p01-ch1sk1fk1fl1.tiff"), 3, 3, 0, 1, dapi))) //
			.files("operetta_plate/Images/r03c03f01p01-ch1sk1fk1fl1.tiff", "operetta_plate/Assaylayout/Unnamed.xml") //
			.is("Test_Sample_BALL", "C03", "1", "DAPI"),
			new ExportLayout("idr0034 (Harmony V4, planes without a file)", "phenix") //
				.text("idr0034/plate1/Images/Index.idx.xml", harmony(pe + "HarmonyV4", "Cells_96", "",
					image(url("r03c07f01p01-ch1sk1fk1fl1.tiff"), 3, 7, 0, 1, dapi), image(url(""), 3, 8, 0, 1, dapi)))
				.is("Cells_96", "C07", "1", "DAPI"),
			new ExportLayout("cpg0048-bsc 41005680 (Harmony V6, Index.xml beside the images)", "phenix") //
				.text("41005680__2024-01-01T00_00_00-Measurement 1/Index.xml",
					harmony(pe + "HarmonyV6", "41005680", maps,
						image(url("r01c01f01p01-ch1sk1fk1fl1.tiff"), 1, 1, 0, 1, one))) //
				.is("41005680", "A01", "1", "HOECHST 33342"),
			new ExportLayout("cpg0047-amish BR00143056 (Harmony V7, other namespace), two folders deep", "phenix") //
				.text("batch/BR00143056/BR00143056__2025-Measurement 1/Images/Index.xml",
					harmony("43B2A954-E3C3-47E1-B392-6635266B0DD3/HarmonyV7", "BR00143056", maps,
						image(url("r03c03f01p01-ch1sk1fk1fl1.tiff"), 3, 3, 0, 1, one))) //
				.is("BR00143056", "C03", "1", "HOECHST 33342"),
			new ExportLayout("Harmony V7, index above Images", "phenix") //
				.text("v7/index.xml",
					harmony("43B2A954-E3C3-47E1-B392-6635266B0DD3/HarmonyV7", "V7", maps,
						image(url("r03c03f01p01-ch1sk1fk1fl1.tiff"), 3, 3, 0, 1, one)))
				.files("v7/Images/r03c03f01p01-ch1sk1fk1fl1.tiff") //
				.is("V7", "C03", "1", "HOECHST 33342") //
				.field("V7 C03 site 1 {} HOECHST 33342 v7/Images/r03c03f01p01-ch1sk1fk1fl1.tiff"),
			new ExportLayout(OME + "PerkinElmer-Operetta/zenodo-7841360 (without the index)", "phenix") //
				.files("Hoechst__2023-03-07T10_17_54-Measurement 2/Images/r03c07f01p01-ch1sk1fk1fl1.tiff")
				.is("Hoechst", "C07", "1", "ch1"),
			new ExportLayout(OME + "PerkinElmer-Operetta/omer (without the index)", "phenix") //
				.each("006P_M3/006P__2017-08-19T12_42_59-Measurement 3/Images/r01c02f01p01-ch%ssk1fk1fl1.tiff", 1, 2, 3)
				.is("006P", "A02", "1", "ch1, ch2, ch3"),
			new ExportLayout("cytomining/CytoDataFrame JUMP_plate_BR00117006 (images/orig, outlines beside)",
			"phenix") //
				.each("JUMP_plate_BR00117006/images/orig/r01c01f01p01-ch%ssk1fk1fl1.tiff", 2, 3, 5) //
				.files("JUMP_plate_BR00117006/images/outlines/r01c01f01p01-ch3sk1fk1fl1_cell_outlines.png",
					"JUMP_plate_BR00117006/BR00117006_shrunken.parquet")
				.open("JUMP_plate_BR00117006/images") //
				.is("JUMP_plate_BR00117006", "A01", "1", "ch2, ch3, ch5"),
			new ExportLayout("cytomining/CytoDataFrame pediatric_cancer_atlas_profiling", "phenix") //
				.each("pediatric_cancer_atlas_profiling/images/orig/r03c03f03p01-ch%ssk1fk1fl1.tiff", 1, 2, 3, 4, 5, 6)
				.files("pediatric_cancer_atlas_profiling/images/outlines/CellsOutlines_BR00143976_C03_3.tiff") //
				.is("pediatric_cancer_atlas_profiling", "C03", "3", "ch1, ch2, ch3, ch4, ch5, ch6"),
			new ExportLayout(OME + "PerkinElmer-Columbus/zenodo-6327496/tif", "columbus") //
				.text("tif/ImageIndex.ColumbusIDX.xml",
					harmony("http://www.perkinelmer.com/Columbus", "6well", "",
						image("<URL BufferNo=\"0\">001001-1.tif</URL>", 1, 1, 1, 1, dapi),
						image("<URL BufferNo=\"2\">001001-1.tif</URL>", 1, 1, 1, 2, dapi),
						image("<URL BufferNo=\"4\">001001-1.tif</URL>", 1, 1, 1, 3, dapi),
						image("<URL BufferNo=\"5\">002001-1.tif</URL>", 2, 1, 1, 3,
							"<ChannelID>2</ChannelID><ChannelName>BF</ChannelName>"))) //
				.files("tif/001001-1.tif", "tif/002001-1.tif", "tif/MeasurementIndex.ColumbusIDX.xml") //
				.is("6well", "A01, B01", "1", "DAPI, BF")
				.field("6well A01 site 1 {Metadata_Plane=2} DAPI tif/001001-1.tif#2"),
			new ExportLayout("idr0028 (Columbus, the table of the index alone)", "columbus") //
				.text("LM2_ONTARGETPlus_1/ImageIndex.ColumbusIDX.csv",
					"Row\tColumn\tField\tChannel\tChannelName\tWellName\tsourcefilename",
					"3\t4\t1\t1\tHoechst\tC4\t003004001.tif", "3\t4\t1\t2\tGFP\tC4\t003004002.tif") //
				.is("LM2_ONTARGETPlus_1", "C04", "1", "Hoechst, GFP"));
	}

	private static List<ExportLayout> others() {
		final String ome = "<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">";
		return List.of(new ExportLayout("cytomining/CytoDataFrame NF1_cellpainting_data (Gen5)", "gen5") //
			.each("Plate_2_images/B7_01_%s_001.tif", "1_3_DAPI", "2_3_GFP", "3_3_RFP")
			.each("Plate_2_images/D6_01_%s_001.tif", "1_2_DAPI", "2_2_GFP", "3_2_RFP") //
			.files("Plate_2_masks/B7_01_1_3_DAPI_001_MaskNuclei.tiff")
			.is("Plate_2_images", "B07, D06", "2, 3", "DAPI, GFP, RFP"),
			new ExportLayout("CellProfiler/examples ExampleHuman (Cellomics)", "cellomics") //
				.each("human/AS_09125_050116030001_D03f00d%s.tif", 0, 1, 2)
				.is("AS_09125_050116030001", "D03", "0", "d0, d1, d2"),
			new ExportLayout("CellProfiler/examples ExampleIlluminationCorrection (the third of its instruments)",
				"cellomics") //
				.each("illum/AS_09047_050428030001_O01f0%sd2.TIF", 0, 1, 2)
				.each("illum/AS_09047_050428030001_O24f0%sd2.TIF", 0, 1, 2) //
				.is("AS_09047_050428030001", "O01, O24", "0, 1, 2", "d2"),
			new ExportLayout(OME + "OME-TIFF/2016-06/plate-companion", "ometiff") //
				.text("hcs/hcs.companion.ome",
					ome + "<Plate Name=\"P1\"><Well Row=\"0\" Column=\"1\"><WellSample ID=\"w1\"><ImageRef " +
						"ID=\"Image:0\"/></WellSample></Well><Well Row=\"2\" Column=\"1\"><WellSample " +
						"ID=\"w2\"><ImageRef ID=\"Image:1\"/>" +
						"</WellSample><WellSample ID=\"w3\"><ImageRef ID=\"Image:2\"/></WellSample></Well></Plate>" +
						omeImage(0, "well-A2.ome.tiff", "") + omeImage(1, "well-C2.ome.tiff", "") +
						omeImage(2, "well-C2-2.ome.tiff", " IFD=\"1\"") + "</OME>") //
				.files("hcs/well-A2.ome.tiff", "hcs/well-C2.ome.tiff", "hcs/well-C2-2.ome.tiff") //
				.is("P1", "A02, C02", "1, 2", "DAPI")
				.field("P1 C02 site 2 {} DAPI hcs/well-C2-2.ome.tiff#1"),
			new ExportLayout(FAIM + "ome-tiff/c3_z33.companion.ome (no plate)", "ometiff") //
				.text("stacks/c3_z33.companion.ome",
					ome + "<Image ID=\"Image:0\" Name=\"c3_z33\"><Pixels DimensionOrder=\"XYZCT\" SizeZ=\"3\" " +
						"SizeC=\"2\" SizeT=\"1\"><Channel Name=\"Conf640\"/><Channel Name=\"Conf561\"/>" +
						z("w1Conf640", 0) + z("w2Conf561", 1) + "</Pixels></Image></OME>") //
				.is("stacks", "A01", "1", "Conf640, Conf561") //
				.field("stacks A01 site 1 {Metadata_Image=c3_z33, Metadata_Plane=2} Conf561 " +
					"stacks/c3_z33_w2Conf561.ome.tif#1"));
	}

	private static String omeImage(final int id, final String file, final String ifd) {
		return "<Image ID=\"Image:" + id +
			"\"><Pixels DimensionOrder=\"XYZCT\" SizeZ=\"1\" SizeC=\"1\" SizeT=\"1\"><Channel Name=\"DAPI\"/>" +
			"<TiffData PlaneCount=\"1\"" + ifd + "><UUID FileName=\"" + file +
			"\">urn:uuid:x</UUID></TiffData></Pixels></Image>";
	}

	private static String z(final String file, final int c) {
		final StringBuilder text = new StringBuilder();
		for (int z = 0; z < 3; z++)
			text.append("<TiffData IFD=\"" + z + "\" FirstZ=\"" + z + "\" FirstC=\"" + c +
				"\" PlaneCount=\"1\"><UUID FileName=\"c3_z33_" + file + ".ome.tif\">urn:uuid:x</UUID></TiffData>");
		return text.toString();
	}

	@Test
	void imagesThatAreNamedOtherwiseAreTold() throws IOException {
		touch(dir.resolve("plate/P1_A01_s1_w1.TIF"));
		touch(dir.resolve("plate/P1_A01_s1_w1_thumb.TIF"));
		touch(dir.resolve("other/overview.png"));
		final List<String> warnings = new ArrayList<>();
		final ScreenOptions options = ScreenOptions.none().withWarnings(warnings::add);
		assertEquals(1, FORMATS.open(dir, "auto", options).fields().size());
		assertEquals(List.of(), warnings);
		touch(dir.resolve("plate/P1-B1-s1.TIF"));
		touch(dir.resolve("plate/P1-B2-s1.TIF"));
		assertEquals(1, FORMATS.open(dir, "auto", options).fields().size());
		assertEquals(List.of("2 images are left out, as not named like plate_B02_s1_w1.TIF: plate/P1-B1-s1.TIF, ..."),
			warnings);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"imagexpress|P_%s_s1_w1.TIF|B2", "cellomics|P_%sf00d0.tif|B2",
		"yokogawa|P_%s_T0001F001L01A01Z01C01.tif|B2", "incell|Channel 1-01-%s-00.tif|B-2",
		"incell|%s(fld 1 wv DAPI - DAPI).tif|B - 2", "gen5|%s_01_1_1_DAPI_001.tif|B2"})
	void wellsWithoutZeroAreTheSame(final String format, final String name, final String well) throws IOException {
		touch(dir.resolve("P").resolve(String.format(name, well)));
		touch(dir.resolve("P").resolve(String.format(name, well.replace("2", "12"))));
		assertEquals(format, FORMATS.choose(dir, "auto").name());
		assertEquals("wells B02, B12", summary(FORMATS.open(dir, "auto", ScreenOptions.none())).get(1));
	}

	@TestFactory
	Stream<DynamicTest> opensAsItIs() {
		return layouts().stream()
			.map(layout -> DynamicTest.dynamicTest(layout.format + ": " + layout.source, () -> check(layout)));
	}

	/**
	 * Writes all layouts that hold a file with text: indexes and tables to be damaged.
	 *
	 * @return the folder or file to open of each
	 */
	public static List<Path> writeAll(final Path dir) throws IOException {
		final List<Path> sources = new ArrayList<>();
		for (final ExportLayout layout : layouts()) {
			if (layout.files.values().stream().allMatch(Objects::isNull)) continue;
			final Path root = dir.resolve(sources.size() + layout.format);
			for (final Map.Entry<String, String> file : layout.files.entrySet()) {
				if (file.getValue() == null) touch(root.resolve(file.getKey()));
				else write(root.resolve(file.getKey()), file.getValue());
			}
			sources.add(root.resolve(layout.open));
		}
		return sources;
	}

	private void check(final ExportLayout layout) throws IOException {
		final Path root = dir.resolve(Integer.toHexString(layout.source.hashCode()) + layout.format);
		for (final Map.Entry<String, String> file : layout.files.entrySet()) {
			if (file.getValue() == null) touch(root.resolve(file.getKey()));
			else write(root.resolve(file.getKey()), file.getValue());
		}
		final Path source = root.resolve(layout.open);
		assertEquals(layout.format, FORMATS.choose(source, "auto").name());
		final Screen screen = FORMATS.open(source, "auto", ScreenOptions.none());
		final List<String> found = new ArrayList<>(summary(screen));
		final List<String> expected = new ArrayList<>(layout.expected);
		if (expected.get(0).equals("plates *")) {
			expected.remove(0);
			found.remove(0);
		}
		final List<String> fields = screen.fields().stream().flatMap(field -> describe(root, screen, field)).toList();
		for (int i = found.size(); i < expected.size(); i++) {
			final String field = expected.get(i);
			assertTrue(fields.contains(field), () -> field + "\nis none of\n" + String.join("\n", fields));
			found.add(field);
		}
		assertEquals(String.join("\n", expected), String.join("\n", found));
	}

	/** Layouts that are nobody's standard: files, and what the pattern among the first three that is right finds. */
	private static List<ExportLayout> unknown() {
		return List.of(new ExportLayout("bioc/imageHTS@7820fbd9 inst/submorph", null) //
			.each("submorph/source/PK-10B-pl1/Well-%s/FITC.jpeg", "A003", "B005")
			.each("submorph/source/PK-10B-pl1/Well-%s/Hoechst.jpeg", "A003", "B005") //
			.each("submorph/source/PK-11B-pl1/Well-%s/FITC.jpeg", "A003", "B005")
			.each("submorph/source/PK-11B-pl1/Well-%s/Hoechst.jpeg", "A003", "B005") //
			.files("submorph/conf/plateconf.txt")
			.open("submorph") //
			.is("PK-10B-pl1, PK-11B-pl1", "A03, B05", "1", "FITC, Hoechst"),
			new ExportLayout("cytomining/CytoDataFrame nuclear_speckles (names of several wells and fields)", null) //
				.each("images/plate1/slide1_A1_M%s_CH0_Z09_illumcorrect.tiff", 10, 11, 12)
				.each("images/plate1/slide1_B2_M%s_CH0_Z09_illumcorrect.tiff", 10, 11, 12) //
				.each("images/plate1/slide1_A1_M%s_CH1_Z09_illumcorrect.tiff", 10, 11, 12)
				.each("images/plate1/slide1_B2_M%s_CH1_Z09_illumcorrect.tiff", 10, 11, 12) //
				.is("*", "A01, B02", "10, 11, 12", "CH0, CH1"),
			new ExportLayout("Stitched wells, A01_F0001_T0001_Z0004_C01.tif, as public scripts name CQ1 images",
			null) //
				.each("P7/A01_F000%s_T0001_Z0001_C01.tif", 1, 2)
				.each("P7/C12_F000%s_T0001_Z0001_C01.tif", 1, 2) //
				.each("P7/A01_F000%s_T0001_Z0001_C02.tif", 1, 2)
				.each("P7/C12_F000%s_T0001_Z0001_C02.tif", 1, 2)
				.open("P7") //
				.is("*", "A01, C12", "0001, 0002", "C01, C02"),
			new ExportLayout("Folders per well, images per field and stain", null) //
				.each("plate_2/B02/field_%s_DAPI.png", 1, 2, 3)
				.each("plate_2/B02/field_%s_Tubulin.png", 1, 2, 3) //
				.each("plate_2/G11/field_%s_DAPI.png", 1, 2, 3)
				.each("plate_2/G11/field_%s_Tubulin.png", 1, 2, 3) //
				.each("plate_3/G11/field_%s_DAPI.png", 1, 2, 3)
				.each("plate_3/G11/field_%s_Tubulin.png", 1, 2, 3) //
				.is("plate_2, plate_3", "B02, G11", "1, 2, 3", "DAPI, Tubulin"),
			new ExportLayout("First Operettas and Columbus: row, column, field, time, plane and channel in digits",
			null) //
				.each("op/00%s-1-001001001.tif", "1001", "1012", "8002")
				.each("op/00%s-1-001001002.tif", "1001", "1012", "8002") //
				.each("op/00%s-2-001001001.tif", "1001", "1012", "8002")
				.each("op/00%s-2-001001002.tif", "1001", "1012", "8002") //
				.open("op")
				.is("*", "A01, A12, H02", "1, 2", "001, 002"),
			new ExportLayout("The same, two plates, images in a folder of their own", null) //
				.each("op2/P1/Images/002003-1-001001%s.tif", "001", "002")
				.each("op2/P2/Images/002003-1-001001%s.tif", "001", "002") //
				.open("op2")
				.is("P1, P2", "B03", "1", "001, 002"),
			new ExportLayout("MetaMorph's multi-dimensional acquisition, several stage positions", null) //
				.files("mm/exp.nd") //
				.each("mm/exp_w1DAPI_s%s_t1.TIF", 1, 2, 13)
				.each("mm/exp_w2FITC_s%s_t1.TIF", 1, 2, 13) //
				.each("mm/exp_w1DAPI_s%s_t2.TIF", 1, 2, 13)
				.each("mm/exp_w2FITC_s%s_t2.TIF", 1, 2, 13) //
				.is("exp", "A01, A02, B01", "1", "DAPI, FITC"),
			new ExportLayout("Wells that are counted in folders of plates", null) //
				.each("count/P1/well%s_field1_DAPI.tif", 1, 2, 13)
				.each("count/P1/well%s_field2_DAPI.tif", 1, 2, 13) //
				.each("count/P1/well%s_field1_GFP.tif", 1, 2, 13)
				.each("count/P1/well%s_field2_GFP.tif", 1, 2, 13)
				.open("count") //
				.is("P1", "A01, A02, B01", "1, 2", "DAPI, GFP"),
			new ExportLayout("Planes and their projection beside each other", null) //
				.each("mip/Pl+1/A1/pos1_Actin_%s.tif", "z1", "z2", "z3", "MIP")
				.each("mip/Pl+1/B12/pos1_Actin_%s.tif", "z1", "z2", "z3", "MIP") //
				.each("mip/Pl+1/A1/pos2_DAPI_%s.tif", "z1", "z2", "z3", "MIP")
				.each("mip/Pl+1/A1/pos1_DAPI_%s.tif", "z1", "z2", "z3", "MIP") //
				.open("mip")
				.is("Pl+1", "A01, B12", "1, 2", "Actin, DAPI"));
	}

	@TestFactory
	Stream<DynamicTest> proposesAPatternForTheRest() {
		return unknown().stream().map(layout -> DynamicTest.dynamicTest(layout.source, () -> propose(layout)));
	}

	private void propose(final ExportLayout layout) throws IOException {
		final Path root = dir.resolve("x" + Integer.toHexString(layout.source.hashCode()));
		for (final String file : layout.files.keySet()) touch(root.resolve(file));
		final Path source = root.resolve(layout.open);
		final String message = assertThrows(IOException.class, () -> FORMATS.open(source, "auto", ScreenOptions.none()))
			.getMessage();
		final List<String> found = new ArrayList<>();
		for (int i = 1; i <= 3; i++) {
			final int number = i;
			final Optional<String> line = message.lines().filter(l -> l.startsWith("  " + number + ". ")).findFirst();
			if (line.isEmpty()) continue;
			final Screen screen = FORMATS.open(source, "auto",
				ScreenOptions.none().withPattern(line.get().substring(5)));
			found.add(String.join("\n", summary(screen)));
		}
		final List<String> expected = layout.expected;
		assertTrue(
			found.stream()
				.anyMatch(f -> f
					.endsWith(String.join("\n", expected.get(0).endsWith("*") ? expected.subList(1, 4) : expected))),
			() -> String.join("\n", expected) + "\nis none of\n" + String.join("\n--\n", found) + "\n" + message);
	}

	private static List<String> summary(final Screen screen) {
		return List.of("plates " + distinct(screen.fields().stream().map(Field::plate)),
			"wells " + distinct(screen.fields().stream().map(Field::well)),
			"sites " + distinct(screen.fields().stream().map(Field::site)),
			"channels " + String.join(", ", screen.channels()));
	}

	@Test
	void namesBioFormatsWhereItMayHelp() throws IOException {
		for (final String file : List.of("P1_A01.nd2", "P1_A02.nd2", "notes.txt"))
			touch(dir.resolve("nikon").resolve(file));
		final String message = assertThrows(IOException.class,
			() -> FORMATS.open(dir.resolve("nikon"), "auto", ScreenOptions.none())).getMessage();
		assertTrue(
			message.contains("Bio-Formats isn't installed here; with it, format=bioformats may open its .nd2 files."),
			message);
	}

	private static String distinct(final Stream<String> values) {
		return String.join(", ", values.distinct().sorted(NaturalOrder.COMPARATOR).toList());
	}

	/** Each channel of a field: label, metadata, channel, file below the folder and, behind {@code #}, its page. */
	private static Stream<String> describe(final Path root, final Screen screen, final Field field) {
		return Stream.iterate(0, c -> c < screen.channels().size(), c -> c + 1)
			.filter(c -> field.planes().get(c) != null)
			.map(c -> field.label() + " " + field.metadata() + " " + screen.channels().get(c) + " " +
				root.relativize(Path.of(field.planes().get(c).path())).toString().replace('\\', '/') +
				(field.planes().get(c).frame() > 0 ? "#" + field.planes().get(c).frame() : ""));
	}
}
