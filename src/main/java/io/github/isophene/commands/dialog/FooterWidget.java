// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.awt.Window;
import java.awt.event.HierarchyEvent;

import javax.swing.ButtonModel;
import javax.swing.DefaultButtonModel;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

import org.scijava.module.ModuleItem;
import org.scijava.plugin.Plugin;
import org.scijava.widget.InputPanel;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/** The end of a dialog: what is still missing or wrong, and a button that restores the defaults. */
@Plugin(type = InputWidget.class, priority = 1000)
public class FooterWidget extends MessageWidget {

	/** Pause in typing after which keys are looked at, ms. */
	private static final int PAUSE = 250;

	/** Longer looks are announced, ms. */
	private static final int SLOW = 600;

	private final WrappedText pane = new WrappedText();
	/** Every key stroke would have folders searched that are only the beginning of a path. */
	private final RowUpdate update = new RowUpdate(panel, this::update, PAUSE);
	private final Timer slow = new Timer(SLOW, event -> sayThatItLooks());
	private BackgroundLook look;
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
		slow.setRepeats(false);
		build();
		panel.addHierarchyListener(event -> {
			if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) == 0 || look == null) return;
			SwingUtilities.invokeLater(() -> {
				if (panel.isShowing()) opened();
				else look.end();
			});
		});
	}

	private void opened() {
		enableOk(false);
		guardOk();
		final Window window = SwingUtilities.getWindowAncestor(panel);
		final JScrollPane rows = (JScrollPane) SwingUtilities.getAncestorOfClass(JScrollPane.class, panel);
		if (window != null && rows != null && rows.getVerticalScrollBar().isVisible()) DialogFit.fit(window);
		else if (window != null) DialogFit.keepInside(window);
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

	/**
	 * Keeps OK from being pressed between a change of a key and the moment when its row says so: SciJava tells of
	 * changes in another thread.
	 */
	private void guardOk() {
		final Window window = SwingUtilities.getWindowAncestor(panel);
		final JButton ok = window == null ? null : ok(window);
		if (ok == null || dialog() == null || ok.getModel() instanceof CurrentKeys) return;
		final ButtonModel guarded = new CurrentKeys(dialog());
		guarded.setEnabled(ok.isEnabled());
		ok.setModel(guarded);
	}

	/** State of a button that can be pressed only while the keys are those that were looked at. */
	static final class CurrentKeys extends DefaultButtonModel {

		private static final long serialVersionUID = 1L;

		private final transient CommandDialog dialog;

		CurrentKeys(final CommandDialog dialog) {
			this.dialog = dialog;
		}

		@Override
		public boolean isEnabled() {
			return super.isEnabled() && dialog.isLookedAt();
		}
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
		if (panel.isShowing()) SwingUtilities.invokeLater(this::retract);
		update.request();
	}

	/** Takes back what was said of earlier keys: files that were proposed for another folder would be written. */
	private void retract() {
		if (dialog() == null || dialog().isLookedAt()) return;
		enableOk(false);
		if (dialog().isReady()) say(CommandDialog.waiting("Checking..."));
	}

	/** For the thread that builds the dialog, whose panel can't be refreshed yet. */
	private void build() {
		if (dialog() == null) return;
		look = new BackgroundLook(dialog());
		say(dialog().advice());
	}

	private void update() {
		if (look == null) return;
		slow.restart();
		look.begin(advice -> {
			slow.stop();
			say(advice.text());
			showFilled();
			enableOk(advice.ready());
		});
	}

	private void sayThatItLooks() {
		if (look.isRunning()) say(CommandDialog.waiting("Looking at the files..."));
	}

	private void say(final String text) {
		if (text.equals(shown)) return;
		shown = text;
		pane.setText(text);
	}

	/** Shows what was filled in; this row itself would have it looked at again. */
	private void showFilled() {
		final InputPanel<?, ?> keys = get().getPanel();
		for (final ModuleItem<?> item : get().getModule().getInfo().inputs()) {
			final InputWidget<?, ?> widget = keys.getWidget(item.getName());
			if (widget != null && widget != this) widget.refreshWidget();
		}
	}
}
