// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class CountTest {

	/** Nouns that are counted in messages; pixels and bytes come in large numbers only. */
	private static final Pattern COUNTED = Pattern.compile("(?<number>[\\w.()]+)\\s*\\+\\s*\" (tiles|plates|" +
		"rows|wells|fields|images|columns|features|channels|classes|files|" +
		"batches|trainings|epochs|sites|planes|seeds)\\b");

	@Test
	void oneIsSingular() {
		assertEquals(List.of("0 plates", "1 plate", "2 plates"),
			Stream.of(0, 1, 2).map(n -> Count.of(n, "plate")).toList());
		assertEquals("20 epochs", Count.of(20, "epoch"));
		assertEquals(List.of("1 batch", "3 batches", "2 classes", "5 entries", "2 assays"),
			List.of(Count.of(1, "batch"), Count.of(3, "batch"), Count.of(2, "class"), Count.of(5, "entry"),
				Count.of(2, "assay")));
		assertEquals("1 row has, 2 rows have",
			Count.of(1, "row has", "rows have") + ", " + Count.of(2, "row has", "rows have"));
	}

	/** "1 tiles" is what a user of one small image reads otherwise. Constants are never one. */
	@Test
	void messagesCountByThisClass() throws IOException {
		final TreeSet<String> wrong = new TreeSet<>();
		for (final String root : List.of("src/main/java", "src/fiji/java", "src/spark/java")) {
			try (Stream<Path> all = Files.walk(Path.of(root))) {
				for (final Path file : all.filter(f -> f.toString().endsWith(".java")).toList()) {
					final Matcher found = COUNTED.matcher(Files.readString(file));
					while (found.find())
						if (!found.group("number").matches("[A-Z_]+"))
							wrong.add(file.getFileName() + ": " + found.group());
				}
			}
		}
		assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
	}
}
