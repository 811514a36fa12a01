// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.DoubleStream;

import io.github.isophene.plots.Png;

/** Pieces of HTML. */
final class Html {

	private Html() {}

	static String escape(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	/** A method's name, which may be broken after a comma or colon. */
	static String name(final String method) {
		return escape(method).replace(",", ",<wbr>").replace(":", ":<wbr>");
	}

	/** A number with three digits after the point; a dash where there is none. */
	static String number(final double value) {
		return Double.isNaN(value) ? "&ndash;" : plain(value);
	}

	/** A number as text: three digits after the point, fewer for large ones. */
	static String plain(final double value) {
		if (Double.isNaN(value)) return "";
		final String text = String.format(Locale.ROOT,
			Math.abs(value) >= 1000 ? "%.0f" : Math.abs(value) >= 100 ? "%.1f"
				: Math.abs(value) >= 10 ? "%.2f"
				: "%.3f",
			value);
		return text.replaceFirst("^-(0\\.0*)$", "$1");
	}

	/** Numbers as the smallest and the largest, or one where they look the same; a dash where there is none. */
	static String range(final DoubleStream values) {
		final double[] sorted = values.filter(v -> !Double.isNaN(v)).sorted().toArray();
		if (sorted.length == 0) return "&ndash;";
		final String low = plain(sorted[0]);
		final String high = plain(sorted[sorted.length - 1]);
		return low.equals(high) ? low : low + "&ndash;" + high;
	}

	/** A round number beside an axis, without needless digits. */
	static String tick(final double value) {
		final String text = String.format(Locale.ROOT, "%.6g", value);
		final String plain = text.contains("e") || !text.contains(".") ? text
			: text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
		return plain.equals("-0") ? "0" : plain;
	}

	static String percent(final double share) {
		return Double.isNaN(share) ? "&ndash;" : String.format(Locale.ROOT, "%.0f&nbsp;%%", 100 * share);
	}

	/** A picture within the page. */
	static String dataUri(final BufferedImage image) {
		try {
			return "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.bytes(image));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	static String section(final String id, final String title, final String intro, final String body) {
		return "<section id=\"" + id + "\"><h2>" + title + "</h2>\n" +
			(intro.isEmpty() ? "" : "<p class=\"intro\">" + intro + "</p>\n") + body + "</section>\n";
	}

	/** A part that opens and closes. */
	static String details(final String summary, final boolean open, final String body) {
		return "<details" + (open ? " open" : "") + "><summary>" + summary + "</summary>\n" + body + "</details>\n";
	}
}
