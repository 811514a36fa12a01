// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.stream.XMLStreamReader;

/**
 * Flat-field profile of one channel as an index of Harmony states it: a polynomial
 * <pre>
 * p(x, y) = sum over n and k = 0..n of c[n][k] u^(n-k) v^k,  u = (x - x0) sx,  v = (y - y0) sy
 * </pre>
 * with a mean of 1 over the image; a pixel divided by it is free of vignetting. The order of the terms is not
 * documented: it is the one that flattens public images.
 *
 * @param coefficients c, [degree + 1][n + 1]
 * @param width of the image that it was fitted to, in pixels
 * @param height of that image
 * @param originX x0 in pixels
 * @param originY y0 in pixels
 * @param scaleX sx, per pixel
 * @param scaleY sy, per pixel
 */
public record HarmonyFlatField(double[][] coefficients, int width, int height, double originX, double originY,
	double scaleX, double scaleY)
{

	private static final String NUMBER = "[-+0-9.eE]+";
	private static final String PAIR = "\\[\\s*(" + NUMBER + ")\\s*,\\s*(" + NUMBER + ")\\s*\\]";
	private static final Pattern PROFILE = Pattern.compile(
		"Profile:\\s*\\{\\s*Coefficients:\\s*\\[((?:\\s*\\[[^\\[\\]]*\\]\\s*,?)+)\\s*\\]\\s*," + "\\s*Dims:\\s*" +
			PAIR + "\\s*,\\s*Origin:\\s*" + PAIR + "\\s*,\\s*Scale:\\s*" + PAIR + "\\s*,\\s*Type:\\s*Polynomial");
	private static final Pattern ROW = Pattern.compile("\\[([^\\[\\]]*)\\]");
	private static final int HIGHEST_DEGREE = 16;

	/**
	 * Reads a profile's text: the foreground's polynomial, else the background's.
	 *
	 * @return empty if it has none, as of a channel that is flat
	 * @throws IllegalArgumentException if it is no number or no polynomial
	 */
	public static Optional<HarmonyFlatField> parse(final String text) {
		final int foreground = text.indexOf("Foreground:");
		final Matcher matcher = PROFILE.matcher(text);
		if (foreground >= 0 && matcher.find(foreground)) return Optional.of(of(matcher));
		matcher.reset();
		return matcher.find() ? Optional.of(of(matcher)) : Optional.empty();
	}

	/**
	 * Reads the profiles of all channels of an index. Its list of images, most of it, isn't read.
	 *
	 * @return by channel number
	 * @throws IOException if it isn't well-formed, or a profile is wrong
	 */
	public static Map<Integer, HarmonyFlatField> read(final Path index) throws IOException {
		final Map<Integer, HarmonyFlatField> profiles = new HashMap<>();
		try {
			StreamingXml.read(index, new StreamingXml.Handler() {

				private String channel;

				@Override
				public void start(final String name, final XMLStreamReader xml) throws IOException {
					if (name.equals("Entry")) channel = xml.getAttributeValue(null, "ChannelID");
					if (name.equals("Images")) throw new Enough();
				}

				@Override
				public void end(final String name, final String text) throws IOException {
					if (!name.equals("FlatfieldProfile") || channel == null || !channel.matches("\\d{1,6}")) return;
					try {
						final int id = Integer.parseInt(channel);
						parse(text).ifPresent(profile -> profiles.put(id, profile));
					}
					catch (final IllegalArgumentException e) {
						throw new IOException(
							index + ", flat-field profile of channel " + channel + ": " + e.getMessage(), e);
					}
				}
			});
		}
		catch (final Enough e) {
			return profiles;
		}
		return profiles;
	}

	/** Ends the reading before the images. */
	private static final class Enough extends IOException {

		private static final long serialVersionUID = 1L;
	}

	private static HarmonyFlatField of(final Matcher matcher) {
		final List<double[]> rows = new ArrayList<>();
		final Matcher row = ROW.matcher(matcher.group(1));
		while (row.find()) {
			final String[] cells = row.group(1).split(",");
			final double[] values = new double[cells.length];
			for (int i = 0; i < cells.length; i++) values[i] = number(cells[i]);
			if (values.length != rows.size() + 1 || values.length > HIGHEST_DEGREE)
				throw new IllegalArgumentException("row " + (rows.size() + 1) + " of its coefficients has " +
					values.length + " numbers: expected " + (rows.size() + 1));
			rows.add(values);
		}
		final int width = (int) number(matcher.group(2));
		final int height = (int) number(matcher.group(3));
		if (width < 1 || height < 1) throw new IllegalArgumentException("its dimensions are " + width + " x " + height);
		return new HarmonyFlatField(rows.toArray(double[][]::new), width, height, number(matcher.group(4)),
			number(matcher.group(5)), number(matcher.group(6)), number(matcher.group(7)));
	}

	private static double number(final String text) {
		try {
			final double value = Double.parseDouble(text.strip());
			if (Double.isFinite(value)) return value;
		}
		catch (final NumberFormatException e) {
			// said below
		}
		throw new IllegalArgumentException("'" + text.strip() + "' must be a number");
	}
}
