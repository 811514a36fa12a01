// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.BorderLayout;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.event.PopupMenuEvent;
import javax.swing.event.PopupMenuListener;
import javax.swing.text.JTextComponent;

import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.widget.AbstractInputWidget;
import org.scijava.widget.FileWidget;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/**
 * A text that can be typed or picked from what the command suggests: asked for anew whenever
 * the list is opened, as it depends on other keys.
 */
@Plugin(type = InputWidget.class, priority = 1000)
public class SuggestionWidget extends AbstractInputWidget<String, JPanel>
	implements DocumentListener, PopupMenuListener
{

	private static final int COLUMNS = 24;

	@Parameter
	private UIService ui;

	private final JPanel panel = new JPanel(new BorderLayout(6, 0));
	private final JComboBox<String> box = new JComboBox<>();
	private final RowUpdate update = new RowUpdate(panel, this::update);
	private boolean filling;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isText() && model.isStyle(Suggestions.STYLE) &&
			model.getModule().getDelegateObject() instanceof Suggestions;
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		box.setEditable(true);
		box.setMaximumRowCount(16);
		box.setPrototypeDisplayValue("m".repeat(COLUMNS / 2));
		final String help = model.getItem().getDescription();
		if (help != null && !help.isEmpty()) {
			box.setToolTipText(help);
			editor().setToolTipText(help);
		}
		panel.add(box);
		if (model.isStyle("isophene-file")) {
			final JButton browse = new JButton("Browse");
			browse.addActionListener(event -> browse());
			panel.add(browse, BorderLayout.EAST);
		}
		update.build();
		editor().getDocument().addDocumentListener(this);
		box.addPopupMenuListener(this);
	}

	private JTextComponent editor() {
		return (JTextComponent) box.getEditor().getEditorComponent();
	}

	private void browse() {
		final File now = new File(editor().getText());
		final File chosen = ui.chooseFile(now.getParentFile() == null ? null : now, FileWidget.OPEN_STYLE);
		if (chosen != null) editor().setText(chosen.getAbsolutePath());
	}

	@Override
	public void popupMenuWillBecomeVisible(final PopupMenuEvent event) {
		final List<String> items = new ArrayList<>(
			((Suggestions) get().getModule().getDelegateObject()).suggestions(get().getItem().getName()));
		final String text = editor().getText();
		if (!items.contains(text)) items.add(0, text);
		filling = true;
		box.removeAllItems();
		items.forEach(box::addItem);
		box.setSelectedItem(text);
		filling = false;
	}

	@Override
	public void popupMenuWillBecomeInvisible(final PopupMenuEvent event) {
		SwingUtilities.invokeLater(this::updateModel);
	}

	@Override
	public void popupMenuCanceled(final PopupMenuEvent event) {
		// Nothing was picked.
	}

	@Override
	public void insertUpdate(final DocumentEvent event) {
		if (!filling) updateModel();
	}

	@Override
	public void removeUpdate(final DocumentEvent event) {
		if (!filling) updateModel();
	}

	@Override
	public void changedUpdate(final DocumentEvent event) {
		if (!filling) updateModel();
	}

	@Override
	public String getValue() {
		return editor().getText();
	}

	@Override
	public void refreshWidget() {
		update.request();
	}

	private void update() {
		final String text = get().getText();
		if (!text.equals(editor().getText())) editor().setText(text);
	}

	@Override
	public JPanel getComponent() {
		return panel;
	}

	@Override
	public Class<JPanel> getComponentType() {
		return JPanel.class;
	}
}
