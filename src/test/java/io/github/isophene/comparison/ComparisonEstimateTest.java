// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.data.EpisodeSizes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/** 3 batches of 2 plates with 8 labeled wells, 4 of each class, and 4 control wells. */
class ComparisonEstimateTest {

	@TempDir
	Path folder;

	private Context context;
	private Screen screen;

	@BeforeEach
	void makeScreen() throws Exception {
		context = new Context(PluginService.class);
		final StringBuilder rows = new StringBuilder("FileName_OrigDNA,PathName_OrigDNA,FileName_OrigER," +
			"PathName_OrigER,Metadata_Plate,Metadata_Well,Metadata_Site,Metadata_Batch,Metadata_Compound," +
			"Metadata_pert_type\n");
		for (int plate = 1; plate <= 6; plate++) for (int well = 1; well <= 12; well++)
			rows.append("a.tif,.,b.tif,.,P%d,A%02d,1,B%d,%s,%s\n".formatted(plate, well, (plate + 1) / 2,
				well > 8 ? "DMSO" : well % 2 == 0 ? "taxol" : "none", well > 8 ? "negcon" : "trt"));
		screen = ScreenTable.read(Files.writeString(folder.resolve("screen.csv"), rows));
	}

	@AfterEach
	void dispose() {
		context.dispose();
	}

	private ComparisonOptions options(final Method... methods) {
		return ComparisonOptions.into(folder.resolve("out"))
			.withSeeds(2, 1)
			.withNetwork("resnet18", 8)
			.withBudget(3, 2e-3)
			.withEpisodes(new EpisodeSizes(4, 4, 1))
			.withLabelShifts(List.of(), 1)
			.withControlWells(List.of(), 1)
			.withSplit(1, 1)
			.withMethods(List.of(methods));
	}

	private ComparisonEstimate estimate(final ComparisonOptions options) {
		return ComparisonEstimate.of(screen,
			SourceOptions.of("Metadata_Compound", "Metadata_Batch", "Metadata_pert_type=negcon"), options,
			Objectives.all(context.service(PluginService.class)));
	}

	/** 3 plates are trained on: 1 batch is held out, and a plate of the others. */
	@Test
	void trainingsOfTheSameWeightsAreCountedOnce() {
		final int labeled = estimate(options(Method.of("erm"))).trained() > 0 ? 3 * labeledPerPlate() : 0;
		final ComparisonEstimate erm = estimate(options(Method.of("erm"), Method.of("erm-controls")));
		assertEquals(2, erm.trainings());
		assertEquals(2 * 3 * (labeled / 4), erm.episodes());
		assertEquals(4 * erm.episodes(), erm.trained());
		final ComparisonEstimate both = estimate(options(Method.of("erm"), Method.of("cs-arm-bn-joint")));
		assertEquals(4, both.trainings());
		assertEquals(2 * erm.episodes(), both.episodes());
		assertEquals(3 * erm.trained(), both.trained(), "4 queries, and 4 queries with 4 controls");
	}

	/** Of 3 training plates one is left out, as there are fewer than 3 training batches. */
	@Test
	void eachRateThatIsTriedIsATraining() {
		final ComparisonOptions one = options(Method.of("erm"));
		final ComparisonEstimate alone = estimate(one);
		final ComparisonEstimate searching = estimate(one.withRates(List.of(1e-3, 2e-3, 4e-3)));
		assertEquals(4 * alone.trainings(), searching.trainings());
		assertEquals(alone.trained() + 3 * alone.trained() * 2 / 3, searching.trained());
		assertTrue(searching.tested() > alone.tested());
	}

	private int labeledPerPlate() {
		return (int) screen.fields()
			.stream()
			.filter(field -> field.plate().equals("P1") && !field.get("Metadata_Compound").isEmpty())
			.filter(field -> !field.get("Metadata_pert_type").equals("negcon"))
			.count();
	}

	/** Mixtures of queries whose answers are known cost nothing, unless the answer depends on the others. */
	@Test
	void answersThatAreKnownAreCountedOnce() {
		for (final Method method : List.of(Method.of("erm"), Method.of("erm-controls"), Method.of("cs-arm-bn-joint"))) {
			final long few = estimate(options(method)).tested();
			final long many = estimate(options(method).withLabelShifts(List.of(1.0, 0.1), 5)).tested();
			if (method.dependsOnQueries()) assertTrue(many > few, method + ": " + many + " > " + few);
			else assertEquals(few, many, method.toString());
		}
	}

	/** The first pass sees the controls; two more see all images, and the last one predicts. */
	@Test
	void statisticsThatTakeSeveralPassesAreCountedSo() {
		final Method calibrated = Method.of("cs-arm-bn-calibrated");
		final Method mix = Method.of("cs-arm-bn-mix");
		assertEquals(List.of(1, 4), List.of(calibrated.passes(), mix.passes()));
		final ComparisonEstimate one = estimate(options(calibrated));
		final ComparisonEstimate four = estimate(options(mix));
		assertTrue(four.tested() > one.tested() && four.tests() > one.tests(), one + " " + four);
	}

	@Test
	void timeGrowsWithTheWork() {
		final ComparisonOptions small = options(Method.of("erm"));
		final double seconds = estimate(small).seconds(small, 64, 2);
		assertTrue(seconds > 2 && estimate(small).seconds(small, 128, 2) > seconds &&
			estimate(small).seconds(small, 64, 1) > seconds);
		final ComparisonOptions wide = small.withNetwork("resnet18", 64);
		assertTrue(estimate(wide).seconds(wide, 64, 2) > seconds);
		final ComparisonOptions each = small.withNetwork("resnet18-each", small.width());
		assertEquals(2, estimate(each).passes());
		assertEquals(2, estimate(each).seconds(each, 20000, 2) / estimate(small).seconds(small, 20000, 2), 0.01);
		final ComparisonOptions deep = small.withNetwork("resnet50-aa-each", small.width());
		assertTrue(estimate(deep).seconds(deep, 20000, 2) > 2 * estimate(each).seconds(each, 20000, 2));
	}
}
