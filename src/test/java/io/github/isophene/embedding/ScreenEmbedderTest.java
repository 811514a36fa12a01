// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import javax.imageio.ImageIO;

import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Corrections;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.pixels.Downscale;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.run.ErrorsFile;
import io.github.isophene.run.Failure;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import net.imglib2.img.Img;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenEmbedderTest {

	@TempDir
	static Path images;

	@TempDir
	Path folder;

	private static Screen screen;
	private static TileNetwork model;
	private Path profiles;

	@BeforeAll
	static void simulate() throws IOException {
		screen = DemoScreen.write(images, DemoOptions.defaults()
			.withBatches(2)
			.withPlates(1)
			.withWells(8)
			.withFields(1)
			.withSize(64)
			.withClasses(2)
			.withSeed(3), Progress.NONE).screen();
		model = TileNetwork.open("default", "cpu");
	}

	@BeforeEach
	void choose() {
		profiles = folder.resolve("profiles.parquet");
	}

	@Test
	void oneRowPerFieldWithItsMetadata() throws IOException {
		final EmbeddingReport report = embed(screen, options());
		final ProfileTable table = ProfileFile.read(profiles);
		assertEquals(16, table.rowCount());
		assertEquals(16, report.rows());
		assertEquals(4 * 128, table.featureCount());
		assertEquals(List.of("Metadata_Plate", "Metadata_Well", "Metadata_Site"),
			table.metadataColumns().subList(0, 3));
		for (int row = 0; row < 16; row++) {
			final Field field = screen.fields().get(row);
			for (final String column : screen.metadataColumns())
				assertEquals(field.get(column), table.metadata(column, row));
			assertEquals("4", table.metadata("Metadata_Tile_Count", row));
			for (final float value : table.row(row)) assertTrue(Float.isFinite(value));
		}
		assertNull(report.errors());
		assertFalse(Files.exists(folder.resolve("profiles.parquet.parts")), "the parts of a finished run are left");
	}

	@Test
	void statisticsStandBesideTheEmbeddingOrAlone() throws IOException {
		embed(screen, options());
		final ProfileTable network = ProfileFile.read(profiles);
		embed(screen, options().withFeatures(FeatureSet.BOTH));
		final ProfileTable both = ProfileFile.read(profiles);
		embed(screen, options().withFeatures(FeatureSet.STATISTICS));
		final ProfileTable statistics = ProfileFile.read(profiles);
		final List<String> names = PixelStatistics.names(screen.channels());
		assertEquals(4 * 13 + 6, names.size());
		assertEquals(names, statistics.featureColumns());
		final List<String> all = new ArrayList<>(network.featureColumns());
		all.addAll(names);
		assertEquals(all, both.featureColumns());
		for (int row = 0; row < both.rowCount(); row++) {
			assertArrayEquals(network.row(row), Arrays.copyOf(both.row(row), 512));
			assertArrayEquals(statistics.row(row), Arrays.copyOfRange(both.row(row), 512, 512 + names.size()));
		}
		assertEquals(network.featureColumns(), FeatureSet.BOTH.ofNetwork(both).featureColumns());
		assertEquals(network.featureColumns(), Corrections.installed()
			.parse("drop_named")
			.fit(both, CorrectionContext.standard())
			.table()
			.featureColumns());
		assertTrue(assertThrows(IllegalArgumentException.class,
			() -> Corrections.installed().parse("drop_named").fit(network, CorrectionContext.standard())).getMessage()
			.contains("no feature has such a name"));
	}

	@Test
	void fieldsAreMeansOfTilesAndWellsOfFields() throws IOException {
		embed(screen, options());
		final ProfileTable fields = ProfileFile.read(profiles);
		embed(screen, EmbeddingOptions.into(profiles).withTile(32).withLevel(Level.TILE));
		final ProfileTable tiles = ProfileFile.read(profiles);
		assertEquals(64, tiles.rowCount());
		assertEquals("32", tiles.metadata("Metadata_Tile_X", 1));
		for (int feature = 0; feature < 512; feature += 37) {
			double sum = 0;
			for (int tile = 0; tile < 4; tile++) sum += tiles.feature(4 * 5 + tile, feature);
			assertEquals(sum / 4, fields.feature(5, feature), 1e-5);
		}
		embed(screen, EmbeddingOptions.into(profiles).withTile(32).withLevel(Level.WELL));
		final ProfileTable wells = ProfileFile.read(profiles);
		assertEquals(16, wells.rowCount());
		assertFalse(wells.hasMetadata("Metadata_Site"));
		assertEquals("1", wells.metadata("Metadata_Site_Count", 0));
		assertArrayEquals(fields.row(3), wells.row(3));
	}

	@Test
	void aModelOfSmallerFieldsSeesThemSmaller() throws IOException {
		final Model full = Model.load("default");
		final ModelCard c = full.card();
		final Model half = new Model(new ModelCard("half", "", c.architecture(), c.input(), c.channels(), c.tileSize(),
			"mean:2", c.intensity(), c.classes(), c.labelColumn(), c.statistics(), c.training()), full.weights());
		final FieldReaders readers = FieldReaders.builtIn();
		try (TileNetwork network = TileNetwork.of(half, "cpu");
			ImageEmbedder whole = new ImageEmbedder(TileNetwork.of(full, "cpu"));
			ImageEmbedder halved = new ImageEmbedder(TileNetwork.of(half, "cpu")))
		{
			new ScreenEmbedder(readers).embed(screen, network,
				options().withIntensity("percentile:0.1:99.9+fixed:0.2:0.2"), Progress.NONE);
			final ProfileTable fields = ProfileFile.read(profiles);
			assertEquals("1", fields.metadata("Metadata_Tile_Count", 0), "64 pixels halved are one tile of 32");
			final Img<?> image = readers.read(screen.fields().get(0));
			final float[] expected = whole.embed(Downscale.mean(2).of(image), 32).row(0);
			assertArrayEquals(expected, fields.row(0), 1e-4f);
			assertArrayEquals(expected, halved.embed(image, 32).row(0));
		}
	}

	@Test
	void badFieldsAreNamedAndTheRunGoesOn() throws IOException {
		final Path broken = Files.writeString(folder.resolve("broken.tif"), "no image");
		final List<Field> fields = new ArrayList<>(screen.fields());
		fields.set(2, withPlane(fields.get(2), 1, Plane.of(broken.toString())));
		fields.set(9, withPlane(fields.get(9), 0, null));
		fields.set(10, withPlane(fields.get(10), 0, Plane.of(folder.resolve("gone.tif").toString())));
		final EmbeddingReport report = embed(new Screen(screen.channels(), fields), options());
		assertEquals(3, report.failed());
		assertEquals(13, ProfileFile.read(profiles).rowCount());
		final String errors = Files.readString(report.errors());
		assertTrue(errors.contains("broken.tif") && errors.contains("gone.tif"), errors);
		assertEquals(4, errors.lines().count(), errors);
		assertTrue(report.message().contains("3 fields could not be embedded"), report.message());

		// A good run afterwards leaves no trace of the failures.
		assertNull(embed(screen, options()).errors());
		assertFalse(Files.exists(report.errors()));
	}

	@Test
	void damagedFieldsInARowDoNotDecideOnTheTile() throws IOException {
		final List<Field> fields = new ArrayList<>(screen.fields());
		for (int i = 0; i < 6; i++)
			fields.set(i, withPlane(fields.get(i), 1, Plane.of(folder.resolve("gone.tif").toString())));
		final EmbeddingReport report = embed(new Screen(screen.channels(), fields), EmbeddingOptions.into(profiles));
		assertEquals(6, report.failed());
		assertEquals(10, ProfileFile.read(profiles).rowCount());
	}

	@Test
	void noReadableFieldIsAnError() {
		final List<
			Field> fields = screen.fields().stream().map(f -> withPlane(f, 0, Plane.of("/nowhere/x.tif"))).toList();
		final IOException exc = assertThrows(IOException.class,
			() -> embed(new Screen(screen.channels(), fields), options()));
		assertTrue(exc.getMessage().contains("/nowhere/x.tif") && exc.getMessage().contains("errors.csv"),
			exc.getMessage());
		assertFalse(Files.exists(profiles));
	}

	@Test
	void tilesLargerThanTheImageSayBothSizes() {
		final IOException exc = assertThrows(IOException.class,
			() -> embed(screen, EmbeddingOptions.into(profiles).withTile(128)));
		assertTrue(exc.getMessage().contains("128") && exc.getMessage().contains("64"), exc.getMessage());
		assertTrue(exc.getMessage().contains(screen.fields().get(0).planes().get(0).path()), exc.getMessage());
	}

	@Test
	void aCanceledRunIsTakenUpAndEndsWithTheSameBytes() throws IOException {
		embed(screen, options().withBatch(4));
		final byte[] whole = Files.readAllBytes(profiles);
		Files.delete(profiles);

		final StoppingProgress counting = StoppingProgress.after(12);
		assertThrows(CancellationException.class, () -> new ScreenEmbedder(FieldReaders.builtIn())
			.embed(screen, model, options().withBatch(4), counting));
		assertTrue(counting.done() >= 8 && counting.done() < 16, "canceled after " + counting.done());
		assertFalse(Files.exists(profiles));

		final EmbeddingReport report = embed(screen, options().withBatch(4));
		assertEquals(1, report.platesResumed());
		assertArrayEquals(whole, Files.readAllBytes(profiles));
	}

	@Test
	void anEstimateOfIlluminationResumesToTheSameBytes() throws IOException {
		embed(screen, options().withBatch(4));
		final byte[] plain = Files.readAllBytes(profiles);
		Files.delete(profiles);
		embed(screen, options().withBatch(4).withIllumination("estimate"));
		final byte[] whole = Files.readAllBytes(profiles);
		assertFalse(Arrays.equals(plain, whole));
		Files.delete(profiles);

		final StoppingProgress counting = StoppingProgress.after(12);
		assertThrows(CancellationException.class, () -> new ScreenEmbedder(FieldReaders.builtIn())
			.embed(screen, model, options().withBatch(4).withIllumination("estimate"), counting));
		final EmbeddingReport report = embed(screen, options().withBatch(4).withIllumination("estimate"));
		assertEquals(1, report.platesResumed());
		assertArrayEquals(whole, Files.readAllBytes(profiles));
		// a part of a plate is worth what the whole plate's estimate makes of it, on whatever machine
		Files.delete(profiles);
		embed(screen, options().withBatch(4).withIllumination("estimate").withPlates(
			List.of(screen.fields().get(0).plate())));
		final ProfileTable one = ProfileFile.read(profiles);
		final Path other = Files.write(folder.resolve("whole.parquet"), whole);
		final ProfileTable all = ProfileFile.read(other);
		for (int f = 0; f < one.featureCount(); f++) assertEquals(all.feature(0, f), one.feature(0, f));
	}

	@Test
	void whatIsMendedBeforeARunIsTakenUpIsEmbedded() throws IOException {
		final String at = screen.fields().get(2).planes().get(0).path();
		final Path file = folder.resolve("late.tif");
		final List<Field> fields = new ArrayList<>(screen.fields());
		fields.set(2, withPlane(fields.get(2), 0, Plane.of(file.toString())));
		final Screen late = new Screen(screen.channels(), fields);
		interrupt(late);
		// Copied with its old time, as a backup is.
		Files.copy(Path.of(at), file, StandardCopyOption.COPY_ATTRIBUTES);
		final EmbeddingReport report = embed(late, options().withBatch(4));
		assertEquals(16, report.rows());
		assertNull(report.errors());

		// What is still broken is no reason to embed its plate again.
		Files.delete(file);
		interrupt(late);
		assertEquals(1, embed(late, options().withBatch(4)).platesResumed());
	}

	@Test
	void anImageThatIsExportedAgainBeforeARunIsTakenUpIsEmbedded() throws IOException {
		final Path file = Files.copy(Path.of(screen.fields().get(2).planes().get(0).path()),
			folder.resolve("again.tif"));
		final List<Field> fields = new ArrayList<>(screen.fields());
		fields.set(2, withPlane(fields.get(2), 0, Plane.of(file.toString())));
		final Screen again = new Screen(screen.channels(), fields);
		interrupt(again);
		Files.copy(Path.of(screen.fields().get(4).planes().get(0).path()), file, StandardCopyOption.REPLACE_EXISTING);
		Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 1000));
		assertEquals(0, embed(again, options().withBatch(4)).platesResumed());
		final byte[] taken = Files.readAllBytes(profiles);
		embed(again, options().withBatch(4).withResume(false));
		assertArrayEquals(Files.readAllBytes(profiles), taken);
	}

	@Test
	void aRunThatEndsWhileItEmbedsWhatWasMendedForgetsNoField() throws IOException {
		final Path file = folder.resolve("late.tif");
		final List<Field> fields = new ArrayList<>(screen.fields());
		fields.set(2, withPlane(fields.get(2), 0, Plane.of(file.toString())));
		final Screen late = new Screen(screen.channels(), fields);
		interrupt(late);
		Files.copy(Path.of(screen.fields().get(2).planes().get(0).path()), file, StandardCopyOption.COPY_ATTRIBUTES);
		interrupt(late, 4);
		assertEquals(16, embed(late, options().withBatch(4)).rows());
	}

	/** A run that ends when the first of the two plates is done. */
	private void interrupt(final Screen interrupted) {
		interrupt(interrupted, 12);
	}

	/** A run that ends after some fields. */
	private void interrupt(final Screen interrupted, final int after) {
		final StoppingProgress progress = StoppingProgress.after(after);
		assertThrows(CancellationException.class, () -> new ScreenEmbedder(FieldReaders.builtIn())
			.embed(interrupted, model, options().withBatch(4), progress));
	}

	@Test
	void partsOfOtherSettingsAreRefusedUnlessTheRunStartsAnew() throws IOException {
		final StoppingProgress cancel = StoppingProgress.after(8);
		assertThrows(CancellationException.class,
			() -> new ScreenEmbedder(FieldReaders.builtIn()).embed(screen, model, options().withBatch(1), cancel));
		final IOException exc = assertThrows(IOException.class,
			() -> embed(screen, options().withBatch(1).withIntensity("self")));
		assertTrue(exc.getMessage().contains("intensity"), exc.getMessage());
		assertEquals(16, embed(screen, options().withBatch(1).withIntensity("self").withResume(false)).rows());
	}

	@Test
	void intensitiesAreThoseOfThePlatesControlsUnlessAskedOtherwise() throws IOException {
		final String controls = "control-percentile:0.1:99.9";
		embed(screen, options().withIntensity(controls).withControls("Metadata_pert_type=negcon"));
		final ProfileTable named = ProfileFile.read(profiles);
		assertEquals(16, named.rowCount());
		// the second part of the model's own scaling stays
		assertEquals(controls + "+fixed:0.2:0.2 of Metadata_pert_type=negcon", named.metadata("Metadata_Intensity", 0));
		for (final String spec : List.of("auto", controls)) {
			embed(screen, options().withIntensity(spec).withResume(false));
			final ProfileTable found = ProfileFile.read(profiles);
			assertEquals(named.metadata("Metadata_Intensity", 0), found.metadata("Metadata_Intensity", 0));
			for (int row = 0; row < 16; row++)
				assertArrayEquals(named.row(row), found.row(row), "controls are found in the table: " + spec);
		}
		embed(screen, options().withIntensity("percentile:0.1:99.9").withResume(false));
		final ProfileTable each = ProfileFile.read(profiles);
		assertEquals("percentile:0.1:99.9+fixed:0.2:0.2", each.metadata("Metadata_Intensity", 15));
		assertFalse(Arrays.equals(named.row(0), each.row(0)));

		final Screen without = new Screen(screen.channels(),
			screen.fields().stream().map(f -> f.withMetadata(Map.of())).toList());
		embed(without, options().withIntensity("auto").withResume(false));
		assertEquals("plate-percentile:0.1:99.9+fixed:0.2:0.2",
			ProfileFile.read(profiles).metadata("Metadata_Intensity", 0));
		final IllegalArgumentException exc = assertThrows(IllegalArgumentException.class,
			() -> embed(without, options().withIntensity(controls)));
		assertTrue(exc.getMessage().contains("controls"), exc.getMessage());
		final Screen one = new Screen(without.channels(), without.fields().subList(0, 1));
		embed(one, options().withIntensity("auto").withLevel(Level.WELL).withResume(false));
		assertEquals("percentile:0.1:99.9+fixed:0.2:0.2", ProfileFile.read(profiles).metadata("Metadata_Intensity", 0));
	}

	@Test
	void aPlateThatCannotBeScaledIsNamedInEachRowAndTheOthersGoOn() throws IOException {
		final String first = screen.fields().get(0).plate();
		final List<Field> fields = new ArrayList<>(screen.fields());
		Field control = null;
		for (int i = 0; i < fields.size(); i++) {
			final Field field = fields.get(i);
			if (!field.plate().equals(first) || !field.get("Metadata_pert_type").equals("negcon")) continue;
			if (control == null) control = field;
			fields.set(i, withPlane(field, 0, Plane.of(folder.resolve(field.well() + "_gone.tif").toString())));
		}
		final EmbeddingReport report = embed(new Screen(screen.channels(), fields),
			options().withIntensity("control-percentile:0.1:99.9").withControls("Metadata_pert_type=negcon"));
		assertEquals(8, report.failed());
		final List<Failure> failures = ErrorsFile.read(report.errors());
		assertEquals(List.of("plate"), failures.stream().map(f -> f.kind().label()).distinct().toList());
		final List<String> reasons = failures.stream().map(Failure::reason).distinct().toList();
		assertEquals(1, reasons.size(), reasons.toString());
		assertTrue(reasons.get(0)
			.matches("The intensities of plate " + first + " can't be scaled: none of its \\d control fields " +
				"\\(Metadata_pert_type=negcon\\), from which the scaling is taken, can be read; the first, " +
				control.label() + ": .*" + control.well() + "_gone.tif does not exist.*"),
			reasons.get(0));
	}

	@Test
	void fieldsOfDifferentTypesFailTheirPlateAlone() throws IOException {
		final String first = screen.fields().get(0).plate();
		final Path other = folder.resolve("8bit.png");
		assertTrue(ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY), "png", other.toFile()));
		final List<Field> fields = new ArrayList<>(screen.fields());
		Field eight = fields.get(3);
		for (int c = 0; c < screen.channels().size(); c++) eight = withPlane(eight, c, Plane.of(other.toString()));
		fields.set(3, eight);
		final EmbeddingReport report = embed(new Screen(screen.channels(), fields),
			options().withIntensity("plate-percentile:0.1:99.9"));
		assertEquals(8, report.failed());
		final String reason = ErrorsFile.read(report.errors()).get(5).reason();
		assertTrue(reason.contains("of its fields, from which the scaling is taken, " + fields.get(0).label() +
			" is UINT16, but " + eight.label() + " is UINT8: export all fields of a plate with the same type"), reason);
		assertTrue(reason.startsWith("The intensities of plate " + first), reason);
	}

	@Test
	void theForegroundFilterLeavesOutTiles() throws IOException {
		embed(screen, EmbeddingOptions.into(profiles).withTile(32).withLevel(Level.TILE).withForeground("DNA", 0.05));
		final int rows = ProfileFile.read(profiles).rowCount();
		assertTrue(rows > 0 && rows < 64, rows + " tiles are kept");
	}

	@Test
	void channelsAreChosenByName() throws IOException {
		embed(screen, options().withChannels(List.of("Mito", "DNA")));
		final ProfileTable two = ProfileFile.read(profiles);
		embed(screen, options());
		final ProfileTable four = ProfileFile.read(profiles);
		final int mito = screen.channels().indexOf("Mito") * 128;
		assertEquals(256, two.featureCount());
		for (int i = 0; i < 128; i++) assertEquals(four.feature(4, mito + i), two.feature(4, i), 1e-4);
		final IllegalArgumentException exc = assertThrows(IllegalArgumentException.class,
			() -> embed(screen, options().withChannels(List.of("GFP"))));
		assertTrue(exc.getMessage().contains("GFP") && exc.getMessage().contains("Mito"), exc.getMessage());
	}

	private EmbeddingOptions options() {
		return EmbeddingOptions.into(profiles).withTile(32);
	}

	private static Field withPlane(final Field field, final int channel, final Plane plane) {
		final List<Plane> planes = new ArrayList<>(field.planes());
		planes.set(channel, plane);
		return new Field(field.plate(), field.well(), field.site(), field.metadata(), planes);
	}

	private static EmbeddingReport embed(final Screen screen, final EmbeddingOptions options) throws IOException {
		return new ScreenEmbedder(FieldReaders.builtIn()).embed(screen, model, options, Progress.NONE);
	}
}
