// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.feedback;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;

import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;

import io.github.isophene.plots.WindowPlacement;

/** Small window of a running command: what it does, how far it is, and a Cancel button. Used on Swing's thread only. */
final class RunWindow {

	private static final int WIDTH = 560;
	private static final int RESOLUTION = 1000;

	private final JFrame frame;
	private final JLabel message = new JLabel(" ");
	private final JProgressBar bar = new JProgressBar(0, RESOLUTION);
	private final JButton cancel = new JButton("Cancel");

	/** @param canceler called when the user cancels: by the button, by Escape, or by closing the window */
	RunWindow(final String title, final Runnable canceler) {
		frame = new JFrame(title);
		frame.setName(WindowPlacement.RUN);
		frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
		frame.addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosing(final WindowEvent event) {
				canceler.run();
			}
		});
		message.setName("isophene.run.message");
		cancel.setName("isophene.run.cancel");
		cancel.addActionListener(event -> canceler.run());
		bar.setIndeterminate(true);
		final JPanel content = new JPanel(new BorderLayout(10, 8));
		content.setBorder(BorderFactory.createEmptyBorder(12, 14, 12, 14));
		content.add(message, BorderLayout.NORTH);
		content.add(bar, BorderLayout.CENTER);
		content.add(cancel, BorderLayout.EAST);
		content.registerKeyboardAction(new AbstractAction() {

			private static final long serialVersionUID = 1L;

			@Override
			public void actionPerformed(final ActionEvent event) {
				canceler.run();
			}
		}, KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
		frame.setContentPane(content);
		frame.pack();
		frame.setSize(new Dimension(Math.max(WIDTH, frame.getWidth()), frame.getHeight()));
		frame.setResizable(false);
		// The run goes on in the background; whatever the user types goes where it went.
		frame.setAutoRequestFocus(false);
		// Whatever else is opened or clicked, Cancel stays in reach.
		frame.setAlwaysOnTop(true);
	}

	void open() {
		WindowPlacement.beside(frame);
		frame.setVisible(true);
	}

	/** @param share done, 0 to 1; negative: unknown */
	void show(final String text, final double share) {
		final String line = text.isEmpty() ? " " : text;
		if (!line.equals(message.getText())) {
			message.setText(line);
			message.setToolTipText(line);
		}
		bar.setIndeterminate(share < 0);
		if (share >= 0) bar.setValue((int) Math.round(share * RESOLUTION));
	}

	void canceling() {
		cancel.setEnabled(false);
		cancel.setText("Canceling...");
	}

	void close() {
		frame.dispose();
	}
}
