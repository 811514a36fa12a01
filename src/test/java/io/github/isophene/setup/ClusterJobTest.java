// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ClusterJobTest {

	@TempDir
	Path folder;

	/** The script is run by bash, with a spark-submit that only tells what it was given. */
	@Test
	void keysThatAreSeparatedByBlanksAreRefused() {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> new ClusterJob("assess", Map.of("profiles", "/data/p method=none; standardize report=/data/r"),
				new ClusterJob.Cluster("yarn", 1, 4, 2, 4, 0), "isophene-spark.jar")).getMessage();
		assertTrue(message.contains("'method=' within the value of profiles: separate keys by ;"), message);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void sparkIsGivenEveryWordWhole() throws Exception {
		final Path submit = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
		Files.writeString(submit, "#!/bin/sh\nfor word in \"$@\"; do echo \"$word\"; done\n");
		assertTrue(submit.toFile().setExecutable(true));
		final Path script = folder.resolve("job.sh");
		new ClusterJob("embed", Map.of("screen", "/data/Ana's screen.csv", "profiles", "/data/out $HOME"),
			new ClusterJob.Cluster("spark://host:7077", 4, 8, 2, 6, 0), "/opt/isophene spark.jar").write(script);

		final ProcessBuilder builder = new ProcessBuilder(script.toString(), "--dry-run").redirectErrorStream(true);
		builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
		final Process process = builder.start();
		final List<String> words = new String(process.getInputStream().readAllBytes()).lines().toList();
		assertTrue(process.waitFor(60, TimeUnit.SECONDS));
		assertEquals(0, process.exitValue(), words.toString());
		assertEquals(List.of("--master", "spark://host:7077", "--name", "Isophene embed", "--conf",
			"spark.executor.instances=4", "--conf", "spark.cores.max=32", "--conf", "spark.executor.cores=8", "--conf",
			"spark.task.cpus=2", "--conf", "spark.executor.memory=6g", "--conf", "spark.executor.memoryOverhead=5g",
			"--class", "io.github.isophene.spark.SparkMain", "/opt/isophene spark.jar", "embed",
			"profiles=/data/out $HOME", "screen=/data/Ana's screen.csv", "--dry-run"), words);
	}

	@Test
	void aGpuIsAskedForPerPlate() {
		final String script = new ClusterJob("embed", Map.of("profiles", "x"),
			new ClusterJob.Cluster("yarn", 8, 16, 4, 6, 2), "a.jar").script();
		assertTrue(script.contains("spark.executor.resource.gpu.amount=2") &&
			script.contains("spark.task.resource.gpu.amount=1"), script);
	}

	/** Tests that the driver gets the memory that was asked for where it computes. */
	@Test
	void theDriverGetsMemoryWhereItComputes() {
		final ClusterJob.Cluster cluster = new ClusterJob.Cluster("yarn", 8, 16, 4, 6, 0);
		final ClusterJob.Cluster here = new ClusterJob.Cluster("local[4]", 1, 4, 2, 6, 0);
		final Map<String, String> keys = Map.of("profiles", "x");
		assertTrue(new ClusterJob("assess", keys, cluster, "a.jar").script().contains("--driver-memory 6g"));
		assertTrue(new ClusterJob("embed", keys, here, "a.jar").script().contains("--driver-memory 6g"));
		assertFalse(new ClusterJob("embed", keys, cluster, "a.jar").script().contains("--driver-memory"));
	}

	@Test
	void mistakesAreToldBeforeAnythingIsWritten() {
		final ClusterJob.Cluster one = new ClusterJob.Cluster("yarn", 1, 1, 1, 1, 0);
		assertThrows(IllegalArgumentException.class,
			() -> new ClusterJob("train", Map.of("profiles", "x"), one, "a.jar"));
		assertThrows(IllegalArgumentException.class,
			() -> new ClusterJob("embed", Map.of("screen", "x"), one, "a.jar"));
		assertEquals("cpus is 4, but a process has only 2 cores",
			assertThrows(IllegalArgumentException.class, () -> new ClusterJob.Cluster("yarn", 1, 2, 4, 1, 0))
				.getMessage());
	}
}
