// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.swing.JEditorPane;
import javax.swing.text.html.HTMLEditorKit;

import io.github.isophene.guide.GuidePages;
import org.junit.jupiter.api.Test;
import org.scijava.platform.AbstractPlatform;
import org.scijava.platform.Platform;
import org.scijava.platform.PlatformService;

/** Help and reports on a system without a browser. */
class BrowserTest {

	private final List<String> otherwise = new ArrayList<>();

	/** Platform that finds a browser or none. */
	private static Platform platform(final boolean finds) {
		return new AbstractPlatform() {

			@Override
			public void open(final URL url) throws IOException {
				if (!finds) throw new IOException("Could not open " + url);
			}
		};
	}

	private static PlatformService service(final Platform... platforms) {
		return (PlatformService) Proxy.newProxyInstance(BrowserTest.class.getClassLoader(),
			new Class<?>[]{PlatformService.class}, (proxy, method, args) -> {
				assertEquals("getTargetPlatforms", method.getName());
				return Arrays.asList(platforms);
			});
	}

	private void open(final PlatformService service, final Browser.Page page) {
		Browser.open(service, page, url -> otherwise.add(String.valueOf(url)));
	}

	@Test
	void whereNoPlatformOpensAPageItIsHandedOn() throws IOException {
		final URL url = GuidePages.file("guide/embed.md").toUri().toURL();
		open(service(platform(true)), () -> url);
		open(service(platform(false), platform(true)), () -> url);
		assertEquals(List.of(), otherwise);
		open(service(platform(false), platform(false)), () -> url);
		open(service(), () -> url);
		open(service(platform(true)), () -> {
			throw new FileNotFoundException("no page");
		});
		assertEquals(List.of(url.toString(), url.toString(), "null"), otherwise);
	}

	@Test
	void swingReadsEveryPageThatADialogLeadsTo() throws IOException {
		for (final String page
			: List.of("guide/embed.md", "guide/first-plate.md", "guide/fiji-tour.md", "guide/keys.md")) {
			final Path file = GuidePages.file(page);
			assertTrue(GuidePages.isPage(file));
			final JEditorPane pane = new JEditorPane();
			pane.setEditorKit(new HTMLEditorKit());
			pane.setText(PageWindow.plain(Files.readString(file)));
			assertFalse(pane.getDocument().getLength() < 1000, page);
			assertFalse(PageWindow.plain(Files.readString(file)).contains("color-scheme"));
		}
		assertFalse(GuidePages.isPage(Path.of("report.html")));
	}
}
