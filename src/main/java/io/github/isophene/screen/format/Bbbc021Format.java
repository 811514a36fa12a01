// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.MetadataMap;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.SiteNames;
import io.github.isophene.screen.TableFile;
import io.github.isophene.screen.Wells;
import io.github.isophene.storage.NetworkShare;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * BBBC021 (Caie et al. 2010; Broad Bioimage Benchmark Collection):
 * {@code BBBC021_v1_image.csv} and, where it lies beside it,
 * {@code BBBC021_v1_moa.csv}.
 * <p>
 * The batch is the week, the text before {@code _} of the plate's name; DMSO is
 * the negative control. The mechanism of action is joined on compound and
 * concentration, compared as numbers ({@code 3e-4} is {@code 0.000300}). Images
 * are expected as the table says ({@code Week1/Week1_22123/...}) or as the
 * archives unpack ({@code Week1_22123/...}).
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "bbbc021", priority = Priority.HIGH)
public class Bbbc021Format extends TableFormat {

	private static final String FILE = "Image_FileName_";
	private static final String FOLDER = "Image_PathName_";
	private static final String PLATE = "Image_Metadata_Plate_DAPI";
	private static final String WELL = "Image_Metadata_Well_DAPI";
	private static final String COMPOUND = "Image_Metadata_Compound";
	private static final String CONCENTRATION = "Image_Metadata_Concentration";
	private static final List<String> CHANNELS = List.of("DAPI", "Tubulin", "Actin");
	private static final Pattern SITE = Pattern.compile("_s(\\d+)_w");

	private static final Pattern TABLE = Pattern.compile("(?i)BBBC021_.*image\\.csv(\\.gz)?");
	private static final Pattern MOA = Pattern.compile("(?i)BBBC021_v1_moa\\.csv(\\.gz)?");

	/** Read as they are: name in the table, name here. */
	private static final List<String> FURTHER = List.of("Replicate", "TableNumber", "ImageNumber");

	/** The format. */
	public Bbbc021Format() {
		super(TABLE, "BBBC021_v1_image.csv", CHANNELS, required());
	}

	@Override
	public String name() {
		return "bbbc021";
	}

	@Override
	public String description() {
		return "BBBC021: the folder of BBBC021_v1_image.csv and the images, or that file";
	}

	@Override
	RowReader rows(final TableFile file) throws IOException {
		final Path csv = file.path();
		final Map<List<Object>, String> moas = moas(csv);
		final int plate = file.column(PLATE);
		final int well = file.column(WELL);
		final List<String> names = new ArrayList<>(
			List.of("Metadata_Batch", ControlTypes.COLUMN, "Metadata_Compound", "Metadata_Concentration"));
		if (moas != null) names.add("Metadata_moa");
		final List<String> further = FURTHER.stream().filter(c -> file.column(c) >= 0).toList();
		further.forEach(c -> names.add("Metadata_" + c));
		final MetadataMap.ColumnNames columns = new MetadataMap.ColumnNames(names);
		final Map<String, String> folders = new HashMap<>();
		final SiteNames sites = new SiteNames(file);
		return row -> {
			final String plateName = file.intern(row.get(plate));
			final String compound = row.get(file.column(COMPOUND));
			final String concentration = row.get(file.column(CONCENTRATION));
			final List<String> values = new ArrayList<>();
			values.add(plateName.replaceFirst("_.*", ""));
			values.add(compound.equals("DMSO") ? ControlTypes.NEGATIVE : ControlTypes.TREATMENT);
			values.add(compound);
			values.add(concentration);
			final String wellName = file.intern(Wells.normalize(row.get(well)));
			if (moas != null) values.add(moas.getOrDefault(List.of(compound, number(file, row, concentration)), ""));
			for (final String column : further) values.add(row.get(file.column(column)));
			values.replaceAll(file::intern);
			final Matcher number = SITE.matcher(row.get(file.column(FILE + "DAPI")));
			final String site = sites.name(row, plateName, wellName, number.find() ? number.group(1) : null);
			final List<Plane> planes = new ArrayList<>();
			for (final String channel : CHANNELS) {
				final String folder = row.get(file.column(FOLDER + channel));
				final String name = row.get(file.column(FILE + channel));
				planes
					.add(name.isEmpty() ? null : Plane.of(folders.computeIfAbsent(folder, f -> folder(csv, f)) + name));
			}
			return new Field(plateName, wellName, site, new MetadataMap(columns, values.toArray(String[]::new)),
				planes);
		};
	}

	/** The folder the table names, or the one the archive made, whichever is there. */
	private static String folder(final Path csv, final String named) {
		NetworkShare.refuse(named);
		final Path root = csv.toAbsolutePath().normalize().getParent();
		final Path asNamed = root.resolve(named).normalize();
		final Path unpacked = root.resolve(FolderListing.name(Path.of(named))).normalize();
		return (!Files.isDirectory(asNamed) && Files.isDirectory(unpacked) ? unpacked : asNamed) + "/";
	}

	private static Map<List<Object>, String> moas(final Path csv) throws IOException {
		final List<Path> beside = FolderListing.files(csv.toAbsolutePath().getParent(), MOA);
		if (beside.isEmpty()) return null;
		final Map<List<Object>, String> moas = new HashMap<>();
		try (final TableFile file = TableFile.open(beside.get(0))) {
			final String remedy = "take the file as it was published, or move it away";
			final int compound = file.require("compound", remedy);
			final int concentration = file.require("concentration", remedy);
			final int moa = file.require("moa", remedy);
			for (TableFile.Row row = file.next(); row != null; row = file.next()) {
				moas.put(List.of(row.get(compound), number(file, row, row.get(concentration))), row.get(moa));
			}
		}
		return moas;
	}

	/** A concentration as a number, equal for equal values however written. */
	private static Object number(final TableFile file, final TableFile.Row row, final String text) throws IOException {
		try {
			return new BigDecimal(text).stripTrailingZeros();
		}
		catch (final NumberFormatException e) {
			throw file.problem(row.line(), "'" + text + "' is no concentration: expected a number such as 0.3 or 3e-4");
		}
	}

	private static List<String> required() {
		final List<String> needed = new ArrayList<>(List.of(PLATE, WELL, COMPOUND, CONCENTRATION));
		for (final String channel : CHANNELS) needed.addAll(List.of(FILE + channel, FOLDER + channel));
		return needed;
	}
}
