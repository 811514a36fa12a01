// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.BorderLayout;
import java.awt.Point;

import javax.swing.Box;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;

import org.junit.jupiter.api.Test;

class WrappedTextTest {

	@Test
	void aSentenceThatChangesDoesNotScrollTheDialog() throws Exception {
		final JScrollPane[] scroll = new JScrollPane[1];
		final WrappedText[] text = new WrappedText[1];
		SwingUtilities.invokeAndWait(() -> {
			text[0] = new WrappedText();
			final JPanel rows = new JPanel(new BorderLayout());
			rows.add(Box.createVerticalStrut(2000), BorderLayout.NORTH);
			rows.add(text[0], BorderLayout.SOUTH);
			scroll[0] = new JScrollPane(rows);
			scroll[0].setSize(400, 300);
			scroll[0].doLayout();
			scroll[0].getViewport().doLayout();
			rows.doLayout();
			text[0].setText("Ready.");
		});
		SwingUtilities.invokeAndWait(() -> text[0].setText("Choose a screen. ".repeat(40)));
		// Carets move later.
		SwingUtilities.invokeAndWait(() -> {});
		SwingUtilities.invokeAndWait(() -> assertEquals(new Point(0, 0), scroll[0].getViewport().getViewPosition()));
	}
}
