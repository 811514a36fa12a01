// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** A standalone cluster of one master and two workers, each a process, on the loopback address. */
@DisabledOnOs(OS.WINDOWS)
class ClusterTest {

	private static final int PLATES = 50;

	@TempDir
	Path folder;

	@Test
	void aWorkerThatDiesLosesNothingAndDoublesNothing() throws Exception {
		final Path table = folder.resolve("screen/screen.csv");
		final Path desktop = folder.resolve("desktop.parquet");
		final Context context = new Context();
		try {
			final IsopheneService isophene = context.service(IsopheneService.class);
			isophene.makeDemoScreen(folder.resolve("screen"), DemoOptions.defaults()
				.withBatches(5)
				.withPlates(PLATES / 5)
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
		final int port = freePort();
		final String master = "spark://127.0.0.1:" + port;
		final Path profiles = folder.resolve("cluster.parquet");
		try (
			SparkProcess boss = SparkProcess.start(home, Map.of(), Master.class, "--host", "127.0.0.1", "--port",
				"" + port, "--webui-port", "0");
			SparkProcess one = worker(home, master);
			SparkProcess two = worker(home, master);
			SparkProcess driver = SparkProcess.start(home, driver(master), SparkMain.class, "embed", "screen=" + table,
				"tile=32", "profiles=" + profiles))
		{
			final Path done = folder.resolve("cluster.parquet.plates/_isophene/done");
			while (count(done) < PLATES / 5) {
				assertTrue(driver.isAlive(),
					() -> "it ended early:\n" + driver.output() + boss.output() + one.output());
				Thread.sleep(20);
			}
			one.kill();
			assertTrue(count(done) < PLATES, "all was over before a worker died: make it longer");
			assertEquals(0, driver.waitFor(), driver.output());
			assertTrue(two.isAlive());
			assertTrue(driver.output().contains("from 50 of 50 plates"), driver.output());
		}
		assertArrayEquals(Files.readAllBytes(desktop), Files.readAllBytes(profiles));
		LocalJobsTest.assertSameRows(ProfileFile.read(desktop),
			ProfileFile.read(folder.resolve("cluster.parquet.plates")));
		assertFalse(Files.exists(folder.resolve("cluster.parquet.plates/_isophene/attempts")));
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
