// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.github.isophene.progress.Progress;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.run.RunOutline.PlateJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlateLoopTest {

	private static final RunOutline OUTLINE = new RunOutline(Map.of("tile", "64"),
		List.of(new PlateJob("P1", "k1", 2), new PlateJob("P2", "k2", 3), new PlateJob("P3", "k3", 4)),
		PlateRetry.never());

	@TempDir
	Path folder;

	private MemoryStore store;
	private final List<String> computed = new ArrayList<>();

	@BeforeEach
	void makeStore() {
		store = new MemoryStore(folder.resolve("out.parquet"));
	}

	/** Results by the key of the plate; an empty one is none. */
	private static final class MemoryStore implements PlateStore<String> {

		private final Path output;
		private final Map<String, String> results = new LinkedHashMap<>();
		private boolean cleaned;

		MemoryStore(final Path output) {
			this.output = output;
		}

		@Override
		public List<Path> outputs() {
			return List.of(output);
		}

		@Override
		public void open(final Map<String, String> settings, final boolean anew) {
			assertEquals(OUTLINE.settings(), settings);
			if (anew) results.clear();
		}

		@Override
		public boolean has(final PlateJob plate) {
			return results.containsKey(plate.key());
		}

		@Override
		public FileTime written(final PlateJob plate) {
			return FileTime.fromMillis(0);
		}

		@Override
		public List<Failure> failures(final PlateJob plate) {
			return List.of();
		}

		@Override
		public void begin(final Collection<PlateJob> finished, final Collection<PlateJob> pending) {
			assertEquals(OUTLINE.plates().size(), finished.size() + pending.size());
		}

		@Override
		public boolean write(final PlateJob plate, final String result) {
			if (result.isEmpty()) return false;
			results.put(plate.key(), result);
			return true;
		}

		@Override
		public IOException nothing(final int fields) {
			cleaned = true;
			return new NothingReadException("None of " + fields);
		}
	}

	private String run(final boolean resume, final Progress progress, final String result) throws IOException {
		return new PlateLoop<>(OUTLINE, store, resume).run(progress, (plates, count, finished) -> {
			for (final PlateJob plate : plates) {
				count.plate(plate.name());
				for (int i = 0; i < plate.fields(); i++) {
					count.check();
					count.field();
				}
				computed.add(plate.name());
				finished.plate(plate, result);
			}
		}, (plates, resumed) -> String.join(",", plates.stream().map(PlateJob::name).toList()) + " resumed " + resumed);
	}

	@Test
	void aCanceledRunResumesAtTheNextUnfinishedPlate() throws IOException {
		final StoppingProgress progress = StoppingProgress.after(4);
		final String message = assertThrows(CancellationException.class, () -> run(true, progress, "x")).getMessage();
		assertTrue(message.contains("4 of 9 fields") && message.contains("finished plates are kept"), message);
		assertEquals(List.of("P1"), computed);
		assertEquals(List.of("P2", "P3"),
			new PlateLoop<>(OUTLINE, store, true).pending().stream().map(PlateJob::name).toList());
		final StoppingProgress rest = new StoppingProgress();
		assertEquals("P1,P2,P3 resumed 1", run(true, rest, "x"));
		assertEquals(List.of("P1", "P2", "P3"), computed);
		assertEquals(9, rest.done());
		assertEquals("P1,P2,P3 resumed 3", run(true, Progress.NONE, "x"));
		assertEquals(3, computed.size());
		assertEquals("P1,P2,P3 resumed 0", run(false, Progress.NONE, "x"));
		assertEquals(6, computed.size());
	}

	@Test
	void aPlateThatMustBeDoneAgainIsComputedAndTheOthersAreNot() throws IOException {
		run(true, Progress.NONE, "x");
		computed.clear();
		store.results.remove("k2");
		assertEquals("P1,P2,P3 resumed 2", run(true, Progress.NONE, "x"));
		assertEquals(List.of("P2"), computed);
	}

	@Test
	void aRunWithoutAFinishedPlateCleansUpAndFails() {
		assertEquals("None of 9",
			assertThrows(NothingReadException.class, () -> run(true, Progress.NONE, "")).getMessage());
		assertTrue(store.cleaned);
	}

	@Test
	void twoRunsOfOneOutputAreRefused() throws IOException {
		new PlateLoop<>(OUTLINE, store, true).run(Progress.NONE, (plates, count, finished) -> {
			final String message = assertThrows(IOException.class, () -> run(true, Progress.NONE, "x")).getMessage();
			assertTrue(message.contains("Another run is writing"), message);
			finished.plate(plates.get(0), "x");
		}, (plates, resumed) -> null);
		assertEquals(List.of(), computed);
	}
}
