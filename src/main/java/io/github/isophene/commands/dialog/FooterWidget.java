// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.KeyboardFocusManager;
import java.awt.Window;

import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

import org.scijava.plugin.Plugin;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/** The end of a dialog: what is still missing or wrong, and a button that restores the defaults. */
@Plugin(type = InputWidget.class, priority = 1000)
public class FooterWidget extends MessageWidget {

	/** Pause in typing after which keys are looked at, ms. */
	private static final int PAUSE = 250;

	private final WrappedText pane = new WrappedText();
	/** Every key stroke would have folders searched that are only the beginning of a path. */
	private final RowUpdate update = new RowUpdate(panel, this::update, PAUSE);
	private String shown = "";

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isMessage() && model.isStyle(Suggestions.FOOTER_STYLE) &&
			model.getModule().getDelegateObject() instanceof Suggestions;
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		panel.putClientProperty(SectionWidget.ENDS_SECTION, true);
		panel.add(pane);
		final JButton restore = new JButton("Restore Defaults");
		restore.setToolTipText("Gives every key of this dialog its default again");
		restore.addActionListener(event -> restore());
		final JPanel bottom = new JPanel(new BorderLayout());
		bottom.add(restore, BorderLayout.EAST);
		panel.add(bottom, BorderLayout.SOUTH);
		WrappedText.fillRow(panel, 5);
		update.build();
	}

	private CommandDialog dialog() {
		return ((Suggestions) get().getModule().getDelegateObject()).dialog();
	}

	private void restore() {
		if (dialog() == null) return;
		dialog().restoreDefaults();
		get().getPanel().refresh();
	}

	/** Enables the dialog's OK when nothing is missing or wrong; the reason stands below the keys. */
	private void enableOk(final boolean ready) {
		final Window window = SwingUtilities.getWindowAncestor(panel);
		final JButton ok = window == null ? null : ok(window);
		if (ok == null) return;
		ok.setEnabled(ready);
		ok.setToolTipText(ready ? null : shown);
	}

	private static JButton ok(final Container in) {
		for (final Component child : in.getComponents()) {
			if (child instanceof JButton button && "OK".equals(button.getText())) return button;
			final JButton inside = child instanceof Container container ? ok(container) : null;
			if (inside != null) return inside;
		}
		return null;
	}

	@Override
	public void refreshWidget() {
		// What stands there is of the keys before: files that were proposed for another folder could be written.
		if (panel.isShowing()) SwingUtilities.invokeLater(() -> enableOk(false));
		update.request();
	}

	private void update() {
		final String text = dialog() == null ? "" : dialog().advice();
		// While the dialog is being built, its panel can't be refreshed.
		if (panel.isShowing() && dialog() != null && dialog().takeProposed())
			SwingUtilities.invokeLater(this::showProposals);
		if (!text.equals(shown)) {
			shown = text;
			pane.setText(text);
		}
		enableOk(dialog() == null || dialog().isReady());
	}

	/** Shows what was filled in, and leaves what is being typed: a file has no separator at its end, a user types one. */
	private void showProposals() {
		final Component focused = KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner();
		final String typed = focused instanceof JTextComponent field ? field.getText() : null;
		get().getPanel().refresh();
		if (!(focused instanceof JTextComponent field) || field.getText().equals(typed)) return;
		if (field.getText().equals(typed.replaceAll("[/\\\\]+$", ""))) field.setText(typed);
	}
}
