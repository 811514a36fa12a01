// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.data;

import java.io.IOException;
import java.util.List;

import io.github.isophene.pixels.ChannelScale;
import io.github.isophene.pixels.RawPixels;
import io.github.isophene.pixels.ScaledField;
import io.github.isophene.pixels.ScreenFields;
import io.github.isophene.pixels.TileCache;
import io.github.isophene.pixels.file.Depth;

/**
 * Whole fields of a screen as 16-bit values. Whole numbers that a line scales stay what
 * they are, and steps stay steps; what is clamped is rounded to 1/65535 of its range, and
 * floating-point images to 1/65535 of that between their smallest and largest value.
 */
final class PackedFields implements TileCache.FieldDecoder<PackedFields.Lines> {

	private static final int MAX = 65535;

	private final ScreenFields fields;

	PackedFields(final ScreenFields fields) {
		this.fields = fields;
	}

	/**
	 * Size of a field, and the lines that give the network's values back from its 16-bit values.
	 *
	 * @param scale one per channel
	 * @param offset one per channel
	 */
	record Lines(int height, int width, float[] scale, float[] offset) {

		/** Returns the field with its pixels. */
		PackedTile tile(final RawPixels pixels) {
			return new PackedTile(height, width, (short[]) pixels.planes().get(0), scale, offset);
		}
	}

	@Override
	public TileCache.DecodedField<Lines> decode(final int index) throws IOException {
		final ScaledField field = fields.read(index);
		final int channels = field.channels();
		final int plane = Math.toIntExact(field.width() * field.height());
		final short[] values = new short[Math.multiplyExact(channels, plane)];
		final float[] scale = new float[channels];
		final float[] offset = new float[channels];
		for (int c = 0; c < channels; c++) {
			final float[] y = field.values(c);
			final double[] line = line(field.scales()[c], field.isWhole(), y);
			scale[c] = (float) line[0];
			offset[c] = (float) line[1];
			for (int i = 0; i < plane; i++) {
				// A channel without contrast has one value, that of the offset.
				final long q = line[0] == 0 ? 0 : Math.round((y[i] - line[1]) / line[0]);
				values[c * plane + i] = (short) Math.max(0, Math.min(MAX, q));
			}
		}
		final Lines lines = new Lines(Math.toIntExact(field.height()), Math.toIntExact(field.width()), scale, offset);
		final RawPixels pixels = new RawPixels(List.of(values), Depth.UINT16, values.length);
		return new TileCache.DecodedField<>(lines, 1, tile -> pixels);
	}

	/** Scale and offset that give the network's values of a channel back from its 16-bit values. */
	private static double[] line(final ChannelScale s, final boolean whole, final float[] y) {
		if (s.clamped()) return new double[]{1 / ((s.levels() > 0 ? s.levels() : MAX) * s.sd()), -s.mean() / s.sd()};
		final double range = s.high() - s.low();
		if (whole)
			return range > 0 ? new double[]{1 / (range * s.sd()), (-s.low() / range - s.mean()) / s.sd()}
				: new double[]{0, -s.mean() / s.sd()};
		float min = Float.POSITIVE_INFINITY;
		float max = Float.NEGATIVE_INFINITY;
		for (final float v : y) {
			min = Math.min(min, v);
			max = Math.max(max, v);
		}
		return new double[]{((double) max - min) / MAX, min};
	}
}
