// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.screen.FileNameFormat;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.Wells;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * Images that Gen5 saves from a BioTek Cytation or Lionheart: {@code B7_01_1_3_DAPI_001.tif}, that is well, read step,
 * number of the channel, field (with {@code Z2} behind it in a stack), name of the channel, time point.
 * <p>
 * A plate is named after its folder, channels by their names in the order of their numbers. Of several read steps,
 * each gives channels of its own ({@code DAPI (read 2)}).
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "gen5", priority = Priority.LOW)
public class Gen5Format extends FileNameFormat {

	private static final Pattern IMAGE = Pattern
		.compile("(?i)([A-P]\\d{1,2})_(-?\\d{1,2})_(\\d{1,2})_(\\d{1,4})(?:Z(\\d{1,4}))?_([^_].*?)_" +
			"(\\d{3,4})\\.(?:tiff?|png|jpe?g)");

	/** Makes the format. */
	public Gen5Format() {
		super(IMAGE, null, "B7_01_1_3_DAPI_001.tif");
	}

	@Override
	public String name() {
		return "gen5";
	}

	@Override
	public String description() {
		return "images of a BioTek Cytation or Lionheart as Gen5 saves them (B7_01_1_3_DAPI_001.tif)";
	}

	@Override
	protected Names names(final Path folder, final List<Path> files, final ScreenOptions options) {
		final Map<String, String> order = new TreeMap<>();
		String first = null;
		for (final Path file : files) {
			final Matcher m = IMAGE.matcher(FolderListing.name(file));
			if (m.matches() && (first == null || m.group(2).compareTo(first) < 0)) first = m.group(2);
		}
		final String read = first;
		return new Names() {

			@Override
			public Entry entry(final Matcher m) {
				final String channel = m.group(6) +
					(m.group(2).equals(read) ? "" : " (read " + Integer.parseInt(m.group(2)) + ")");
				order.putIfAbsent(m.group(2) + String.format("%04d", Integer.parseInt(m.group(3))), channel);
				return new Entry("", Wells.normalize(m.group(1)), m.group(4), channel, Integer.parseInt(m.group(7)),
					m.group(5) == null ? 1 : Integer.parseInt(m.group(5)), Map.of());
			}

			@Override
			public List<String> order(final Set<String> channels) {
				final List<String> ordered = new ArrayList<>(new LinkedHashSet<>(order.values()));
				Names.super.order(channels).stream()
					.filter(channel -> !ordered.contains(channel))
					.forEach(ordered::add);
				return ordered;
			}
		};
	}
}
