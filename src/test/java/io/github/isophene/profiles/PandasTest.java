// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * pandas opens our files. Skipped unless the system property {@code isophene.python}, or
 * {@code python3} without it, is a Python with pandas and pyarrow.
 */
class PandasTest {

	private static final String PYTHON = System.getProperty("isophene.python", "python3");

	@TempDir
	private Path folder;

	private final ProfileTable table = ProfileTable
		.concat(List.of(Tables.plate("Plätte 1", 2500, 5, 1), Tables.plate("P 2", 100, 5, 2)));

	@Test
	void parquet() throws Exception {
		final Path file = folder.resolve("p.parquet");
		final List<String> expected = new ArrayList<>(List.of("metadata 1"));
		expected.addAll(expected("float32"));
		assertEquals(expected, describe(file));
	}

	@Test
	void csv() throws Exception {
		// pandas parses a CSV's numbers as doubles, so it sees the decimals and not the floats.
		final List<String> found = describe(folder.resolve("p.csv.gz"));
		final List<String> expected = expected("float64");
		assertEquals(expected.subList(0, 4), found.subList(0, 4));
		assertEquals(expected.subList(4, 7), found.subList(4, 7).stream().map(PandasTest::asFloats).toList());
	}

	private List<String> expected(final String type) {
		int noted = 0;
		int missing = 0;
		for (int row = 0; row < table.rowCount(); row++) {
			if (table.metadata("Metadata_Note", row).isEmpty()) noted++;
			for (final float value : table.row(row)) {
				if (Float.isNaN(value)) missing++;
			}
		}
		final List<String> lines = new ArrayList<>(List.of("shape 2600 8",
			"columns Metadata_Plate Metadata_Well Metadata_Note emb_0001 emb_0002 emb_0003 emb_0004 emb_0005",
			"types " + type, "missing " + noted + " " + missing));
		for (final int row : new int[]{0, 1300, 2599}) {
			final StringBuilder line = new StringBuilder(
				"row " + table.metadata("Metadata_Plate", row) + " " + table.metadata("Metadata_Well", row));
			for (final float value : table.row(row)) line.append(' ').append(Float.isNaN(value) ? "NaN" : hex(value));
			lines.add(line.toString());
		}
		return lines;
	}

	/** As {@code float.hex} of Python writes a double: thirteen digits and a signed exponent. */
	private static String hex(final double value) {
		final String[] parts = Double.toHexString(value).split("p");
		final int point = parts[0].indexOf('.') + 1;
		final String digits = parts[0].substring(point);
		final int exponent = Integer.parseInt(parts[1]);
		return parts[0].substring(0, point) + digits + "0".repeat(13 - digits.length()) + "p" +
			(exponent < 0 ? "" : "+") + exponent;
	}

	private static String asFloats(final String line) {
		final StringBuilder floats = new StringBuilder();
		for (final String word : line.split(" ")) {
			floats.append(floats.isEmpty() ? "" : " ")
				.append(word.contains("0x") ? hex((float) Double.parseDouble(word)) : word);
		}
		return floats.toString();
	}

	private List<String> describe(final Path file) throws IOException, InterruptedException {
		assumeTrue(run("-c", "import pandas, pyarrow") != null, "skipped: " + PYTHON + " has no pandas with pyarrow");
		ProfileFile.write(table, file);
		final List<String> lines = run("src/test/python/describe_profiles.py", file.toString());
		assertEquals(7 + (file.toString().endsWith(".parquet") ? 1 : 0), lines == null ? 0 : lines.size());
		return lines;
	}

	/** The lines that Python prints, or {@code null} if it is absent or fails. */
	private static List<String> run(final String... args) throws InterruptedException {
		final List<String> command = new ArrayList<>(List.of(PYTHON, "-X", "utf8"));
		command.addAll(List.of(args));
		try {
			final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return process.waitFor() == 0 ? output.lines().toList() : null;
		}
		catch (final IOException e) {
			return null;
		}
	}
}
