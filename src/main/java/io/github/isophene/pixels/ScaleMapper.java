// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.nio.FloatBuffer;

/**
 * Applies the scale of one channel to runs of pixels. For 8 and 16 bit it keeps a
 * table of all values, made anew only when the scale changes. Not thread-safe.
 */
final class ScaleMapper {

	private static final int BYTES = 1 << 8;
	private static final int SHORTS = 1 << 16;

	private float[] table = new float[0];
	private int tabulated;
	private ChannelScale scale;

	/**
	 * Maps {@code n} pixels, of which floats are the first of their array and are altered.
	 *
	 * @param next the scale to apply
	 * @param pixels {@code byte[]} or {@code short[]}, both unsigned, or {@code float[]}
	 * @param from place of the first one; 0 for floats
	 * @param to takes the results, at {@code first}, {@code first + step} and so on; its position doesn't matter
	 */
	void map(final ChannelScale next, final Object pixels, final int from, final int n, final FloatBuffer to,
		final int first, final int step)
	{
		if (pixels instanceof float[] floats) {
			next.apply(floats, n);
			if (step == 1) to.put(first, floats, 0, n);
			else for (int i = 0, o = first; i < n; i++, o += step) to.put(o, floats[i]);
			return;
		}
		tabulate(next, pixels instanceof byte[] ? BYTES : SHORTS);
		// Straight to where they stay: through an array in between it takes a third longer. Arrays apart from other
		// buffers, so that the loops see one kind of buffer only, whose calls the compiler can do without.
		if (to.hasArray()) map(pixels, from, n, to.array(), to.arrayOffset() + first, step);
		else map(pixels, from, n, to, first, step);
	}

	private void map(final Object pixels, final int from, final int n, final float[] to, final int first,
		final int step)
	{
		if (pixels instanceof byte[] bytes) map(bytes, from, n, table, to, first, step);
		else map((short[]) pixels, from, n, table, to, first, step);
	}

	private void map(final Object pixels, final int from, final int n, final FloatBuffer to, final int first,
		final int step)
	{
		if (pixels instanceof byte[] bytes) map(bytes, from, n, table, to, first, step);
		else map((short[]) pixels, from, n, table, to, first, step);
	}

	private void tabulate(final ChannelScale next, final int size) {
		if (tabulated >= size && (next == scale || next.equals(scale))) return;
		if (table.length < size) table = new float[size];
		next.tabulate(table, size);
		scale = next;
		tabulated = size;
	}

	// Two loops each: the compiler unrolls the one without a step better.

	private static void map(final byte[] pixels, final int from, final int n, final float[] table, final float[] to,
		final int first, final int step)
	{
		if (step == 1) for (int i = 0; i < n; i++) to[first + i] = table[pixels[from + i] & 0xff];
		else for (int i = 0, o = first; i < n; i++, o += step) to[o] = table[pixels[from + i] & 0xff];
	}

	private static void map(final short[] pixels, final int from, final int n, final float[] table, final float[] to,
		final int first, final int step)
	{
		if (step == 1) for (int i = 0; i < n; i++) to[first + i] = table[pixels[from + i] & 0xffff];
		else for (int i = 0, o = first; i < n; i++, o += step) to[o] = table[pixels[from + i] & 0xffff];
	}

	private static void map(final byte[] pixels, final int from, final int n, final float[] table, final FloatBuffer to,
		final int first, final int step)
	{
		if (step == 1) for (int i = 0; i < n; i++) to.put(first + i, table[pixels[from + i] & 0xff]);
		else for (int i = 0, o = first; i < n; i++, o += step) to.put(o, table[pixels[from + i] & 0xff]);
	}

	private static void map(final short[] pixels, final int from, final int n, final float[] table,
		final FloatBuffer to, final int first, final int step)
	{
		if (step == 1) for (int i = 0; i < n; i++) to.put(first + i, table[pixels[from + i] & 0xffff]);
		else for (int i = 0, o = first; i < n; i++, o += step) to.put(o, table[pixels[from + i] & 0xffff]);
	}
}
