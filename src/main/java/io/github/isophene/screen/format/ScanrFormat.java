// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.screen.FileNameFormat;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * Acquisitions of an Olympus ScanR: {@code A1--W00001--P00001--Z00000--T00000--GFP.tif}, in a folder or in {@code data}
 * below it.
 * <p>
 * The text before {@code --W} is the well where it is one; without it, wells are counted row by row, on a plate with
 * the columns that {@code experiment_descriptor.xml} beside {@code data} tells, else on the smallest that has as many.
 * Channels come in the order of that file, else by name. Positions are sites; of several z and t,
 * see {@link io.github.isophene.screen.ScreenBuilder}.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "scanr", priority = Priority.LOW)
public class ScanrFormat extends FileNameFormat {

	private static final Pattern IMAGE = Pattern
		.compile("(?i)(?:(.*?)--)?W(\\d{1,5})--P(\\d{5})--Z(\\d{1,5})--T(\\d{1,5})--(.+?)" + "(?:\\.ome)?\\.tiff?");

	/** Makes the format. */
	public ScanrFormat() {
		super(IMAGE, null, "A1--W00001--P00001--Z00000--T00000--GFP.tif");
	}

	@Override
	public String name() {
		return "scanr";
	}

	@Override
	public String description() {
		return "Olympus ScanR acquisition: the folder of a plate, or a folder of several";
	}

	@Override
	protected Names names(final Path folder, final List<Path> files, final ScreenOptions options)
		throws IOException
	{
		final ScanrDescriptor descriptor = ScanrDescriptor.of(folder, options);
		final CountedWells wells = new CountedWells(folder, files, IMAGE, 2, new int[]{1}, descriptor.columns(),
			options);
		return new Names() {

			@Override
			public Entry entry(final Matcher m) {
				return new Entry("", wells.name(m), number(m.group(3)), m.group(6), Integer.parseInt(m.group(5)), //
					Integer.parseInt(m.group(4)), Map.of());
			}

			@Override
			public List<String> order(final Set<String> channels) {
				return descriptor.order(Names.super.order(channels));
			}
		};
	}

	private static String number(final String digits) {
		return String.valueOf(Integer.parseInt(digits));
	}
}
