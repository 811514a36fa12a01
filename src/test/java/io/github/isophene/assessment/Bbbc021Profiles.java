// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.isophene.SharedData;
import io.github.isophene.WholeBbbc021;
import io.github.isophene.metrics.ColumnRoles;
import io.github.isophene.profiles.ProfileTable;

/**
 * The BBBC021 table: 632 wells, 516 features, with compound, concentration, mode of action and batch; where it is
 * absent, the small simulated table in the same layout.
 */
public final class Bbbc021Profiles {

	public static final ColumnRoles ROLES = new ColumnRoles("Metadata_moa", "Metadata_Batch", "Metadata_Plate",
		"Metadata_Well", List.of("Metadata_Compound", "Metadata_Concentration"), "Metadata_Compound", Set.of("DMSO"));

	private Bbbc021Profiles() {}

	/** The values as they were measured. */
	public static ProfileTable raw() throws IOException {
		final ProfileTable table = WholeBbbc021.read(SharedData.orMiniature("bbbc021/per_well_mean.csv.gz"));
		final Map<String, String[]> wells = new HashMap<>();
		final List<List<String>> images = records(
			new GZIPInputStream(Files.newInputStream(SharedData.orMiniature("bbbc021/BBBC021_v1_image.csv.gz"))));
		final List<String> header = images.get(0);
		final int plateColumn = header.indexOf("Image_Metadata_Plate_DAPI");
		final int wellColumn = header.indexOf("Image_Metadata_Well_DAPI");
		final int compoundColumn = header.indexOf("Image_Metadata_Compound");
		final int doseColumn = header.indexOf("Image_Metadata_Concentration");
		for (final List<String> cells : images.subList(1, images.size())) {
			wells.put(cells.get(plateColumn) + "\n" + cells.get(wellColumn),
				new String[]{cells.get(compoundColumn), number(cells.get(doseColumn))});
		}
		final Map<String, String> moas = new HashMap<>();
		final List<List<String>> mechanisms = records(
			Files.newInputStream(SharedData.orMiniature("bbbc021/BBBC021_v1_moa.csv")));
		for (final List<String> cells : mechanisms.subList(1, mechanisms.size())) {
			moas.put(cells.get(0) + "\n" + number(cells.get(1)), cells.get(2));
		}
		final int n = table.rowCount();
		final String[][] columns = new String[6][n];
		for (int row = 0; row < n; row++) {
			final String plate = table.metadata("Image_Metadata_Plate", row);
			final String well = table.metadata("Image_Metadata_Well", row);
			final String[] compound = wells.get(plate + "\n" + well);
			columns[0][row] = plate;
			columns[1][row] = well;
			columns[2][row] = plate.substring(0, plate.indexOf('_'));
			columns[3][row] = compound[0];
			columns[4][row] = compound[1];
			columns[5][row] = moas.getOrDefault(compound[0] + "\n" + compound[1], "");
		}
		ProfileTable joined = table;
		final List<String> names = List.of("Metadata_Plate", "Metadata_Well", "Metadata_Batch", "Metadata_Compound",
			"Metadata_Concentration", "Metadata_moa");
		for (int c = 0; c < names.size(); c++) joined = joined.withMetadata(names.get(c), columns[c]);
		return joined.selectMetadata(names);
	}

	/** The values as z-scores of all DMSO wells. */
	public static ProfileTable standardized() throws IOException {
		final ProfileTable raw = raw();
		final int d = raw.featureCount();
		final double[] mean = new double[d];
		final double[] sd = new double[d];
		for (int c = 0; c < d; c++) {
			double sum = 0;
			double squares = 0;
			int n = 0;
			for (int row = 0; row < raw.rowCount(); row++) {
				if (!raw.metadata("Metadata_Compound", row).equals("DMSO")) continue;
				sum += raw.feature(row, c);
				n++;
			}
			mean[c] = sum / n;
			for (int row = 0; row < raw.rowCount(); row++) {
				if (raw.metadata("Metadata_Compound", row).equals("DMSO"))
					squares += Math.pow(raw.feature(row, c) - mean[c], 2);
			}
			sd[c] = squares == 0 ? 1 : Math.sqrt(squares / n);
		}
		return raw.mapRows(raw.featureColumns(), (row, in, out) -> {
			for (int c = 0; c < d; c++) out[c] = (float) ((in[c] - mean[c]) / sd[c]);
		});
	}

	/** Returns all records, the header first. */
	private static List<List<String>> records(final InputStream file) throws IOException {
		try (CsvReader<
			CsvRecord> records = CsvReader.builder().ofCsvRecord(new InputStreamReader(file, StandardCharsets.UTF_8)))
		{
			return records.stream().map(CsvRecord::getFields).toList();
		}
	}

	/** Concentrations are compared as numbers, and written as Python's %g does. */
	private static String number(final String text) {
		final String plain = String.format(Locale.ROOT, "%.6f", Double.parseDouble(text)).replaceAll("0+$", "");
		return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
	}
}
