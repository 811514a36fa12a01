// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import io.github.isophene.pixels.file.GrayPlane;
import io.github.isophene.screen.Plane;

/**
 * Readers that stay open between fields, as opening a plate takes longer than reading a
 * plane. A reader is for one thread at a time, so there are as many of a file as threads
 * read it at once. Of those that nobody uses, the {@value #IDLE} used last stay open:
 * a plate may have a file per well.
 */
final class ReaderPool implements Closeable {

	private static final int IDLE = 16;

	/** A reader that nobody uses. */
	private record Idle(Path file, SeriesReader reader) {}

	/** The one used last comes last. */
	private final Deque<Idle> idle = new ArrayDeque<>();
	private int open;
	private int generation;

	/** Reads a plane with a reader that is free, or a new one. */
	GrayPlane read(final Path file, final Plane plane) throws IOException {
		final int before;
		SeriesReader reader;
		synchronized (this) {
			before = generation;
			reader = take(file);
		}
		if (reader == null) {
			reader = new SeriesReader(file);
			synchronized (this) {
				open++;
			}
		}
		boolean read = false;
		try {
			final GrayPlane pixels = reader.read(plane);
			read = true;
			return pixels;
		}
		finally {
			// one that has failed may be in any state
			if (read) giveBack(file, reader, before);
			else close(List.of(new Idle(file, reader)));
		}
	}

	/** Returns the number of open readers, idle or not. */
	synchronized int openReaders() {
		return open;
	}

	/** Closes idle readers now, and those in use when they have done their plane. */
	@Override
	public void close() {
		final List<Idle> all;
		synchronized (this) {
			generation++;
			all = new ArrayList<>(idle);
			idle.clear();
		}
		close(all);
	}

	private synchronized SeriesReader take(final Path file) {
		for (final Iterator<Idle> last = idle.descendingIterator(); last.hasNext();) {
			final Idle candidate = last.next();
			if (!candidate.file.equals(file)) continue;
			last.remove();
			return candidate.reader;
		}
		return null;
	}

	private void giveBack(final Path file, final SeriesReader reader, final int before) {
		final List<Idle> surplus = new ArrayList<>();
		synchronized (this) {
			if (before == generation) idle.addLast(new Idle(file, reader));
			else surplus.add(new Idle(file, reader));
			while (idle.size() > IDLE) surplus.add(idle.removeFirst());
		}
		close(surplus);
	}

	private void close(final List<Idle> readers) {
		for (final Idle each : readers) {
			try {
				each.reader.close();
			}
			catch (final IOException | RuntimeException exc) {
				// nothing was written, so nothing is lost
			}
			synchronized (this) {
				open--;
			}
		}
	}
}
