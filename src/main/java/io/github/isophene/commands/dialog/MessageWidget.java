// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.BorderLayout;

import javax.swing.JPanel;

import org.scijava.widget.AbstractInputWidget;

/** A row of a dialog that tells something and holds no value. */
abstract class MessageWidget extends AbstractInputWidget<String, JPanel> {

	/** The row. */
	final JPanel panel = new JPanel(new BorderLayout());

	@Override
	public final String getValue() {
		return null;
	}

	@Override
	public boolean isLabeled() {
		return false;
	}

	@Override
	public final boolean isMessage() {
		return true;
	}

	@Override
	public final JPanel getComponent() {
		return panel;
	}

	@Override
	public final Class<JPanel> getComponentType() {
		return JPanel.class;
	}
}
