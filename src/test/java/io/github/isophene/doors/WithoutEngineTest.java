// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.isophene.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what must work on a platform without the engine: in a process that has nothing of the engine. */
class WithoutEngineTest {

	@TempDir
	private Path folder;

	@Test
	void correctionsAndReportsDoNotNeedIt() throws Exception {
		final StringBuilder csv = new StringBuilder(
			"Metadata_Plate,Metadata_Well,Metadata_Batch,Metadata_Compound,Metadata_pert_type,f1,f2,f3\n");
		final Random random = new Random(1);
		for (int i = 0; i < 48; i++) {
			csv.append("P")
				.append(i / 12)
				.append(",")
				.append((char) ('A' + i % 12))
				.append("01,B")
				.append(i / 24)
				.append(",C")
				.append(i % 4)
				.append(i % 4 == 0 ? ",negcon" : ",trt")
				.append(",")
				.append(random.nextGaussian() + i % 4)
				.append(",")
				.append(random.nextGaussian() + i / 24)
				.append(",")
				.append(random.nextGaussian())
				.append("\n");
		}
		final Path profiles = Files.writeString(folder.resolve("profiles.csv"), csv);
		final Path corrected = folder.resolve("corrected.csv");
		run("Correct Profiles...", "profiles=\"" + OwnProcess.slashes(profiles) +
			"\",method=\"standardize:per=table\",corrected=\"" + OwnProcess.slashes(corrected) + "\"");
		assertEquals(49, Files.readAllLines(corrected).size());
		run("Assess Batch Effects...", "profiles=\"" + OwnProcess.slashes(corrected) +
			"\",label=\"Metadata_Compound\",report=\"" + OwnProcess.slashes(folder.resolve("report")) + "\"");
		assertTrue(Files.exists(folder.resolve("report/report.html")));
	}

	private void run(final String command, final String keys) throws Exception {
		final List<String> jars = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
		assertTrue(jars.stream().anyMatch(WithoutEngineTest::isEngine), "there is no engine to leave out");
		final String classPath = jars.stream()
			.filter(jar -> !isEngine(jar))
			.collect(Collectors.joining(File.pathSeparator));
		final Path log = folder.resolve("log");
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, Main.class.getName(), "--headless",
			"--run", command, keys).redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertTrue(process.waitFor(300, TimeUnit.SECONDS), "it hangs");
			assertEquals(0, process.exitValue(), Files.readString(log));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static boolean isEngine(final String jar) {
		final String path = jar.replace('\\', '/');
		return path.contains("/ai/djl/") || path.contains("pytorch");
	}
}
