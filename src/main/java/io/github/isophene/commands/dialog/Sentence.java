// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.Color;
import java.awt.Dimension;
import java.util.stream.Stream;

import javax.swing.JLabel;
import javax.swing.SwingConstants;

/** Small sentence below a key, which explains its value: broken into lines as wide as the key, never wider. */
final class Sentence extends JLabel {

	private static final long serialVersionUID = 1L;
	private static final Color QUIET = new Color(0x606060);

	/** Characters of a line in the narrowest dialogs. */
	private static final int LINE = 50;
	private static final int LINES = 4;

	Sentence() {
		super(" ");
		setForeground(QUIET);
		setFont(getFont().deriveFont(getFont().getSize2D() - 1));
		setVerticalAlignment(SwingConstants.TOP);
		reserve(Stream.empty());
	}

	/** Takes as many lines as the longest of some sentences needs, so that another choice moves no key. */
	void reserve(final Stream<String> sentences) {
		final int longest = sentences.mapToInt(String::length).max().orElse(0);
		final int lines = Math.max(1, Math.min(LINES, (longest + LINE - 1) / LINE));
		final int line = getFontMetrics(getFont()).getHeight();
		// The dialog is as wide as its widest row, also as the least width of one.
		final Dimension size = new Dimension(10, lines * line + 2);
		setMinimumSize(size);
		setPreferredSize(size);
	}

	/** Shows a sentence; empty: none. */
	void say(final String sentence) {
		setText(sentence.isEmpty() ? " " : "<html>" + escaped(sentence) + "</html>");
		setToolTipText(sentence.isEmpty() ? null : sentence);
	}

	/** Returns a text for a label that is HTML. */
	static String escaped(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}
}
