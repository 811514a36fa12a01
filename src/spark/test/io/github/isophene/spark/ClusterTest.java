// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.isophene.IsopheneService;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.profiles.ProfileFile;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

/** A standalone cluster of one master and three workers, each a process, on the loopback address. */
@DisabledOnOs(OS.WINDOWS)
class ClusterTest {

	private static final int PLATES = 30;

	@TempDir
	Path folder;

	/** Of three workers one dies, and one gets a tenth of its time; with and without speculative execution. */
	@Test
	void aWorkerThatDiesAndASlowOneLoseNothingAndDoubleNothing() throws Exception {
		final Path table = folder.resolve("screen/screen.csv");
		final Path desktop = folder.resolve("desktop.parquet");
		final Context context = new Context();
		try {
			final IsopheneService isophene = context.service(IsopheneService.class);
			isophene.makeDemoScreen(folder.resolve("screen"), DemoOptions.defaults()
				.withBatches(3)
				.withPlates(PLATES / 3)
				.withWells(4)
				.withSize(64)
				.withClasses(2)
				.withSeed(5));
			isophene.embedScreen(isophene.openScreen(table), EmbeddingOptions.into(desktop).withTile(32));
		}
		finally {
			context.dispose();
		}
		final Path home = SparkProcess.home(folder.resolve("home"));
		for (final boolean speculation : new boolean[]{false, true}) {
			final Path profiles = folder.resolve("speculation-" + speculation + ".parquet");
			disturbed(home, table, profiles, speculation);
			assertArrayEquals(Files.readAllBytes(desktop), Files.readAllBytes(profiles));
			final Path plates = profiles.resolveSibling(profiles.getFileName() + ".plates");
			LocalJobsTest.assertSameRows(ProfileFile.read(desktop), ProfileFile.read(plates));
			assertEquals(PLATES, count(plates.resolve("_isophene/done")));
			if (!speculation) assertFalse(Files.exists(plates.resolve("_isophene/attempts")));
		}
	}

	private void disturbed(final Path home, final Path table, final Path profiles, final boolean speculation)
		throws Exception
	{
		final int port = freePort();
		final String master = "spark://127.0.0.1:" + port;
		final Map<String, String> settings = driver(master);
		settings.put("spark.speculation", "" + speculation);
		// A task that takes twice as long as others is begun once more elsewhere, when a third of all are done.
		settings.put("spark.speculation.quantile", "0.3");
		settings.put("spark.speculation.multiplier", "2");
		final long start = System.nanoTime();
		try (
			SparkProcess boss = SparkProcess.start(home, Map.of(), Master.class, "--host", "127.0.0.1", "--port",
				"" + port, "--webui-port", "0");
			SparkProcess one = worker(home, master);
			SparkProcess two = worker(home, master);
			SparkProcess three = worker(home, master);
			SparkProcess driver = SparkProcess.start(home, settings, SparkMain.class, "embed", "screen=" + table,
				"tile=32", "profiles=" + profiles))
		{
			final Path done = profiles.resolveSibling(profiles.getFileName() + ".plates").resolve("_isophene/done");
			while (count(done) < PLATES / 8) {
				assertTrue(driver.isAlive(),
					() -> "it ended early:\n" + driver.output() + boss.output() + one.output());
				Thread.sleep(20);
			}
			try (Closeable slow = three.slowDown()) {
				one.kill();
				assertTrue(count(done) < PLATES, "all was over before a worker died: make it longer");
				assertEquals(0, driver.waitFor(), driver.output());
			}
			assertTrue(two.isAlive());
			assertTrue(three.isAlive());
			assertTrue(driver.output().contains("from " + PLATES + " of " + PLATES + " plates"), driver.output());
			final long twice = driver.output().lines().filter(line -> line.contains("as speculatable")).count();
			assertEquals(speculation, twice > 0, driver.output());
			System.out.printf("speculation %s: %.0f s with the start of all processes, %d tasks begun once more%n",
				speculation, (System.nanoTime() - start) * 1e-9, twice);
		}
	}

	private static SparkProcess worker(final Path home, final String master) throws IOException {
		return SparkProcess.start(home, Map.of(), Worker.class, "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
			"--webui-port", "0", "--work-dir", Files.createTempDirectory(home, "work").toString(), master);
	}

	private static Map<String, String> driver(final String master) {
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("spark.master", master);
		settings.put("spark.ui.enabled", "false");
		settings.put("spark.driver.host", "127.0.0.1");
		settings.put("spark.executor.memory", "800m");
		settings.put("spark.executor.extraClassPath", SparkProcess.folders());
		// A dead worker is noticed at once on one machine; over a network that may take this long.
		settings.put("spark.network.timeout", "60s");
		return settings;
	}

	private static long count(final Path folder) throws IOException {
		if (Files.notExists(folder)) return 0;
		try (Stream<Path> files = Files.list(folder)) {
			return files
				.filter(file -> file.toString().endsWith(".json") && !file.getFileName().toString().startsWith("."))
				.count();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}
}
