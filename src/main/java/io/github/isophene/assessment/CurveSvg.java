// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.isophene.downstream.DoseCurve;
import io.github.isophene.downstream.WellDistance;

/** Dose response of a compound as a small vector drawing: wells, band of the controls, curve and EC50. */
final class CurveSvg {

	private static final int WIDTH = 300;
	private static final int HEIGHT = 210;
	private static final int LEFT = 40;
	private static final int RIGHT = 8;
	private static final int TOP = 8;
	private static final int BOTTOM = 36;
	private static final int STEPS = 60;
	/** Width for the controls, left of the doses. */
	private static final int CONTROLS = 38;
	private static final int MOST_CONTROLS = 64;
	private static final int START = LEFT + CONTROLS;
	private static final int MOST_TICKS = 5;
	/** Space beside the outer doses, as a share of their span. */
	private static final double MARGIN = .06;

	private final StringBuilder svg = new StringBuilder();
	private final double low;
	private final double high;
	private final double top;

	private CurveSvg(final DoseCurve curve) {
		final double first = Math.log10(curve.doses()[0]);
		final double last = Math.log10(curve.doses()[curve.doses().length - 1]);
		final double span = Math.max(.3, last - first);
		low = first - MARGIN * span;
		high = last + MARGIN * span;
		top = 1.05 * Math.max(curve.controls().stream().mapToDouble(WellDistance::value).max().orElse(0),
			curve.points().stream().mapToDouble(WellDistance::value).max().orElse(1));
	}

	/** The drawing. */
	static String render(final DoseCurve curve, final String unit) {
		final double[] band = band(curve.controls());
		return new CurveSvg(curve).draw(curve, band, unit);
	}

	/** The 2.5th and 97.5th percentile of the controls' distances, between neighbors by their distance. */
	static double[] band(final List<WellDistance> controls) {
		final double[] sorted = controls.stream().mapToDouble(WellDistance::value).sorted().toArray();
		return new double[]{quantile(sorted, .025), quantile(sorted, .975)};
	}

	private static double quantile(final double[] sorted, final double share) {
		if (sorted.length == 0) return Double.NaN;
		final double at = share * (sorted.length - 1);
		final int below = (int) at;
		return below + 1 < sorted.length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below])
			: sorted[below];
	}

	private String draw(final DoseCurve curve, final double[] band, final String unit) {
		svg.append("<svg class=\"curve\" viewBox=\"0 0 ")
			.append(WIDTH)
			.append(' ')
			.append(HEIGHT)
			.append("\" role=\"img\" aria-label=\"dose response of ")
			.append(Html.escape(curve.compound()))
			.append("\">");
		if (!Double.isNaN(band[0]))
			add("<rect x=\"%d\" width=\"%d\" y=\"%.1f\" height=\"%.1f\" fill=\"#999\" fill-opacity=\".25\"/>", LEFT,
				WIDTH - RIGHT - LEFT, y(band[1]), y(band[0]) - y(band[1]));
		if (!Double.isNaN(curve.fit().ec50())) ec50(curve);
		if (curve.isResponse()) line(curve);
		svg.append("<g fill=\"#777\" fill-opacity=\".7\">");
		for (int i = 0; i < Math.min(MOST_CONTROLS, curve.controls().size()); i++)
			add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>", LEFT + 6 + i % 4 * 4.0,
				y(curve.controls().get(i).value()));
		svg.append("</g><g fill=\"#0072b2\" fill-opacity=\".75\">");
		for (final WellDistance point : curve.points())
			if (point.dose() > 0)
				add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", x(Math.log10(point.dose())), y(point.value()));
		svg.append("</g>");
		add("<path class=\"frame\" d=\"M%d %dV%dH%d\"/>", LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT);
		xTicks(curve.doses());
		for (final double tick : round(top)) text(LEFT - 5, y(tick) + 4, "end", Html.tick(tick));
		final double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
		add("<text x=\"11\" y=\"%.0f\" text-anchor=\"middle\" transform=\"rotate(-90 11 %.0f)\">distance</text>",
			middle, middle);
		text(LEFT + 13, HEIGHT - BOTTOM + 14, "middle", "neg");
		text((START + WIDTH - RIGHT) / 2.0, HEIGHT - 5, "middle", "dose" +
			(unit.isEmpty() ? "" : " (" + Html.escape(unit) + ")"));
		return svg + "</svg>";
	}

	private void ec50(final DoseCurve curve) {
		final double left = clip(curve.fit().low());
		final double right = clip(curve.fit().high());
		if (right > left)
			add("<rect x=\"%.1f\" width=\"%.1f\" y=\"%d\" height=\"%d\" fill=\"#d55e00\" fill-opacity=\".15\"/>",
				left, right - left, TOP, HEIGHT - BOTTOM - TOP);
		add("<path stroke=\"#d55e00\" stroke-dasharray=\"4 3\" d=\"M%.1f %dV%d\"/>", clip(curve.fit().ec50()), TOP,
			HEIGHT - BOTTOM);
	}

	private void line(final DoseCurve curve) {
		svg.append("<path fill=\"none\" stroke=\"#0072b2\" stroke-width=\"1.6\" d=\"");
		for (int i = 0; i <= STEPS; i++) {
			final double logarithm = low + (high - low) * i / STEPS;
			add("%s%.1f %.1f", i == 0 ? "M" : "L", x(logarithm), y(Math.max(0, curve.at(Math.pow(10, logarithm)))));
		}
		svg.append("\"/>");
	}

	/** Whole powers of ten where there are two or more, else some of the doses. */
	private void xTicks(final double[] doses) {
		final int first = (int) Math.ceil(low);
		final int last = (int) Math.floor(high);
		if (last > first) {
			final int step = (last - first) / MOST_TICKS + 1;
			for (int power = first; power <= last; power += step) xTick(Math.pow(10, power));
			return;
		}
		final int step = (doses.length - 1) / MOST_TICKS + 1;
		for (int i = 0; i < doses.length; i += step) xTick(doses[i]);
	}

	private void xTick(final double dose) {
		text(x(Math.log10(dose)), HEIGHT - BOTTOM + 14, "middle", String.format(Locale.ROOT, "%s",
			dose < 1e-4 || dose >= 1e6 ? String.format(Locale.ROOT, "%.0e", dose) : Html.tick(dose)));
	}

	/** Round numbers from 0 to a limit. */
	private static double[] round(final double limit) {
		final double power = Math.pow(10, Math.floor(Math.log10(limit / 4)));
		final double step = Arrays.stream(new double[]{1, 2, 5, 10})
			.map(s -> s * power)
			.filter(s -> limit / s <= MOST_TICKS)
			.findFirst()
			.orElse(10 * power);
		final double[] ticks = new double[(int) (limit / step) + 1];
		for (int i = 0; i < ticks.length; i++) ticks[i] = i * step;
		return ticks;
	}

	private double clip(final double dose) {
		return Math.max(START, Math.min(WIDTH - RIGHT, x(Math.log10(dose))));
	}

	private double x(final double logarithm) {
		return START + (logarithm - low) / (high - low) * (WIDTH - RIGHT - START);
	}

	private double y(final double value) {
		return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
	}

	private void text(final double x, final double y, final String anchor, final String text) {
		add("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text);
	}

	private void add(final String format, final Object... values) {
		svg.append(String.format(Locale.ROOT, format, values));
	}
}
