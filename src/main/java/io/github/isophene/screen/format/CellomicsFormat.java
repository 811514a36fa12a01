// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.isophene.screen.FileNameFormat;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.Wells;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * Images of a Thermo Cellomics ArrayScan as TIFF: {@code AS_09125_050116030001_D03f00d0.tif}, that is plate, well,
 * field and channel, the last two from 0. Channels are named {@code d0}, {@code d1}... The instrument's own
 * {@code .DIB} and {@code .C01} files are left to Bio-Formats.
 */
@Plugin(type = ScreenFormat.class, name = "cellomics", priority = Priority.LOW)
public class CellomicsFormat extends FileNameFormat {

	private static final Pattern IMAGE = Pattern
		.compile("(?i)(.+?)_([A-P]\\d{1,2})f(\\d{2,4})d(\\d{1,2})(?:\\.ome)?\\.(?:tiff?|png|jpe?g)");

	/** Makes the format. */
	public CellomicsFormat() {
		super(IMAGE, null, "AS_09125_050116030001_D03f00d0.tif");
	}

	@Override
	public String name() {
		return "cellomics";
	}

	@Override
	public String description() {
		return "Cellomics ArrayScan images as TIFF (plate_D03f00d0.tif)";
	}

	@Override
	protected Names names(final Path folder, final List<Path> files, final ScreenOptions options) {
		return m -> new Entry(m.group(1), Wells.normalize(m.group(2)), String.valueOf(Integer.parseInt(m.group(3))),
			"d" + Integer.parseInt(m.group(4)), 1, 1, Map.of());
	}
}
