// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.HierarchyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.swing.JPanel;
import javax.swing.SwingUtilities;

import org.junit.jupiter.api.Test;

/** Rows of a dialog that SciJava lays out in its own thread. */
class RowUpdateTest {

	private static final class Row extends JPanel {

		private static final long serialVersionUID = 1L;
		private boolean seen;

		@Override
		public boolean isShowing() {
			return seen;
		}

		void become(final boolean now) {
			seen = now;
			dispatchEvent(
				new HierarchyEvent(this, HierarchyEvent.HIERARCHY_CHANGED, this, null, HierarchyEvent.SHOWING_CHANGED));
		}
	}

	private final Row row = new Row();
	private final List<Boolean> inSwing = new ArrayList<>();
	private final RowUpdate update = new RowUpdate(row, () -> inSwing.add(SwingUtilities.isEventDispatchThread()));

	@Test
	void swingTouchesNoRowThatIsStillLaidOut() throws Exception {
		update.build();
		assertEquals(List.of(false), inSwing, "by the thread that builds it");
		update.request();
		SwingUtilities.invokeAndWait(update::request);
		SwingUtilities.invokeAndWait(() -> {});
		assertEquals(List.of(false), inSwing, "not before it is seen");
		row.become(true);
		SwingUtilities.invokeAndWait(() -> {});
		assertEquals(List.of(false, true), inSwing, "what was asked for before");
		update.request();
		SwingUtilities.invokeAndWait(() -> {});
		assertEquals(List.of(false, true, true), inSwing);
		row.become(false);
		update.request();
		SwingUtilities.invokeAndWait(() -> {});
		assertEquals(3, inSwing.size(), "in a section that is closed");
	}

	/** The beginnings of a path that is being typed are not looked at. */
	@Test
	void oneChangeFollowsAPause() throws Exception {
		final CountDownLatch done = new CountDownLatch(1);
		final RowUpdate paused = new RowUpdate(row, () -> {
			inSwing.add(SwingUtilities.isEventDispatchThread());
			done.countDown();
		}, 200);
		row.seen = true;
		SwingUtilities.invokeAndWait(() -> {
			for (int i = 0; i < 20; i++) paused.request();
		});
		assertTrue(done.await(20, TimeUnit.SECONDS));
		SwingUtilities.invokeAndWait(() -> {});
		assertEquals(List.of(true), inSwing);
	}
}
