// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class JobKeysTest {

	private static final Map<String,
		String> DEFAULTS = JobKeys.defaults("screen", null, "tile", "0", "resume", "true", "join", "");

	@Test
	void whatIsNotGivenHasItsDefault() {
		final JobKeys keys = new JobKeys(DEFAULTS, List.of("screen=a=b.csv", "join=x, y"));
		assertEquals("a=b.csv", keys.text("screen"));
		assertEquals(0, keys.whole("tile"));
		assertTrue(keys.yes("resume"));
		assertEquals(List.of("x", "y"), keys.list("join"));
		assertEquals(keys.all(), JobKeys.arrived(keys.all()).all());
	}

	@Test
	void mistakesNameTheKey() {
		assertMistake("tile is 'x', which is no whole number",
			() -> new JobKeys(DEFAULTS, List.of("screen=s", "tile=x")).whole("tile"));
		assertMistake("resume is 'yes', which is no true or false",
			() -> new JobKeys(DEFAULTS, List.of("screen=s", "resume=yes")).yes("resume"));
		assertMistake("There is no key 'tyle'; there are screen (must be given), tile=0, resume=true, join",
			() -> new JobKeys(DEFAULTS, List.of("tyle=3")));
		assertMistake("The key 'screen' is missing; there are screen (must be given), tile=0, resume=true, join",
			() -> new JobKeys(DEFAULTS, List.of()));
		assertMistake("The key 'tile' is there twice", () -> new JobKeys(DEFAULTS, List.of("tile=1", "tile=2")));
		assertMistake("'screen' is no key=value", () -> new JobKeys(DEFAULTS, List.of("screen")));
	}

	@Test
	void slotsAreTasksAtOnce() {
		assertEquals(3, SparkMain.slots(new SparkConf(false).setMaster("local[3]")));
		assertEquals(1, SparkMain.slots(new SparkConf(false).setMaster("local")));
		assertEquals(8, SparkMain.slots(
			new SparkConf(false).setMaster("spark://a:1").set("spark.cores.max", "32").set("spark.task.cpus", "4")));
		assertEquals(6,
			SparkMain.slots(new SparkConf(false).setMaster("yarn")
				.set("spark.executor.instances", "3")
				.set("spark.executor.cores", "2")));
	}

	private static void assertMistake(final String message, final org.junit.jupiter.api.function.Executable work) {
		assertEquals(message, assertThrows(IllegalArgumentException.class, work).getMessage());
	}
}
