// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

import io.github.isophene.files.RunLock;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.progress.Progress;
import io.github.isophene.run.RunOutline.PlateJob;

/**
 * Run over the plates of a screen that resumes: locks its outputs, skips the plates that an earlier run with the same
 * settings has finished and whose images are as they were, writes each of the others when it is finished, and cleans
 * up. A run that was canceled or killed loses at most the plates that it was at.
 *
 * <pre>
 * new PlateLoop&lt;&gt;(outline, store, true).run(progress, (plates, count, finished) -&gt; {
 * 	for (PlateJob plate : plates) finished.plate(plate, compute(plate, count));
 * }, (plates, resumed) -&gt; store.merge(plates));
 * </pre>
 *
 * @param <R> result of a plate
 */
public final class PlateLoop<R> {

	/** Work on the plates of a run that aren't finished. */
	@FunctionalInterface
	public interface Computation<R> {

		/**
		 * Computes plates.
		 *
		 * @param plates in the screen's order; may be none
		 * @param count receives each field that is done, and tells when to stop
		 * @param finished receives each plate, as soon as it is done
		 */
		void run(List<PlateJob> plates, FieldCount count, PlateReceiver<R> finished) throws IOException;
	}

	/** Receiver of finished plates. */
	@FunctionalInterface
	public interface PlateReceiver<R> {

		/** Receives a plate, and writes it. */
		void plate(PlateJob plate, R result) throws IOException;
	}

	/** End of a run that has finished plates. */
	@FunctionalInterface
	public interface Conclusion<T> {

		/**
		 * Makes the outputs of the finished plates.
		 *
		 * @param plates in the screen's order
		 * @param resumed number of those that an earlier run has finished
		 */
		T of(List<PlateJob> plates, int resumed) throws IOException;
	}

	@FunctionalInterface
	private interface LockedWork<T> {

		T run() throws IOException;
	}

	private final RunOutline outline;
	private final PlateStore<R> store;
	private final boolean resume;

	/** @param resume whether plates that an earlier run has finished are skipped */
	public PlateLoop(final RunOutline outline, final PlateStore<R> store, final boolean resume) {
		this.outline = outline;
		this.store = store;
		this.resume = resume;
	}

	/**
	 * Runs.
	 *
	 * @return what the conclusion gives
	 * @throws IOException if no plate is finished, another run has the outputs, or a file can't be written
	 * @throws CancellationException if canceled; finished plates stay, for the next run
	 */
	public <T> T run(final Progress progress, final Computation<R> work, final Conclusion<T> conclusion)
		throws IOException
	{
		final FieldCount count = new FieldCount(progress, outline.fields());
		try (Closeable started = ProfileFile.keepStarted()) {
			return locked(store.outputs().iterator(), () -> run(count, work, conclusion));
		}
		catch (final CancellationException exc) {
			// What stops in the middle of a plate doesn't know what is kept.
			count.check();
			throw exc;
		}
	}

	private static <T> T locked(final Iterator<Path> outputs, final LockedWork<T> work) throws IOException {
		if (!outputs.hasNext()) return work.run();
		try (RunLock lock = RunLock.of(outputs.next())) {
			return locked(outputs, work);
		}
	}

	private <T> T run(final FieldCount count, final Computation<R> work, final Conclusion<T> conclusion)
		throws IOException
	{
		store.open(outline.settings(), !resume);
		final List<PlateJob> pending = pending(count);
		final Set<PlateJob> finished = new LinkedHashSet<>(outline.plates());
		pending.forEach(finished::remove);
		final int resumed = finished.size();
		store.begin(finished, pending);
		for (final PlateJob plate : finished) count.skip(plate.fields());
		work.run(pending, count, (plate, result) -> {
			if (store.write(plate, result)) finished.add(plate);
		});
		if (finished.isEmpty()) throw store.nothing(outline.fields());
		count.status("Writing " + store.outputs().get(0).getFileName());
		count.check();
		return conclusion.of(outline.plates().stream().filter(finished::contains).toList(), resumed);
	}

	/** Returns the plates that a run would compute; changes nothing. */
	public List<PlateJob> pending() throws IOException {
		return pending(new FieldCount(Progress.NONE, outline.fields()));
	}

	private List<PlateJob> pending(final FieldCount count) throws IOException {
		if (!resume) return outline.plates();
		final List<PlateJob> pending = new ArrayList<>();
		for (final PlateJob plate : outline.plates()) {
			count.check();
			if (!store.has(plate) || outline.retry().isDue(plate.name(), store.written(plate), store.failures(plate)))
				pending.add(plate);
		}
		return pending;
	}
}
