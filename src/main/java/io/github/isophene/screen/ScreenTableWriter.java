// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.CsvCell;

/** Writes a screen as a {@link ScreenTable}. */
final class ScreenTableWriter {

	private final Screen screen;
	private final Path table;
	private final ImagePaths paths;
	private final List<String> metadata;
	private final boolean[] files;
	private final boolean[] urls;
	private final boolean[] series;
	private final boolean[] frames;
	private final boolean[] illuminations;
	private final boolean[] illuminationFrames;

	ScreenTableWriter(final Screen screen, final Path table) {
		this.screen = screen;
		this.table = table.toAbsolutePath().normalize();
		this.paths = new ImagePaths(this.table);
		this.metadata = screen.metadataColumns();
		final int channels = screen.channels().size();
		this.files = new boolean[channels];
		this.urls = new boolean[channels];
		this.series = new boolean[channels];
		this.frames = new boolean[channels];
		this.illuminations = new boolean[channels];
		this.illuminationFrames = new boolean[channels];
		for (final Field field : screen.fields()) {
			for (int c = 0; c < channels; c++) {
				final Plane plane = field.planes().get(c);
				if (plane == null) continue;
				if (plane.isUrl()) urls[c] = true;
				else files[c] = true;
				if (plane.hasSeries()) series[c] = true;
				if (plane.frame() != 0) frames[c] = true;
				if (plane.illumination() == null) continue;
				illuminations[c] = true;
				if (plane.illumination().frame() != 0) illuminationFrames[c] = true;
			}
		}
	}

	void write() throws IOException {
		AtomicFile.write(table, part -> {
			try (OutputStream out = out(part);
				CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8))
			{
				csv.writeRecord(header().stream().map(CsvCell::written).toList());
				for (final Field field : screen.fields())
					csv.writeRecord(row(field).stream().map(CsvCell::written).toList());
			}
		});
	}

	private OutputStream out(final Path part) throws IOException {
		final OutputStream out = Files.newOutputStream(part);
		return table.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? new GZIPOutputStream(out, 1 << 16) : out;
	}

	private List<String> header() {
		final List<String> header = new ArrayList<>();
		for (int c = 0; c < files.length; c++) {
			final String image = ImageColumns.ORIG + screen.channels().get(c);
			// a channel that is missing everywhere keeps its place by its columns
			if (files[c] || !urls[c]) {
				header.add(ImageColumns.FILE + image);
				header.add(ImageColumns.PATH + image);
			}
			if (urls[c]) header.add(ImageColumns.URL + image);
			if (series[c]) header.add(ImageColumns.SERIES + image);
			if (frames[c]) header.add(ImageColumns.FRAME + image);
			if (!illuminations[c]) continue;
			final String function = ImageColumns.ILLUM + screen.channels().get(c);
			header.add(ImageColumns.FILE + function);
			header.add(ImageColumns.PATH + function);
			if (illuminationFrames[c]) header.add(ImageColumns.FRAME + function);
		}
		header.addAll(metadata);
		return header;
	}

	private List<String> row(final Field field) {
		final List<String> row = new ArrayList<>();
		for (int c = 0; c < files.length; c++) {
			final Plane plane = field.planes().get(c);
			final boolean url = plane != null && plane.isUrl();
			final boolean file = plane != null && !url;
			if (files[c] || !urls[c]) {
				row.add(file ? paths.fileName(plane.path()) : "");
				row.add(file ? paths.pathName(plane.path()) : "");
			}
			if (urls[c]) row.add(url ? plane.path() : "");
			if (series[c]) row.add(plane == null || !plane.hasSeries() ? "" : String.valueOf(plane.series()));
			if (frames[c]) row.add(plane == null ? "" : String.valueOf(plane.frame()));
			if (!illuminations[c]) continue;
			final Plane function = plane == null ? null : plane.illumination();
			row.add(function == null ? "" : paths.fileName(function.path()));
			row.add(function == null ? "" : paths.pathName(function.path()));
			if (illuminationFrames[c]) row.add(function == null ? "" : String.valueOf(function.frame()));
		}
		for (final String column : metadata) row.add(field.get(column));
		return row;
	}
}
