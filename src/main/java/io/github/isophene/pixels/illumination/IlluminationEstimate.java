// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.illumination;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.HarmonyFlatField;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Estimate of a plate's illumination: the mean of its images, smoothed by a polynomial of the fourth degree that is
 * fitted to it by least squares, and divided by its own mean, so that a plate's intensities stay comparable with
 * those of others.
 * <p>
 * After Singh, Bray, Jones and Carpenter, J Microsc 256:231 (2014), who average all images of a plate and smooth by a
 * median filter; the polynomial is that of Harmony's profiles. Of a plate with more than {@value #FIELDS} fields, so
 * many are read, evenly spread in the order of the screen. A function is at least a tenth of its mean.
 * </p>
 */
final class IlluminationEstimate {

	/** Fields that are read of a plate: more change a mean of images little. */
	static final int FIELDS = 128;

	private static final int DEGREE = 4;
	private static final int TERMS = (DEGREE + 1) * (DEGREE + 2) / 2;
	private static final int GRID = 64;
	private static final float LEAST = 0.1f;

	private final int width;
	private final int height;
	private final int block;
	private final int across;
	private final int down;
	private final double[][] sums;
	private final long[][] counts;

	private IlluminationEstimate(final Img<?> first, final int channels) {
		width = Math.toIntExact(first.dimension(0));
		height = Math.toIntExact(first.dimension(1));
		block = Math.max(1, (Math.max(width, height) + GRID - 1) / GRID);
		across = (width + block - 1) / block;
		down = (height + block - 1) / block;
		sums = new double[channels][across * down];
		counts = new long[channels][across * down];
	}

	/**
	 * Estimates the functions of a plate.
	 *
	 * @param fields of the plate, in the order of the screen
	 * @return one per channel that the reader gives
	 * @throws IOException if no field can be read
	 */
	static List<IlluminationFunction> of(final List<Field> fields, final Illumination.RawReader raw)
		throws IOException
	{
		IlluminationEstimate estimate = null;
		IOException failure = null;
		final int n = Math.min(FIELDS, fields.size());
		for (int i = 0; i < n; i++) {
			try {
				final Img<?> image = raw.read(fields.get((int) ((long) i * fields.size() / n)));
				if (estimate == null) estimate = new IlluminationEstimate(image, Math.toIntExact(image.dimension(2)));
				estimate.add(image);
			}
			catch (final IOException exc) {
				failure = exc; // a field that can't be read is named when its turn comes
			}
		}
		if (estimate == null)
			throw new IOException("illumination=estimate: no field of plate " + fields.get(0).plate() +
				" can be read: " + (failure == null ? "it has none" : failure.getMessage()), failure);
		final List<IlluminationFunction> functions = new ArrayList<>();
		for (int c = 0; c < estimate.sums.length; c++) functions.add(estimate.function(c));
		return functions;
	}

	private void add(final Img<?> image) {
		if (image.dimension(0) != width || image.dimension(1) != height || image.dimension(2) != sums.length) return;
		for (int c = 0; c < sums.length; c++) {
			final double[] sum = sums[c];
			final long[] count = counts[c];
			final RandomAccess<?> access = image.randomAccess();
			access.setPosition(c, 2);
			for (int y = 0; y < height; y++) {
				access.setPosition(y, 1);
				final int row = y / block * across;
				for (int x = 0; x < width; x++) {
					access.setPosition(x, 0);
					final double value = ((RealType<?>) access.get()).getRealDouble();
					if (!Double.isFinite(value)) continue;
					final int cell = row + x / block;
					sum[cell] += value;
					count[cell]++;
				}
			}
		}
	}

	/** Least squares by normal equations: coordinates within [-1, 1] keep them well-conditioned. */
	private IlluminationFunction function(final int channel) {
		final double side = Math.max(width, height) / 2.0;
		final double originX = (width - 1) / 2.0;
		final double originY = (height - 1) / 2.0;
		final DMatrixRMaj normal = new DMatrixRMaj(TERMS, TERMS);
		final DMatrixRMaj right = new DMatrixRMaj(TERMS, 1);
		final double[] terms = new double[TERMS];
		for (int cell = 0; cell < across * down; cell++) {
			if (counts[channel][cell] == 0) continue;
			final double mean = sums[channel][cell] / counts[channel][cell];
			terms((center(cell % across, width) - originX) / side, (center(cell / across, height) - originY) / side,
				terms);
			for (int i = 0; i < TERMS; i++) {
				right.add(i, 0, terms[i] * mean);
				for (int j = 0; j < TERMS; j++) normal.add(i, j, terms[i] * terms[j]);
			}
		}
		final DMatrixRMaj solution = new DMatrixRMaj(TERMS, 1);
		final boolean solved = CommonOps_DDRM.solve(normal, right, solution);
		final double[][] coefficients = new double[DEGREE + 1][];
		int t = 0;
		for (int n = 0; n <= DEGREE; n++) {
			coefficients[n] = new double[n + 1];
			for (int k = 0; k <= n; k++) coefficients[n][k] = solved ? solution.get(t++, 0) : n == 0 ? 1 : 0;
		}
		return new Normalized(new IlluminationPolynomial(
			new HarmonyFlatField(coefficients, width, height, originX, originY, 1 / side, 1 / side)));
	}

	/** The middle of a row or column of blocks, the last of which may be smaller. */
	private double center(final int cell, final int size) {
		return (cell * block + Math.min(size, (cell + 1) * block) - 1) / 2.0;
	}

	private static void terms(final double u, final double v, final double[] into) {
		int t = 0;
		for (int n = 0; n <= DEGREE; n++) {
			for (int k = 0; k <= n; k++) into[t++] = Math.pow(u, n - k) * Math.pow(v, k);
		}
	}

	/** A function over its mean. */
	private static final class Normalized extends IlluminationFunction {

		private final IlluminationFunction function;

		Normalized(final IlluminationFunction function) {
			this.function = function;
		}

		@Override
		float[] compute(final int width, final int height) throws IOException {
			final float[] values = function.compute(width, height);
			double sum = 0;
			for (final float value : values) sum += value;
			final double mean = sum / values.length;
			// black images have no illumination to correct
			for (int i = 0; i < values.length; i++)
				values[i] = mean > 0 && Double.isFinite(mean) ? Math.max(LEAST, (float) (values[i] / mean)) : 1;
			return values;
		}
	}
}
