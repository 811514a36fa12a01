// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import io.github.isophene.numerics.NormalQuantile;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a table or a method gives a message that says what, or a result that is defined. */
public class CorrectionsFuzzTest {

	private static final CorrectionContext CONTEXT = CorrectionContext.standard()
		.withControls("Metadata_pert_type=negcon");

	@ParameterizedTest
	@ValueSource(strings = {"standardize", "mad_robustize", "center", "int", "sphering", "pca", "tvn", "tvn:coral",
		"combat", "harmony", "variance", "correlation", "outlier", "variant", "drop_missing", "clip", "wellpos"})
	void anEmptyTable(final String method) {
		final ProfileTable empty = ProfileTable.of(List.of("Metadata_Plate"), List.of("a"), new String[0][],
			new float[0][]);
		fails(method, empty, "nothing to correct");
	}

	@ParameterizedTest
	@ValueSource(strings = {"combat", "harmony"})
	void oneBatch(final String method) {
		fails(method, table(1, 10, 4, 1), "only one batch, 'B0'");
	}

	@ParameterizedTest
	@ValueSource(strings = {"standardize", "mad_robustize", "center", "sphering", "tvn", "variant"})
	void noControls(final String method) {
		final ProfileTable table = table(2, 10, 4, 1);
		final String[] none = new String[table.rowCount()];
		Arrays.fill(none, "trt");
		fails(method, table.withMetadata("Metadata_pert_type", none), "Metadata_pert_type=negcon");
		fails(method, table.selectMetadata(List.of("Metadata_Plate", "Metadata_Batch")),
			"no column Metadata_pert_type");
		none[0] = "negcon";
		if (method.equals("standardize")) fails(method, table.withMetadata("Metadata_pert_type", none), "'P1'");
	}

	@Test
	void controlsLeftEmptyLearnFromAllRows() {
		final ProfileTable table = table(2, 10, 4, 1).selectMetadata(List.of("Metadata_Plate", "Metadata_Batch"));
		final ProfileTable corrected = Corrections.installed()
			.parse("standardize")
			.fit(table, CorrectionContext.standard())
			.table();
		assertEquals(0, mean(corrected, 0), 1e-6);
	}

	@ParameterizedTest
	@ValueSource(strings = {"sphering", "pca", "tvn", "combat", "harmony", "correlation"})
	void missingAndInfiniteValues(final String method) {
		fails(method, with(table(2, 10, 4, 1), 3, 2, Float.NaN), "row 4 of 'f2' is missing");
		fails(method, with(table(2, 10, 4, 1), 5, 1, Float.NEGATIVE_INFINITY), "row 6 of 'f1' is infinite");
	}

	@Test
	void missingAndInfiniteValuesStayWhatTheyAreAndAreNotLearnedFrom() {
		final ProfileTable table = with(with(table(1, 10, 2, 1), 0, 0, Float.NaN), 1, 0, Float.POSITIVE_INFINITY);
		for (final String method : List.of("standardize", "mad_robustize", "center")) {
			final ProfileTable corrected = fit(method, table);
			assertTrue(Float.isNaN(corrected.feature(0, 0)), method);
			assertEquals(Float.POSITIVE_INFINITY, corrected.feature(1, 0), method);
			for (int row = 2; row < 10; row++) assertTrue(Float.isFinite(corrected.feature(row, 0)), method);
		}
		for (final String method : List.of("int", "int:plate", "clip:0.1")) {
			final CorrectionChain.Result result = Corrections.installed().parse(method).fit(table, CONTEXT);
			for (final ProfileTable corrected : List.of(result.table(), result.fitted().apply(table, CONTEXT))) {
				assertTrue(Float.isNaN(corrected.feature(0, 0)), method);
				assertEquals(Float.POSITIVE_INFINITY, corrected.feature(1, 0), method);
				for (int row = 2; row < 10; row++) assertTrue(Math.abs(corrected.feature(row, 0)) < 2, method);
			}
		}
		// The eight ranks left are those of eight values.
		float largest = 0;
		for (int row = 2; row < 10; row++) largest = Math.max(largest, fit("int", table).feature(row, 0));
		assertEquals(NormalQuantile.of((8 - .375) / (8 + .25)), largest, 1e-6);
	}

	@Test
	void missingValuesAreDroppedByFeatureAndByRow() {
		final ProfileTable table = with(with(table(2, 10, 4, 1), 0, 1, Float.NaN), 1, 1, Float.NaN);
		assertEquals(List.of("f0", "f1", "f2", "f3"), fit("drop_missing:0.1", table).featureColumns());
		assertEquals(List.of("f0", "f2", "f3"), fit("drop_missing", table).featureColumns());
		assertEquals(18, fit("drop_missing_rows", table).rowCount());
		fails("drop_missing_rows", with(with(table(1, 2, 1, 1), 0, 0, Float.NaN), 1, 0, Float.NaN), "all 2 rows");
	}

	@Test
	void constantFeatures() {
		final ProfileTable table = constant(table(2, 12, 4, 1), 1, 7);
		for (final String method : List.of("standardize", "mad_robustize")) {
			for (int row = 0; row < table.rowCount(); row++)
				assertEquals(0, fit(method, table).feature(row, 1), method);
		}
		for (final String method : List.of("sphering:zca:0.1", "sphering:zca-cor:0.1", "harmony", "int", "combat",
			"pca", "tvn", "tvn:coral"))
		{
			final ProfileTable corrected = fit(method, table);
			for (int row = 0; row < table.rowCount(); row++) {
				for (final float value : corrected.row(row))
					assertTrue(Float.isFinite(value), method + " gives " + value);
			}
		}
		assertEquals(7, fit("combat", table).feature(3, 1), 1e-5);
		assertEquals(3, fit("variance", table).featureCount());
		assertEquals(3, fit("variant:share=0", table).featureCount());
		fails("variance", constant(table(1, 5, 1, 1), 0, 1), "all 1 feature:");
		fails("sphering", constant(table(1, 5, 1, 1), 0, 1), "rows that are all the same");
	}

	@Test
	void duplicatedWells() {
		final ProfileTable table = table(2, 10, 4, 1);
		final ProfileTable twice = ProfileTable.concat(List.of(table, table));
		// Each row twice is the same distribution.
		assertClose(fit("standardize", table), fit("standardize", twice), 1e-5);
		assertEquals(2 * table.rowCount(), fit("harmony", twice).rowCount());
		assertEquals(2 * table.rowCount(), fit("sphering:zca:0.1", twice).rowCount());
	}

	@Test
	void duplicatedWellsAreNoted(@TempDir final Path folder) throws IOException {
		final ProfileTable table = table(2, 10, 4, 1);
		final Path file = folder.resolve("p.csv");
		final List<String> notes = new ArrayList<>();
		final CorrectionRun run = new CorrectionRun(Corrections.installed(), notes::add);
		final CorrectionOptions options = CorrectionOptions.of(file, folder.resolve("c.csv")).withMethod("center");
		ProfileFile.write(table, file);
		run.run(options, Progress.NONE);
		assertEquals(List.of(), notes);
		ProfileFile.write(ProfileTable.concat(List.of(table, table.selectRows(new int[]{3, 4}))), file);
		run.run(options, Progress.NONE);
		assertEquals(1, notes.size(), notes::toString);
		assertTrue(notes.get(0).startsWith("4 rows share plate and well with another"), notes::toString);
	}

	@Test
	void textWhereNumbersAreExpected() {
		final ProfileTable table = table(2, 3, 2, 1);
		final String[] counts = {"1", "2", "3", "4", "many", "6"};
		fails("regress_out:Metadata_Cells", table.withMetadata("Metadata_Cells", counts),
			"Row 5 of 'Metadata_Cells' is 'many'");
		fails("regress_out:Metadata_Cells", table, "no metadata column 'Metadata_Cells'");
		Arrays.fill(counts, "5");
		fails("regress_out:Metadata_Cells", table.withMetadata("Metadata_Cells", counts), "no two different numbers");
	}

	@Test
	void tenThousandColumns() {
		final ProfileTable wide = table(2, 8, 10_000, 1);
		for (final String method : List.of("standardize", "mad_robustize,int", "variance", "combat", "harmony:nclust=2",
			"wellpos"))
		{
			assertEquals(16, fit(method, wide).rowCount(), method);
		}
	}

	@Test
	void tenThousandColumnsAndFewRowsMakeNoMatrixOfColumnsByColumns() {
		final ProfileTable wide = table(2, 12, 10_000, 1);
		for (final String method : List.of("sphering:zca-cor:0.1", "pca", "tvn", "tvn:coral")) {
			final CorrectionChain.Result result = Corrections.installed().parse(method).fit(wide, CONTEXT);
			long values = 0;
			for (final double[][] matrix : result.fitted().steps().get(0).fitted().state().matrices().values()) {
				for (final double[] row : matrix) values += row.length;
			}
			assertTrue(values < 30L * 10_000, method + " keeps " + values + " numbers");
		}
		final String said = assertThrows(IllegalArgumentException.class,
			() -> Covariance.requireMemory(10_000, 2L << 30)).getMessage();
		assertTrue(said.contains("10000 features") && said.contains("-Xmx4g"), said);
	}

	@Test
	void spheringOfFewRowsIsWhatAllAxesGive() {
		final ProfileTable table = table(2, 10, 20, 1);
		for (final String eps : List.of("0.1", "0.1:variance")) {
			// The components of pca sphering are those of zca turned: lengths are the same.
			final ProfileTable pca = fit("sphering:pca:" + eps, table);
			final ProfileTable zca = fit("sphering:zca:" + eps, table);
			for (int row = 0; row < table.rowCount(); row++) {
				double expected = 0;
				double actual = 0;
				for (final float v : pca.row(row)) expected += (double) v * v;
				for (final float v : zca.row(row)) actual += (double) v * v;
				assertEquals(expected, actual, 1e-5 * expected, eps + ", row " + row);
			}
		}
	}

	/** A foundation model's profiles: a matrix of features by features would take many minutes. */
	@Test
	void thousandsOfFeaturesOfHundredsOfRowsAreDecomposedByRows() {
		final ProfileTable table = table(2, 170, 3000, 1);
		final CorrectionContext all = CorrectionContext.standard();
		final ProfileTable white = Corrections.installed().parse("pca:10000").fit(table, all).table();
		final int n = table.rowCount();
		assertEquals(n - 1, white.featureCount());
		// Components are uncorrelated, and distances between rows stay.
		for (final int[] pair : new int[][]{{0, 1}, {0, n - 2}, {n - 3, n - 2}}) {
			double products = 0;
			for (int row = 0; row < n; row++)
				products += (double) white.feature(row, pair[0]) * white.feature(row, pair[1]);
			assertEquals(0, products, 1e-3 * n * variance(white, pair[1]));
			assertEquals(distance(table, pair[0], pair[1]), distance(white, pair[0], pair[1]),
				1e-4 * distance(table, pair[0], pair[1]));
		}
	}

	private static double distance(final ProfileTable table, final int a, final int b) {
		double squares = 0;
		for (int i = 0; i < table.featureCount(); i++)
			squares += Math.pow(table.feature(a, i) - table.feature(b, i), 2);
		return Math.sqrt(squares);
	}

	private static double variance(final ProfileTable table, final int feature) {
		double squares = 0;
		for (int row = 0; row < table.rowCount(); row++) squares += Math.pow(table.feature(row, feature), 2);
		return squares / table.rowCount();
	}

	@Test
	void fewerControlsThanFeatures() {
		final ProfileTable table = table(2, 6, 20, 1);
		for (final String method : List.of("sphering:zca:0.1", "sphering:pca-cor:0.1", "sphering:zca:.1:variance",
			"tvn", "tvn:coral", "pca"))
		{
			final ProfileTable corrected = fit(method, table);
			for (int row = 0; row < table.rowCount(); row++) {
				for (final float value : corrected.row(row))
					assertTrue(Math.abs(value) < 1e6, method + " gives " + value);
			}
		}
		final String[] one = new String[table.rowCount()];
		Arrays.fill(one, "trt");
		one[0] = "negcon";
		fails("sphering", table.withMetadata("Metadata_pert_type", one), "from 1 row");
	}

	@Test
	void wrongMethods() {
		final ProfileTable table = table(2, 6, 3, 1);
		fails("standardize;center", table, "a semicolon separates chains to compare");
		fails("sphere", table, "'sphere' is no correction: use aggregate, center, clip, combat");
		fails("", table, "name one or more corrections");
		fails("standardize,,int", table, "name one or more corrections");
		fails("sphering:zac", table, "method of sphering is 'zac': use zca, pca, zca-cor, pca-cor");
		fails("sphering:zca:lots", table, "eps of sphering is 'lots': give a number from 0");
		fails("sphering:epsilon=1", table, "sphering has no setting 'epsilon': it has\n  method=zca");
		fails("clip:1:2", table, "clip has no setting '2'");
		fails("harmony:nclust=-3", table, "nclust of harmony is '-3'");
		fails("harmony:nclust=2.5", table, "nclust of harmony is '2.5': give a whole number");
		fails("harmony:nclust=1000", table, "nclust of harmony is 1000, but the table has only 12 rows");
		fails("pca:2.5", table, "keep of pca is '2.5': give a whole number");
		fails("combat:covariate=Metadata_None", table, "no column 'Metadata_None'");
		fails("combat:covariate=Metadata_Batch", table, "cannot be told apart");
	}

	@Test
	void missingColumnsAreNamedWithTheirKey() {
		final ProfileTable table = table(2, 6, 3, 1);
		final String message = assertThrows(IllegalArgumentException.class,
			() -> Corrections.installed()
				.parse("combat")
				.fit(table, CONTEXT.withColumns("Metadata_Plate", "Metadata_Week")))
			.getMessage();
		assertTrue(message.contains("'Metadata_Week'") && message.contains("key batch"), message);
	}

	@Test
	void aPlateWithASingleControlIsWarnedOf() {
		final ProfileTable table = table(2, 10, 4, 1);
		final String[] role = table.metadata("Metadata_pert_type");
		for (int row = 1; row < 10; row++) role[row] = "trt";
		final ProfileTable single = table.withMetadata("Metadata_pert_type", role);
		final List<String> warnings = new ArrayList<>();
		Corrections.installed().parse("center,standardize").fit(single, CONTEXT.withProgress(warned(warnings)));
		assertEquals(2, warnings.size(), warnings::toString);
		assertTrue(warnings.get(0).startsWith("center: 1 of 2 plates have fewer than 4 control wells") &&
			warnings.get(0).contains("the fewest, 1, has plate 'P0'"), warnings::toString);
		assertTrue(
			warnings.get(1).startsWith("standardize: Plate 'P0' has a single control (Metadata_pert_type=negcon)") &&
				warnings.get(1).contains("4 of 4 features"),
			warnings::toString);
		warnings.clear();
		Corrections.installed().parse("mad_robustize:eps=0.001").fit(single, CONTEXT.withProgress(warned(warnings)));
		assertEquals(2, warnings.size(), warnings::toString);
		assertTrue(warnings.get(1).contains("values of 4 of 4 features lie more than 100 standard deviations"),
			warnings::toString);
		assertTrue(warnings.get(0).startsWith("mad_robustize: Plate 'P0' has a single control") &&
			warnings.get(0).contains("4 of 4 features have no spread there and are divided by eps = 0.001 alone") &&
			warnings.get(0).endsWith("scale per batch"), warnings::toString);
		warnings.clear();
		Corrections.installed().parse("mad_robustize:eps=0.001").fit(table, CONTEXT.withProgress(warned(warnings)));
		Corrections.installed().parse("standardize,wellpos").fit(table, CONTEXT.withProgress(warned(warnings)));
		assertTrue(warnings.stream().noneMatch(w -> w.contains("single")), warnings::toString);
	}

	@Test
	void moreComponentsThanThereAreAreWarnedOf() {
		final List<String> warnings = new ArrayList<>();
		final CorrectionContext context = CONTEXT.withProgress(warned(warnings));
		assertEquals(4,
			Corrections.installed().parse("pca:5000").fit(table(2, 10, 4, 1), context).table().featureCount());
		assertEquals(1, warnings.size(), warnings::toString);
		assertTrue(warnings.get(0).contains("keep is 5000") && warnings.get(0).contains("4 components are kept"),
			warnings::toString);
		Corrections.installed().parse("pca:4").fit(table(2, 10, 4, 1), context);
		Corrections.installed().parse("pca:0.9").fit(table(2, 10, 4, 1), context);
		assertEquals(1, warnings.size(), warnings::toString);
	}

	@Test
	void cellsBecomeWells() {
		final ProfileTable cells = ProfileTable.of(
			List.of("Metadata_Plate", "Metadata_Well", "Metadata_Cell", "Metadata_pert_type"), List.of("a"),
			new String[][]{{"P1", "A01", "1", "negcon"}, {"P1", "A01", "2", "negcon"}, {"P1", "A02", "1", "trt"},
				{"P1", "A01", "3", "negcon"}, {"P2", "A01", "1", "trt"}},
			new float[][]{{1}, {2}, {7}, {9}, {5}});
		final ProfileTable wells = fit("aggregate", cells);
		assertEquals(List.of("Metadata_Plate", "Metadata_Well", "Metadata_pert_type", "Metadata_Correction"),
			wells.metadataColumns());
		assertEquals(3, wells.rowCount());
		assertEquals(List.of(2f, 7f, 5f), List.of(wells.feature(0, 0), wells.feature(1, 0), wells.feature(2, 0)));
		assertEquals(4, fit("aggregate:mean", cells).feature(0, 0));
		assertEquals(List.of(0f, 5f),
			List.of(fit("aggregate,center", cells.selectRows(new int[]{0, 1, 2, 3})).feature(0, 0),
				fit("aggregate,center", cells.selectRows(new int[]{0, 1, 2, 3})).feature(1, 0)));
		fails("aggregate:column=Metadata_well", cells, "no column 'Metadata_well' for the well");
		// Plates of two batches that have the same name are two.
		assertEquals(4,
			fit("aggregate", cells.withMetadata("Metadata_Batch", new String[]{"1", "2", "1", "1", "1"})).rowCount());
	}

	@Test
	void canceling() {
		final CorrectionContext canceled = CONTEXT.withProgress(new Progress() {

			@Override
			public void report(final String message, final long done, final long total) {
				// not looked at
			}

			@Override
			public boolean isCanceled() {
				return true;
			}
		});
		assertThrows(CancellationException.class,
			() -> Corrections.installed().parse("int,harmony").fit(table(2, 6, 3, 1), canceled));
	}

	@Test
	void everyCorrectionDescribesItself() {
		for (final Correction correction : Corrections.installed().all()) {
			assertFalse(correction.description().isBlank());
			assertTrue(correction.name().matches("[a-z_]+"), correction.name());
			for (final Setting setting : correction.settings()) assertFalse(setting.help().isBlank(), setting.name());
		}
	}

	public static Progress warned(final List<String> warnings) {
		return new Progress() {

			@Override
			public void report(final String message, final long done, final long total) {
				// not looked at
			}

			@Override
			public void warn(final String sentence) {
				warnings.add(sentence);
			}

			@Override
			public boolean isCanceled() {
				return false;
			}
		};
	}

	static void fails(final String method, final ProfileTable table, final String message) {
		final String said = assertThrows(IllegalArgumentException.class,
			() -> Corrections.installed().parse(method).fit(table, CONTEXT), method).getMessage();
		assertTrue(said.contains(message), said);
	}

	private static ProfileTable fit(final String method, final ProfileTable table) {
		return Corrections.installed().parse(method).fit(table, CONTEXT).table();
	}

	/** Batches of one plate each, of which every other well is a control. */
	public static ProfileTable table(final int batches, final int wells, final int features, final long seed) {
		final Random random = new Random(seed);
		final String[][] metadata = new String[batches * wells][];
		final float[][] values = new float[batches * wells][features];
		for (int row = 0; row < values.length; row++) {
			metadata[row] = new String[]{"P" + row / wells, "B" + row / wells, "A" + (1 + row % wells),
				row % 2 == 0 ? "negcon" : "trt"};
			for (int i = 0; i < features; i++) values[row][i] = (float) (random.nextGaussian() + row / wells);
		}
		final String[] names = new String[features];
		Arrays.setAll(names, i -> "f" + i);
		return ProfileTable.of(List.of("Metadata_Plate", "Metadata_Batch", "Metadata_Well", "Metadata_pert_type"),
			List.of(names), metadata, values);
	}

	private static ProfileTable with(final ProfileTable table, final int at, final int feature, final float value) {
		return table.mapRows(table.featureColumns(), (row, in, out) -> {
			System.arraycopy(in, 0, out, 0, out.length);
			if (row == at) out[feature] = value;
		});
	}

	private static ProfileTable constant(final ProfileTable table, final int feature, final float value) {
		return table.mapRows(table.featureColumns(), (row, in, out) -> {
			System.arraycopy(in, 0, out, 0, out.length);
			out[feature] = value;
		});
	}

	private static double mean(final ProfileTable table, final int feature) {
		double sum = 0;
		for (final float value : table.column(feature)) sum += value;
		return sum / table.rowCount();
	}

	/** Compares the rows that both have. */
	static void assertClose(final ProfileTable a, final ProfileTable b, final double tolerance) {
		for (int row = 0; row < Math.min(a.rowCount(), b.rowCount()); row++) {
			for (int i = 0; i < a.featureCount(); i++)
				assertEquals(a.feature(row, i), b.feature(row, i), tolerance, "row " + row);
		}
	}
}
