// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Blocks of code in the README and the pages. */
final class CommandBlocks {

	static final Path README = Path.of("README.md");
	static final Path PAGES = Path.of("src/site/markdown");
	private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*) ?([^\\n]*)\\n(.*?)^```$");

	/**
	 * Block of code.
	 *
	 * @param language such as {@code sh}; may be empty
	 * @param mark what stands behind it: {@code run}, or what the block needs
	 */
	record CommandBlock(Path page, String language, String mark, String code) {

		@Override
		public String toString() {
			return page + ":\n" + code;
		}
	}

	private CommandBlocks() {}

	/** Returns the README and all pages. */
	static List<Path> pages() throws IOException {
		try (Stream<Path> files = Files.walk(PAGES)) {
			return Stream.concat(Stream.of(README), files.filter(file -> file.toString().endsWith(".md")).sorted())
				.collect(Collectors.toList());
		}
	}

	/** Returns the blocks of a page, in order. */
	static List<CommandBlock> of(final Path page) throws IOException {
		final List<CommandBlock> blocks = new ArrayList<>();
		final Matcher block = BLOCK.matcher(Files.readString(page));
		while (block.find()) blocks.add(new CommandBlock(page, block.group(1), block.group(2).strip(), block.group(3)));
		return blocks;
	}

	static List<CommandBlock> all() throws IOException {
		final List<CommandBlock> blocks = new ArrayList<>();
		for (final Path page : pages()) blocks.addAll(of(page));
		return blocks;
	}
}
