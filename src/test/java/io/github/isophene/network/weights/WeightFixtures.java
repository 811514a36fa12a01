// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** The weight files that src/test/python/make_weight_fixtures.py makes, and what lies in them. */
public final class WeightFixtures {

	private WeightFixtures() {}

	public static Path file(final String name) {
		try {
			return Path.of(WeightFixtures.class.getResource(name).toURI());
		}
		catch (final URISyntaxException exc) {
			throw new IllegalStateException(exc);
		}
	}

	public static byte[] bytes(final String name) {
		try (InputStream in = WeightFixtures.class.getResourceAsStream(name)) {
			return in.readAllBytes();
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
	}

	/** Returns what the script's plain() makes. */
	static StateDict plain() {
		final float[] conv = new float[24];
		for (int i = 0; i < conv.length; i++) conv[i] = i / 2f - 5;
		return new StateDict().put("conv1.weight", new long[]{2, 3, 2, 2}, conv) //
			.put("bn1.weight", new long[]{2}, new float[]{1, .5f}) //
			.put("bn1.bias", new long[]{2}, new float[]{-.25f, Float.POSITIVE_INFINITY}) //
			.put("empty", new long[]{0, 4}, new float[0]) //
			.put("scalar", NamedTensor.scalar(3.5f)) //
			.put("Größe", new long[]{3}, new float[]{Float.MIN_VALUE, -0f, Float.MAX_VALUE});
	}

	/** Returns what the script's types() makes, as single precision. */
	static StateDict types() {
		final float inf = Float.POSITIVE_INFINITY;
		return new StateDict()
			.put("f16",
				vector(0, -0f, 1, -2, 65504, 0x1p-14f, 0x1p-24f, -0x3ffp-24f, .333251953125f, inf, -inf, Float.NaN)) //
			.put("bf16", vector(0, -0f, 1, 3.140625f, -0x1.fep127f, Float.MIN_NORMAL, 0x1p-133f, inf, Float.NaN)) //
			.put("f64", vector(.1f, -inf, Float.MIN_VALUE)) //
			.put("i64", vector(0, -1, 0x1p62f, 16777216)) //
			.put("i32", vector(-0x1p31f, 7)) //
			.put("i16", vector(-32768, 300)) //
			.put("i8", vector(-128, 127)) //
			.put("u8", vector(0, 255)) //
			.put("bool", vector(1, 0)) //
			.put("u16", vector(0, 65535)) //
			.put("u32", vector(0, 0x1p32f)) //
			.put("u64", vector(0, 0x1p64f));
	}

	public static NamedTensor vector(final float... values) {
		return new NamedTensor(new long[]{values.length}, values);
	}

	/** A reader under test. */
	interface Read {

		Object of(byte[] data) throws IOException;
	}

	/**
	 * Flips bytes and cuts ends, with a fixed seed. Anything but a result or an IOException
	 * with a message is thrown on.
	 *
	 * @return how many of them were refused
	 */
	static int fuzz(final byte[] valid, final int times, final long seed, final Read reader) {
		final Random random = new Random(seed);
		int refused = 0;
		for (int i = 0; i < times; i++) {
			byte[] data = valid.clone();
			if (i % 4 == 0) data = Arrays.copyOf(data, random.nextInt(data.length));
			// Half of the flips go where the structure is: into the first or last kilobyte.
			final int reach = i % 2 == 0 ? data.length : Math.min(data.length, 1024);
			for (int k = random.nextInt(4); k >= 0 && data.length > 0; k--) {
				final int at = random.nextInt(reach);
				data[i % 3 == 0 ? data.length - 1 - at : at] = (byte) random.nextInt();
			}
			try {
				reader.of(data);
			}
			catch (final IOException exc) {
				if (exc.getMessage() == null || exc.getMessage().isBlank()) throw new AssertionError("no message", exc);
				refused++;
			}
			catch (final RuntimeException | Error exc) {
				throw new AssertionError("mutation " + i + " of seed " + seed, exc);
			}
		}
		return refused;
	}

}
