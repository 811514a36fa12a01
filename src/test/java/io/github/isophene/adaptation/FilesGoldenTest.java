// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.commands.AdaptAndPredict;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.script.ScriptService;

/**
 * From 16-bit TIFF files, through the command, the probabilities are those of the published arithmetic:
 * src/test/python/golden_from_files.py.
 */
class FilesGoldenTest {

	private static final double TOLERANCE = 1e-5;
	private static final int CLASSES = 3;

	@TempDir
	static Path folder;

	private static Context context;
	private static String models;
	private static List<String[]> golden;

	@BeforeAll
	static void unpack() throws IOException {
		context = new Context();
		ScriptEngines.addTo(context.service(ScriptService.class));
		try (ZipInputStream zip = new ZipInputStream(FilesGoldenTest.class.getResourceAsStream("files/files.zip"))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				Files.copy(zip, folder.resolve(entry.getName()));
			}
		}
		final List<String> files = new ArrayList<>();
		for (final String member : List.of("first", "second")) {
			files.add(folder.resolve(member + ".zip").toString());
			ModelFile.write(model(member), Path.of(files.get(files.size() - 1)));
		}
		models = String.join(",", files);
		try (InputStream in = FilesGoldenTest.class.getResourceAsStream("files/golden.csv");
			BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)))
		{
			golden = reader.lines()
				.filter(line -> !line.startsWith("#") && !line.startsWith("plate,"))
				.map(line -> line.split(","))
				.toList();
		}
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	private static Model model(final String member) {
		final Architecture architecture = Architecture.of("resnet50-aa", 2, 4, CLASSES);
		final StateDict weights = new StateDict();
		architecture.parameters().forEach((name, shape) -> {
			final ReferenceSplitMix random = new ReferenceSplitMix(member + " " + name);
			final float[] values = new float[NamedTensor.count(shape)];
			final double fanIn = (double) values.length / shape[0];
			for (int i = 0; i < values.length; i++) values[i] = (float) value(name, shape, fanIn, random.next());
			weights.put(name, shape, values);
		});
		return new Model(new ModelCard(member, "", architecture, ModelCard.Input.ALL_CHANNELS, List.of("DNA", "ER"), 64,
			"nearest:2", "clip8+fixed:0.0913,0.088:0.1152,0.1075", List.of("a", "b", "c"), "label",
			StatisticsOrigin.JOINT, Map.of()), weights);
	}

	private static double value(final String name, final long[] shape, final double fanIn, final double u) {
		if (shape.length == 4) return (2 * u - 1) * Math.sqrt(6 / fanIn);
		if (name.equals("fc.weight")) return (2 * u - 1) * Math.sqrt(20 / fanIn);
		if (name.endsWith("running_var")) return 1;
		if (name.endsWith("bn3.weight")) return 0.1 + 0.1 * u;
		if (name.endsWith(".weight")) return 0.25 + 0.5 * u;
		return 0.2 * (2 * u - 1);
	}

	/** Plate and query to probabilities and entropy. */
	private static Map<String, double[]> predict(final String statistics) throws Exception {
		final Path file = folder.resolve(statistics + ".parquet");
		context.service(CommandService.class)
			.run(AdaptAndPredict.class, true, "screen", folder.resolve("screen.csv").toFile(), "model", models,
				"predictions", file.toFile(), "statistics", statistics, "tiles", "center", "queries", 4,
				"controlsperepisode", 6, "controls", "Metadata_pert_type=negcon", "device", "cpu", "drift", false)
			.get();
		final ProfileTable table = ProfileFile.read(file);
		final Map<String, double[]> found = new LinkedHashMap<>();
		for (int row = 0; row < table.rowCount(); row++) {
			final double[] values = new double[CLASSES + 1];
			for (int k = 0; k < values.length; k++) values[k] = table.feature(row, k);
			found.put(table.metadata("Metadata_Plate", row) + " " +
				Integer.parseInt(table.metadata("Metadata_Well", row).substring(1)), values);
		}
		assertEquals(10, found.size());
		return found;
	}

	private static double off(final String[] row, final double[] found) {
		double off = 0;
		for (int k = 0; k <= CLASSES; k++) off = Math.max(off, Math.abs(Double.parseDouble(row[5 + k]) - found[k]));
		return off;
	}

	@Test
	void aPlateIsAdaptedAndPredictedAsPublished() throws Exception {
		final Map<String, double[]> found = predict("joint-plate");
		int rows = 0;
		double most = 0;
		for (final String[] row : golden) {
			if (!row[2].equals("joint-plate")) continue;
			rows++;
			most = Math.max(most, off(row, found.get(row[0] + " " + row[1])));
		}
		assertEquals(10, rows);
		assertTrue(most <= TOLERANCE, "off by " + most);
	}

	@Test
	void chunksOfTheEvaluationAreThoseOfOneDrawEach() throws Exception {
		final Map<String, double[]> found = predict("joint");
		for (final String plate : List.of("P1", "P2")) {
			// Which images share a chunk is random: all queries of a chunk must agree with one and the same draw.
			final Map<String, List<String[]>> draws = new HashMap<>();
			for (final String[] row : golden) {
				if (row[0].equals(plate) && row[2].equals("joint"))
					draws.computeIfAbsent(row[3] + " " + row[4], k -> new ArrayList<>()).add(row);
			}
			assertEquals(70, draws.size());
			final Set<String> sizes = new HashSet<>();
			final List<String> seen = new ArrayList<>();
			draws.forEach((draw, rows) -> {
				if (!rows.stream().allMatch(row -> off(row, found.get(row[0] + " " + row[1])) <= TOLERANCE)) return;
				final String chunk = draw.substring(0, draw.indexOf(' '));
				assertTrue(sizes.add(chunk), "one draw of controls fits chunk " + chunk);
				seen.addAll(Arrays.asList(chunk.split("\\+")));
			});
			assertEquals(List.of("1", "2", "3", "4", "5"), seen.stream().sorted().toList(),
				plate + ": a chunk of 4 and one of 1");
			assertEquals(2, sizes.size());
		}
	}
}
