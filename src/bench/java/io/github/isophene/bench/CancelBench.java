// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.github.isophene.commands.AdaptAndPredict;
import io.github.isophene.commands.AssessBatchEffects;
import io.github.isophene.commands.CalibrateModel;
import io.github.isophene.commands.CompareAdaptations;
import io.github.isophene.commands.CorrectProfiles;
import io.github.isophene.commands.EmbedScreen;
import io.github.isophene.commands.ExportScreen;
import io.github.isophene.commands.FineTuneModel;
import io.github.isophene.commands.MakeDemoScreen;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/**
 * Times from Cancel to the end of each long command, three tries each, at different moments of its run. What Cancel
 * and Escape do in Fiji is to cancel the task, which is what this does. For an idle machine:
 *
 * <pre>
 * java -cp ... io.github.isophene.bench.CancelBench [large]
 * </pre>
 *
 * {@code large} cancels within the first training step of published size, 8 x 192 images, instead.
 */
public final class CancelBench {

	private static final int SECONDS_TO_BEGIN = 600;
	private static final String HEAD = "| command | canceled at | seconds, three tries |\n| --- | --- | --- |";

	private final Context context = new Context();
	private volatile Task task;

	private CancelBench() {
		context.service(EventService.class).subscribe(this);
	}

	/** Keeps the task of the command that runs. */
	@EventHandler
	public void changed(final TaskEvent event) {
		task = event.getTask();
	}

	public static void main(final String[] args) throws Exception {
		final boolean large = List.of(args).contains("large");
		final CancelBench bench = new CancelBench();
		final Path folder = Files.createTempDirectory("isophene-cancel");
		if (large) {
			System.out.println(HEAD);
			final File wide = bench.demo(folder.resolve("large"), 4, 2, 48, 4, 160).toFile();
			bench.row(FineTuneModel.class, -1, () -> Map.of("screen", wide, "label", "Metadata_Compound",
				"architecture",
				"resnet18", "tile", 128, "queries", 64, "controlsperepisode", 128, "accumulate", 8, "model",
				new File(fresh(folder) + ".zip")));
			System.exit(0);
		}
		final Path screen = bench.demo(folder.resolve("screen"), 3, 2, 32, 2, 256);
		final CommandService commands = bench.context.service(CommandService.class);
		final File table = screen.toFile();
		final File model = folder.resolve("model.zip").toFile();
		commands.run(FineTuneModel.class, true, "screen", table, "label", "Metadata_Compound", "architecture",
			"resnet18:8", "tile", 64, "epochs", 1, "model", model).get();
		final File profiles = folder.resolve("profiles.parquet").toFile();
		commands.run(EmbedScreen.class, true, "screen", table, "level", "tile", "tile", 32, "channels", "DNA,ER",
			"profiles", profiles).get();
		System.out.println(HEAD);
		for (final double after : new double[]{0.2, 1.5}) {
			bench.row(MakeDemoScreen.class, after, () -> Map.of("folder", fresh(folder), "batches", 20, "size", 512));
			bench.row(ExportScreen.class, after, () -> Map.of("screen", table, "folder", fresh(folder)));
			bench.row(EmbedScreen.class, after, () -> Map.of("screen", table, "tile", 64, "profiles",
				new File(fresh(folder) + ".parquet")));
			bench.row(FineTuneModel.class, after, () -> Map.of("screen", table, "label", "Metadata_Compound",
				"architecture", "resnet18", "model", new File(fresh(folder) + ".zip")));
			bench.row(AdaptAndPredict.class, after, () -> Map.of("screen", table, "model", model.getPath(),
				"predictions", new File(fresh(folder) + ".parquet")));
			bench.row(CalibrateModel.class, after, () -> Map.of("screen", table, "model", model.getPath(), "calibrated",
				new File(fresh(folder) + ".zip")));
			bench.row(CompareAdaptations.class, after, () -> Map.of("screen", table, "label", "Metadata_Compound",
				"heldout", "1", "indomain", 1, "folder", fresh(folder)));
			bench.row(CorrectProfiles.class, after, () -> Map.of("profiles", profiles, "method", "harmony", "corrected",
				new File(fresh(folder) + ".parquet")));
			bench.row(AssessBatchEffects.class, after, () -> Map.of("profiles", profiles.getPath(), "label",
				"Metadata_Compound", "report", fresh(folder)));
		}
		System.exit(0);
	}

	private Path demo(final Path folder, final int batches, final int plates, final int wells, final int fields,
		final int size) throws Exception
	{
		context.service(CommandService.class)
			.run(MakeDemoScreen.class, true, "folder", folder.toFile(), "batches", batches, "plates", plates, "wells",
				wells, "fields", fields, "size", size)
			.get();
		return folder.resolve("screen.csv");
	}

	private static File fresh(final Path folder) {
		return folder.resolve("out" + System.nanoTime()).toFile();
	}

	private interface Keys {

		Map<String, Object> next();
	}

	/** @param after seconds from the first sign of the task; negative: within the first training step */
	private void row(final Class<? extends Command> type, final double after, final Keys keys) throws Exception {
		final List<String> times = new ArrayList<>();
		final List<String> moments = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			task = null;
			final Future<?> run = context.service(CommandService.class).run(type, true, new HashMap<>(keys.next()));
			if (after >= 0) {
				await(() -> run.isDone() || task != null &&
					!String.valueOf(task.getStatusMessage()).startsWith("Waiting"));
				Thread.sleep((long) (1000 * after));
			}
			else {
				await(() -> run.isDone() || task != null && String.valueOf(task.getStatusMessage())
					.contains("irst step"));
				Thread.sleep(3000);
			}
			if (run.isDone()) {
				times.add("over before");
				continue;
			}
			moments.add(String.valueOf(task.getStatusMessage()));
			final long start = System.nanoTime();
			task.cancel("Canceled");
			try {
				run.get();
			}
			catch (final ExecutionException exc) {
				// A canceled command ends so.
			}
			times.add(String.format(Locale.ROOT, "%.2f", (System.nanoTime() - start) * 1e-9));
		}
		System.out.println("| " + type.getSimpleName() + " | " + String.join("; ", moments.stream().distinct()
			.toList()) +
			" | " + String.join(", ", times) + " |");
	}

	private interface BenchCondition {

		boolean holds();
	}

	private static void await(final BenchCondition condition) throws InterruptedException {
		final long end = System.nanoTime() + SECONDS_TO_BEGIN * 1_000_000_000L;
		while (!condition.holds() && System.nanoTime() < end) Thread.sleep(10);
	}
}
