// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.feedback;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.event.KeyEvent;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

import io.github.isophene.plots.WindowPlacement;

/** Small window, in the place of the {@link RunWindow}, that says what is kept of a canceled run. Needs a display. */
public final class CanceledWindow {

	private static final int WIDTH = 440;
	private static final int COLUMNS = 44;

	private CanceledWindow() {}

	/**
	 * Shows the window; returns at once.
	 *
	 * @param again opens the dialog of the command again
	 */
	public static void show(final String title, final String message, final Runnable again) {
		SwingUtilities.invokeLater(() -> open(title, message, again));
	}

	private static void open(final String title, final String message, final Runnable again) {
		final JFrame frame = new JFrame(title + ": canceled");
		frame.setName("isophene.canceled");
		frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
		final JTextArea text = new JTextArea(message, 3, COLUMNS);
		text.setEditable(false);
		text.setLineWrap(true);
		text.setWrapStyleWord(true);
		text.setOpaque(false);
		final JButton resume = new JButton(title + " again...");
		resume.setName("isophene.canceled.again");
		resume.addActionListener(event -> {
			frame.dispose();
			again.run();
		});
		final JButton close = new JButton("Close");
		close.addActionListener(event -> frame.dispose());
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT, 8, 0));
		buttons.add(resume);
		buttons.add(close);
		final JPanel content = new JPanel(new BorderLayout(10, 8));
		content.setBorder(BorderFactory.createEmptyBorder(12, 14, 12, 14));
		content.add(text, BorderLayout.CENTER);
		content.add(buttons, BorderLayout.SOUTH);
		content.registerKeyboardAction(event -> frame.dispose(), KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
			JComponent.WHEN_IN_FOCUSED_WINDOW);
		frame.setContentPane(content);
		frame.pack();
		frame.setSize(new Dimension(Math.max(WIDTH, frame.getWidth()), frame.getHeight()));
		WindowPlacement.beside(frame);
		WindowPlacement.list(frame);
		frame.setVisible(true);
		resume.requestFocusInWindow();
	}
}
