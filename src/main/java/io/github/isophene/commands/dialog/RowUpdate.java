// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.event.HierarchyEvent;

import javax.swing.JComponent;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

/**
 * Changes a row's text where that can't meet SciJava, which builds a dialog and lays it out in
 * another thread than Swing's: both would wait for each other's lock, and Fiji with them. Until the
 * row is seen, only the thread that builds it changes it; what is asked for meanwhile is done when
 * it is seen.
 */
final class RowUpdate {

	private final JComponent row;
	private final Runnable change;
	private final Timer pause;

	/** @param change what is to be done, at any time and as often as need be */
	RowUpdate(final JComponent row, final Runnable change) {
		this(row, change, 0);
	}

	/**
	 * @param change what is to be done, at any time and as often as need be
	 * @param pause ms without a further request before it is done; 0: at once, each time
	 */
	RowUpdate(final JComponent row, final Runnable change, final int pause) {
		this.row = row;
		this.change = change;
		this.pause = pause == 0 ? null : new Timer(pause, event -> change.run());
		if (pause > 0) this.pause.setRepeats(false);
		row.addHierarchyListener(event -> {
			if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) request();
		});
	}

	/** For the thread that builds the row. */
	void build() {
		change.run();
	}

	void request() {
		if (!row.isShowing()) return;
		if (pause == null) SwingUtilities.invokeLater(change);
		else pause.restart();
	}
}
