// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.screen.FileNameFormat;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.Wells;
import org.scijava.plugin.Plugin;

/**
 * Acquisitions of a GE (Cytiva, Molecular Devices) IN Cell Analyzer: of a 2000, 2200 or 6000, {@code A - 01(fld 1 wv
 * DAPI - DAPI).tif} with an {@code .xdce} file beside it or without; of a 3000, {@code Channel 1-01-A-01-00.tif}.
 * <p>
 * A plate is named after its folder. A channel is named by its filters ({@code DAPI}; {@code TL-Brightfield - Cy3}
 * where they differ) in the order of the {@code .xdce}; two with the same filters are told apart by their number
 * ({@code Cy5 wix 5}). A channel without z lies in one plane, whatever the others have.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "incell")
public class InCellFormat extends FileNameFormat {

	private static final Pattern IMAGE = Pattern
		.compile("(?i)(?:(?:.*_)?([A-Z]{1,2}) - (\\d{1,3})\\(fld (\\d+)(?: wv (.+?))?" +
			"((?: wix \\d+| z \\d+| ?- ?time \\d+ - \\d+ ms| time \\d+ - \\d+ ms)*)\\)|" +
			"(Channel ?\\d+)-(\\d{2,4})-([A-P])-(\\d{1,2})(?:-(\\d{2,3}))?)\\.(?:tiff?|png|jpe?g)");
	private static final Pattern INDEX = Pattern.compile("(?i).*\\.xdce");
	private static final Pattern NUMBER = Pattern.compile("(wix|z|time) (\\d+)");

	/** Makes the format. */
	public InCellFormat() {
		super(IMAGE, null, "A - 01(fld 1 wv DAPI - DAPI).tif");
	}

	@Override
	public String name() {
		return "incell";
	}

	@Override
	public String description() {
		return "IN Cell Analyzer acquisition: the folder of a plate, its .xdce, or a folder of several";
	}

	@Override
	protected Path folder(final Path source) {
		if (Files.isDirectory(source)) return source;
		return INDEX.matcher(FolderListing.name(source)).matches() ? source.toAbsolutePath().normalize().getParent()
			: null;
	}

	@Override
	protected Names names(final Path folder, final List<Path> files, final ScreenOptions options) throws IOException {
		final List<String> ordered = InCellWavelengths.read(FolderListing.files(folder, INDEX));
		return new Names() {

			@Override
			public Entry entry(final Matcher m) {
				return m.group(6) == null ? newer(m) : older(m);
			}

			@Override
			public List<String> order(final Set<String> channels) {
				return InCellWavelengths.order(ordered, Names.super.order(channels));
			}
		};
	}

	private static Entry newer(final Matcher m) {
		int time = 1;
		int plane = 1;
		String channel = m.group(4) == null ? "1" : InCellWavelengths.name(m.group(4).replaceFirst("[\\s-]+$", ""));
		final Matcher numbers = NUMBER.matcher(m.group(5).toLowerCase(Locale.ROOT));
		while (numbers.find()) {
			final int number = Integer.parseInt(numbers.group(2));
			switch (numbers.group(1)) {
				case "z" -> plane = number;
				case "time" -> time = number;
				default -> channel += " wix " + number;
			}
		}
		return new Entry("", Wells.of(m.group(1), m.group(2)), number(m.group(3)), channel, time, plane, Map.of());
	}

	private static Entry older(final Matcher m) {
		final String site = m.group(10) == null ? "1" : number(m.group(10));
		return new Entry("", Wells.of(m.group(8), m.group(9)), site, m.group(6), 1, 1, Map.of());
	}

	private static String number(final String digits) {
		return String.valueOf(Integer.parseInt(digits));
	}
}
