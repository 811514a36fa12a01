// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Selection;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import org.junit.jupiter.api.Test;

class ScreenFieldsTest {

	private static final List<String> CHANNELS = List.of("DNA", "ER", "Mito");
	private static final Selection CONTROLS = Selection.parse("Metadata_pert_type=negcon");
	private final AtomicInteger reads = new AtomicInteger();

	@Test
	void channelsComeInTheModelsOrderAndSize() throws IOException {
		final ScreenFields fields = fields("typemax", Selection.NONE, Downscale.mean(2), List.of("Mito", "DNA"),
			field("P1", "A01", "trt", 7));
		assertEquals(List.of("Mito", "DNA"), fields.channels());
		final ScaledField field = fields.read(0);
		assertEquals(2, field.channels());
		assertEquals(4, field.width());
		assertEquals(3, field.height());
		final float[] out = new float[2 * 3 * 3];
		new TileCopier().copy(field.image(), new Tile(0, 0, 3), field.scales(), Layout.NCHW, out, 0);
		// Channel c of a field with the value v has pixels v + 100 c.
		assertEquals(207f / 65535, out[0], 1e-7f);
		assertEquals(7f / 65535, out[9], 1e-7f);
	}

	@Test
	void controlsOfAPlateScaleAllItsFieldsAndAreReadOnce() throws IOException {
		final ScreenFields fields = fields("control-percentile:0:100", CONTROLS, Downscale.NONE, CHANNELS,
			field("P1", "A01", "trt", 500), field("P1", "A02", "negcon", 10), field("P1", "A03", "negcon", 30),
			field("P2", "A01", "trt", 1), field("P2", "A02", "negcon", 5));
		final ScaledField[] read = new ScaledField[40];
		IntStream.range(0, read.length).parallel().forEach(i -> {
			try {
				read[i] = fields.read(i % 5);
			}
			catch (final IOException e) {
				throw new java.io.UncheckedIOException(e);
			}
		});
		for (int i = 0; i < read.length; i++) {
			assertEquals(i % 5 < 3 ? ChannelScale.clamped(10, 30) : ChannelScale.clamped(5, 5), read[i].scales()[0]);
		}
		assertEquals(3 + read.length, reads.get(), "every control field once for the scales, and once when asked for");
	}

	@Test
	void allWellsOfAPlateGiveItsScaleWhereThatIsTheRule() throws IOException {
		final ScreenFields fields = fields("plate-percentile:0:100", Selection.NONE, Downscale.NONE, CHANNELS,
			field("P1", "A01", "trt", 500), field("P1", "A02", "negcon", 10), field("P2", "A01", "trt", 7));
		assertEquals(ChannelScale.clamped(10, 500), fields.read(0).scales()[0]);
		assertEquals(ChannelScale.clamped(10, 500), fields.read(1).scales()[0]);
		assertEquals(ChannelScale.clamped(7, 7), fields.read(2).scales()[0]);
		assertThrows(IllegalArgumentException.class,
			() -> fields("auto", CONTROLS, Downscale.NONE, CHANNELS, field("P1", "A01", "trt", 1)));
	}

	@Test
	void whatIsWrongNamesThePlateOrTheField() {
		final ScreenFields fields = fields("control-percentile:0:100", CONTROLS, Downscale.NONE, CHANNELS,
			field("P1", "A01", "trt", 1));
		assertTrue(assertThrows(IOException.class, () -> fields.read(0)).getMessage()
			.contains("The intensities of plate P1 can't be scaled: it has no control fields"));
		final Field broken = new Field("P1", "B02", "3", Map.of(), Arrays.asList(Plane.of("1"), null, Plane.of("1")));
		final ScreenFields missing = fields("self", Selection.NONE, Downscale.NONE, CHANNELS, broken);
		final String message = assertThrows(IOException.class, () -> missing.read(0)).getMessage();
		assertTrue(message.contains("P1 B02 site 3") && message.contains("channel ER"), message);
		assertThrows(IllegalArgumentException.class,
			() -> fields("control-percentile:0:100", Selection.NONE, Downscale.NONE, CHANNELS, broken));
		assertThrows(IllegalArgumentException.class,
			() -> fields("self", Selection.NONE, Downscale.NONE, List.of("RNA"), broken));
	}

	@Test
	void platesOfOneNameCanBeToldApart() throws IOException {
		final List<Field> list = new ArrayList<>();
		for (final String batch : List.of("b1", "b2")) {
			final int value = batch.equals("b1") ? 10 : 20;
			list.add(field("1", "A01", "negcon", value)
				.withMetadata(Map.of("Metadata_pert_type", "negcon", "Metadata_Batch", batch)));
		}
		final ChannelReader reader = new ChannelReader(readers(), CHANNELS, CHANNELS, Downscale.NONE);
		final ScreenFields fields = new ScreenFields(reader, list, Intensity.parse("control-percentile:0:100"),
			CONTROLS, f -> f.get("Metadata_Batch") + "/" + f.plate());
		assertArrayEquals(new double[]{10, 20},
			new double[]{fields.read(0).scales()[0].low(), fields.read(1).scales()[0].low()});
	}

	private ScreenFields fields(final String intensity, final Selection controls, final Downscale downscale,
		final List<String> channels, final Field... list)
	{
		return new ScreenFields(new ChannelReader(readers(), CHANNELS, channels, downscale), List.of(list),
			Intensity.parse(intensity), controls);
	}

	/** A field whose channel c has pixels of a value + 100 c. */
	private static Field field(final String plate, final String well, final String type, final int value) {
		return new Field(plate, well, "1", Map.of("Metadata_pert_type", type),
			IntStream.range(0, 3).mapToObj(c -> Plane.of(Integer.toString(value + 100 * c))).toList());
	}

	private FieldReaders readers() {
		return new FieldReaders(List.of(new FieldReader() {

			@Override
			public String description() {
				return "numbers";
			}

			@Override
			public boolean accepts(final Field field) {
				return true;
			}

			@Override
			public Img<?> read(final Field field) {
				reads.incrementAndGet();
				final short[] values = new short[8 * 6 * field.planes().size()];
				for (int c = 0; c < field.planes().size(); c++) {
					Arrays.fill(values, 48 * c, 48 * (c + 1), Short.parseShort(field.planes().get(c).path()));
				}
				return ArrayImgs.unsignedShorts(values, 8, 6, field.planes().size());
			}
		}));
	}
}
