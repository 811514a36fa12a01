// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URL;
import java.util.function.Consumer;

import org.scijava.log.LogService;
import org.scijava.platform.Platform;
import org.scijava.platform.PlatformService;

/** Web browser of the user. */
public final class Browser {

	/** Address that is found, or a page that is written, just before the browser opens it. */
	public interface Page {

		URL url() throws IOException;
	}

	private Browser() {}

	/**
	 * Opens a page in a thread of its own, as some systems' openers wait until the browser is closed. Without a
	 * browser, a page of the guide opens in a window of its own, and another file or address is named in one; without a
	 * display, the log names it.
	 *
	 * @param address of the page, for the message if there is no browser
	 */
	public static void open(final PlatformService platform, final LogService log, final Object address,
		final Page page)
	{
		final Thread opener = new Thread(() -> open(platform, page, GraphicsEnvironment.isHeadless()
			? url -> log.warn("No browser could be started; open " + (url == null ? address : url) + " yourself")
			: url -> PageWindow.show(url, address.toString())), "Isophene opens " + address);
		opener.setDaemon(true);
		opener.start();
	}

	/** @param otherwise takes the page if no browser opens it; {@code null}: there is no such page */
	static void open(final PlatformService platform, final Page page, final Consumer<URL> otherwise) {
		URL url = null;
		try {
			url = page.url();
		}
		catch (final IOException exc) {
			// It is named by its address.
		}
		if (url == null || !isOpened(platform, url)) otherwise.accept(url);
	}

	/** The service itself would not tell that no browser was found. */
	private static boolean isOpened(final PlatformService service, final URL url) {
		for (final Platform platform : service.getTargetPlatforms()) {
			try {
				platform.open(url);
				return true;
			}
			catch (final IOException exc) {
				// The next one may know a browser.
			}
		}
		return false;
	}
}
