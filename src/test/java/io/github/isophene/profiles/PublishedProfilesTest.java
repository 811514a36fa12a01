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
import org.junit.jupiter.params.provider.MethodSource;

/** Profiles that others have published; where they are absent, tables of our own in the same layouts. */
class PublishedProfilesTest {

	private static final List<String> PUBLISHED = List.of(
		"inputs/profiles/source_4/workspace/profiles/2021_04_26_Batch1/BR00117037/BR00117037.parquet, 384, 3, 3", //
		"inputs/profiles/source_13/workspace/profiles/20220914_Run1/CP-CC9-R1-04/CP-CC9-R1-04.parquet, 382, 3, 3", //
		"inputs/profiles/source_molglue/workspace/profiles/2021_04_17_Batch1/BR00121328/BR00121328.parquet, 384, 3, 3",
		"outputs/pipeline_1_trimmed_public/profiles_var_mad_int_featselect_harmony.parquet, 2264, 4, 3", //
		"outputs/orf_efficientnet_trimmed_public/profiles_dropna_wellpos_cc_var_mad_outlier_featselect.parquet, 730, " +
			"4, 6");

	@Test
	void bbbc021AsCellProfilerWroteIt() throws IOException {
		final ProfileTable table = ProfileFile.read(SharedData.orMiniature("bbbc021/per_well_mean.csv.gz"));
		if (!SharedData.has("bbbc021")) {
			assertEquals(128, table.rowCount());
			assertEquals(24, table.featureCount());
			assertEquals(Set.of("Image_Metadata_Plate", "Image_Metadata_Well", "Cells_Number_Object_Number",
				"Cells_Parent_Nuclei", "Nuclei_Number_Object_Number"), Set.copyOf(table.metadataColumns()));
			assertEquals("Week1_1000", table.metadata("Image_Metadata_Plate", 0));
			assertEquals("B03", table.metadata("Image_Metadata_Well", 1));
			assertEquals(10.42526f, table.feature(0, table.featureIndex("Cells_AreaShape_0")));
			assertEquals(8, table.rowsBy(List.of("Image_Metadata_Plate")).size());
			return;
		}
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

	/** Files with their numbers of rows, columns of metadata and features. */
	static List<String> tables() {
		final String plates = "inputs/profiles/source_m/workspace/profiles/";
		return SharedData.has("jump-pipeline") ? PUBLISHED : List.of(plates + "Batch0/P00/P00.parquet, 96, 3, 6",
			plates + "Batch1/P11/P11.parquet, 96, 3, 6",
			"outputs/controls_public/profiles_var_mad_int_featselect.parquet, 384, 4, 4",
			"outputs/controls_public/profiles_var_mad_int_featselect_harmony.parquet, 384, 4, 4",
			"outputs/controls_public/profiles_var_mad_int_featselect_sphering_harmony.parquet, 384, 4, 4");
	}

	@ParameterizedTest
	@MethodSource("tables")
	void jumpProfiles(final String line) throws IOException {
		final String[] values = line.split(", *");
		final ProfileTable table = ProfileFile.read(SharedData.orMiniature("jump-pipeline/" + values[0]));
		assertEquals(Integer.parseInt(values[1]), table.rowCount());
		assertEquals(Integer.parseInt(values[3]), table.featureCount());
		assertEquals(Integer.parseInt(values[2]), table.metadataColumns().size());
	}

	@Test
	void jumpEmbeddingsInListColumns() throws IOException {
		final boolean published = SharedData.has("jump-pipeline");
		final String plate = published ? "/source_4/workspace/profiles/2021_04_26_Batch1/BR00117037/BR00117037.parquet"
			: "/source_m/workspace/profiles/Batch0/P00/P00.parquet";
		final List<String> notes = new ArrayList<>();
		final ProfileTable cnn = ProfileFile
			.read(SharedData.orMiniature("jump-pipeline/inputs/profiles_cpcnn" + (published ? "_zenodo_7114558" : "") +
				plate), notes::add);
		assertEquals(published ? 384 : 96, cnn.rowCount());
		assertEquals(List.of("all_emb_0001", "all_emb_0002", "all_emb_0003"), cnn.featureColumns());
		assertEquals(List.of("source", "batch", "plate", "well"), cnn.metadataColumns());
		assertTrue(notes.get(0).endsWith("source, batch, plate, well"), notes::toString);
		final ProfileTable net = ProfileFile.read(SharedData.orMiniature("jump-pipeline/inputs/profiles_efficientnet" +
			(published ? "_v2_imagenet21k_s_feature_vector_2_0260bc96" : "") + plate));
		assertEquals(published ? List.of("agp_emb_0001", "dna_emb_0001", "er_emb_0001", "mito_emb_0001", "rna_emb_0001")
			: List.of("agp_emb_0001", "dna_emb_0001"), net.featureColumns());
	}

	@Test
	void aTableWithoutFeaturesAndAFileThatWasNotDownloaded() {
		final boolean published = SharedData.has("jump-pipeline");
		final Path plates = SharedData.orMiniature("jump-pipeline/inputs/profiles/source_" +
			(published ? "molglue" : "m") + "/workspace/metadata/plate.parquet");
		assertTrue(
			assertThrows(IOException.class, () -> ProfileFile.read(plates)).getMessage().contains("no features"));
		final Path stub = SharedData.orMiniature("jump-pipeline/outputs/" +
			(published ? "compound_trimmed_gpu" : "stub") + "_public/profiles_var_mad_int_featselect.parquet");
		assertTrue(assertThrows(IOException.class, () -> ProfileFile.read(stub)).getMessage().contains("PAR1"));
	}
}
