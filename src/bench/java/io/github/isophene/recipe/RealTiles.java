// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.recipe;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;

import io.github.isophene.numerics.RandomStream;

/**
 * Places in real images of one channel: squares of {@value #PLACE} pixels that hold something. A place is seen through
 * another crop, turn, mirror, focus, gain, offset and noise each time. The images lie in {@code FOLDER/STAIN/NAME.png},
 * gray; {@code src/test/python/real_pool.py} makes such a folder from public repositories. Each image is scaled between
 * its own percentiles 0.1 and 99.9, as one that stands for its plate, and its places are not scaled again: their
 * brightness within the image remains.
 */
public final class RealTiles {

	/** Side of a place, pixels. */
	public static final int PLACE = 128;

	/** One image in so many is of the validation part, by the CRC-32 of its name. */
	private static final int VALIDATION = 5;

	/** A place holds something if this share of its pixels is brighter than a tenth of the range. */
	private static final double LIT = .03;

	private static final double LEAST_CROP = .66;
	private static final double BLUR = 1.2;
	private static final double GAIN = .2;
	private static final double OFFSET = .04;
	private static final double NOISE = .04;
	private static final float MEAN = .2f;
	private static final float SD = .2f;

	private record Place(String stain, float[] image, int width, int x, int y) {}

	/** Changes by the camera; sizes in the scale of the image. */
	public record Camera(double blur, double gain, double offset, double noise) {}

	private final List<Place> places = new ArrayList<>();
	private final List<int[]> ofStain = new ArrayList<>();

	/**
	 * Reads all images of one part of the pool.
	 *
	 * @param validation whether the part is the one that nothing is trained on
	 * @throws IOException if an image can't be read, or there is none
	 */
	public RealTiles(final Path folder, final boolean validation) throws IOException {
		try (Stream<Path> stains = Files.list(folder)) {
			for (final Path stain : stains.filter(Files::isDirectory).sorted().toList()) {
				final int first = places.size();
				try (Stream<Path> files = Files.list(stain)) {
					for (final Path file : files.filter(f -> f.toString().endsWith(".png")).sorted().toList()) {
						if (isValidation(file) == validation) add(stain.getFileName().toString(), file);
					}
				}
				final int[] own = new int[places.size() - first];
				Arrays.setAll(own, i -> first + i);
				if (own.length > 0) ofStain.add(own);
			}
		}
		if (places.isEmpty()) throw new IOException(folder + ": must hold STAIN/NAME.png; see real_pool.py");
	}

	private static boolean isValidation(final Path file) {
		final CRC32 crc = new CRC32();
		final String name = file.getFileName().toString();
		crc.update(name.substring(0, name.length() - 4).getBytes(StandardCharsets.UTF_8));
		return crc.getValue() % VALIDATION == 0;
	}

	private void add(final String stain, final Path file) throws IOException {
		final BufferedImage read = ImageIO.read(file.toFile());
		if (read == null || read.getRaster().getNumBands() != 1)
			throw new IOException(file + ": must be a gray PNG file");
		final Raster raster = read.getRaster();
		final float[] image = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (float[]) null);
		// Every seventh pixel is enough for two percentiles.
		final float[] sorted = new float[(image.length + 6) / 7];
		for (int i = 0; i < sorted.length; i++) sorted[i] = image[7 * i];
		Arrays.sort(sorted);
		final float low = sorted[(int) (.001 * (sorted.length - 1))];
		final float high = sorted[(int) (.999 * (sorted.length - 1))];
		for (int i = 0; i < image.length; i++) image[i] = (image[i] - low) / Math.max(1, high - low);
		for (int y = 0; y + PLACE <= raster.getHeight(); y += PLACE) {
			for (int x = 0; x + PLACE <= raster.getWidth(); x += PLACE) {
				final Place place = new Place(stain, image, raster.getWidth(), x, y);
				if (lit(place) > LIT) places.add(place);
			}
		}
	}

	private static double lit(final Place place) {
		int lit = 0;
		for (int y = 0; y < PLACE; y += 2) {
			for (int x = 0; x < PLACE; x += 2) {
				if (place.image[(place.y + y) * place.width + place.x + x] > .1) lit++;
			}
		}
		return 4. * lit / PLACE / PLACE;
	}

	/** Returns the number of places. */
	public int count() {
		return places.size();
	}

	/** Returns the stain of a place. */
	public String stain(final int place) {
		return places.get(place).stain;
	}

	/** Returns a place at random: every stain is drawn equally often. */
	int draw(final RandomStream random) {
		final int[] own = ofStain.get((int) (random.nextDouble() * ofStain.size()));
		return own[(int) (random.nextDouble() * own.length)];
	}

	/** Writes a view of a place, size x size, as the network sees it. */
	void read(final int place, final int size, final RandomStream r, final FloatBuffer out) {
		read(place, size, r,
			new Camera(r.nextDouble() < .3 ? 0 : BLUR * r.nextDouble(), GAIN * r.nextGaussian(),
				OFFSET * r.nextGaussian(), NOISE * r.nextDouble()),
			out);
	}

	/** Writes a view of a place through a camera, size x size, as the network sees it. */
	public void read(final int place, final int size, final RandomStream r, final Camera camera,
		final FloatBuffer out)
	{
		final Place p = places.get(place);
		final double side = PLACE * (LEAST_CROP + (1 - LEAST_CROP) * r.nextDouble()) - 1;
		final double x0 = (PLACE - 1 - side) * r.nextDouble();
		final double y0 = (PLACE - 1 - side) * r.nextDouble();
		final boolean mirror = r.nextBoolean();
		final boolean flip = r.nextBoolean();
		final boolean turn = r.nextBoolean();
		final float[] seen = new float[size * size];
		for (int j = 0; j < size; j++) {
			for (int i = 0; i < size; i++) {
				final double u = x0 + side * (mirror ? size - 1 - i : i) / (size - 1);
				final double v = y0 + side * (flip ? size - 1 - j : j) / (size - 1);
				seen[j * size + i] = bilinear(p, turn ? v : u, turn ? u : v);
			}
		}
		final float[] focused = camera.blur == 0 ? seen : SimulatedTiles.blurred(seen, size, camera.blur);
		final float gain = (float) Math.exp(camera.gain);
		for (final float value : focused) {
			final double noise = camera.noise == 0 ? 0 : camera.noise * r.nextGaussian();
			final float exposed = gain * value + (float) (camera.offset + noise);
			out.put((Math.min(1, Math.max(0, exposed)) - MEAN) / SD);
		}
	}

	private static float bilinear(final Place p, final double x, final double y) {
		final int i = Math.min(PLACE - 2, Math.max(0, (int) x));
		final int j = Math.min(PLACE - 2, Math.max(0, (int) y));
		final float u = (float) (x - i);
		final float v = (float) (y - j);
		final int at = (p.y + j) * p.width + p.x + i;
		return (p.image[at] * (1 - u) + p.image[at + 1] * u) * (1 - v) +
			(p.image[at + p.width] * (1 - u) + p.image[at + p.width + 1] * u) * v;
	}
}
