// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.isophene.IsopheneService;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.embedding.FeatureSet;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Screen;
import net.imagej.Dataset;
import net.imagej.DatasetService;
import net.imagej.ImgPlus;
import net.imagej.axis.Axes;
import net.imagej.axis.AxisType;
import net.imglib2.Cursor;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.table.GenericTable;

/** ImageJ2's images and tables give what plain ImgLib2 images give. */
class ImageJIsopheneServiceTest {

	private static Context context;
	private static ImageJIsopheneService service;
	private static IsopheneService isophene;

	@TempDir
	Path folder;

	@BeforeAll
	static void start() {
		context = new Context(ImageJIsopheneService.class, CommandService.class, ConvertService.class);
		service = context.service(ImageJIsopheneService.class);
		isophene = context.service(IsopheneService.class);
	}

	@AfterAll
	static void stop() {
		context.dispose();
	}

	@Test
	void axesAreFoundByTheirNamesInAnyOrder() {
		// each pixel says where it is: x + 10 y + 100 c + 1000 z + 10000 t
		final long[] sizes = {2, 7, 3, 6, 4};
		final AxisType[] axes = {Axes.CHANNEL, Axes.Y, Axes.TIME, Axes.X, Axes.Z};
		final Img<UnsignedShortType> image = ArrayImgs.unsignedShorts(sizes);
		final Cursor<UnsignedShortType> cursor = image.localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			cursor.get()
				.set(cursor.getIntPosition(3) + 10 * cursor.getIntPosition(1) + 100 * cursor.getIntPosition(0) +
					1000 * cursor.getIntPosition(4) + 10000 * cursor.getIntPosition(2));
		}
		final RandomAccessibleInterval<?> channels = ChannelAxes.of(new ImgPlus<>(image, "axes", axes));
		assertArrayEquals(new long[]{6, 7, 2}, channels.dimensionsAsLongArray());
		final RandomAccess<?> at = channels.randomAccess();
		for (int x = 0; x < 6; x++) {
			for (int y = 0; y < 7; y++) {
				for (int c = 0; c < 2; c++) {
					at.setPosition(new int[]{x, y, c});
					// the middle plane of four is the second, the time point the first
					assertEquals(x + 10 * y + 100 * c + 1000, ((RealType<?>) at.get()).getRealDouble());
				}
			}
		}
		assertArrayEquals(new long[]{5, 4},
			ChannelAxes.of(new ImgPlus<>(ArrayImgs.floats(4, 5), "plane", new AxisType[]{Axes.Y, Axes.X}))
				.dimensionsAsLongArray());
		final ImgPlus<
			FloatType> strange = new ImgPlus<>(ArrayImgs.floats(4, 5), "strange", new AxisType[]{Axes.Z, Axes.X});
		final String message = assertThrows(IllegalArgumentException.class, () -> ChannelAxes.of(strange)).getMessage();
		assertTrue(message.contains("'strange'") && message.contains("X and Y are needed"), message);
	}

	@Test
	void aDatasetIsEmbeddedAsTheImageItHolds() throws IOException {
		final Img<UnsignedShortType> image = noise(100, 70, 3);
		final ProfileTable expected = isophene.embedImage(image, "default", 32, "cpu");
		final DatasetService datasets = context.service(DatasetService.class);
		final Dataset dataset = datasets
			.create(new ImgPlus<>(image, "noise", new AxisType[]{Axes.X, Axes.Y, Axes.CHANNEL}));
		assertTrue(expected.contentEquals(service.embed(dataset, "default", 32, "cpu")));
		assertTrue(expected.contentEquals(service
			.embed(new ImgPlus<>(image, "noise", new AxisType[]{Axes.X, Axes.Y, Axes.CHANNEL}), "default", 32, "cpu")));
		assertTrue(isophene.embedImage(image, "default", 32, "cpu", FeatureSet.BOTH)
			.contentEquals(service.embed(dataset, "default", 32, "cpu", FeatureSet.BOTH)));
		final Dataset color = datasets.create(
			new ImgPlus<>(ArrayImgs.unsignedBytes(64, 64, 3), "color", new AxisType[]{Axes.X, Axes.Y, Axes.CHANNEL}));
		color.setRGBMerged(true);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> service.embed(color, "default", 32, "cpu")).getMessage();
		assertTrue(message.contains("'color' is a color image"), message);
	}

	@Test
	void theCommandPutsOutATableAndAMap() throws Exception {
		final Img<UnsignedShortType> image = noise(100, 70, 2);
		final Dataset dataset = context.service(DatasetService.class)
			.create(new ImgPlus<>(image, "noise", new AxisType[]{Axes.X, Axes.Y, Axes.CHANNEL}));
		final CommandModule run = context.service(CommandService.class)
			.run(EmbedDataset.class, true, Map.of("image", dataset, "tile", 32, "device", "cpu"))
			.get();
		assertFalse(run.isCanceled(), run.getCancelReason());
		final GenericTable table = (GenericTable) run.getOutput("embeddings");
		final ProfileTable tiles = isophene.embedImage(image, "default", 32, "cpu");
		assertEquals(6, table.getRowCount());
		assertEquals(2 + tiles.featureCount(), table.getColumnCount());
		assertEquals("Metadata_Tile_X", table.get(0).getHeader());
		assertEquals(tiles.metadata("Metadata_Tile_X", 4), table.get("Metadata_Tile_X", 4));
		assertEquals(tiles.feature(4, 17), table.get(tiles.featureColumns().get(17), 4));
		@SuppressWarnings("unchecked")
		final ImgPlus<FloatType> map = (ImgPlus<FloatType>) run.getOutput("map");
		assertArrayEquals(new long[]{3, 2, tiles.featureCount()}, map.dimensionsAsLongArray());
		final RandomAccess<FloatType> at = map.randomAccess();
		at.setPosition(new int[]{1, 1, 17});
		assertEquals(tiles.feature(4, 17), at.get().get());
		assertEquals(Double.parseDouble(tiles.metadata("Metadata_Tile_X", 4)), map.axis(0).calibratedValue(1));
		assertEquals(Double.parseDouble(tiles.metadata("Metadata_Tile_Y", 4)), map.axis(1).calibratedValue(1));
		final CommandModule statistics = context.service(CommandService.class)
			.run(EmbedDataset.class, true, Map.of("image", dataset, "tile", 32, "features", "statistics"))
			.get();
		assertTrue(((GenericTable) statistics.getOutput("embeddings")).get("stat_2_sd", 0) instanceof Float);
		final CommandModule small = context.service(CommandService.class)
			.run(EmbedDataset.class, true, Map.of("image", dataset, "tile", 300, "device", "cpu"))
			.get();
		assertTrue(small.isCanceled() && small.getCancelReason().contains("300"), small.getCancelReason());
	}

	@Test
	void leftOutTilesAreHolesInTheMap() {
		final ProfileTable tiles = ProfileTable.of(List.of("Metadata_Tile_X", "Metadata_Tile_Y"), List.of("a"),
			new String[][]{{"4", "2"}, {"36", "2"}, {"68", "34"}}, new float[][]{{1}, {2}, {3}});
		final ImgPlus<FloatType> map = service.map(tiles);
		assertArrayEquals(new long[]{3, 2, 1}, map.dimensionsAsLongArray());
		final float[] values = new float[6];
		int i = 0;
		for (final FloatType value : map) values[i++] = value.get();
		assertArrayEquals(new float[]{1, 2, Float.NaN, Float.NaN, Float.NaN, 3}, values);
		assertThrows(IllegalArgumentException.class,
			() -> service.map(tiles.selectMetadata(List.of("Metadata_Tile_X"))));
	}

	@Test
	void profilesConvertToTables() {
		final ProfileTable profiles = ProfileTable.of(List.of("Metadata_Well"), List.of("f"),
			new String[][]{{"A01"}, {"A02"}}, new float[][]{{1.5f}, {Float.NaN}});
		final GenericTable table = context.service(ConvertService.class).convert(profiles, GenericTable.class);
		assertEquals(2, table.getRowCount());
		assertEquals("A02", table.get("Metadata_Well", 1));
		assertEquals(1.5f, table.get("f", 0));
		assertSame(String.class, table.get(0).getType());
	}

	@Test
	void aFieldOpensAsADataset() throws IOException {
		final Screen screen = isophene.makeDemoScreen(folder, DemoOptions.defaults()
			.withBatches(1)
			.withPlates(1)
			.withWells(4)
			.withFields(1)
			.withSize(64)
			.withClasses(2)
			.withSeed(3));
		final Dataset dataset = service.open(screen.fields().get(1), screen.channels());
		assertEquals(List.of(Axes.X, Axes.Y, Axes.CHANNEL),
			List.of(dataset.axis(0).type(), dataset.axis(1).type(), dataset.axis(2).type()));
		assertEquals(screen.channels().size(), dataset.dimension(2));
		assertEquals(screen.fields().get(1).label(), dataset.getName());
	}

	private static Img<UnsignedShortType> noise(final long... size) {
		final Random random = new Random(7);
		final Img<UnsignedShortType> image = ArrayImgs.unsignedShorts(size);
		for (final UnsignedShortType pixel : image) pixel.set(random.nextInt(4000));
		return image;
	}
}
