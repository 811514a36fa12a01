// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.screen.FileNameFormat;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * Images named by the scheme of the EMBL's light microscopy facility (ALMF), from single-plane OME-TIFF, TIFF or JPEG:
 * {@code plate--A2--empty--W0002--P001--T00001--Z001--C01.ome.tif}, in folders {@code W0002--A2--empty/P001--A2--empty}
 * or in one.
 * <p>
 * The first text names the plate. Of the two texts before {@code --W}, one that is the well in every file names it;
 * what else they say becomes {@code Metadata_Treatment1} and {@code Metadata_Treatment2}. Without a well, numbers
 * count wells row by row, on the smallest plate that has as many.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "embl", priority = Priority.LOW)
public class EmblFormat extends FileNameFormat {

	private static final Pattern IMAGE = Pattern
		.compile("(?i)(.+?)--(.*?)--(.*?)--W(\\d{4,5})--P(\\d{3,5})--T(\\d{4,5})--Z(\\d{3,5})--" +
			"(C\\d{2,3})(?:\\.ome)?\\.(?:tiff?|jpe?g|png)");
	private static final Pattern INSIDE = Pattern.compile("(?i)[/\\\\](?:W\\d{4,5}--[^/\\\\]*|P\\d{3,5}--[^/\\\\]*)$");

	/** Makes the format. */
	public EmblFormat() {
		super(IMAGE, INSIDE, "plate--A2--empty--W0002--P001--T00001--Z001--C01.ome.tif");
	}

	@Override
	public String name() {
		return "embl";
	}

	@Override
	public String description() {
		return "images named by the scheme of the EMBL's ALMF (plate--A2--empty--W0002--P001--T00001--Z001--C01)";
	}

	@Override
	protected Names names(final Path folder, final List<Path> files, final ScreenOptions options) {
		final CountedWells wells = new CountedWells(folder, files, IMAGE, 4, new int[]{2, 3}, 0, options);
		return m -> new Entry(m.group(1), wells.name(m), number(m, 5), m.group(8).toUpperCase(Locale.ROOT), //
			Integer.parseInt(m.group(6)), Integer.parseInt(m.group(7)), treatments(m, wells));
	}

	private static Map<String, String> treatments(final Matcher m, final CountedWells wells) {
		final Map<String, String> metadata = new LinkedHashMap<>();
		for (int i = 1; i <= 2; i++) {
			final String text = m.group(i + 1);
			if (wells.named() == i + 1 || text.isEmpty() || wells.named() > 0 && text.equals(m.group(wells.named())))
				continue;
			metadata.put("Metadata_Treatment" + i, text);
		}
		return metadata;
	}

	private static String number(final Matcher m, final int group) {
		return String.valueOf(Integer.parseInt(m.group(group)));
	}
}
