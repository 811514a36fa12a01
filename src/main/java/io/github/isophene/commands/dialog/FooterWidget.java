// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.BorderLayout;

import javax.swing.JButton;
import javax.swing.JPanel;

import org.scijava.plugin.Plugin;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/** The end of a dialog: what is still missing or wrong, and a button that restores the defaults. */
@Plugin(type = InputWidget.class, priority = 1000)
public class FooterWidget extends MessageWidget {

	private final WrappedText pane = new WrappedText();
	private final RowUpdate update = new RowUpdate(panel, this::update);
	private String shown = "";

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isMessage() && model.isStyle(Suggestions.FOOTER_STYLE) && model.getModule()
			.getDelegateObject() instanceof Suggestions;
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

	@Override
	public void refreshWidget() {
		update.request();
	}

	private void update() {
		final String text = dialog() == null ? "" : dialog().advice();
		if (text.equals(shown)) return;
		shown = text;
		pane.setText(text);
	}
}
