// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.Component;
import java.awt.Container;
import java.awt.Window;
import java.awt.event.ContainerAdapter;
import java.awt.event.ContainerEvent;
import java.awt.event.HierarchyEvent;
import java.util.ArrayList;
import java.util.List;

import javax.swing.JComponent;
import javax.swing.JToggleButton;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;

import org.scijava.plugin.Plugin;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/** Heads the keys behind it in a dialog, which are shown or hidden by a click on it. */
@Plugin(type = InputWidget.class, priority = 1000)
public class SectionWidget extends MessageWidget {

	/** Property of a row's component that belongs to no section. */
	static final String ENDS_SECTION = "isophene-ends-section";

	private final JToggleButton button = new JToggleButton();
	private final List<Component> rows = new ArrayList<>();
	private boolean ended;

	@Override
	public boolean supports(final WidgetModel model) {
		return super.supports(model) && model.isMessage() && model.isStyle(Suggestions.SECTION_STYLE);
	}

	@Override
	public void set(final WidgetModel model) {
		super.set(model);
		panel.putClientProperty(ENDS_SECTION, true);
		button.setHorizontalAlignment(SwingConstants.LEFT);
		button.setBorderPainted(false);
		button.setContentAreaFilled(false);
		button.setToolTipText("Click to show or hide these settings");
		button.addActionListener(event -> show(button.isSelected()));
		panel.add(button);
		panel.addHierarchyListener(event -> {
			if ((event.getChangeFlags() & HierarchyEvent.PARENT_CHANGED) != 0 && event.getChanged() == panel) follow();
		});
		refreshWidget();
	}

	/** From the moment that this is in the dialog, what is added behind it belongs to it. */
	private void follow() {
		final Container parent = panel.getParent();
		if (parent == null || !leavesNoGaps(parent)) return;
		parent.getLayout().addLayoutComponent("span, growx", panel);
		parent.addContainerListener(new ContainerAdapter() {

			@Override
			public void componentAdded(final ContainerEvent event) {
				final Component added = event.getChild();
				ended |= added != panel && added instanceof JComponent c && c.getClientProperty(ENDS_SECTION) != null;
				if (ended || added == panel) return;
				rows.add(added);
				added.setVisible(button.isSelected());
			}
		});
	}

	/**
	 * Lets the layout close the gaps of hidden rows. SciJava's dialogs are laid out by MigLayout,
	 * which isn't on our class path; with another layout the section stays open.
	 */
	private static boolean leavesNoGaps(final Container parent) {
		try {
			parent.getLayout()
				.getClass()
				.getMethod("setLayoutConstraints", Object.class)
				.invoke(parent.getLayout(), "fillx,wrap 2,hidemode 3");
			return true;
		}
		catch (final ReflectiveOperationException exc) {
			return false;
		}
	}

	private void show(final boolean open) {
		rows.forEach(row -> row.setVisible(open));
		refreshWidget();
		final Window window = SwingUtilities.getWindowAncestor(panel);
		if (window != null) DialogFit.fit(window);
	}

	@Override
	public void refreshWidget() {
		final CommandDialog dialog = get().getModule().getDelegateObject() instanceof Suggestions command
			? command.dialog()
			: null;
		final String text = (button.isSelected() ? "\u25BE " : "\u25B8 ") + get().getText() +
			(dialog == null ? "" : dialog.note(get().getItem().getName()));
		if (text.equals(button.getText())) return;
		button.setText(text);
	}
}
