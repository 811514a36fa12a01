// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import static io.github.isophene.screen.Messages.assertMessage;
import static io.github.isophene.screen.Messages.touch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.isophene.screen.format.PatternFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File names as microscopes and people write them, shortened to a few wells. */
class PatternInferenceTest {

	private static final String GUID = "1A2B3C4D-0000-4ABC-8DEF-0123456789AB";

	@TempDir
	private Path dir;

	/** Names of wells A01 to C04, sites 1 to 3 and two channels: {r} {R} {c} {C} {s} {k} {K} are replaced. */
	private static List<String> names(final String template, final String first, final String second) {
		final List<String> names = new ArrayList<>();
		for (int r = 1; r <= 3; r++)
			for (int c = 1; c <= 4; c++) for (int s = 1; s <= 3; s++) for (int k = 1; k <= 2; k++)
			{
				names.add(template.replace("{r}", "%02d".formatted(r))
					.replace("{R}", String.valueOf((char) ('A' + r - 1)))
					.replace("{C}", "%02d".formatted(c))
					.replace("{c}", String.valueOf(c))
					.replace("{s}", String.valueOf(s))
					.replace("{k}", String.valueOf(k))
					.replace("{K}", k == 1 ? first : second));
			}
		return names;
	}

	private static PatternProposal best(final List<String> names) {
		return PatternInference.of(names).get(0);
	}

	private static void assertPattern(final String pattern, final String groups, final List<String> channels,
		final List<String> names)
	{
		final PatternProposal best = best(names);
		assertEquals(pattern, best.pattern());
		assertEquals(groups, best.groups().toString());
		assertEquals(channels, best.channels());
		assertEquals(0, best.ambiguous());
		assertEquals(best.images(), best.matched());
	}

	@Test
	void namesOfMetaXpressWithGuids() {
		assertPattern("(?<plate>[^/]+)/\\d+_(?<well>[A-P]\\d+)_s(?<site>\\d+)_(?<channel>w\\d+)[0-9A-Fa-f-]{36}\\.tif",
			"{plate=1, well=12, site=3, channel=2}", List.of("w1", "w2"),
			names("P1/99_{R}{C}_s{s}_w{k}" + GUID + ".tif", "", ""));
	}

	@Test
	void thumbnailsAreLeftOutAlsoWhereTheyWouldMatch() {
		final List<String> names = names("{R}{C}_{K}_s{s}.tif", "DAPI", "GFP");
		names.addAll(names("{R}{C}_{K}_thumb{s}.tif", "DAPI", "GFP"));
		names.addAll(names("Thumbs/{R}{C}_{K}_s{s}.tif", "DAPI", "GFP"));
		final PatternProposal best = best(names);
		assertEquals(72, best.images());
		assertEquals(144, best.thumbnails());
		assertEquals(72, best.matched());
		assertEquals(72, names.stream().filter(Pattern.compile(best.pattern()).asMatchPredicate()).count());
	}

	@Test
	void namesOfHarmony() {
		final List<String> names = names("BR1__2020-11-06T16_3/Images/r{r}c{C}f{s}p01-ch{k}sk1fk1fl1.tiff", "", "");
		names.addAll(names("BR2__2020-11-07T18_3/Images/r{r}c{C}f{s}p02-ch{k}sk1fk1fl1.tiff", "", ""));
		assertPattern(
			"(?<plate>[^/]+)/Images/r(?<row>\\d+)c(?<column>\\d+)f(?<site>\\d+)p(?<plane>\\d+)-(?<channel>ch\\d+)" +
				"sk(?<time>\\d+)fk\\d+fl\\d+\\.tiff",
			"{plate=2, row=3, column=4, site=3, channel=2, time=1, plane=2}", List.of("ch1", "ch2"), names);
	}

	@Test
	void namesOfYokogawa() {
		assertPattern(
			"(?<plate>[^/]+)/" +
				"Assay_Greiner_#\\d+_(?<well>[A-P]\\d+)_T(?<time>\\d+)F(?<site>\\d+)L\\d+A\\d+Z(?<plane>\\d+)" +
				"(?<channel>C\\d+)\\.tif",
			"{plate=1, well=12, site=3, channel=2, time=1, plane=1}", List.of("C01", "C02"),
			names("p1/Assay_Greiner_#655090_{R}{C}_T0001F00{s}L01A0{k}Z01C0{k}.tif", "", ""));
	}

	@Test
	void namesOfInCellWithBlanksAndTwoNamesPerChannel() {
		final List<String> names = names("{R} - {c}(fld {s} wv {K}).tif", "UV - DAPI", "Blue - FITC");
		assertPattern(
			"(?<row>[A-P]) - (?<column>\\d+)\\(fld (?<site>\\d+) wv [A-Za-z]+ - (?<channel>[A-Za-z]+)\\)\\.tif",
			"{row=3, column=4, site=3, channel=2}", List.of("DAPI", "FITC"), names);
	}

	@Test
	void namesOfCellomicsWithThePlateBeforeTheWell() {
		final List<String> names = names("MFGTMP_12081_{R}{C}f0{s}d{k}.png", "", "");
		names.addAll(names("MFGTMP_12082_{R}{C}f0{s}d{k}.png", "", ""));
		assertPattern("(?<plate>[^/]+)_(?<well>[A-P]\\d+)f(?<site>\\d+)(?<channel>d\\d+)\\.png",
			"{plate=2, well=12, site=3, channel=2}", List.of("d1", "d2"), names);
	}

	@Test
	void aRunningNumberOfTheWellIsNoSite() {
		final List<String> names = new ArrayList<>();
		for (int w = 0; w < 24; w++) for (int k = 1; k <= 2; k++) {
			names.add("Channel%d-%02d-%s-%02d.tif".formatted(k, w + 1, (char) ('A' + w / 6), w % 6 + 1));
		}
		assertPattern("(?<channel>Channel\\d+)-\\d+-(?<row>[A-P])-(?<column>\\d+)\\.tif",
			"{row=4, column=6, channel=2}", List.of("Channel1", "Channel2"), names);
	}

	@Test
	void foldersPerWellAndStainsThatHoldDelimiters() {
		final List<String> names = names("scr/plate_1/{R}{c}/site{s}_{K}.tif", "Cy-5", "DAPI");
		names.addAll(names("scr/plate_2b/{R}{c}/site{s}_{K}.tif", "Cy-5", "DAPI"));
		assertPattern("scr/(?<plate>[^/]+)/(?<well>[A-P]\\d+)/site(?<site>\\d+)_(?<channel>[^/.]+)\\.tif",
			"{plate=2, well=12, site=3, channel=2}", List.of("Cy-5", "DAPI"), names);
	}

	@Test
	void platesOfTheSameNameInSeveralFoldersAreToldApart() {
		final List<String> names = names("day 1/plate 1/{R}{c}_{s}_ch{k}.tif", "", "");
		names.addAll(names("day 2/plate 1/{R}{c}_{s}_ch{k}.tif", "", ""));
		assertPattern("(?<plate>[^/]+)/plate \\d+/(?<well>[A-P]\\d+)_(?<site>\\d+)_(?<channel>ch\\d+)\\.tif",
			"{plate=2, well=12, site=3, channel=2}", List.of("ch1", "ch2"), names);
		names.addAll(names("day 2/plate 2/{R}{c}_{s}_ch{k}.tif", "", ""));
		assertEquals("{plate=3, well=12, site=3, channel=2}", best(names).groups().toString());
	}

	@Test
	void rowsBehindP() {
		final List<String> names = new ArrayList<>();
		for (int r = 1; r <= 32; r++) for (int c = 1; c <= 48; c++) names.add(Wells.name(r, c) + "_c1.tif");
		assertEquals(1536, best(names).groups().get("well"));
	}

	@Test
	void anUnnamedNumberIsOfferedAsSiteAndAsChannel() {
		final List<PatternProposal> proposals = PatternInference
			.of(names("{R}{C}_{s}.tif", "", "").stream().distinct().toList());
		assertEquals(List.of("(?<well>[A-P]\\d+)_(?<site>\\d+)\\.tif", "(?<well>[A-P]\\d+)_(?<channel>\\d+)\\.tif"),
			proposals.stream().map(PatternProposal::pattern).toList());
	}

	@Test
	void projectionsAreAPlaneOfTheirStack() {
		final List<String> names = names("Pl+1/{R}{c}/pos{s}_{K}_z1.tif", "Actin", "DAPI");
		names.addAll(names("Pl+1/{R}{c}/pos{s}_{K}_z2.tif", "Actin", "DAPI"));
		names.addAll(names("Pl+1/{R}{c}/pos{s}_{K}_MIP.tif", "Actin", "DAPI"));
		assertPattern("(?<plate>[^/]+)/(?<well>[A-P]\\d+)/pos(?<site>\\d+)_(?<channel>[A-Za-z]+)_" +
			"z?(?<plane>\\d+|MIP)\\.tif", "{plate=1, well=12, site=3, channel=2, plane=3}", List.of("Actin", "DAPI"),
			names);
	}

	@Test
	void aSiteOfSeveralWordsIsNoBetterThanMostImages() {
		final List<String> names = names("P1/{R}{c}/pos{s}_{K}_z1.tif", "Actin", "DAPI");
		names.addAll(names("P1/{R}{c}/pos{s}_{K}_z2.tif", "Actin", "DAPI"));
		names.addAll(names("P1/{R}{c}/MAX_pos{s}_{K}.tif", "Actin", "DAPI"));
		final PatternProposal best = best(names);
		assertEquals("{plate=1, well=12, site=3, channel=2, plane=2}", best.groups().toString());
		assertEquals(144, best.matched());
	}

	@Test
	void wellsThatAreCountedAreProposedWhereNoneIsNamed() {
		assertPattern("(?<plate>[^/]+)/W(?<well>\\d+)F(?<site>\\d+)_(?<channel>[A-Za-z]+)\\.tif",
			"{plate=1, well=4, site=3, channel=2}", List.of("DAPI", "GFP"),
			names("P/W00{C}F{s}_{K}.tif", "DAPI", "GFP").stream().distinct().toList());
		assertTrue(best(names("P/W00{C}F{s}_{K}.tif", "DAPI", "GFP").stream().distinct().toList()).summary()
			.endsWith("; wells are numbers, counted row by row: for a plate of 24 columns, write (?<well24>\\d+)"));
	}

	@Test
	void namesWithoutAWellGiveNothing() {
		assertEquals(List.of(),
			PatternInference.of(List.of("img_channel000_position001.tif", "img_channel001_position001.tif")));
		assertEquals(List.of(), PatternInference.of(List.of("notes.txt")));
		assertEquals(List.of(), PatternInference.of(List.of()));
	}

	@Test
	void awkwardNamesDoNoHarm() {
		for (final String name : List.of("a.tif", ".tif", "A01.tif", "[x](y)A01{z}+*?^$|.tif", "A99999999999.tif",
			"__--A01--__.TIF", "x/A1.jpeg", "µ_A01_ü.tif"))
		{
			PatternInference.of(List.of(name))
				.forEach(p -> assertTrue(Pattern.matches(p.pattern(), name), p.pattern()));
		}
		assertFalse(PatternInference.of(List.of("[x](y)_A01_{z}+*?^$|.tif", "[x](y)_B02_{z}+*?^$|.tif")).isEmpty());
	}

	@Test
	void aProposalOpensAsAScreen() throws IOException {
		final List<String> names = names("P{k}/exp_{R}{c}_s{s}_{K}.tif", "DNA", "DNA");
		for (final String name : names) {
			touch(dir.resolve(name));
			touch(dir.resolve(name.replace("DNA", "ER")));
		}
		touch(dir.resolve("P1/notes.txt"));
		touch(dir.resolve("P1/thumbs/exp_A1_s1_DNA.tif"));
		final PatternProposal best = PatternInference.of(dir).get(0);
		final Screen screen = new PatternFormat().read(dir, ScreenOptions.none().withPattern(best.pattern()));
		assertEquals(72, screen.fields().size());
		assertEquals(List.of("DNA", "ER"), screen.channels());
		assertEquals("P1 A01 site 1", screen.fields().get(0).label());
		assertEquals("2 plates, 12 well positions, 3 sites, 2 channels (DNA, ER); all 144 images match, 1 thumbnail " +
			"left out",
			best.summary());
	}

	@Test
	void anEmptyFolderIsCalledEmpty() throws IOException {
		assertMessage(IOException.class, () -> PatternInference.of(dir), "is empty");
		touch(dir.resolve("notes.txt"));
		assertMessage(IOException.class, () -> PatternInference.of(dir), "holds no TIFF, PNG or JPEG image",
			"notes.txt");
	}

	/** Patterns and groups of the proposals for names, and whether each takes all of them apart. */
	private static List<String> proposed(final String... names) {
		return PatternInference.of(List.of(names)).stream().map(p -> p.pattern() + " " + p.groups()).toList();
	}

	@Test
	void rowsOfTwoLettersAreProposedForFewNamesToo() {
		assertEquals("(?<plate>[^/]+)_(?<well>A?[A-Z]\\d+)_s(?<site>\\d+)_(?<channel>[A-Za-z]+)\\.tif",
			best(List.of("Plate7_AF48_s1_Hoechst.tif")).pattern());
		final PatternProposal dashes = best(List.of("KP12-AF48-1-Hoechst.tif", "KP12-AA03-1-Hoechst.tif",
			"KP12-B03-1-Hoechst.tif", "KP12-B03-2-Hoechst.tif"));
		assertEquals(3, dashes.groups().get("well"), dashes.pattern());
		assertEquals(0, dashes.ambiguous());
		final PatternProposal plate = best(List.of("AB12_B03_1_DAPI.tif", "AB13_C04_1_DAPI.tif"));
		assertTrue(plate.pattern().contains("(?<well>[A-P]"), plate.pattern());
	}

	@Test
	void twoBareNumbersAreSiteAndPlaneInEitherOrder() {
		final List<String> names = new ArrayList<>();
		for (final String well : List.of("B2", "C3")) for (int i = 0; i < 3; i++) for (int j = 0; j < 2; j++)
			for (final String channel : List.of("405", "488"))
				names.add(well + "_" + i + "_" + j + "_Fluorescence_" + channel + "_nm_Ex.tiff");
		final List<String> patterns = PatternInference.of(names).stream().map(PatternProposal::pattern).toList();
		assertTrue(patterns.stream().anyMatch(p -> p.matches(".*<site>.*<plane>.*")), patterns.toString());
		assertTrue(patterns.stream().anyMatch(p -> p.matches(".*<plane>.*<site>.*")), patterns.toString());
	}

	@Test
	void aJobOfLeicaIsNoWell() {
		final List<String> names = new ArrayList<>();
		for (int u = 1; u <= 2; u++) for (int v = 1; v <= 3; v++) for (int x = 0; x < 2; x++)
			for (int c = 0; c < 2; c++)
				names.add(("image--L0000--S00--U%02d--V%02d--J08--E00--O00--X%02d--Y00--T0000--Z00--C%02d.ome.tif")
				.formatted(u, v, x, c));
		final PatternProposal best = best(names);
		assertEquals(3, best.groups().get("row"), best.pattern());
		assertEquals(2, best.groups().get("column"), best.pattern());
		assertEquals(2, best.groups().get("site"), best.pattern());
		assertEquals(0, best.ambiguous(), best.pattern());
	}

	@Test
	void timesSinceTheStartAreTimes() {
		final String first = proposed("VID12_Phase_B2_1_00d00h00m.tif", "VID12_Phase_B2_1_00d02h00m.tif",
			"VID12_Phase_B2_2_00d02h00m.tif", "VID12_Phase_C2_1_01d00h00m.tif").get(0);
		assertTrue(first.contains("(?<time>\\d+d\\d+h\\d+m)") && first.contains("time=3") &&
			first.contains("(?<channel>"), first);
		final ImagePattern pattern = new ImagePattern("(?<well>B2)_(?<time>.*)\\.tif", dir);
		assertEquals(26 * 60 + 3, pattern.image(pattern.values("B2_01d02h03m.tif").orElseThrow()).image().time());
	}

	@Test
	void wellsBehindTheirWordAreFound() {
		final String first = proposed("WellB02_PointB02_0000_ChannelDAPI_Seq0000.tif",
			"WellB02_PointB02_0001_ChannelDAPI_Seq0001.tif", "WellB03_PointB03_0000_ChannelDAPI_Seq0002.tif").get(0);
		assertTrue(first.startsWith("Well(?<well>[A-P]\\d+)_") && first.contains("site=2"), first);
	}

	@Test
	void whereNothingIsProposedTheNamesAndTheReasonAreShown() throws IOException {
		touch(dir.resolve("some/photo one.tif"));
		assertMessage(IOException.class, () -> TestFormats.all().open(dir, "auto", ScreenOptions.none()),
			"No screen format fits " + dir + ".\nNo pattern can be proposed", "some/photo one.tif",
			"The formats:\n  Not ");
	}
}
