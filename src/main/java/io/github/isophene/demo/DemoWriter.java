// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.FolderDeletion;
import io.github.isophene.files.RunLock;
import io.github.isophene.messages.Count;
import io.github.isophene.progress.Progress;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;

/**
 * Renders and writes the fields of a plan, several at a time; the bytes do not
 * depend on how many. Order on disk: truth.json, images, truth.csv, screen.csv.
 * A folder with a screen.csv is therefore complete.
 */
final class DemoWriter {

	private final ScreenPlan plan;
	private final Path folder;
	private final int threads;
	private final FieldRenderer renderer;
	private final Microscope microscope;

	DemoWriter(final ScreenPlan plan, final Path folder, final int threads) {
		this.plan = plan;
		this.folder = folder.toAbsolutePath().normalize();
		this.threads = threads;
		renderer = new FieldRenderer(plan.options());
		microscope = new Microscope(plan.options());
	}

	/** A finished field: its place in the table and its number of cells. */
	private record Written(int index, int cells) {}

	Screen write(final Progress progress) throws IOException {
		if (Files.exists(folder) && !Files.isDirectory(folder)) {
			throw new IOException("folder=" + folder + " is a file: choose a folder");
		}
		try (RunLock lock = RunLock.ofFolder(folder)) {
			return writeLocked(progress);
		}
	}

	private Screen writeLocked(final Progress progress) throws IOException {
		final String truth = TruthJson.text(plan);
		refuseOtherScreens(truth);
		final List<PlannedField> fields = plan.fields();
		for (final String plate : plan.plates().keySet()) {
			Files.createDirectories(folder.resolve(plate));
			FolderDeletion.deleteTemporaries(folder.resolve(plate));
		}
		AtomicFile.write(folder.resolve(DemoFiles.TRUTH), truth);
		final int[] cells = images(fields, progress);
		AtomicFile.write(folder.resolve(DemoFiles.TRUTH_TABLE), TruthTable.text(fields, cells));
		final Screen screen = DemoTable.screen(folder, fields);
		ScreenTable.write(screen, folder.resolve(DemoFiles.TABLE));
		return screen;
	}

	private void refuseOtherScreens(final String truth) throws IOException {
		final Path present = folder.resolve(DemoFiles.TRUTH);
		final boolean same = Files.exists(present) && Files.readString(present).equals(truth);
		if (same || !Files.exists(present) && !Files.exists(folder.resolve(DemoFiles.TABLE))) return;
		throw new IOException(
			"folder=" + folder + " already holds a different screen: choose another folder, or delete this one");
	}

	private int[] images(final List<PlannedField> fields, final Progress progress) throws IOException {
		final int[] cells = new int[fields.size()];
		final ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
			final Thread thread = new Thread(task, "isophene-demo");
			thread.setDaemon(true);
			return thread;
		});
		int done = 0;
		try {
			final CompletionService<Written> finished = new ExecutorCompletionService<>(pool);
			report(progress, 0, fields.size());
			int started = 0;
			while (done < fields.size()) {
				final int soFar = done;
				progress.check(() -> canceled(soFar, fields.size()));
				// Few at a time, so that stopping does not wait for long.
				while (started < fields.size() && started - done < 2 * threads) {
					final int index = started++;
					finished.submit(() -> new Written(index, image(fields.get(index))));
				}
				final Written written = finished.take().get();
				cells[written.index()] = written.cells();
				report(progress, ++done, fields.size());
			}
			return cells;
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof IOException problem) throw problem;
			if (e.getCause() instanceof Error error) throw error;
			throw new IllegalStateException("A field could not be rendered: " + e.getCause(), e.getCause());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException(canceled(done, fields.size()));
		}
		finally {
			finish(pool);
		}
	}

	static void report(final Progress progress, final int done, final int total) {
		progress.report("Field " + done + " of " + total, done, total);
	}

	/** Files that were begun are finished, so nothing half-written stays behind. */
	private static void finish(final ExecutorService pool) {
		pool.shutdown();
		boolean interrupted = false;
		while (!pool.isTerminated()) {
			try {
				pool.awaitTermination(1, TimeUnit.HOURS);
			}
			catch (final InterruptedException e) {
				interrupted = true;
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
	}

	private int image(final PlannedField field) throws IOException {
		final FieldRenderer.Scene scene = renderer.render(field);
		final List<short[]> images = microscope.expose(field, scene.channels());
		final int size = plan.options().size();
		for (final DemoChannel channel : DemoChannel.values()) {
			AtomicFile.writeSmall(folder.resolve(DemoFiles.image(field, channel)),
				GrayTiff.encode(images.get(channel.ordinal()), size, size));
		}
		return scene.cells();
	}

	private String canceled(final int done, final int total) {
		final String state = Files.exists(folder.resolve(DemoFiles.TABLE)) ? " is as complete as it was before" //
			: " holds no " + DemoFiles.TABLE +
				" yet. Run again with the same keys to complete it, or delete the folder";
		return "Stopped after " + done + " of " + Count.of(total, "field") + "; " + folder + state;
	}
}
