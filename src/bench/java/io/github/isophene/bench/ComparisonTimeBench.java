// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import com.sun.management.OperatingSystemMXBean;
import io.github.isophene.IsopheneService;
import io.github.isophene.comparison.ComparisonEstimate;
import io.github.isophene.comparison.ComparisonOptions;
import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.SourceOptions;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.progress.Progress;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.Objectives;
import io.github.isophene.training.data.EpisodeSizes;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/**
 * Compares the time that <i>Compare Adaptations</i> announces with the time that it takes, for comparisons of demo
 * screens: one row per pair of width and side. The processor time divided by the number of processors is what
 * an idle machine needs at best, and holds on a busy one, too.
 *
 * <pre>
 * java -cp ... io.github.isophene.bench.ComparisonTimeBench 8:64:4 16:128:2 64:128:1
 * </pre>
 */
public final class ComparisonTimeBench {

	private ComparisonTimeBench() {}

	/** @param args {@code width:side:epochs} of a ResNet-18 each */
	public static void main(final String[] args) throws Exception {
		final Context context = new Context();
		final IsopheneService isophene = context.service(IsopheneService.class);
		final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		final int processors = Runtime.getRuntime().availableProcessors();
		final Path folder = Files.createTempDirectory("isophene-comparison-time");
		System.out.println("| width | side | epochs | trainings, episodes, images trained, tested | announced (s) | " +
			"processor time / " + processors + " (s) | wall clock (s) |\n| --- | --- | --- | --- | --- | --- | --- |");
		for (int i = -1; i < args.length; i++) {
			// The first run starts the engine and has Java compile, and is not shown.
			final String[] numbers = (i < 0 ? "8:64:1" : args[i]).split(":");
			final int width = Integer.parseInt(numbers[0]);
			final int side = Integer.parseInt(numbers[1]);
			final Screen screen = DemoScreen
				.write(folder.resolve("screen" + i), DemoOptions.defaults()
					.withBatches(3)
					.withWells(48)
					.withFields(1)
					.withSize(side)
					.withClasses(4), Progress.NONE)
				.screen();
			final ComparisonOptions options = ComparisonOptions.into(folder.resolve("out" + i))
				.withSeeds(1, 1)
				.withNetwork("resnet18", width)
				.withBudget(Integer.parseInt(numbers[2]), 2e-3)
				.withEpisodes(new EpisodeSizes(16, 16, 1))
				.withLabelShifts(List.of(1.0), 1)
				.withControlWells(List.of(1, 2), 1)
				.withSplit(1, 1)
				.withMethods(Method.list(List.of("erm", "erm-controls", "cs-arm-bn-joint"), false));
			final SourceOptions source = SourceOptions.of("Metadata_Compound", "Metadata_Batch",
				"Metadata_pert_type=negcon");
			final ComparisonEstimate estimate = ComparisonEstimate.of(screen, source, options,
				Objectives.all(context.service(PluginService.class)));
			final long cpu = system.getProcessCpuTime();
			final long start = System.nanoTime();
			isophene.compareAdaptations(screen, source, options);
			if (i < 0) continue;
			System.out.println(String.format(Locale.ROOT, "| %d | %d | %s | %d, %d, %d, %d | %.1f | %.1f | %.1f |",
				width, side, numbers[2], estimate.trainings(), estimate.episodes(), estimate.trained(),
				estimate.tested(), estimate.seconds(options, side, processors),
				(system.getProcessCpuTime() - cpu) * 1e-9 / processors, (System.nanoTime() - start) * 1e-9));
		}
		System.exit(0);
	}
}
