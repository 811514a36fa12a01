// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.BorderLayout;
import java.awt.GraphicsEnvironment;
import java.awt.datatransfer.Clipboard;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

import javax.swing.BoundedRangeModel;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import javax.swing.TransferHandler;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;
import org.scijava.widget.AbstractInputWidget;
import org.scijava.widget.FileWidget;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/**
 * Text field for a file or folder, with a Browse button. A file has no separator at its end and no double
 * one, so its name is not the text that a user is typing: SciJava's own widget would take the slash of
 * {@code /data/} and of {@code https://} away again.
 */
@Plugin(type = InputWidget.class, priority = 1000)
public class FileKeyWidget extends AbstractInputWidget<File, JPanel> implements FileWidget<JPanel>, DocumentListener {

	private static final int COLUMNS = 16;

	@Parameter
	private UIService ui;

	private final JPanel panel = new JPanel(new BorderLayout(3, 0));
	private final JTextField path = new JTextField(COLUMNS);
	private final RowUpdate update = new RowUpdate(panel, this::update);

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isType(File.class) &&
			model.getModule().getDelegateObject() instanceof Suggestions;
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		final JButton browse = new JButton("Browse");
		final String help = model.getItem().getDescription();
		if (help != null && !help.isEmpty()) {
			path.setToolTipText(help);
			browse.setToolTipText(help);
		}
		if (!GraphicsEnvironment.isHeadless()) path.setDragEnabled(true);
		path.setTransferHandler(new Drop(path.getTransferHandler()));
		browse.addActionListener(event -> browse());
		panel.add(path);
		panel.add(browse, BorderLayout.EAST);
		update.build();
		path.addComponentListener(new ComponentAdapter() {

			@Override
			public void componentResized(final ComponentEvent event) {
				showEnd();
			}
		});
		path.getDocument().addDocumentListener(this);
	}

	private void browse() {
		final WidgetModel model = get();
		final String style = model.isStyle(DIRECTORY_STYLE) ? DIRECTORY_STYLE
			: model.isStyle(SAVE_STYLE) ? SAVE_STYLE
			: model.isStyle(FILE_AND_DIRECTORY_STYLE) ? FILE_AND_DIRECTORY_STYLE : OPEN_STYLE;
		final File now = file(path.getText());
		final File chosen = ui.chooseFile(now == null || now.getParentFile() == null ? now
			: now.getParentFile(), style);
		if (chosen != null) path.setText(chosen.getAbsolutePath());
	}

	/** Takes one file that is dropped or pasted; text as a text field does. */
	private final class Drop extends TransferHandler {

		private static final long serialVersionUID = 1L;

		private final TransferHandler text;

		Drop(final TransferHandler text) {
			this.text = text;
		}

		@Override
		public boolean canImport(final TransferSupport support) {
			return support.isDataFlavorSupported(DataFlavor.javaFileListFlavor) || text.canImport(support);
		}

		@Override
		public boolean importData(final TransferSupport support) {
			if (!support.isDataFlavorSupported(DataFlavor.javaFileListFlavor)) return text.importData(support);
			try {
				final Object files = support.getTransferable().getTransferData(DataFlavor.javaFileListFlavor);
				if (!(files instanceof List<?> list) || list.size() != 1) return false;
				path.setText(list.get(0).toString());
				return true;
			}
			catch (final UnsupportedFlavorException | IOException exc) {
				return false;
			}
		}

		@Override
		public int getSourceActions(final JComponent component) {
			return text.getSourceActions(component);
		}

		@Override
		public void exportToClipboard(final JComponent component,
			final Clipboard clipboard, final int action)
		{
			text.exportToClipboard(component, clipboard, action);
		}
	}

	private static File file(final String text) {
		return text.isEmpty() ? null : new File(text);
	}

	@Override
	public void insertUpdate(final DocumentEvent event) {
		updateModel();
	}

	@Override
	public void removeUpdate(final DocumentEvent event) {
		updateModel();
	}

	@Override
	public void changedUpdate(final DocumentEvent event) {
		updateModel();
	}

	@Override
	public File getValue() {
		return file(path.getText());
	}

	@Override
	public void refreshWidget() {
		update.request();
	}

	void update() {
		final File value = (File) get().getValue();
		final File known = value == null || value.getPath().isEmpty() ? null : value;
		if (Objects.equals(known, getValue())) return;
		path.setText(known == null ? "" : known.getPath());
		SwingUtilities.invokeLater(this::showEnd);
	}

	/** Scrolls to the end of a long path, which names the file, unless the user is in it. */
	private void showEnd() {
		final BoundedRangeModel part = path.getHorizontalVisibility();
		if (!path.isFocusOwner() || path.getCaretPosition() == path.getText().length())
			part.setValue(part.getMaximum());
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
