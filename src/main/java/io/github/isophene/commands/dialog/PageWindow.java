// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.BorderLayout;
import java.awt.Dialog;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.swing.BorderFactory;
import javax.swing.JEditorPane;
import javax.swing.JFrame;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import javax.swing.event.HyperlinkEvent;
import javax.swing.text.html.HTMLDocument;
import javax.swing.text.html.HTMLEditorKit;

import io.github.isophene.guide.GuidePages;
import io.github.isophene.plots.WindowPlacement;

/** Window that shows a page of the guide where no browser can be started, and names other pages. Needs a display. */
final class PageWindow {

	private static final int WIDTH = 820;
	private static final int HEIGHT = 640;

	private final JFrame frame = new JFrame("Isophene: no browser could be started");
	private final JTextField place = new JTextField();
	private final JEditorPane pane = new JEditorPane();

	private PageWindow() {
		frame.setName("isophene.page");
		// The dialog whose help this is would block it, and stay before it.
		frame.setModalExclusionType(Dialog.ModalExclusionType.APPLICATION_EXCLUDE);
		frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
		place.setEditable(false);
		place.setBorder(BorderFactory.createEmptyBorder(6, 8, 6, 8));
		pane.setEditorKit(new HTMLEditorKit());
		pane.setEditable(false);
		pane.addHyperlinkListener(this::follow);
		frame.add(place, BorderLayout.NORTH);
		frame.add(new JScrollPane(pane), BorderLayout.CENTER);
	}

	/**
	 * Shows a page; returns at once.
	 *
	 * @param url {@code null} if there is no page but the address
	 */
	static void show(final URL url, final String address) {
		SwingUtilities.invokeLater(() -> {
			final PageWindow window = new PageWindow();
			window.open(url, address);
			window.frame.pack();
			final Rectangle screen = WindowPlacement.screen(window.frame);
			window.frame.setSize(new Dimension(Math.min(WIDTH, screen.width), Math.min(HEIGHT, screen.height)));
			WindowPlacement.beside(window.frame);
			WindowPlacement.list(window.frame);
			window.frame.setVisible(true);
			window.frame.toFront();
		});
	}

	private void open(final URL url, final String address) {
		final Path file = file(url);
		place.setText("Open in a browser: " + (file == null ? url == null ? address : url : file));
		if (file == null || !GuidePages.isPage(file)) {
			pane.setText("<html><body><p>No browser could be started. The line above, which can be copied, names " +
				"what to open.</p></body></html>");
			return;
		}
		try {
			final HTMLDocument page = (HTMLDocument) pane.getEditorKit().createDefaultDocument();
			page.setBase(url);
			pane.setDocument(page);
			pane.setText(plain(Files.readString(file)));
			pane.setCaretPosition(0);
			if (url.getRef() != null) SwingUtilities.invokeLater(() -> pane.scrollToReference(url.getRef()));
		}
		catch (final IOException exc) {
			pane.setText("<html><body><p>The page can't be read: " + Sentence.escaped(exc.getMessage()) +
				"</p></body></html>");
		}
	}

	/** Returns a page without what Swing, which knows HTML 3.2, does not understand. */
	static String plain(final String page) {
		return page.replaceAll("(?s)<!DOCTYPE[^>]*>|<meta[^>]*>|<style>.*?</style>", "").replaceAll("</?nav>", "");
	}

	private static Path file(final URL url) {
		try {
			return url == null || !url.getProtocol().equals("file") ? null
				: Path.of(new URL(url, url.getPath()).toURI());
		}
		catch (final URISyntaxException | IOException | IllegalArgumentException exc) {
			return null;
		}
	}

	private void follow(final HyperlinkEvent event) {
		if (event.getEventType() != HyperlinkEvent.EventType.ACTIVATED || event.getURL() == null) return;
		final Path file = file(event.getURL());
		if (file != null && GuidePages.isPage(file)) open(event.getURL(), "");
		else place.setText("Open in a browser: " + event.getURL());
	}
}
