// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

import io.github.isophene.adaptation.statistics.Drift;
import io.github.isophene.adaptation.statistics.ModelCalibration;
import io.github.isophene.adaptation.statistics.PlateStatistics;
import io.github.isophene.adaptation.tiles.FieldImages;
import io.github.isophene.adaptation.tiles.TileChoice;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.ModelSource;
import io.github.isophene.network.StatisticsCalibration;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.ChannelReader;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.Intensity;
import io.github.isophene.pixels.Layout;
import io.github.isophene.pixels.ScaledField;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.Tile;
import io.github.isophene.pixels.TileCopier;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScreenPredictorTest {

	@TempDir
	static Path images;

	@TempDir
	Path folder;

	private static Screen screen;
	private static Path model;
	private Path predictions;

	@BeforeAll
	static void simulate() throws IOException {
		screen = DemoScreen
			.write(images.resolve("screen"), DemoOptions.defaults()
				.withBatches(2)
				.withPlates(1)
				.withWells(8)
				.withSize(80)
				.withClasses(2)
				.withSeed(3), Progress.NONE)
			.screen();
		model = TinyModels.write(images.resolve("tiny.zip"), 1);
	}

	@BeforeEach
	void choose() {
		predictions = folder.resolve("predictions.parquet");
	}

	private ScreenPredictionOptions options() {
		return ScreenPredictionOptions.into(predictions)
			.withModels(List.of(model.toString()))
			.withDevice("cpu")
			.withStatistics("controls");
	}

	private static ScreenPredictionReport predict(final Screen of, final ScreenPredictionOptions options)
		throws IOException
	{
		return predict(of, options, Progress.NONE);
	}

	private static ScreenPredictionReport predict(final Screen of, final ScreenPredictionOptions options,
		final Progress progress) throws IOException
	{
		return new ScreenPredictor(FieldReaders.builtIn()).predict(of, options, progress);
	}

	private static String says(final Screen of, final ScreenPredictionOptions options) {
		return assertThrows(IllegalArgumentException.class, () -> predict(of, options)).getMessage();
	}

	private static Screen with(final UnaryOperator<Field> change) {
		return new Screen(screen.channels(), screen.fields().stream().map(change).toList());
	}

	private static Field with(final Field field, final String column, final String value) {
		final Map<String, String> metadata = new LinkedHashMap<>(field.metadata());
		metadata.put(column, value);
		return field.withMetadata(metadata);
	}

	private static boolean control(final Field field) {
		return field.get("Metadata_pert_type").equals("negcon");
	}

	private static float[][] features(final ProfileTable table) {
		final float[][] rows = new float[table.rowCount()][];
		for (int i = 0; i < rows.length; i++) rows[i] = table.row(i);
		return rows;
	}

	@Test
	void aRowPerFieldAndPerWellWithProbabilitiesAndUncertainty() throws IOException {
		final ScreenPredictionReport report = predict(screen, options());
		final List<Field> queries = screen.fields().stream().filter(f -> !control(f)).toList();
		final ProfileTable fields = ProfileFile.read(predictions);
		assertEquals(queries.size(), fields.rowCount());
		assertEquals(queries.size(), report.fields());
		assertEquals(List.of("prob_a", "prob_b", "prob_c", "entropy", "drift"), fields.featureColumns());
		for (int row = 0; row < queries.size(); row++) {
			for (final String column : screen.metadataColumns()) {
				assertEquals(queries.get(row).get(column), fields.metadata(column, row));
			}
			final float[] values = fields.row(row);
			assertEquals(1, values[0] + values[1] + values[2], 1e-6);
			final double entropy = Probabilities.entropy(new double[]{values[0], values[1], values[2]});
			assertEquals(entropy, values[3], 1e-5);
			assertTrue(values[4] > 0);
			final int best = Probabilities.best(new double[]{values[0], values[1], values[2]});
			assertEquals(List.of("a", "b", "c").get(best), fields.metadata("Metadata_Predicted_Compound", row));
			assertEquals("4", fields.metadata("Metadata_Tile_Count", row));
			assertEquals("controls", fields.metadata("Metadata_Statistics", row));
		}
		final ProfileTable wells = ProfileFile.read(report.wells());
		assertEquals(queries.size() / 2, wells.rowCount());
		assertEquals(folder.resolve("predictions.wells.parquet"), report.wells());
		assertFalse(wells.hasMetadata("Metadata_Site"));
		for (int row = 0; row < wells.rowCount(); row++) {
			assertEquals("2", wells.metadata("Metadata_Site_Count", row));
			assertEquals((fields.feature(2 * row, 0) + fields.feature(2 * row + 1, 0)) / 2, wells.feature(row, 0),
				1e-6);
			assertEquals(fields.metadata("Metadata_Well", 2 * row), wells.metadata("Metadata_Well", row));
		}
		final ProfileTable drifts = ProfileFile.read(report.drifts());
		assertEquals(2, drifts.rowCount());
		assertEquals("tiny.zip", drifts.metadata("Metadata_Model", 0));
		assertEquals(fields.feature(0, 4), drifts.feature(0, drifts.featureIndex("drift")));
		assertTrue(drifts.feature(1, drifts.featureIndex("drift_layer4.1.bn2")) > 0);
		assertEquals("unknown", drifts.metadata("Metadata_Drift_Warning", 0));
		assertNull(report.errors());
		try (var left = Files.list(folder)) {
			assertEquals(3, left.count(), "files are left over");
		}
	}

	@Test
	void isWhatThePredictorGivesForTheSameTiles() throws IOException {
		predict(screen, options().withTiles(TileChoice.CENTER));
		final ProfileTable fields = ProfileFile.read(predictions);
		final Model of = Model.load(model);
		final ScreenFields read = new ScreenFields(
			new ChannelReader(FieldReaders.builtIn(), screen.channels(), of.card().channels(), Downscale.NONE),
			screen.fields(), Intensity.parse(of.card().intensity()), Selection.NONE);
		int row = 0;
		for (final String plate : screen.plates().keySet()) {
			final List<Integer> queries = new ArrayList<>();
			final List<Integer> controls = new ArrayList<>();
			for (int i = 0; i < read.size(); i++) {
				if (read.field(i).plate().equals(plate)) (control(read.field(i)) ? controls : queries).add(i);
			}
			final PlatePrediction expected = new Predictor(List.of(of),
				PredictionOptions.of(StatisticsOrigin.CONTROLS).withDevice("cpu"))
				.predict(plate, centers(read, queries), centers(read, controls));
			for (final Prediction prediction : expected.fields()) {
				for (int k = 0; k < 3; k++) assertEquals((float) prediction.probabilities()[k], fields.feature(row, k));
				row++;
			}
		}
		assertEquals(fields.rowCount(), row);
	}

	private static FieldImages centers(final ScreenFields read, final List<Integer> chosen) throws IOException {
		final MemoryTiles tiles = new MemoryTiles(4, 32, 32);
		final List<FieldImages.Position> at = new ArrayList<>();
		for (final int i : chosen) {
			final ScaledField field = read.read(i);
			final FloatBuffer values = FloatBuffer.allocate(4 * 32 * 32);
			new TileCopier().copy(field.image(), new Tile(24, 24, 32), field.scales(), Layout.NCHW, values);
			tiles.add(at.size(), values.array());
			at.add(new FieldImages.Position(read.field(i).well(), read.field(i).site()));
		}
		return new FieldImages(TinyModels.CHANNELS, at, tiles);
	}

	@ParameterizedTest
	@EnumSource(StatisticsOrigin.class)
	void labelsDoNotMatter(final StatisticsOrigin kind) throws IOException {
		final Path calibrated = calibrated();
		predict(screen, options().withModel(calibrated.toString()).withStatistics(kind.label()));
		final float[][] expected = features(ProfileFile.read(predictions));
		final List<String> labels = new ArrayList<>(
			screen.fields().stream().filter(f -> !control(f)).map(f -> f.get("Metadata_Compound")).toList());
		Collections.shuffle(labels, new Random(7));
		final int[] next = {0};
		predict(
			with(
				f -> control(f) ? f : with(with(f, "Metadata_Compound", labels.get(next[0]++)), "Metadata_Class", "?")),
			options().withModel(calibrated.toString()).withStatistics(kind.label()));
		assertArrayEquals(expected, features(ProfileFile.read(predictions)));
		predict(with(f -> f.withMetadata(Map.of("Metadata_pert_type", f.get("Metadata_pert_type")))),
			options().withModel(calibrated.toString()).withStatistics(kind.label()));
		final ProfileTable without = ProfileFile.read(predictions);
		assertFalse(without.hasMetadata("Metadata_Compound"));
		assertArrayEquals(expected, features(without));
	}

	/** The tiny model with a calibration. */
	private Path calibrated() throws IOException {
		final Path file = folder.resolve("calibrated.zip");
		ModelFile.write(TinyModels.calibrated(Model.load(model)), file);
		return file;
	}

	@Test
	void aCalibratedModelAdaptsToControlsUnlessToldOtherwise() throws IOException {
		final Path calibrated = calibrated();
		for (final String open : List.of("", "auto")) {
			predict(screen, options().withModel(calibrated.toString()).withStatistics(open));
			assertEquals("calibrated", ProfileFile.read(predictions).metadata("Metadata_Statistics", 0));
		}
		final float[][] expected = features(ProfileFile.read(predictions));
		predict(screen, options().withModel(calibrated.toString()).withStatistics("calibrated"));
		assertArrayEquals(expected, features(ProfileFile.read(predictions)));
		predict(screen, options().withModel(calibrated.toString()).withStatistics("joint"));
		assertEquals("joint", ProfileFile.read(predictions).metadata("Metadata_Statistics", 0));

		// Some plates without controls: none is normalized in another way without a word.
		final String first = screen.fields().get(0).plate();
		final Screen one = with(f -> f.plate().equals(first) ? with(f, "Metadata_pert_type", "trt") : f);
		final String message = says(one, options().withModel(calibrated.toString()).withStatistics("auto"));
		assertTrue(message.contains("Plate " + first + " has no negative controls") && message.contains("calibrated"),
			message);

		// None at all, of a model that can do without.
		final Path erm = folder.resolve("erm.zip");
		ModelFile.write(
			TinyModels.calibrated(TinyModels.model(2, TinyModels.CHANNELS, StatisticsOrigin.TRAINING, Map.of())), erm);
		final ScreenPredictionReport report = predict(with(f -> with(f, "Metadata_pert_type", "trt")),
			options().withModel(erm.toString()).withStatistics("auto"));
		assertEquals("training", ProfileFile.read(predictions).metadata("Metadata_Statistics", 0));
		assertTrue(String.join("\n", report.warnings()).contains("though the model could be adapted"),
			report.warnings()::toString);
	}

	@Test
	void adaptedModelsHoldWhatCameOutAndAreNotAdaptedAgain() throws IOException {
		final Path calibrated = calibrated();
		for (final String kind : List.of("calibrated", "mix")) {
			predict(screen, options().withModel(calibrated.toString()).withStatistics(kind).withAdapted(
				folder.resolve("adapted")));
			final float[][] expected = features(ProfileFile.read(predictions));
			int row = 0;
			for (final String plate : screen.plates().keySet()) {
				final Path of = folder.resolve("adapted").resolve(plate + ".zip");
				assertEquals(kind, Model.load(of).card().training().get(PlateStatistics.KIND));
				predict(new Screen(screen.channels(), screen.plates().get(plate)),
					options().withModel(of.toString()).withStatistics("auto"));
				final ProfileTable one = ProfileFile.read(predictions);
				assertEquals("training", one.metadata("Metadata_Statistics", 0));
				for (final float[] found : features(one)) {
					for (int k = 0; k < 4; k++) assertEquals(expected[row][k], found[k], 1e-6);
					row++;
				}
			}
			assertEquals(expected.length, row);
		}
	}

	@Test
	void whatAModelLacksIsSaidWithTheRemedy() throws IOException {
		assertTrue(
			says(screen, options().withStatistics("calibrated"))
				.contains("has no calibration, which statistics = calibrated needs: add it with Calibrate Model"),
			says(screen, options().withStatistics("calibrated")));
		final Model tiny = Model.load(model);
		final Map<String, StatisticsCalibration.LayerCalibration> layers = new LinkedHashMap<>();
		TinyModels.calibrated(tiny)
			.calibration()
			.orElseThrow()
			.layers()
			.forEach((name, l) -> layers.put(name,
				new StatisticsCalibration.LayerCalibration(l.offset(), l.variance(), new float[0][], new float[0][])));
		final Path without = folder.resolve("without.zip");
		ModelFile.write(tiny.withCalibration(new StatisticsCalibration(layers, 1, 1)), without);
		predict(screen, options().withModel(without.toString()).withStatistics("calibrated"));
		final String message = says(screen, options().withModel(without.toString()).withStatistics("mix"));
		assertTrue(message.contains("no calibration of its classes") && message.contains("label column"), message);
	}

	@Test
	void queriesFarFromTheControlsAreSaid() throws IOException {
		for (final String kind : List.of("calibrated", "controls")) {
			for (final boolean far : new boolean[]{true, false}) {
				final Path known = folder.resolve("known.zip");
				ModelFile.write(TinyModels.calibrated(TinyModels.model(1, TinyModels.CHANNELS, StatisticsOrigin.JOINT,
					Map.of(ModelCalibration.DEPARTURE, far ? "0.0001" : "1000"))), known);
				final ScreenPredictionReport report = predict(screen,
					options().withModel(known.toString()).withStatistics(kind));
				assertEquals(far, String.join("\n", report.warnings()).contains("are further from its controls"),
					report.warnings()::toString);
				final ProfileTable drifts = ProfileFile.read(report.drifts());
				assertEquals(Boolean.toString(far), drifts.metadata("Metadata_Departure_Warning", 0));
				assertTrue(drifts.feature(0, drifts.featureIndex("departure")) > 0);
				assertTrue(drifts.feature(0, drifts.featureIndex("departure_layer4.1.bn2")) > 0);
			}
		}
	}

	@Test
	void theCacheAndItsBudgetDoNotMatter() throws IOException {
		// Tiles of a plate take 0.5 MB: a third in memory; the rest on disk, or partly decoded anew.
		sameBytes("joint", 1, 1 << 30);
		sameBytes("controls", 1, 100_000);
		sameBytes("calibrated", 1, 100_000);
		sameBytes("mix", 1, 1 << 30);
	}

	private void sameBytes(final String kind, final int memory, final long disk) throws IOException {
		final String of = calibrated().toString();
		predict(screen, options().withModel(of).withStatistics(kind));
		final byte[] expected = Files.readAllBytes(predictions);
		new ScreenPredictor(FieldReaders.builtIn(), ModelSource.FILES, disk).predict(screen,
			options().withModel(of).withStatistics(kind).withMemory(memory), Progress.NONE);
		assertArrayEquals(expected, Files.readAllBytes(predictions), kind);
	}

	@Test
	void emptyStatisticsAreThoseThatTheModelWasTrainedFor() throws IOException {
		predict(screen, options().withStatistics(""));
		assertEquals("joint", ProfileFile.read(predictions).metadata("Metadata_Statistics", 0));
		final Path other = folder.resolve("other.zip");
		ModelFile.write(TinyModels.model(2, TinyModels.CHANNELS, StatisticsOrigin.TRAINING, Map.of()), other);
		final ScreenPredictionOptions both = options().withStatistics("").withModel(model + "," + other);
		assertTrue(says(screen, both).contains("choose statistics"), says(screen, both));
		predict(screen, both.withStatistics("training"));
	}

	@Test
	void anEnsembleIsTheMeanOfItsModels() throws IOException {
		final Path second = TinyModels.write(folder.resolve("second.zip"), 2);
		predict(screen, options());
		final float[][] a = features(ProfileFile.read(predictions));
		predict(screen, options().withModel(second.toString()));
		final float[][] b = features(ProfileFile.read(predictions));
		final ScreenPredictionReport report = predict(screen, options().withModel(model + ", " + second));
		final float[][] mean = features(ProfileFile.read(predictions));
		for (int i = 0; i < a.length; i++) {
			for (int k = 0; k < 3; k++) assertEquals((a[i][k] + b[i][k]) / 2, mean[i][k], 1e-6);
			assertEquals(Math.max(a[i][4], b[i][4]), mean[i][4]);
		}
		assertEquals(4, ProfileFile.read(report.drifts()).rowCount());
	}

	@Test
	void platesWithoutControlsAreAllNamedBeforeTheRun() {
		final Screen none = with(f -> with(f, "Metadata_pert_type", "trt"));
		assertTrue(says(none, options()).contains("No field has Metadata_pert_type=negcon"), says(none, options()));
		final String first = screen.fields().get(0).plate();
		final Screen one = with(f -> f.plate().equals(first) ? with(f, "Metadata_pert_type", "trt") : f);
		final String message = says(one, options().withStatistics("joint"));
		assertTrue(message.contains("Plate " + first + " has no negative controls") &&
			message.contains("statistics = batch") && message.contains("joint"), message);
		assertTrue(says(screen, options().withControls("Metadata_Nothing=x")).contains("Metadata_Nothing"));
		assertTrue(says(screen, options().withControls("")).contains("No negative controls are named"));
		assertFalse(Files.exists(predictions));
	}

	@Test
	void whereNoneAreNeededTheirAbsenceIsAWarning() throws IOException {
		final Screen none = with(f -> with(f, "Metadata_pert_type", "trt"));
		final ScreenPredictionReport report = predict(none, options().withStatistics("batch"));
		assertTrue(report.warnings().stream().anyMatch(w -> w.contains("can't be measured")),
			report.warnings().toString());
		assertTrue(report.warnings().get(0).contains("There are no negative controls"), report.warnings().toString());
		final ProfileTable drifts = ProfileFile.read(report.drifts());
		assertTrue(Float.isNaN(drifts.feature(0, 0)));
		assertEquals("0", drifts.metadata("Metadata_Control_Tiles", 0));
	}

	@Test
	void fewControlsOrInOneCornerAreWarningsWithNumbers() throws IOException {
		final Set<String> seen = new HashSet<>();
		// One control field per plate, all others treated.
		final Screen few = with(
			f -> with(f, "Metadata_pert_type", control(f) && seen.add(f.plate()) ? "negcon" : "trt"));
		final ScreenPredictionReport report = predict(few, options());
		final String warnings = String.join("\n", report.warnings());
		assertTrue(warnings.contains("only 4 images of negative controls (1 well)"), warnings);
		assertTrue(warnings.contains("lie in the well"), warnings);
		final ProfileTable fields = ProfileFile.read(predictions);
		assertTrue(fields.metadata("Metadata_Warnings", 0).contains("only 4 images"),
			fields.metadata("Metadata_Warnings", 0));
		assertTrue(report.message().contains("4 warnings"), report.message());
	}

	@Test
	void channelsAreFoundByNameAndMissingOnesNamed() throws IOException {
		predict(screen, options());
		final float[][] expected = features(ProfileFile.read(predictions));
		final int[] order = {2, 0, 3, 1};
		final List<String> names = Arrays.stream(order).mapToObj(screen.channels()::get).toList();
		final Screen turned = new Screen(names,
			screen.fields()
				.stream()
				.map(f -> new Field(f.plate(), f.well(), f.site(), f.metadata(),
					Arrays.stream(order).mapToObj(f.planes()::get).toList()))
				.toList());
		final ScreenPredictionReport report = predict(turned, options());
		assertArrayEquals(expected, features(ProfileFile.read(predictions)));
		assertEquals(1, report.warnings().stream().filter(w -> w.contains("are in another order")).count(),
			report.warnings().toString());

		final Screen less = new Screen(names.subList(0, 3),
			turned.fields()
				.stream()
				.map(f -> new Field(f.plate(), f.well(), f.site(), f.metadata(), f.planes().subList(0, 3)))
				.toList());
		assertTrue(says(less, options()).contains("ER is missing"), says(less, options()));
	}

	@Test
	void aPlateFartherThanThoseOfTheTrainingIsSaidSo() throws IOException {
		final Path known = folder.resolve("known.zip");
		ModelFile.write(
			TinyModels.model(1, TinyModels.CHANNELS, StatisticsOrigin.JOINT, Map.of(Drift.THRESHOLD, "0.001")), known);
		final ScreenPredictionReport report = predict(screen, options().withModel(known.toString()));
		assertTrue(report.warnings().stream().anyMatch(w -> w.contains("further from the training")),
			report.warnings().toString());
		assertEquals("true", ProfileFile.read(report.drifts()).metadata("Metadata_Drift_Warning", 0));
		predict(screen, options().withModel(known.toString()).withDrift(false));
		assertTrue(Float.isNaN(ProfileFile.read(predictions).feature(0, 4)));
	}

	@Test
	void badFieldsAreNamedAndTheRunGoesOn() throws IOException {
		final Path broken = Files.writeString(folder.resolve("broken.tif"), "no image");
		final Field bad = screen.fields().stream().filter(f -> !control(f)).findFirst().orElseThrow();
		final Field badControl = screen.fields()
			.stream()
			.filter(ScreenPredictorTest::control)
			.findFirst()
			.orElseThrow();
		final Screen some = with(f -> f == bad || f == badControl ? withPlane(f, Plane.of(broken.toString())) : f);
		final ScreenPredictionReport report = predict(some, options());
		assertEquals(2, report.failed());
		assertEquals(screen.fields().stream().filter(f -> !control(f)).count() - 1, report.fields());
		final String errors = Files.readString(report.errors());
		assertTrue(errors.contains("broken.tif") && errors.lines().count() == 3, errors);

		final String plate = bad.plate();
		final ScreenPredictionReport other = predict(
			with(f -> f.plate().equals(plate) && control(f) ? withPlane(f, Plane.of(broken.toString())) : f),
			options());
		assertEquals(1, other.plates());
		assertTrue(Files.readString(other.errors()).contains("has no negative controls"),
			Files.readString(other.errors()));

		final Screen nothing = with(f -> withPlane(f, Plane.of(broken.toString())));
		final IOException exc = assertThrows(IOException.class, () -> predict(nothing, options()));
		assertTrue(exc.getMessage().contains("broken.tif") && exc.getMessage().contains("errors.csv"),
			exc.getMessage());
	}

	private static Field withPlane(final Field field, final Plane plane) {
		final List<Plane> planes = new ArrayList<>(field.planes());
		planes.set(0, plane);
		return new Field(field.plate(), field.well(), field.site(), field.metadata(), planes);
	}

	@Test
	void tilesLargerThanTheFieldSayBothSizes() {
		final IOException exc = assertThrows(IOException.class, () -> {
			final Path large = folder.resolve("large.zip");
			final Model tiny = Model.load(model);
			final ModelCard c = tiny.card();
			ModelFile.write(new Model(new ModelCard(c.name(), "", c.architecture(), c.input(), c.channels(), 256,
				c.intensity(), c.classes(), c.labelColumn(), c.statistics(), Map.of()), tiny.weights()), large);
			predict(screen, options().withModel(large.toString()));
		});
		assertTrue(exc.getMessage().contains("256") && exc.getMessage().contains("80"), exc.getMessage());
	}

	@Test
	void aCanceledRunIsTakenUpAndEndsWithTheSameBytes() throws IOException {
		final ScreenPredictionReport whole = predict(screen, options().withStatistics("joint"));
		final List<byte[]> expected = new ArrayList<>();
		for (final Path file : List.of(whole.predictions(), whole.wells(), whole.drifts())) {
			expected.add(Files.readAllBytes(file));
			Files.delete(file);
		}
		final int perPlate = screen.fields().size() / 2;
		final StoppingProgress canceling = StoppingProgress.after(perPlate + perPlate / 2);
		assertThrows(CancellationException.class, () -> predict(screen, options().withStatistics("joint"), canceling));
		assertFalse(Files.exists(predictions));
		final IOException other = assertThrows(IOException.class,
			() -> predict(screen, options().withStatistics("joint").withSeed(7)));
		assertTrue(other.getMessage().contains("seed"), other.getMessage());
		final ScreenPredictionReport again = predict(screen, options().withStatistics("joint"));
		assertEquals(1, again.platesResumed());
		assertTrue(again.message().contains("plates done already: 1). What was to be said of these is in "),
			again.message());
		assertArrayEquals(expected.get(0), Files.readAllBytes(again.predictions()));
		assertArrayEquals(expected.get(1), Files.readAllBytes(again.wells()));
		assertArrayEquals(expected.get(2), Files.readAllBytes(again.drifts()));
	}

	@Test
	void whatIsMendedBeforeARunIsTakenUpIsPredicted() throws IOException {
		final long rows = predict(screen, options()).fields();
		final byte[] expected = Files.readAllBytes(predictions);
		Files.delete(predictions);
		final Field missing = screen.fields().stream().filter(f -> !control(f)).findFirst().orElseThrow();
		final Path file = folder.resolve("late.tif");
		final Screen late = with(f -> f == missing ? withPlane(f, Plane.of(file.toString())) : f);
		interrupt(late, 1.5);
		// Copied with its old time, as a backup is.
		Files.copy(Path.of(missing.planes().get(0).path()), file, StandardCopyOption.COPY_ATTRIBUTES);
		// The run that does the plate again ends, too.
		interrupt(late, .5);
		final ScreenPredictionReport report = predict(late, options());
		assertEquals(rows, report.fields());
		assertNull(report.errors());
		assertArrayEquals(expected, Files.readAllBytes(predictions));

		// What is still broken is no reason to predict its plate again.
		Files.writeString(file, "no image");
		interrupt(late, 1.5);
		assertEquals(1, predict(late, options()).platesResumed());
	}

	@Test
	void aControlThatIsExportedAgainBeforeARunIsTakenUpCounts() throws IOException {
		final List<Field> controls = screen.fields().stream().filter(ScreenPredictorTest::control).toList();
		final Path file = Files.copy(Path.of(controls.get(0).planes().get(0).path()), folder.resolve("again.tif"));
		final Screen again = with(f -> f == controls.get(0) ? withPlane(f, Plane.of(file.toString())) : f);
		interrupt(again, 1.5);
		Files.copy(Path.of(controls.get(1).planes().get(0).path()), file, StandardCopyOption.REPLACE_EXISTING);
		Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 1000));
		assertEquals(0, predict(again, options()).platesResumed());
		final byte[] taken = Files.readAllBytes(predictions);
		predict(again, options().withResume(false));
		assertArrayEquals(Files.readAllBytes(predictions), taken);
	}

	/** A run that ends after so many plates. */
	private void interrupt(final Screen interrupted, final double plates) {
		final StoppingProgress canceling = StoppingProgress.after(plates * interrupted.fields().size() / 2);
		assertThrows(CancellationException.class, () -> predict(interrupted, options(), canceling));
	}

	@Test
	void adaptedModelsPredictThePlateByThemselves() throws IOException {
		final Path adapted = folder.resolve("adapted");
		predict(screen, options().withAdapted(adapted));
		final float[][] expected = features(ProfileFile.read(predictions));
		int row = 0;
		for (final String plate : screen.plates().keySet()) {
			final Screen one = new Screen(screen.channels(), screen.plates().get(plate));
			final ScreenPredictionReport report = predict(one,
				options().withModel(adapted.resolve(plate + ".zip").toString()).withStatistics(""));
			final ProfileTable found = ProfileFile.read(report.predictions());
			assertEquals("training", found.metadata("Metadata_Statistics", 0));
			for (int i = 0; i < found.rowCount(); i++) {
				for (int k = 0; k < 3; k++) assertEquals(expected[row][k], found.feature(i, k));
				row++;
			}
		}
		assertEquals(expected.length, row);
		assertTrue(says(screen, options().withAdapted(adapted).withStatistics("joint")).contains(
			"nothing to be stored"));
		assertTrue(says(screen, options().withAdapted(folder.resolve("one.zip"))).contains("give a folder"));
		final String first = screen.plates().keySet().iterator().next();
		assertTrue(says(screen, options().withModel(adapted.resolve(first + ".zip").toString()).withAdapted(adapted))
			.contains("would overwrite the model"));
		assertTrue(assertThrows(IllegalArgumentException.class,
			() -> options().withModel(model + "," + model)).getMessage()
			.contains("a file twice"));
	}

	@Test
	void anotherSeedDrawsOtherChunks() throws IOException {
		predict(screen, options().withStatistics("joint").withChunks(16, 16));
		final byte[] first = Files.readAllBytes(predictions);
		predict(screen, options().withStatistics("joint").withChunks(16, 16));
		assertArrayEquals(first, Files.readAllBytes(predictions));
		predict(screen, options().withStatistics("joint").withChunks(16, 16).withSeed(5));
		assertNotEquals(Arrays.hashCode(first), Arrays.hashCode(Files.readAllBytes(predictions)));
	}
}
