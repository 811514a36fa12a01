// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.io.IOException;
import java.net.URL;

import org.scijava.log.LogService;
import org.scijava.platform.PlatformService;

/** Web browser of the user. */
public final class Browser {

	/** Address that is found, or a page that is written, just before the browser opens it. */
	public interface Page {

		URL url() throws IOException;
	}

	private Browser() {}

	/**
	 * Opens a page in a thread of its own, as some systems' openers wait until the browser is closed.
	 *
	 * @param address of the page, for the warning if there is no browser
	 */
	public static void open(final PlatformService platform, final LogService log, final Object address,
		final Page page)
	{
		final Thread opener = new Thread(() -> {
			try {
				platform.open(page.url());
			}
			catch (final IOException exc) {
				log.warn("No browser could be started; open " + address + " yourself");
			}
		}, "Isophene opens " + address);
		opener.setDaemon(true);
		opener.start();
	}
}
