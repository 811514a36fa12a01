// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.recipe;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.isophene.demo.CellLooks;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.training.data.Sample;
import io.github.isophene.training.data.Split;
import io.github.isophene.pixels.TileSource;
import io.github.isophene.training.data.TrainingData;

/**
 * Tiles of one channel. A class is a look at one of {@value #ZOOMS} magnifications. Whenever a
 * tile is read in training it has another crop, turn and mirror, and comes from another batch:
 * focus, bleed-through, vignetting, haze, gain, photon and camera noise are drawn anew, in
 * wider ranges than a demo screen's. The intensities are then normalized as the default model
 * does it: either by percentiles of the image, which vary as if the rest of the field were brighter
 * or darker, or by those of the control wells of a plate with the same microscope. Scaled by controls, each class has
 * a brightness of its own.
 */
final class SimulatedTiles implements TileSource {

	/** Number of magnifications: {@value #LEAST} and up by the factor {@value #RATIO}. */
	static final int ZOOMS = 3;

	private static final double LEAST = .8;
	private static final double RATIO = 1.6;

	/** The model's intensity: percentiles, then minus and divided by these. */
	private static final float MEAN = .2f;
	private static final float SD = .2f;

	/** Sd of the log brightness of a plate's controls, beyond what the microscope explains. */
	private static final double CONTROLS = .1;

	/** The brightness of a class is drawn between this factor and its inverse. */
	private static final double BRIGHTEST = 2.2;

	/** So many steps of brightness are enough for percentiles that vary by several percent. */
	private static final int BINS = 2048;

	private static final int TABLE = 1 << 16;
	private static final float[] NORMAL = new float[TABLE];
	static {
		final RandomStream random = RandomStream.of(1, "table of normal numbers");
		for (int i = 0; i < TABLE; i++) NORMAL[i] = (float) random.nextGaussian();
	}

	private final CellLooks looks;
	private final int size;
	private final long seed;
	private final double plates;
	private final float[] stains;

	/** @param plates share of tiles that are scaled by control wells; the others are by the image's percentiles */
	SimulatedTiles(final CellLooks looks, final int size, final long seed, final double plates) {
		this.looks = looks;
		this.size = size;
		this.seed = seed;
		this.plates = plates;
		stains = new float[looks.looks()];
		for (int look = 0; look < stains.length; look++) stains[look] = brightest(look);
	}

	/** Returns the 99.9th percentile of the light of a stain: of all looks that have it. */
	private float brightest(final int look) {
		final int[] codes = new int[256];
		long n = 0;
		for (int other = 0; other < looks.looks(); other++) {
			if (!looks.sameStain(look, other)) continue;
			for (int field = 0; field < looks.fields(); field++) {
				for (final byte code : looks.own(other, field)) codes[code & 0xff]++;
				n += CellLooks.SIZE * CellLooks.SIZE;
			}
		}
		return CellLooks.light((byte) rank(codes, .999 * n));
	}

	/** All fields of all looks at all magnifications, the last fields on plates of their own. */
	TrainingData data(final int validationFields) {
		final List<Sample> samples = new ArrayList<>();
		final List<String> classes = new ArrayList<>();
		for (int look = 0; look < looks.looks(); look++) {
			for (int zoom = 0; zoom < ZOOMS; zoom++) classes.add(looks.name(look) + "x" + zoom);
		}
		for (int i = 0; i < looks.looks() * looks.fields() * ZOOMS; i++) {
			final String plate = fieldOf(i) >= looks.fields() - validationFields ? "validation"
				: "training" + fieldOf(i) % 4;
			samples.add(new Sample(plate, plate, look(i) * ZOOMS + i % ZOOMS, false));
		}
		return new TrainingData(samples, classes, this);
	}

	/** Learns from the training plates; each validation field counts at one magnification. */
	Split split(final TrainingData data, final int validationFields) {
		final int first = looks.fields() - validationFields;
		return new Split(IntStream.range(0, data.samples().size()).filter(i -> fieldOf(i) < first).toArray(),
			IntStream.range(0, data.samples().size())
				.filter(i -> fieldOf(i) >= first && (fieldOf(i) + look(i)) % ZOOMS == i % ZOOMS)
				.toArray(),
			new int[0], List.of());
	}

	private int look(final int sample) {
		return sample / ZOOMS / looks.fields();
	}

	private int fieldOf(final int sample) {
		return sample / ZOOMS % looks.fields();
	}

	@Override
	public int count() {
		return looks.looks() * looks.fields() * ZOOMS;
	}

	@Override
	public boolean isRandom() {
		return true;
	}

	@Override
	public String identity() {
		return "simulated " + seed + " " + looks.looks() + " " + looks.fields() + (plates > 0 ? " " + plates : "");
	}

	@Override
	public int channels() {
		return 1;
	}

	@Override
	public int size() {
		return size;
	}

	@Override
	public void read(final int sample, final RandomStream augmentation, final FloatBuffer out) {
		final RandomStream r = augmentation == null ? RandomStream.of(seed, "fixed", sample) : augmentation;
		final double zoom = LEAST * Math.pow(RATIO, sample % ZOOMS) * Math.exp(.08 * normal(r));
		final float[] light = new float[size * size];
		final double bleed = r.nextDouble() < .5 ? 0 : .35 * r.nextDouble();
		crop(looks.own(look(sample), fieldOf(sample)), looks.other(look(sample), fieldOf(sample)), (float) bleed, zoom,
			light, r);
		final double defocus = (r.nextDouble() < .8 ? .9 : 1.8) * normal(r);
		final float[] seen = blurred(light, size, Math.sqrt(.36 + square(defocus)));
		final boolean byControls = plates > 0 && r.nextDouble() < plates;
		if (byControls) {
			final float factor = brightness(look(sample) * ZOOMS + sample % ZOOMS);
			for (int i = 0; i < seen.length; i++) seen[i] *= factor;
		}
		final float[] range = expose(seen, stains[look(sample)], r);
		if (!byControls) scale(seen, r);
		else scale(seen, range[0], range[0] + (range[1] - range[0]) * (float) Math.exp(CONTROLS * normal(r)));
		out.put(seen);
	}

	private float brightness(final int label) {
		return (float) Math.pow(BRIGHTEST, 2 * RandomStream.of(seed, "brightness", label).nextDouble() - 1);
	}

	/** A turned, mirrored, magnified part of a field, by bilinear interpolation. */
	private void crop(final byte[] own, final byte[] other, final float bleed, final double zoom, final float[] light,
		final RandomStream r)
	{
		final double angle = 2 * Math.PI * r.nextDouble();
		final double cos = Math.cos(angle) / zoom;
		final double sin = Math.sin(angle) / zoom;
		final double mirror = r.nextBoolean() ? 1 : -1;
		final double last = CellLooks.SIZE - 1;
		// The turned square must lie within the field as far as it can; beyond, the field is mirrored.
		final double reach = Math.min(last / 2,
			size / 2. / zoom * (Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle))));
		double x0 = 0;
		double y0 = 0;
		// A place without cells teaches nothing: try again, but not for ever.
		for (int attempt = 0; attempt < 4; attempt++) {
			x0 = reach + (last - 2 * reach) * r.nextDouble();
			y0 = reach + (last - 2 * reach) * r.nextDouble();
			if (covered(own, x0, y0, size / 2. / zoom) > .2) break;
		}
		for (int y = 0; y < size; y++) {
			final double v = y - (size - 1) / 2.;
			for (int x = 0; x < size; x++) {
				final double u = mirror * (x - (size - 1) / 2.);
				final double sx = inside(x0 + u * cos - v * sin, last);
				final double sy = inside(y0 + u * sin + v * cos, last);
				final int i = Math.min((int) sx, CellLooks.SIZE - 2);
				final int j = Math.min((int) sy, CellLooks.SIZE - 2);
				float value = bilinear(own, i, j, (float) (sx - i), (float) (sy - j));
				if (bleed > 0) value += bleed * bilinear(other, i, j, (float) (sx - i), (float) (sy - j));
				light[y * size + x] = value;
			}
		}
	}

	/** Returns the share of a square that has light, by 49 pixels of it. */
	private static double covered(final byte[] own, final double x0, final double y0, final double half) {
		int lit = 0;
		for (int i = 0; i < 49; i++) {
			final int x = (int) inside(x0 + half * .28 * (i % 7 - 3), CellLooks.SIZE - 1);
			final int y = (int) inside(y0 + half * .28 * (i / 7 - 3), CellLooks.SIZE - 1);
			if (CellLooks.light(own[y * CellLooks.SIZE + x]) > 15) lit++;
		}
		return lit / 49.;
	}

	private static double inside(final double at, final double last) {
		final double positive = Math.abs(at);
		return Math.max(0, positive > last ? 2 * last - positive : positive);
	}

	private static float bilinear(final byte[] plane, final int i, final int j, final float u, final float v) {
		final int p = j * CellLooks.SIZE + i;
		final float top = CellLooks.light(plane[p]) * (1 - u) + CellLooks.light(plane[p + 1]) * u;
		final float bottom = CellLooks.light(plane[p + CellLooks.SIZE]) * (1 - u) +
			CellLooks.light(plane[p + CellLooks.SIZE + 1]) * u;
		return top * (1 - v) + bottom * v;
	}

	/** Returns an image, size x size, through a Gaussian; beyond the borders it goes on as it is there. */
	static float[] blurred(final float[] light, final int size, final double sigma) {
		final int radius = (int) Math.ceil(3 * sigma);
		final float[] kernel = new float[radius + 1];
		double sum = 0;
		for (int k = 0; k <= radius; k++) {
			kernel[k] = (float) Math.exp(-.5 * square(k / sigma));
			sum += (k == 0 ? 1 : 2) * kernel[k];
		}
		for (int k = 0; k <= radius; k++) kernel[k] /= (float) sum;
		final float[] rows = new float[light.length];
		for (int y = 0; y < size; y++) {
			for (int k = -radius; k <= radius; k++) {
				final float w = kernel[Math.abs(k)];
				for (int x = 0; x < size; x++)
					rows[y * size + x] += w * light[y * size + Math.min(size - 1, Math.max(0, x + k))];
			}
		}
		final float[] result = new float[light.length];
		for (int y = 0; y < size; y++) {
			for (int k = -radius; k <= radius; k++) {
				final float w = kernel[Math.abs(k)];
				final int from = Math.min(size - 1, Math.max(0, y + k)) * size;
				for (int x = 0; x < size; x++) result[y * size + x] += w * rows[from + x];
			}
		}
		return result;
	}

	/**
	 * Haze, vignetting, gain, photons and camera.
	 *
	 * @return counts of the medium and of the brightest light, as percentiles 0.1 and 99.9 of fields far larger than a
	 * tile are
	 */
	private float[] expose(final float[] light, final float brightest, final RandomStream r) {
		final double haze = 20 * Math.exp(1.3 * r.nextDouble() * 2);
		final double gain = Math.exp(.9 * normal(r));
		final double electron = 2 * Math.exp(.6 * normal(r));
		final double read = 4 * Math.exp(.4 * normal(r));
		final double loss = .7 * r.nextDouble() * r.nextDouble();
		// A tile is a small part of a field: the brightest place may be far outside.
		final double x0 = size * (.5 + normal(r));
		final double y0 = size * (.5 + normal(r));
		final double far = 2 * square(1.2 * size);
		final double white = r.nextDouble() < .05 ? 400 + 1500 * r.nextDouble() : 4095;
		for (int y = 0; y < size; y++) {
			for (int x = 0; x < size; x++) {
				final int p = y * size + x;
				final double kept = Math.max(.15, 1 - loss * (square(x - x0) + square(y - y0)) / far);
				final double expected = gain * kept * (light[p] + haze);
				final long bits = r.nextLong();
				light[p] = (float) Math.min(white,
					expected + Math.sqrt(electron * expected) * NORMAL[(int) (bits & TABLE - 1)] +
						read * NORMAL[(int) (bits >>> 16 & TABLE - 1)]);
			}
		}
		// Most of a field is lit as its mean is: at a third of the way to the corners.
		final double kept = gain * Math.max(.15, 1 - loss / 3);
		final double dark = kept * haze;
		return new float[]{(float) (dark - 3 * Math.sqrt(electron * dark + read * read)),
			(float) Math.min(white, kept * (brightest + haze))};
	}

	/** As the default model's intensity, but for what else a whole field would have. */
	private static void scale(final float[] values, final RandomStream r) {
		float least = Float.MAX_VALUE;
		float most = -Float.MAX_VALUE;
		for (final float v : values) {
			least = Math.min(least, v);
			most = Math.max(most, v);
		}
		final int[] histogram = new int[BINS];
		final float bin = Math.max(1e-3f, most - least) / (BINS - 1);
		for (final float v : values) histogram[(int) ((v - least) / bin)]++;
		final float low = least + bin * rank(histogram, .001 * values.length);
		final float high = least + bin * rank(histogram, .999 * values.length);
		final float range = Math.max(1, high - low);
		final float from = low - range * .08f * (float) square(r.nextDouble());
		scale(values, from, low + range * (float) Math.exp(.22 * normal(r) + .12));
	}

	private static void scale(final float[] values, final float from, final float to) {
		for (int i = 0; i < values.length; i++) {
			values[i] = (Math.min(1, Math.max(0, (values[i] - from) / Math.max(1, to - from))) - MEAN) / SD;
		}
	}

	private static int rank(final int[] histogram, final double count) {
		int bin = 0;
		for (double below = histogram[0]; below < count && bin < histogram.length - 1;) below += histogram[++bin];
		return bin;
	}

	private static double normal(final RandomStream r) {
		return Math.max(-2.5, Math.min(2.5, r.nextGaussian()));
	}

	private static double square(final double v) {
		return v * v;
	}
}
