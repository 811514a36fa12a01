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
 * Makes and writes the fields of a screen, several at a time; the bytes do not
 * depend on how many. Order on disk: truth.json, images, truth.csv, screen.csv.
 * A folder with a screen.csv is therefore complete.
 */
public final class DemoWriter {

	private final ScreenContent content;
	private final Path folder;
	private final int threads;

	/**
	 * A writer of one screen.
	 *
	 * @param content what to write
	 * @param folder made if need be
	 * @param threads number of fields made at a time
	 */
	public DemoWriter(final ScreenContent content, final Path folder, final int threads) {
		this.content = content;
		this.folder = folder.toAbsolutePath().normalize();
		this.threads = threads;
	}

	/** A finished field: its place in the table and its number of cells. */
	private record Written(int index, int cells) {}

	/**
	 * Writes everything; blocks until done.
	 *
	 * @return the screen that the table describes
	 * @throws IOException if the folder holds a different screen or cannot be written to, or a field cannot be made
	 * @throws CancellationException if stopped; there is no screen table then
	 */
	public Screen write(final Progress progress) throws IOException {
		if (Files.exists(folder) && !Files.isDirectory(folder)) {
			throw new IOException("folder=" + folder + " is a file: choose a folder");
		}
		try (RunLock lock = RunLock.ofFolder(folder)) {
			return writeLocked(progress);
		}
	}

	private Screen writeLocked(final Progress progress) throws IOException {
		final String truth = content.truth();
		requireSame(folder, truth);
		for (final String plate : content.plates()) {
			Files.createDirectories(folder.resolve(plate));
			FolderDeletion.deleteTemporaries(folder.resolve(plate));
		}
		AtomicFile.write(folder.resolve(DemoFiles.TRUTH), truth);
		final int[] cells = images(content.fieldCount(), progress);
		AtomicFile.write(folder.resolve(DemoFiles.TRUTH_TABLE), content.truthTable(cells));
		final Screen screen = content.screen(folder);
		ScreenTable.write(screen, folder.resolve(DemoFiles.TABLE));
		return screen;
	}

	/** Refuses a folder that holds another screen. */
	static void requireSame(final Path folder, final String truth) throws IOException {
		final Path present = folder.resolve(DemoFiles.TRUTH);
		final boolean same = Files.exists(present) && Files.readString(present).equals(truth);
		if (same || !Files.exists(present) && !Files.exists(folder.resolve(DemoFiles.TABLE))) return;
		throw new IOException(
			"folder=" + folder + " already holds a different screen: choose another folder, or delete this one");
	}

	private int[] images(final int total, final Progress progress) throws IOException {
		// Of a screen that was canceled, what is there is kept; one that is whole is written again.
		final boolean resumes = !Files.exists(folder.resolve(DemoFiles.TABLE));
		final int[] cells = new int[total];
		final ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
			final Thread thread = new Thread(task, "isophene-demo");
			thread.setDaemon(true);
			return thread;
		});
		int done = 0;
		try {
			final CompletionService<Written> finished = new ExecutorCompletionService<>(pool);
			report(progress, 0, total);
			int started = 0;
			while (done < total) {
				final int soFar = done;
				progress.check(() -> canceled(soFar, total));
				// Few at a time, so that stopping does not wait for long.
				while (started < total && started - done < 2 * threads) {
					final int index = started++;
					finished.submit(() -> new Written(index,
						resumes && isDone(index) ? content.cells(index) : image(index)));
				}
				final Written written = finished.take().get();
				cells[written.index()] = written.cells();
				report(progress, ++done, total);
			}
			return cells;
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof IOException problem) throw problem;
			if (e.getCause() instanceof IllegalArgumentException problem) throw problem;
			if (e.getCause() instanceof Error error) throw error;
			throw new IllegalStateException("A field could not be made: " + e.getCause(), e.getCause());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException(canceled(done, total));
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

	private boolean isDone(final int index) throws IOException {
		final long length = GrayTiff.length((long) content.size() * content.size());
		for (final String name : content.files(index)) {
			final Path file = folder.resolve(name);
			if (!Files.isRegularFile(file) || Files.size(file) != length) return false;
		}
		return true;
	}

	private int image(final int index) throws IOException {
		final ScreenContent.Images images = content.images(index);
		final List<String> files = content.files(index);
		for (int c = 0; c < files.size(); c++) {
			AtomicFile.writeSmall(folder.resolve(files.get(c)),
				GrayTiff.encode(images.channels().get(c), content.size(), content.size()));
		}
		return images.cells();
	}

	private String canceled(final int done, final int total) {
		final String state = Files.exists(folder.resolve(DemoFiles.TABLE)) ? " is as complete as it was before" //
			: " holds no " + DemoFiles.TABLE +
				" yet. Run again with the same keys to complete it, or delete the folder";
		return "Stopped after " + done + " of " + Count.of(total, "field") + "; " + folder + state;
	}
}
