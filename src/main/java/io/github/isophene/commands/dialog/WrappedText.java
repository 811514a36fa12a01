// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.Container;
import java.awt.Dimension;
import java.awt.event.HierarchyEvent;

import javax.swing.JEditorPane;
import javax.swing.JPanel;
import javax.swing.text.DefaultCaret;

/** Text that is broken into lines where it would make a dialog too wide. */
final class WrappedText extends JEditorPane {

	private static final long serialVersionUID = 1L;
	private static final int WIDEST = 620;

	private Dimension size;

	WrappedText() {
		super("text/html", "");
		putClientProperty(HONOR_DISPLAY_PROPERTIES, true);
		setEditable(false);
		setFocusable(false);
		setOpaque(false);
		// A caret that follows the text would scroll the dialog to each sentence that changes.
		((DefaultCaret) getCaret()).setUpdatePolicy(DefaultCaret.NEVER_UPDATE);
	}

	@Override
	public void setText(final String text) {
		size = null;
		super.setText(text);
	}

	/** Measured on a copy: to lay out this one while it is asked for its size would have it asked again, for ever. */
	@Override
	public Dimension getPreferredSize() {
		if (size == null) {
			final JEditorPane copy = new JEditorPane("text/html", getText());
			copy.putClientProperty(JEditorPane.HONOR_DISPLAY_PROPERTIES, true);
			copy.setFont(getFont());
			size = copy.getPreferredSize();
			if (size.width > WIDEST) {
				copy.setSize(WIDEST, Short.MAX_VALUE);
				size = new Dimension(WIDEST, copy.getPreferredSize().height);
			}
		}
		return new Dimension(size);
	}

	/**
	 * Makes a text as wide as the dialog, which would show it as wide as it is, on the right.
	 *
	 * @param lines how many it needs at least, so that a longer sentence doesn't move the keys while one types
	 */
	static void fillRow(final JPanel panel, final int lines) {
		panel.addHierarchyListener(event -> {
			final Container parent = panel.getParent();
			if ((event.getChangeFlags() & HierarchyEvent.PARENT_CHANGED) == 0 || event.getChanged() != panel ||
				parent == null) return;
			final int least = lines * panel.getFontMetrics(panel.getFont()).getHeight();
			parent.getLayout().addLayoutComponent("span, growx, wmin 100, hmin " + least, panel);
		});
	}
}
