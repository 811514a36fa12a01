// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.isophene.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles that others have published. */
class PublishedProfilesTest {

	@Test
	void bbbc021AsCellProfilerWroteIt() throws IOException {
		final ProfileTable table = ProfileFile.read(SharedData.get("bbbc021/per_well_mean.csv.gz"));
		assertEquals(632, table.rowCount());
		assertEquals(510, table.featureCount());
		assertEquals(Set.of("Image_Metadata_Plate", "Image_Metadata_Well", "Cells_Number_Object_Number",
			"Cells_Parent_Nuclei", "Cytoplasm_Number_Object_Number", "Cytoplasm_Parent_Cells",
			"Cytoplasm_Parent_Nuclei", "Nuclei_Number_Object_Number"), Set.copyOf(table.metadataColumns()));
		assertEquals("Week10_40111", table.metadata("Image_Metadata_Plate", 0));
		assertEquals("C02", table.metadata("Image_Metadata_Well", 1));
		assertEquals(2458.1110372340427f, table.feature(0, table.featureIndex("Cells_AreaShape_Area")));
		assertEquals(55, table.rowsBy(List.of("Image_Metadata_Plate")).size());
	}

	@ParameterizedTest
	@CsvSource({ //
		"inputs/profiles/source_4/workspace/profiles/2021_04_26_Batch1/BR00117037/BR00117037.parquet, 384, 3, 3", //
		"inputs/profiles/source_13/workspace/profiles/20220914_Run1/CP-CC9-R1-04/CP-CC9-R1-04.parquet, 382, 3, 3", //
		"inputs/profiles/source_molglue/workspace/profiles/2021_04_17_Batch1/BR00121328/BR00121328.parquet, 384, 3, 3",
		"outputs/pipeline_1_trimmed_public/profiles_var_mad_int_featselect_harmony.parquet, 2264, 4, 3", //
		"outputs/orf_efficientnet_trimmed_public/profiles_dropna_wellpos_cc_var_mad_outlier_featselect.parquet, 730, " +
			"4, 6"})
	void jumpProfiles(final String file, final int rows, final int metadata, final int features) throws IOException {
		final ProfileTable table = ProfileFile.read(SharedData.get("jump-pipeline/" + file));
		assertEquals(rows, table.rowCount());
		assertEquals(features, table.featureCount());
		assertEquals(metadata, table.metadataColumns().size());
	}

	@Test
	void jumpEmbeddingsInListColumns() throws IOException {
		final String plate = "/source_4/workspace/profiles/2021_04_26_Batch1/BR00117037/BR00117037.parquet";
		final List<String> notes = new ArrayList<>();
		final ProfileTable cnn = ProfileFile
			.read(SharedData.get("jump-pipeline/inputs/profiles_cpcnn_zenodo_7114558" + plate), notes::add);
		assertEquals(384, cnn.rowCount());
		assertEquals(List.of("all_emb_0001", "all_emb_0002", "all_emb_0003"), cnn.featureColumns());
		assertEquals(List.of("source", "batch", "plate", "well"), cnn.metadataColumns());
		assertTrue(notes.get(0).endsWith("source, batch, plate, well"), notes::toString);
		final ProfileTable net = ProfileFile.read(SharedData
			.get("jump-pipeline/inputs/profiles_efficientnet_v2_imagenet21k_s_feature_vector_2_0260bc96" + plate));
		assertEquals(List.of("agp_emb_0001", "dna_emb_0001", "er_emb_0001", "mito_emb_0001", "rna_emb_0001"),
			net.featureColumns());
	}

	@Test
	void aTableWithoutFeaturesAndAFileThatWasNotDownloaded() {
		final Path plates = SharedData
			.get("jump-pipeline/inputs/profiles/source_molglue/workspace/metadata/plate.parquet");
		assertTrue(
			assertThrows(IOException.class, () -> ProfileFile.read(plates)).getMessage().contains("no features"));
		final Path stub = SharedData
			.get("jump-pipeline/outputs/compound_trimmed_gpu_public/profiles_var_mad_int_featselect.parquet");
		assertTrue(assertThrows(IOException.class, () -> ProfileFile.read(stub)).getMessage().contains("PAR1"));
	}
}
