// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.io.Opener;
import ij.process.ImageProcessor;
import io.github.isophene.SharedData;
import io.github.isophene.demo.Effects;
import io.github.isophene.demo.GrayTiff;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Virtual plates of a small screen with cell-like spots, and of real cells where they are at hand. */
class VirtualPlatesTest {

	private static final int WIDTH = 90;
	private static final int HEIGHT = 70;
	private static final String LABEL = "Metadata_Class";
	private static final List<String> CHANNELS = List.of("DNA", "Actin, cortical", "ER");
	private static final Selection CONTROLS = Selection.of("Metadata_Drug=DMSO");
	private static final VirtualPlateOptions OPTIONS = VirtualPlateOptions.of(LABEL, CONTROLS)
		.withBatches(3, 1)
		.withPlates(1)
		.withWells(9)
		.withFields(2)
		.withSize(48)
		.withEffects(Effects.STANDARD);

	@TempDir
	static Path shared;

	@TempDir
	Path temp;

	private static Screen source;

	/** 2 plates; 4 control wells, 3 and 5 of treatments, 1 without a class; 2 sites each. */
	@BeforeAll
	static void makeSource() throws IOException {
		final Random random = new Random(1);
		final List<Field> fields = new ArrayList<>();
		final String labels = "nnnnaaabbbbb.";
		for (int w = 0; w < labels.length(); w++) {
			final char label = labels.charAt(w);
			final String plate = w % 2 == 0 ? "P 1" : "P2";
			for (int site = 1; site <= 2; site++) {
				final List<Plane> planes = new ArrayList<>();
				for (int c = 0; c < 3; c++) {
					final Path file = shared.resolve("w" + w + "s" + site + "c" + c + ".tif");
					final short[] image = spots(random, 20 + 10 * c, 100 + 20 * label % 50);
					Files.write(file, GrayTiff.encode(image, WIDTH, HEIGHT));
					planes.add(Plane.of(file.toString()));
				}
				final Map<String, String> metadata = new LinkedHashMap<>();
				metadata.put(LABEL, label == '.' ? "" : label == 'n' ? "none" : "drug " + label);
				metadata.put("Metadata_Drug", label == 'n' ? "DMSO" : "drug");
				fields.add(new Field(plate, "A" + (w < 9 ? "0" : "") + (w + 1), "" + site, metadata, planes));
			}
		}
		source = new Screen(CHANNELS, fields);
	}

	private static short[] spots(final Random random, final int background, final int height) {
		final short[] image = new short[WIDTH * HEIGHT];
		Arrays.fill(image, (short) background);
		for (int spot = 0; spot < 12; spot++) {
			final double x0 = WIDTH * random.nextDouble(), y0 = HEIGHT * random.nextDouble();
			for (int p = 0; p < image.length; p++) {
				final double r2 = Math.pow(p % WIDTH - x0, 2) + Math.pow(p / WIDTH - y0, 2);
				image[p] += (short) (height * Math.exp(-r2 / 40));
			}
		}
		for (int p = 0; p < image.length; p++) image[p] += (short) random.nextInt(4);
		return image;
	}

	private static Screen write(final Screen screen, final Path folder, final VirtualPlateOptions options)
		throws IOException
	{
		return VirtualPlates.write(screen, folder, options, FieldReaders.builtIn(), Progress.NONE).screen();
	}

	@Test
	void noSourceWellIsInTrainingAndInHeldOutBatches() throws IOException {
		final Set<Set<String>> splits = new HashSet<>();
		for (int seed = 1; seed <= 5; seed++) {
			final Screen made = write(source, temp.resolve("seed" + seed),
				OPTIONS.withBatches(5, 2).withPlates(2).withWells(12).withFields(1).withSeed(seed));
			assertEquals(5 * 2 * 12, made.fields().size());
			assertNoCrossing(made, 3);
			final Set<String> training = new HashSet<>();
			for (final Field field : made.fields()) {
				if (field.get("Metadata_Part").equals("training")) training.add(field.get("Metadata_Source_Well"));
				assertEquals(field.get(LABEL).equals("none") ? "negcon" : "trt", field.get("Metadata_pert_type"));
				assertEquals(field.get("Metadata_Batch").matches("B[45]") ? "heldout" : "training",
					field.get("Metadata_Part"));
			}
			splits.add(training);
		}
		assertTrue(splits.size() > 1, "every seed splits alike");
	}

	private static void assertNoCrossing(final Screen made, final int classes) {
		final Map<String, String> parts = new HashMap<>();
		final Map<String, String> labels = new HashMap<>();
		for (final Field field : made.fields()) {
			final String well = field.get("Metadata_Source_Well");
			final String part = field.get("Metadata_Part");
			assertEquals(part, parts.computeIfAbsent(well, k -> part), well);
			assertEquals(field.get(LABEL), labels.computeIfAbsent(well, k -> field.get(LABEL)), well);
		}
		assertEquals(classes, new HashSet<>(labels.values()).size());
		assertEquals(2, new HashSet<>(parts.values()).size());
		for (final Map.Entry<String, List<Field>> plate : made.plates().entrySet()) {
			final Set<String> present = new HashSet<>();
			plate.getValue().forEach(field -> present.add(field.get(LABEL)));
			assertEquals(classes, present.size(), plate.getKey());
		}
	}

	@Test
	void sameSeedSameBytesWhateverTheThreadsAndTheOrderOfRows() throws IOException {
		VirtualPlates.write(source, temp.resolve("one"), OPTIONS, FieldReaders.builtIn(), Progress.NONE, 1);
		VirtualPlates.write(source, temp.resolve("three"), OPTIONS, FieldReaders.builtIn(), Progress.NONE, 3);
		final List<Field> shuffled = new ArrayList<>(source.fields());
		Collections.shuffle(shuffled, new Random(2));
		write(new Screen(CHANNELS, shuffled), temp.resolve("shuffled"), OPTIONS);
		assertSame("one", "three");
		assertSame("one", "shuffled");
		write(source, temp.resolve("other"), OPTIONS.withSeed(2));
		assertFalse(Arrays.equals(content("one").get("truth.csv"), content("other").get("truth.csv")));
	}

	@Test
	void withoutEffectsPixelsAreTheSourcesTimesAConstant() throws IOException {
		write(source, temp.resolve("plain"), OPTIONS.withShift(0));
		for (final Truth truth : truths("plain")) {
			for (int c = 0; c < 3; c++) {
				final float[] signal = truth.signal(c);
				final ImageProcessor image = truth.image(c);
				for (int p = 0; p < signal.length; p++)
					assertEquals(8 * (200 + signal[p]), image.get(p), .51, truth.row + " channel " + c);
			}
		}
	}

	@Test
	void theEffectsInTheTruthExplainTheImages() throws IOException {
		write(source, temp.resolve("effects"), OPTIONS.withEffects(Effects.STANDARD));
		double smallest = 1;
		double largest = 1;
		for (final Truth truth : truths("effects")) {
			for (int c = 0; c < 3; c++) {
				final double expected = truth.mean(c);
				final double offset = truth.number("offset_" + CHANNELS.get(c));
				double mean = 0;
				final ImageProcessor image = truth.image(c);
				for (int p = 0; p < image.getPixelCount(); p++) mean += image.get(p) / 8. / image.getPixelCount();
				final double ratio = (mean - 200 - offset) / expected;
				assertEquals(1, ratio, .03, truth.row + " channel " + c);
				smallest = Math.min(smallest, truth.number("gain_" + CHANNELS.get(c)));
				largest = Math.max(largest, truth.number("gain_" + CHANNELS.get(c)));
				assertTrue(truth.number("noise") >= 1);
			}
		}
		assertTrue(smallest < .9 && largest > 1.1, "the gains hardly differ: " + smallest + " to " + largest);
	}

	@Test
	void theTruthNamesNoDensity() throws IOException {
		write(source, temp.resolve("effects"), OPTIONS);
		for (final String file : List.of("truth.csv", "truth.json"))
			assertFalse(Files.readString(temp.resolve("effects").resolve(file)).contains("density"), file);
	}

	@Test
	void stoppingLeavesNoTableAndASecondRunCompletes() throws IOException {
		final List<Double> seen = new ArrayList<>();
		final Progress impatient = new StoppingProgress((message, done, total) -> {
			seen.add((double) done / total);
			return message.startsWith("Field 3 of");
		});
		final String message = assertThrows(CancellationException.class, () -> VirtualPlates.write(source,
			temp.resolve("stopped"), OPTIONS, FieldReaders.builtIn(), impatient)).getMessage();
		assertTrue(message.contains("3 of 54 fields") && message.contains("Run again with the same keys"), message);
		assertFalse(Files.exists(temp.resolve("stopped/screen.csv")));
		assertEquals(seen.stream().sorted().toList(), seen);
		write(source, temp.resolve("stopped"), OPTIONS);
		write(source, temp.resolve("whole"), OPTIONS);
		assertSame("whole", "stopped");
		final String other = assertThrows(IOException.class,
			() -> write(source, temp.resolve("whole"), OPTIONS.withSeed(3))).getMessage();
		assertTrue(other.contains("already holds a different screen"), other);
		assertSame("whole", "stopped");
		assertThrows(CancellationException.class, () -> VirtualPlates.write(source, temp.resolve("never"), OPTIONS,
			FieldReaders.builtIn(),
			new StoppingProgress((text, done, total) -> text.startsWith("Measuring source field 2 of"))));
		assertFalse(Files.exists(temp.resolve("never")));
	}

	@Test
	void messagesNameTheKeyTheClassOrTheFile() {
		refused("Class 'drug a' of Metadata_Class has 1 well: at least 2",
			field -> field.get(LABEL).equals("drug a") && !field.well().equals("A05") ? with(field, LABEL, "") : field,
			OPTIONS);
		refused("Well P 1 A05 has several values of Metadata_Class: drug a, drug b",
			field -> field.well().equals("A05") && field.site().equals("2") ? with(field, LABEL, "drug b") : field,
			OPTIONS);
		refused("Well P 1 A01 has Metadata_Class 'none' like the negative controls",
			field -> field.well().equals("A01") ? with(field, "Metadata_Drug", "other") : field, OPTIONS);
		refused("these wells must have one value of Metadata_Class, but have drug b, none",
			field -> field.well().equals("A01") ? with(field, LABEL, "drug b") : field, OPTIONS);
		refused("label = Metadata_Moa: the screen has no such column", field -> field,
			VirtualPlateOptions.of("Metadata_Moa", CONTROLS));
		refused("label = Metadata_pert_type: virtual plates have a column of this name", field -> field,
			VirtualPlateOptions.of("Metadata_pert_type", CONTROLS));
		refused("it is empty in all rows", field -> with(field, LABEL, ""), OPTIONS);
		refused("wells = 3: must be at least 4 for 3 classes", field -> field,
			OPTIONS.withPlates(1).withWells(3).withFields(1));
		final String small = assertThrows(IOException.class,
			() -> write(source, temp.resolve("refused"), OPTIONS.withSize(80))).getMessage();
		assertTrue(small.contains(".tif) has 90 x 70 pixels: size = 80 must be 70 at most"), small);
		for (final String key : List.of("batches", "heldout", "size", "shift", "controls")) {
			final String message = assertThrows(IllegalArgumentException.class, () -> {
				switch (key) {
					case "batches" -> OPTIONS.withBatches(0, 0);
					case "heldout" -> OPTIONS.withBatches(3, 3);
					case "size" -> OPTIONS.withSize(8);
					case "shift" -> OPTIONS.withShift(Double.NaN);
					default -> VirtualPlateOptions.of(LABEL, Selection.NONE);
				}
			}).getMessage();
			assertTrue(message.startsWith(key), message);
		}
		assertFalse(Files.exists(temp.resolve("refused")));
	}

	@Test
	void aLostFileIsNamed() throws IOException {
		final Screen lost = changed(field -> field.well().equals("A02") ? new Field(field.plate(), field.well(),
			field.site(), field.metadata(), Collections.nCopies(3, Plane.of(temp.resolve("lost.tif").toString())))
			: field);
		final String message = assertThrows(IOException.class, () -> write(lost, temp.resolve("refused"), OPTIONS))
			.getMessage();
		assertTrue(message.contains("P2 A02") && message.contains("lost.tif"), message);
	}

	@Test
	void aConstantChannelIsNamed() throws IOException {
		final Path flat = Files.write(temp.resolve("flat.tif"),
			GrayTiff.encode(new short[WIDTH * HEIGHT], WIDTH, HEIGHT));
		final Screen dark = changed(field -> new Field(field.plate(), field.well(), field.site(), field.metadata(),
			List.of(field.planes().get(0), field.planes().get(1), Plane.of(flat.toString()))));
		final String message = assertThrows(IOException.class, () -> write(dark, temp.resolve("refused"), OPTIONS))
			.getMessage();
		assertTrue(message.contains("Plate P 1: channel ER has no signal"), message);
	}

	@Test
	void platesOfRealCells() throws IOException {
		final Screen real = realWells(SharedData.get("bbbc013"));
		final VirtualPlateOptions options = VirtualPlateOptions.of(LABEL, Selection.of("Metadata_Class=negative"))
			.withBatches(3, 1)
			.withPlates(1)
			.withWells(8)
			.withFields(1)
			.withSize(160);
		final Screen made = write(real, temp.resolve("real"), options);
		assertNoCrossing(made, 4);
		final JsonArray black = JsonParser.parseString(Files.readString(temp.resolve("real/truth.json")))
			.getAsJsonObject()
			.getAsJsonArray("source plates")
			.get(0)
			.getAsJsonObject()
			.getAsJsonArray("black");
		// numpy.percentile of all pixels of the plate gives 0 and 1.
		assertEquals("[0,1]", black.toString());
		for (final Field field : made.fields()) {
			final ImageProcessor image = new Opener().openImage(field.planes().get(1).path()).getProcessor();
			assertEquals(160, image.getWidth());
			assertTrue(image.getStatistics().max < 65535, "saturated");
			assertTrue(image.getStatistics().mean > 8 * 180, "dark");
		}
	}

	/** By dose: 0 (control -1) negative, 1 to 3 low, 4 to 6 middle, 7 to 9 high; control 1 is left out. */
	private static Screen realWells(final Path folder) throws IOException {
		final List<Field> fields = new ArrayList<>();
		for (final String line : Files.readAllLines(folder.resolve("1049_Metadata.csv")).stream().skip(1).toList()) {
			final String[] row = line.strip().split(",");
			final int dose = Integer.parseInt(row[3]);
			final String label = row[4].equals("1") ? "" : row[4].equals("-1") ? "negative"
				: List.of("low", "middle", "high").get((dose - 1) / 3);
			final List<Plane> planes = new ArrayList<>();
			for (int c = 1; c <= 2; c++) {
				final String number = String.format("%02d", Integer.parseInt(row[0]));
				final Path file = folder.resolve("Channel" + c + "-" + number + "-" + row[2] + "-" + row[1] + ".tif");
				planes.add(Plane.of(file.toAbsolutePath().toString()));
			}
			fields.add(new Field("bbbc013", row[2] + row[1], "1", Map.of(LABEL, label), planes));
		}
		return new Screen(List.of("FKHR", "DRAQ"), fields);
	}

	private static Field with(final Field field, final String column, final String value) {
		final Map<String, String> metadata = new LinkedHashMap<>(field.metadata());
		metadata.put(column, value);
		return field.withMetadata(metadata);
	}

	private static Screen changed(final UnaryOperator<Field> change) {
		return new Screen(CHANNELS, source.fields().stream().map(change).toList());
	}

	private void refused(final String expected, final UnaryOperator<Field> change, final VirtualPlateOptions options) {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> write(changed(change), temp.resolve("refused"), options)).getMessage();
		assertTrue(message.contains(expected), message);
	}

	/** One row of truth.csv, and what it says about pixels. */
	private final class Truth {

		final Map<String, String> row = new LinkedHashMap<>();
		final Path folder;
		final JsonObject plate;

		Truth(final List<String> header, final List<String> cells, final Path folder, final JsonObject json) {
			for (int i = 0; i < header.size(); i++) row.put(header.get(i), cells.get(i));
			this.folder = folder;
			plate = json.getAsJsonArray("source plates")
				.asList()
				.stream()
				.map(p -> p.getAsJsonObject())
				.filter(p -> p.get("name").getAsString().equals(row.get("source_plate")))
				.findFirst()
				.orElseThrow();
		}

		double number(final String column) {
			return Double.parseDouble(row.get(column));
		}

		ImageProcessor image(final int c) throws IOException {
			final String name = row.get("plate") + "_" + row.get("well") + "_s" + row.get("site") + "_";
			try (Stream<Path> files = Files.list(folder.resolve(row.get("plate")))) {
				final Path file = files
					.filter(f -> f.getFileName().toString().startsWith(name + CHANNELS.get(c).substring(0, 2)))
					.findFirst()
					.orElseThrow();
				return new Opener().openImage(file.toString()).getProcessor();
			}
		}

		/** The source's crop in counts above black. */
		float[] signal(final int c) {
			final Field field = source.fields()
				.stream()
				.filter(f -> f.plate().equals(row.get("source_plate")) && f.well().equals(row.get("source_well")) &&
					f.site().equals(row.get("source_site")))
				.findFirst()
				.orElseThrow();
			assertEquals(row.get("class"), field.get(LABEL));
			ImageProcessor image = new Opener().openImage(field.planes().get(c).path()).getProcessor();
			image.setRoi((int) number("x"), (int) number("y"), 48, 48);
			image = image.crop();
			final int symmetry = (int) number("symmetry");
			if ((symmetry & 1) != 0) image.flipHorizontal();
			if ((symmetry & 2) != 0) image.flipVertical();
			if ((symmetry & 4) != 0) {
				image = image.rotateRight();
				image.flipHorizontal();
			}
			final double black = plate.getAsJsonArray("black").get(c).getAsDouble();
			final double unit = plate.getAsJsonArray("unit").get(c).getAsDouble();
			final float[] signal = new float[48 * 48];
			for (int p = 0; p < signal.length; p++) signal[p] = (float) ((image.get(p) - black) / unit);
			return signal;
		}

		/** The mean signal after bleed-through, vignetting and gain; a blur hardly changes it. */
		double mean(final int c) {
			final float[] own = signal(c);
			final float[] before = c == 0 ? new float[own.length] : signal(c - 1);
			final double bleed = c == 0 ? 0 : number("bleed_" + CHANNELS.get(c - 1));
			double mean = 0;
			for (int p = 0; p < own.length; p++) {
				final double x = (p % 48 + .5) / 48 - .5 - number("centre_x");
				final double y = (p / 48 + .5) / 48 - .5 - number("centre_y");
				final double left = Math.max(.1, 1 - number("vignetting") * 2 * (x * x + y * y));
				mean += number("gain_" + CHANNELS.get(c)) * left * (own[p] + bleed * before[p]) / own.length;
			}
			return mean;
		}
	}

	private List<Truth> truths(final String name) throws IOException {
		final Path folder = temp.resolve(name);
		final JsonObject json = JsonParser.parseString(Files.readString(folder.resolve("truth.json")))
			.getAsJsonObject();
		final List<String> lines = Files.readAllLines(folder.resolve("truth.csv"));
		final List<Truth> truths = new ArrayList<>();
		final List<String> header = cells(lines.get(0));
		for (final String line : lines.subList(1, lines.size())) {
			truths.add(new Truth(header, cells(line), folder, json));
		}
		assertEquals(54, truths.size());
		return truths;
	}

	/** Cells of a line; the one name with a comma is the second channel's. */
	private static List<String> cells(final String line) {
		return Arrays.stream(line.replaceAll("\"([^\",]*), ([^\",]*)\"", "$1; $2").split(","))
			.map(cell -> cell.replace("; ", ", "))
			.toList();
	}

	private void assertSame(final String expected, final String actual) throws IOException {
		final Map<String, byte[]> there = content(expected);
		final Map<String, byte[]> found = content(actual);
		assertEquals(there.keySet(), found.keySet());
		there.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
		assertNotEquals(0, there.size());
	}

	private Map<String, byte[]> content(final String name) throws IOException {
		final Map<String, byte[]> content = new TreeMap<>();
		final Path folder = temp.resolve(name);
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.filter(Files::isRegularFile).toList())
				content.put(folder.relativize(file).toString(), Files.readAllBytes(file));
		}
		return content;
	}
}
