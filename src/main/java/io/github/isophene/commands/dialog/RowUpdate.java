// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.event.HierarchyEvent;

import javax.swing.JComponent;
import javax.swing.SwingUtilities;

/**
 * Changes a row's text where that can't meet SciJava, which builds a dialog and lays it out in
 * another thread than Swing's: both would wait for each other's lock, and Fiji with them. Until the
 * row is seen, only the thread that builds it changes it; what is asked for meanwhile is done when
 * it is seen.
 */
final class RowUpdate {

	private final JComponent row;
	private final Runnable change;

	/** @param change what is to be done, at any time and as often as need be */
	RowUpdate(final JComponent row, final Runnable change) {
		this.row = row;
		this.change = change;
		row.addHierarchyListener(event -> {
			if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) request();
		});
	}

	/** For the thread that builds the row. */
	void build() {
		change.run();
	}

	void request() {
		if (row.isShowing()) SwingUtilities.invokeLater(change);
	}
}
