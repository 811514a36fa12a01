// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.isophene.numerics.RandomStream;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;

/**
 * Gradient ascent on a perturbation's coordinates: where they start, how they
 * climb the loss, where they must stay. Everything here is our choice; projected gradient
 * ascent is that of Madry et al. 2018 (arXiv:1706.06083).
 * <p>
 * The <em>random-direction control</em> of an ascent ({@link #climbs} = false) goes the same steps in a
 * random direction instead of the gradient's: the same start, the same lengths, the same
 * projection, but no knowledge of the network. What an ascent is worth is how much better
 * it does than that control.
 * </p>
 *
 * @param climbs whether steps follow the gradient
 * @param steps how many, K; 0 = the start itself
 * @param rule of a step
 * @param radius size of the perturbation, in units of its scale; start, step and limit are
 *          multiples of it
 * @param start standard deviation of the normal distribution that coordinates start from
 * @param length SIGN: of all K steps together, per coordinate; NORMALIZED: root mean square of
 *          all K steps together
 * @param limit largest absolute coordinate
 * @param keepNorm whether the length that a row had at the start is kept
 */
record Ascent(boolean climbs, int steps, Rule rule, double radius, double start, double length, double limit,
	boolean keepNorm)
{

	/** Rule that turns a gradient into a step. */
	enum Rule {
		/** Every coordinate moves alike, by the gradient's sign. */
		SIGN,
		/** Rows of coordinates move along their gradient, divided by its length. */
		NORMALIZED;

		String label() {
			return this == SIGN ? "sign" : "normalized";
		}
	}

	/**
	 * Coordinates and how they came about.
	 *
	 * @param values [rows x coordinates]
	 * @param atLimit share of the coordinates of active rows that are at the limit
	 * @param size root mean square of the coordinates of active rows
	 */
	record AscentResult(float[] values, double atLimit, double size) {}

	/** The settings, with these defaults. */
	static List<Setting> choices(final int steps, final Rule rule, final double radius, final double start,
		final double length, final double limit, final boolean keepNorm)
	{
		return List.of(
			Setting.flag("ascent", true,
				"whether perturbations are adversarial; false = random twin: the same steps in random directions"),
			Setting.count("steps", steps, 0, 100, "steps of the ascent, K (our choice)"),
			Setting.choice("rule", rule.label(), Arrays.stream(Rule.values()).map(Rule::label).toList(),
				"sign, or normalized: along the gradient divided by its length (our choice)"),
			Setting.number("radius", radius, 0, 1000, "size of the perturbation in units of its scale (our choice)"),
			Setting.number("start", start, 0, 100, "standard deviation of the random start, x radius (our choice)"),
			Setting.number("length", length, 0, 100, "of all steps together, x radius (our choice)"),
			Setting.number("limit", limit, 0, 100, "largest coordinate, x radius (our choice)"),
			Setting.flag("keep-norm", keepNorm, "whether the length of the start is kept (our choice)"));
	}

	static Ascent of(final Settings s) {
		if (s.flag("keep-norm") && s.number("start") == 0)
			throw s.wrong("start", "above 0 if keep-norm=true, as nothing would be perturbed");
		return new Ascent(s.flag("ascent"), s.integer("steps"), s.choice("rule", Rule.values(), Rule::label),
			s.number("radius"), s.number("start"), s.number("length"),
			s.number("limit"), s.flag("keep-norm"));
	}

	/**
	 * Goes from a random start.
	 *
	 * @param active which rows are perturbed; the others' coordinates are 0
	 * @param coordinates per row
	 * @param random for the start, and for random directions
	 * @param gradient of the loss at coordinates; not asked by the random-direction control
	 */
	AscentResult run(final boolean[] active, final int coordinates, final RandomStream random,
		final UnaryOperator<float[]> gradient)
	{
		final float[] d = gaussian(active, coordinates, start * radius, random);
		project(d, null);
		final double[] norms = keepNorm ? norms(d, coordinates) : null;
		final float[] direction = climbs ? null : gaussian(active, coordinates, 1, random);
		for (int k = 0; k < steps; k++) {
			move(d, climbs ? gradient.apply(d) : direction, active, coordinates);
			project(d, norms);
		}
		return result(d, active, coordinates);
	}

	private static float[] gaussian(final boolean[] active, final int coordinates, final double sd,
		final RandomStream random)
	{
		final float[] d = new float[active.length * coordinates];
		for (int i = 0; i < d.length; i++) {
			final double z = random.nextGaussian();
			if (active[i / coordinates]) d[i] = (float) (sd * z);
		}
		return d;
	}

	private void move(final float[] d, final float[] gradient, final boolean[] active, final int coordinates) {
		final double[] norms = norms(gradient, coordinates);
		for (int i = 0; i < d.length; i++) {
			final int row = i / coordinates;
			if (!active[row] || !(norms[row] > 0)) continue;
			d[i] += (float) (radius * length / steps *
				(rule == Rule.SIGN ? Math.signum(gradient[i]) : gradient[i] / norms[row] * Math.sqrt(coordinates)));
		}
	}

	/** Back to the length of the start, if that is wanted, and into the box. */
	private void project(final float[] d, final double[] norms) {
		if (norms != null) {
			final double[] now = norms(d, d.length / norms.length);
			for (int i = 0; i < d.length; i++) {
				final int row = i / (d.length / norms.length);
				if (now[row] > 0) d[i] *= (float) (norms[row] / now[row]);
			}
		}
		final float most = (float) (limit * radius);
		for (int i = 0; i < d.length; i++) d[i] = Math.max(-most, Math.min(most, d[i]));
	}

	private static double[] norms(final float[] d, final int coordinates) {
		final double[] norms = new double[d.length / coordinates];
		for (int i = 0; i < d.length; i++) norms[i / coordinates] += (double) d[i] * d[i];
		for (int i = 0; i < norms.length; i++) norms[i] = Math.sqrt(norms[i]);
		return norms;
	}

	private AscentResult result(final float[] d, final boolean[] active, final int coordinates) {
		final float most = (float) (limit * radius);
		double squares = 0;
		long clipped = 0;
		long n = 0;
		for (int i = 0; i < d.length; i++) {
			if (!active[i / coordinates]) continue;
			n++;
			squares += (double) d[i] * d[i];
			if (Math.abs(d[i]) >= most) clipped++;
		}
		return new AscentResult(d, n == 0 ? 0 : (double) clipped / n, n == 0 ? 0 : Math.sqrt(squares / n));
	}
}
