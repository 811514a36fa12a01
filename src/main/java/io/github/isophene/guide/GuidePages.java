// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.guide;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Guide in a temporary folder: the pages of the jar, rendered to HTML when the first of them is opened. */
public final class GuidePages {

	/** Address of the pages on the web, in front of the name of a page. */
	public static final String WEB = "https://github.com/isophene/isophene/blob/main/src/site/markdown/";

	private static final String INDEX = "index.md";
	private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
	private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
	/** The pages' own HTML, anchors of sections, passes as it is. */
	private static final HtmlRenderer RENDERER = HtmlRenderer.builder().extensions(EXTENSIONS).build();
	private static final String STYLE = """
		:root{color-scheme:light dark}
		body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
		nav{font-size:.85rem;border-bottom:1px solid #8888;padding-bottom:.5rem}
		pre,code{font-family:ui-monospace,monospace;font-size:.9em;background:#8882;border-radius:3px}
		code{padding:0 .2em}pre{padding:.6rem;overflow-x:auto}pre code{background:none;padding:0}
		table{border-collapse:collapse;display:block;overflow-x:auto;font-size:.9rem}
		td,th{border:1px solid #8886;padding:.2rem .5rem;text-align:left;vertical-align:top}
		img{max-width:100%}
		""";

	private static Path folder;

	private GuidePages() {}

	/**
	 * Returns a page as a file that a browser opens; the pages that it leads to lie beside it.
	 *
	 * @param page name below {@code src/site/markdown}, such as {@code guide/embed.md}
	 * @throws FileNotFoundException if there is no such page
	 */
	public static synchronized Path file(final String page) throws IOException {
		if (folder == null || !Files.isDirectory(folder)) {
			final Path made = Files.createTempDirectory("isophene-guide");
			made.toFile().deleteOnExit();
			write(made);
			folder = made;
		}
		final Path file = folder.resolve(html(page));
		if (!Files.isRegularFile(file)) throw new FileNotFoundException("The guide has no page " + page);
		return file;
	}

	/** Returns whether a file is a page that {@link #file} has written. */
	public static synchronized boolean isPage(final Path file) {
		return folder != null && file.startsWith(folder) && file.toString().endsWith(".html") &&
			Files.isRegularFile(file);
	}

	/** Writes every page and picture that the index leads to, directly or not. */
	private static void write(final Path target) throws IOException {
		final Set<String> known = new HashSet<>(Set.of(INDEX));
		final Deque<String> open = new ArrayDeque<>(known);
		while (!open.isEmpty()) {
			final String name = open.remove();
			final byte[] bytes = read(name);
			if (!name.endsWith(".md")) {
				put(target.resolve(name), bytes);
				continue;
			}
			final Node page = PARSER.parse(new String(bytes, StandardCharsets.UTF_8));
			page.accept(new AbstractVisitor() {

				@Override
				public void visit(final Link link) {
					final String destination = link.getDestination();
					follow(destination);
					if (isPage(destination)) link.setDestination(html(destination));
					visitChildren(link);
				}

				@Override
				public void visit(final Image image) {
					follow(image.getDestination());
				}

				private void follow(final String destination) {
					if (destination.contains(":") || destination.startsWith("#")) return;
					final String linked = Path.of(name)
						.resolveSibling(destination.replaceFirst("#.*", ""))
						.normalize()
						.toString()
						.replace('\\', '/');
					if (known.add(linked)) open.add(linked);
				}
			});
			put(target.resolve(html(name)), document(name, page).getBytes(StandardCharsets.UTF_8));
		}
	}

	private static String document(final String name, final Node page) {
		final String root = name.contains("/") ? "../" : "";
		return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" " +
			"content=\"width=device-width\"><title>Isophene: " + name.replace(".md", "") + "</title><style>\n" + STYLE +
			"</style></head>" + "<body><nav><a href=\"" + root + "index.html\">All pages</a> · <a href=\"" + WEB +
			name + "\">This page on the web</a></nav>\n" + RENDERER.render(page) + "</body></html>\n";
	}

	private static byte[] read(final String name) throws IOException {
		try (InputStream in = GuidePages.class.getResourceAsStream(name)) {
			if (in == null) throw new FileNotFoundException("The guide in this jar lacks " + name);
			return in.readAllBytes();
		}
	}

	private static void put(final Path file, final byte[] bytes) throws IOException {
		for (Path parent = file.getParent(); !Files.isDirectory(parent); parent = parent.getParent()) {
			Files.createDirectories(parent);
			parent.toFile().deleteOnExit();
		}
		Files.write(file, bytes);
		file.toFile().deleteOnExit();
	}

	private static boolean isPage(final String destination) {
		return !destination.contains(":") && destination.matches("[^#]*\\.md(#.*)?");
	}

	private static String html(final String page) {
		return page.replaceFirst("\\.md(?=#|$)", ".html");
	}
}
