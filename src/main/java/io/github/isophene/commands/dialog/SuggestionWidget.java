// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.swing.DefaultListCellRenderer;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
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
	private static final int WIDEST_LIST = 860;

	@Parameter
	private UIService ui;

	private final JPanel panel = new JPanel(new BorderLayout(6, 0));
	private final JComboBox<String> box = new JComboBox<>();
	private final Sentence sentence = new Sentence();
	private final Map<String, String> sentences = new HashMap<>();
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
		if (explains()) {
			sentence.reserve(command().suggestions(get().getItem().getName()).stream().map(this::sentence));
			panel.add(sentence, BorderLayout.SOUTH);
			box.setRenderer(new Explained());
		}
		update.build();
		editor().getDocument().addDocumentListener(this);
		box.addPopupMenuListener(this);
	}

	private Suggestions command() {
		return (Suggestions) get().getModule().getDelegateObject();
	}

	/** Returns what was found when the keys were last looked at: files are not read on Swing's thread. */
	private List<String> suggestions() {
		final String key = get().getItem().getName();
		return command().dialog() == null ? command().suggestions(key) : command().dialog().suggestions(key);
	}

	/** Asked for every cell that is painted and every letter that is typed, and found among all plug-ins. */
	private String sentence(final String value) {
		return sentences.computeIfAbsent(value, text -> command().sentence(get().getItem().getName(), text));
	}

	private boolean explains() {
		return command().suggestions(get().getItem().getName()).stream().anyMatch(value -> !sentence(value).isEmpty());
	}

	private void explain() {
		sentence.say(sentence(editor().getText()));
	}

	/** Value in the list with the sentence on it. */
	private final class Explained extends DefaultListCellRenderer {

		private static final long serialVersionUID = 1L;

		@Override
		public Component getListCellRendererComponent(final JList<?> list, final Object value, final int index,
			final boolean selected, final boolean focused)
		{
			final String text = value == null ? "" : value.toString();
			final String about = sentence(text);
			return super.getListCellRendererComponent(list,
				"<html><b>" + Sentence.escaped(text.isEmpty() ? "(empty)" : text) + "</b>" +
					(about.isEmpty() ? "" : "&nbsp; " + Sentence.escaped(about)) + "</html>",
				index, selected, focused);
		}
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
		final List<String> items = new ArrayList<>(suggestions());
		final String text = editor().getText();
		if (!items.contains(text)) items.add(0, text);
		filling = true;
		box.removeAllItems();
		items.forEach(box::addItem);
		box.setSelectedItem(text);
		filling = false;
		widenList(items);
	}

	/** Makes the list as wide as its sentences, which are longer than the field. */
	private void widenList(final List<String> items) {
		final Object popup = box.getUI().getAccessibleChild(box, 0);
		if (!(popup instanceof JPopupMenu menu) || items.stream().allMatch(value -> sentence(value).isEmpty())) return;
		final JScrollPane pane = (JScrollPane) menu.getComponent(0);
		SwingUtilities.invokeLater(() -> {
			if (!menu.isShowing() || !(pane.getViewport().getView() instanceof JList<?> list)) return;
			final Rectangle rows = list.getCellBounds(0, Math.min(items.size(), box.getMaximumRowCount()) - 1);
			if (rows == null) return;
			final int width = Math.max(box.getWidth(), Math.min(WIDEST_LIST, list.getPreferredSize().width + 30));
			final Dimension size = new Dimension(width, rows.height + 4);
			pane.setPreferredSize(size);
			pane.setMaximumSize(size);
			menu.setPopupSize(size.width + 4, size.height + 4);
		});
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
		typed();
	}

	@Override
	public void removeUpdate(final DocumentEvent event) {
		typed();
	}

	@Override
	public void changedUpdate(final DocumentEvent event) {
		typed();
	}

	private void typed() {
		if (filling) return;
		updateModel();
		explain();
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
		explain();
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
