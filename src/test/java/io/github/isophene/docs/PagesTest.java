// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** The documentation: the README and the pages in {@code src/site/markdown}. */
class PagesTest {

	/** A link or picture of Markdown, with its target. */
	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	/** Anchor on a line of its own. */
	private static final Pattern ANCHOR = Pattern.compile("(?m)^<a id=\"([a-z0-9-]+)\"></a>$");

	@Test
	void readmeIsShort() throws IOException {
		assertTrue(Files.size(CommandBlocks.README) < 12 * 1024,
			"README.md has " + Files.size(CommandBlocks.README) + " bytes");
	}

	@Test
	void linksLeadToFilesAndAnchors() throws IOException {
		final List<String> broken = new ArrayList<>();
		for (final Path page : CommandBlocks.pages()) {
			final Matcher link = LINK.matcher(withoutCode(Files.readString(page)));
			while (link.find()) {
				final String target = link.group(1);
				if (target.matches("[a-z]+:.*")) continue;
				final String[] parts = target.split("#", 2);
				final Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
				if (!Files.exists(file)) broken.add(page + ": " + target);
				else
					if (parts.length == 2 && !anchors(file).contains(parts[1]))
						broken.add(page + ": no <a id> of " + target);
			}
		}
		assertEquals(List.of(), broken);
	}

	@Test
	void indexMenuAndReadmeNameEveryPage() throws IOException {
		final Set<String> pages = new TreeSet<>();
		for (final Path page : CommandBlocks.pages()) {
			final String name = CommandBlocks.PAGES.relativize(page).toString().replace('\\', '/');
			if (page.startsWith(CommandBlocks.PAGES) && name.contains("/") && !name.startsWith("images/"))
				pages.add(name);
		}
		final String index = Files.readString(CommandBlocks.PAGES.resolve("index.md"));
		final String readme = Files.readString(CommandBlocks.README);
		final String site = Files.readString(Path.of("src/site/site.xml"));
		for (final String page : pages) {
			assertTrue(index.contains("](" + page + ")"), "index.md lacks " + page);
			assertTrue(site.contains('"' + page.replace(".md", ".html") + '"'), "site.xml lacks " + page);
			if (page.startsWith("guide/")) assertTrue(readme.contains(page + ")"), "README.md lacks " + page);
		}
	}

	/**
	 * A section that is linked to has an anchor written out before its heading: GitHub and Maven's site make different
	 * ones of the same heading.
	 */
	private static Set<String> anchors(final Path page) throws IOException {
		return ANCHOR.matcher(Files.readString(page))
			.results()
			.map(anchor -> anchor.group(1))
			.collect(Collectors.toSet());
	}

	@Test
	void pagesHoldNoHtmlButAnchors() throws IOException {
		final List<String> wrong = new ArrayList<>();
		for (final Path page : CommandBlocks.pages()) {
			final String text = withoutCode(Files.readString(page)).replaceAll("`[^`]*`", "");
			final Matcher tag = Pattern.compile("<[a-zA-Z/!][^>]*>").matcher(ANCHOR.matcher(text).replaceAll(""));
			while (tag.find()) wrong.add(page + ": " + tag.group());
		}
		assertEquals(List.of(), wrong);
	}

	private static String withoutCode(final String markdown) {
		return markdown.replaceAll("(?ms)^```.*?^```$", "");
	}
}
