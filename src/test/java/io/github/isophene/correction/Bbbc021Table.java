// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.isophene.WholeBbbc021;
import io.github.isophene.profiles.ProfileTable;

/** The wells of BBBC021 with plate, batch (week), well, control role, compound, concentration and mechanism. */
final class Bbbc021Table {

	private Bbbc021Table() {}

	static ProfileTable wells(final Path folder) throws IOException {
		final Map<String, String[]> treatments = new HashMap<>();
		try (BufferedReader in = new BufferedReader(
			new InputStreamReader(new GZIPInputStream(Files.newInputStream(folder.resolve("BBBC021_v1_image.csv.gz"))),
				StandardCharsets.UTF_8));
			CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(in))
		{
			for (final NamedCsvRecord row : csv) {
				treatments.put(
					row.getField("Image_Metadata_Plate_DAPI") + "/" + row.getField("Image_Metadata_Well_DAPI"),
					new String[]{row.getField("Image_Metadata_Compound"),
						row.getField("Image_Metadata_Concentration")});
			}
		}
		final Map<String, String> mechanisms = new HashMap<>();
		try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
			.ofNamedCsvRecord(Files.newBufferedReader(folder.resolve("BBBC021_v1_moa.csv"))))
		{
			for (final NamedCsvRecord row : csv) {
				mechanisms.put(row.getField("compound") + "/" + Double.parseDouble(row.getField("concentration")),
					row.getField("moa"));
			}
		}
		ProfileTable table = WholeBbbc021.read(folder.resolve("per_well_mean.csv.gz"));
		final int n = table.rowCount();
		final String[][] columns = new String[6][n];
		for (int row = 0; row < n; row++) {
			final String plate = table.metadata("Image_Metadata_Plate", row);
			final String[] treatment = treatments.get(plate + "/" + table.metadata("Image_Metadata_Well", row));
			columns[0][row] = plate;
			columns[1][row] = plate.substring(0, plate.indexOf('_'));
			columns[2][row] = treatment[0].equals("DMSO") ? "negcon" : "trt";
			columns[3][row] = treatment[0];
			columns[4][row] = treatment[1];
			columns[5][row] = mechanisms.getOrDefault(treatment[0] + "/" + Double.parseDouble(treatment[1]), "");
		}
		final List<String> names = List.of("Metadata_Plate", "Metadata_Batch", "Metadata_pert_type", "Metadata_Label",
			"Metadata_Concentration", "Metadata_moa");
		for (int i = 0; i < names.size(); i++) table = table.withMetadata(names.get(i), columns[i]);
		return table;
	}
}
