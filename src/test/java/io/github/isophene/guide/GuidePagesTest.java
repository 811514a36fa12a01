// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Help of the dialogs without a network. */
class GuidePagesTest {

	@Test
	void everyPageIsRenderedAndItsLinksWork() throws IOException {
		final Path root = GuidePages.file("index.md").getParent();
		final List<String> broken = new ArrayList<>();
		int pages = 0;
		try (Stream<Path> files = Files.walk(root)) {
			for (final Path file : files.filter(path -> path.toString().endsWith(".html")).toList()) {
				pages++;
				final String html = Files.readString(file);
				final Matcher link = Pattern.compile("(?:href|src)=\"([^\"]*)\"").matcher(html);
				while (link.find()) {
					if (link.group(1).startsWith("https://")) continue;
					final String[] parts = link.group(1).split("#", 2);
					final Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
					if (!Files.isRegularFile(target)) broken.add(file + " -> " + link.group(1));
					else if (parts.length == 2 && !Files.readString(target).contains("id=\"" + parts[1] + "\"")) {
						broken.add(file + " -> " + link.group(1));
					}
				}
			}
		}
		assertEquals(List.of(), broken);
		assertTrue(pages > 30, pages + " pages");
	}

	@Test
	void tablesAndHeadingsAreHtml() throws IOException {
		final String page = Files.readString(GuidePages.file("guide/keys.md"));
		assertTrue(page.contains("<table>") && page.contains("<h1>Keys"), page);
		assertTrue(page.contains(GuidePages.WEB + "guide/keys.md"), "a link to the web");
		final String section = Files.readString(GuidePages.file("guide/open.md"));
		assertTrue(section.contains("<a id=\"uneven-illumination\"></a>") && !section.contains("&lt;a id"), section);
		assertThrows(IOException.class, () -> GuidePages.file("guide/nothing.md"));
	}
}
