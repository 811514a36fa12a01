// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Columns of a LoadData table that locate one channel; -1 for a column
 * that isn't there. The columns of its illumination function ({@code FileName_Illum<Channel>}), {@code null} without.
 */
public record ImageColumns(String channel, int fileName, int pathName, int url, int series, int frame,
	ImageColumns illumination)
{

	static final String FILE = "FileName_";
	static final String PATH = "PathName_";
	static final String URL = "URL_";
	static final String SERIES = "Series_";
	static final String FRAME = "Frame_";
	static final String ORIG = "Orig";
	static final String ILLUM = "Illum";

	/**
	 * The channels of a table, in the order of their first columns. Where some
	 * image is called {@code Orig...}, only those count: pipelines list
	 * illumination functions and masks beside them.
	 */
	public static List<ImageColumns> of(final TableFile table) {
		final Map<String, String> images = new LinkedHashMap<>();
		for (final String column : table.header()) {
			for (final String kind : List.of(FILE, URL)) {
				if (!column.startsWith(kind) || column.length() == kind.length()) continue;
				final String image = column.substring(kind.length());
				// A function to divide by is no picture.
				if (image.matches("(?i)Illum.+")) continue;
				final boolean original = image.startsWith(ORIG) && image.length() > ORIG.length();
				images.putIfAbsent(image, original ? image.substring(ORIG.length()) : null);
			}
		}
		final boolean originals = images.values().stream().anyMatch(c -> c != null);
		final List<ImageColumns> channels = new ArrayList<>();
		images.forEach((image, channel) -> {
			if (originals && channel == null) return;
			final String name = channel == null ? image : channel;
			final boolean corrected = table.column(FILE + ILLUM + name) >= 0 || table.column(URL + ILLUM + name) >= 0;
			channels.add(columns(table, name, image, corrected ? columns(table, name, ILLUM + name, null) : null));
		});
		return channels;
	}

	/**
	 * Returns the images that don't count, as others are called {@code Orig...}; masks and outlines, which are no
	 * channels, aside.
	 */
	public static List<String> leftOut(final TableFile table) {
		final Set<String> images = new LinkedHashSet<>();
		boolean originals = false;
		for (final String column : table.header()) {
			for (final String kind : List.of(FILE, URL)) {
				if (!column.startsWith(kind) || column.length() == kind.length()) continue;
				final String image = column.substring(kind.length());
				if (image.startsWith(ORIG) && image.length() > ORIG.length()) originals = true;
				else if (!image.matches("(?i)Illum.+|.*(mask|outline|object|label|overlay|segment).*"))
					images.add(image);
			}
		}
		return originals ? List.copyOf(images) : List.of();
	}

	private static ImageColumns columns(final TableFile table, final String channel, final String image,
		final ImageColumns illumination)
	{
		return new ImageColumns(channel, table.column(FILE + image), table.column(PATH + image),
			table.column(URL + image), table.column(SERIES + image), table.column(FRAME + image), illumination);
	}

	/** Returns the plane of the channel in one row; {@code null} if the row doesn't say. */
	Plane plane(final TableFile table, final TableFile.Row row, final ImagePaths paths) throws IOException {
		final String name = row.get(fileName);
		final String address = row.get(url);
		if (name.isEmpty() && address.isEmpty()) return null;
		final int image = index(table, row, series, Plane.NO_SERIES, "image");
		final int plane = index(table, row, frame, 0, "plane");
		try {
			return new Plane(name.isEmpty() ? paths.url(address) : paths.resolve(row.get(pathName), name), image, plane,
				illumination == null ? null : paths.same(illumination.plane(table, row, paths)));
		}
		catch (final IOException e) {
			throw table.problem(row.line(), e.getMessage());
		}
	}

	private static int index(final TableFile table, final TableFile.Row row, final int column, final int otherwise,
		final String what) throws IOException
	{
		final String text = row.get(column);
		try {
			final int number = text.isEmpty() ? 0 : Integer.parseInt(text);
			if (number < 0) throw new NumberFormatException();
			return text.isEmpty() ? otherwise : number;
		}
		catch (final NumberFormatException e) {
			throw table.problem(row.line(), "'" + text + "' in " + table.header().get(column) + " is no " + what +
				" of a file: expected 0, 1, 2...");
		}
	}
}
