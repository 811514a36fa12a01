// SPDX-License-Identifier: BSD-2-Clause
package com.example.isophene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.Wells;
import org.scijava.plugin.Plugin;

/** A plate as a folder with one folder per well, and in it one image per channel: {@code plate1/A01/DNA.tif}. */
@Plugin(type = ScreenFormat.class, name = "well-folders")
public class WellFolderFormat implements ScreenFormat {

	private static final Pattern IMAGE = Pattern.compile("(?i)[^.].*\\.tiff?");
	private static final Pattern WELL = Pattern.compile("[A-P]\\d\\d");

	@Override
	public String name() {
		return "well-folders";
	}

	@Override
	public String description() {
		return "A folder of a plate with one folder per well (A01), and in it one TIFF per channel (DNA.tif)";
	}

	@Override
	public Optional<String> reject(final Path source) throws IOException {
		if (!Files.isDirectory(source)) return Optional.of("it is a file");
		for (final Path well : FolderListing.folders(source)) {
			if (isWell(well) && FolderListing.any(well, IMAGE)) return Optional.empty();
		}
		return Optional.of("there is no folder of a well with TIFF files in it");
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		final ScreenBuilder builder = new ScreenBuilder();
		final String plate = FolderListing.name(source);
		final Set<String> channels = new TreeSet<>();
		for (final Path well : FolderListing.folders(source)) {
			if (!isWell(well)) continue;
			for (final Path file : FolderListing.files(well, IMAGE)) {
				final String channel = FolderListing.name(file).replaceFirst("\\.[^.]*$", "");
				channels.add(channel);
				final String name = Wells.normalize(FolderListing.name(well));
				builder.add(new ScreenBuilder.Image(plate, name, "1", channel, 0, 0),
					Plane.of(FolderListing.absolute(file)), Map.of());
			}
		}
		return builder.build(channels);
	}

	private static boolean isWell(final Path folder) {
		return WELL.matcher(FolderListing.name(folder)).matches();
	}
}
