// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.FileNameFormat;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.PlateFolders;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.WellNumbers;
import io.github.isophene.screen.Wells;
import org.scijava.plugin.Plugin;

/**
 * Acquisitions of a Yokogawa CV7000, CV8000 or CQ1: {@code plate_A01_T0001F001L01A01Z01C01.tif} or
 * {@code W0001F0001T0001Z001C1.tif}, in a folder or in {@code Image} below it, with {@code MeasurementData.mlf},
 * {@code MeasurementDetail.mrf} and the protocol ({@code .mes}) where they were copied along.
 * <p>
 * Channels have the protocol's names (fluorophore, else target), else {@code C01}, {@code C02}... The plate is named
 * as in the files' names, else as in the {@code .mrf}, else after its folder. A channel that several actions took of
 * one field at one time gives a channel each. Maximum projections are projections of their channel; minimum and sum
 * projections are left out.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "yokogawa")
public class YokogawaFormat extends FileNameFormat {

	private static final Pattern IMAGE = Pattern
		.compile("(?i)(?:(.+)_([A-Z]{1,2}\\d{1,2})_T(\\d+)F(\\d+)L(\\d+)A(\\d+)Z(\\d+)C(\\d+)|" +
			"W(\\d{1,4})F(\\d+)T(\\d+)Z(\\d+)C(\\d+))\\.(?:tiff?|png)");
	private static final Pattern INSIDE = Pattern.compile("(?i)[/\\\\](?:images?|projection)$");
	private static final Pattern METADATA = Pattern.compile("(?i).*\\.(?:mlf|mrf|mes)");

	/** Makes the format. */
	public YokogawaFormat() {
		super(IMAGE, INSIDE, "plate_A01_T0001F001L01A01Z01C01.tif");
	}

	@Override
	public String name() {
		return "yokogawa";
	}

	@Override
	public String description() {
		return "Yokogawa CV7000, CV8000 or CQ1 acquisition: its folder, MeasurementData.mlf, or a folder of several";
	}

	@Override
	protected Path folder(final Path source) {
		if (Files.isDirectory(source)) return source;
		return METADATA.matcher(FolderListing.name(source)).matches() ? source.toAbsolutePath().normalize().getParent()
			: null;
	}

	@Override
	protected Names names(final Path folder, final List<Path> files, final ScreenOptions options) throws IOException {
		return new Plate(folder, YokogawaMetadata.read(folder), files, options);
	}

	/** Numbers that a file's name, or its record, holds. */
	private record Image(String plate, String well, int time, int field, String action, int plane, int channel) {

		/** Position of an image, without what tells actions apart. */
		List<Object> place() {
			return List.of(plate, well, time, field, plane, channel);
		}
	}

	private static final class Plate implements Names {

		private final YokogawaMetadata metadata;
		private final String named;
		private final WellNumbers wells;
		private final Set<Integer> split = new HashSet<>();
		private final Map<Integer, String> firstAction = new HashMap<>();
		private boolean left;

		Plate(final Path folder, final YokogawaMetadata metadata, final List<Path> files, final ScreenOptions options) {
			this.metadata = metadata;
			this.named = metadata.plate().isEmpty() ? PlateFolders.name(folder, INSIDE) : metadata.plate();
			int largest = 1;
			boolean counted = false;
			for (final Path file : files) {
				final Matcher m = IMAGE.matcher(FolderListing.name(file));
				if (!m.matches() || m.group(9) == null) continue;
				counted = true;
				largest = Math.max(largest, Integer.parseInt(m.group(9)));
			}
			wells = metadata.columns() > 0 ? new WellNumbers(metadata.columns()) : WellNumbers.upTo(largest);
			if (counted && metadata.columns() == 0 && metadata.records().isEmpty())
				options.warnings()
					.accept(folder +
						" counts wells, and has no MeasurementDetail.mrf that tells the columns of the plate: they " +
						"are taken for those of a plate with " + Count.of(wells.wells(), "well") + ", row by row");
			actions(files);
			for (final YokogawaMetadata.ImageRecord entry : metadata.records().values()) left |= entry.isLeftOut();
			if (left) options.warnings().accept(folder + " has minimum or sum projections, which are left out");
		}

		/** Finds the channels that more than one action took of the same field, time and plane. */
		private void actions(final List<Path> files) {
			final Map<List<Object>, String> taken = new HashMap<>();
			for (final Path file : files) {
				final Matcher m = IMAGE.matcher(FolderListing.name(file));
				if (!m.matches()) continue;
				final Image image = image(m);
				firstAction.merge(image.channel, image.action, (a, b) -> a.compareTo(b) <= 0 ? a : b);
				final String other = taken.putIfAbsent(image.place(), image.action);
				if (other != null && !other.equals(image.action)) split.add(image.channel);
			}
		}

		@Override
		public Entry entry(final Matcher m) {
			final YokogawaMetadata.ImageRecord entry = metadata.records().get(m.group().toLowerCase(Locale.ROOT));
			if (entry != null && entry.isLeftOut()) return null;
			final Image image = image(m);
			final String well = entry == null || entry.well().isEmpty() ? image.well : entry.well();
			String channel = metadata.channel(image.channel);
			if (split.contains(image.channel) && !image.action.equals(firstAction.get(image.channel)))
				channel += " (" + image.action + ")";
			return new Entry(image.plate.isEmpty() ? named : image.plate, Wells.normalize(well),
				String.valueOf(image.field), channel, image.time,
				entry != null && entry.isProjection() ? ScreenBuilder.PROJECTION : image.plane, Map.of());
		}

		private Image image(final Matcher m) {
			if (m.group(9) != null)
				return new Image("", wells.name(Integer.parseInt(m.group(9))), Integer.parseInt(m.group(11)),
					Integer.parseInt(m.group(10)), "", Integer.parseInt(m.group(12)), Integer.parseInt(m.group(13)));
			return new Image(m.group(1), m.group(2), Integer.parseInt(m.group(3)), Integer.parseInt(m.group(4)),
				"L" + m.group(5) + "A" + m.group(6), Integer.parseInt(m.group(7)), Integer.parseInt(m.group(8)));
		}

		@Override
		public List<String> order(final Set<String> channels) {
			return metadata.order(channels, Names.super.order(channels));
		}
	}
}
