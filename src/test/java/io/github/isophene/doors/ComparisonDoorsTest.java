// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.isophene.IsopheneService;
import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.commands.CompareAdaptations;
import io.github.isophene.comparison.ComparisonOptions;
import io.github.isophene.comparison.ComparisonReport;
import io.github.isophene.comparison.Method;
import io.github.isophene.comparison.SourceOptions;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.data.EpisodeSizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.script.ScriptModule;
import org.scijava.script.ScriptService;

/** The comparison through the service and as a command; the experiment on positive controls as a script. */
class ComparisonDoorsTest {

	@TempDir
	Path folder;

	@Test
	void commandAndServiceWriteTheSame() throws Exception {
		try (Context context = new Context()) {
			final IsopheneService isophene = context.service(IsopheneService.class);
			final Screen screen = isophene.makeDemoScreen(folder.resolve("demo"),
				DemoOptions.defaults()
					.withBatches(3)
					.withWells(8)
					.withFields(1)
					.withSize(64)
					.withClasses(3));
			final ComparisonReport report = isophene.compareAdaptations(screen,
				SourceOptions.of("Metadata_Compound", "Metadata_Batch", "Metadata_pert_type=negcon")
					.withDownscale("mean:2"),
				ComparisonOptions.into(folder.resolve("service"))
					.withMethods(List.of(Method.of("erm-controls")))
					.withSeeds(1, 7)
					.withSplit(1, 1)
					.withNetwork("resnet18", 2)
					.withBudget(1, 1e-3)
					.withEpisodes(new EpisodeSizes(4, 4, 1))
					.withLabelShifts(List.of(0.01), 1)
					.withControlWells(List.of(2), 1));
			assertEquals(1, report.trained());
			final Object summary = context.service(CommandService.class)
				.run(CompareAdaptations.class, true,
					Map.ofEntries(Map.entry("screen", folder.resolve("demo/screen.csv").toFile()),
						Map.entry("folder", folder.resolve("command").toFile()),
						Map.entry("label", "Metadata_Compound"), Map.entry("methods", "erm-controls"),
						Map.entry("seeds", 1), Map.entry("seed", 7), Map.entry("heldout", "1"),
						Map.entry("indomain", 1), Map.entry("architecture", "resnet18:2"), Map.entry("epochs", 1),
						Map.entry("rate", 1e-3), Map.entry("queries", 4), Map.entry("controlsperepisode", 4),
						Map.entry("alphas", "0.01"), Map.entry("wells", "2"), Map.entry("downscale", "mean:2")))
				.get()
				.getOutput("summary");
			assertTrue(summary.toString().contains("1 training done"), summary.toString());
			for (final String name : List.of("results.csv", "summary.csv", "summary.md")) {
				assertArrayEquals(Files.readAllBytes(folder.resolve("service").resolve(name)),
					Files.readAllBytes(folder.resolve("command").resolve(name)), name);
			}
		}
	}

	@Test
	void positiveControlsOnTheMiniature() throws Exception {
		try (Context context = new Context()) {
			ScriptEngines.addTo(context.service(ScriptService.class));
			final ScriptModule module = context.service(ScriptService.class)
				.run(Path.of("macros/jump_positive_controls.groovy").toFile(), true,
					Map.of("loaddata", "miniature", "objectives", "cs-arm-bn", "folder", folder.toFile()))
				.get();
			assertTrue(module.getOutput("summary").toString().contains("| cs-arm-bn | controls | held-out |"),
				module.getOutput("summary").toString());
			final List<String> rows = Files.readAllLines(folder.resolve("results.csv"));
			// Two folds, each: validation; three statistics, held-out and one alpha.
			assertEquals(1 + 2 * (1 + 3 * 2), rows.size(), () -> String.join("\n", rows));
			assertTrue(rows.stream().anyMatch(r -> r.matches("source_8,cs-arm-bn,joint,alpha=0\\.01,[01]\\.\\d{4}")),
				() -> String.join("\n", rows));
		}
	}
}
