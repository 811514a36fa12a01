// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plots;

import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;

import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

import org.jfree.chart.ChartPanel;
import org.jfree.chart.JFreeChart;

/**
 * A window with charts side by side that follow what is going on. Opens with the first
 * charts; a user may close it at any time, and it doesn't come back. For use where there
 * is a display only.
 */
public final class PlotWindow {

	private final String title;
	private final int width;
	private final int height;
	private final List<ChartPanel> panels = new ArrayList<>();
	private JFrame frame;

	/**
	 * @param width of each chart, pixels
	 * @param height of all, pixels
	 */
	public PlotWindow(final String title, final int width, final int height) {
		this.title = title;
		this.width = width;
		this.height = height;
	}

	/** Shows charts, as many every time; returns at once. */
	public void show(final JFreeChart... charts) {
		SwingUtilities.invokeLater(() -> {
			if (frame == null) open(charts);
			else for (int i = 0; i < charts.length; i++) panels.get(i).setChart(charts[i]);
		});
	}

	private void open(final JFreeChart... charts) {
		frame = new JFrame(title);
		frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
		final JPanel content = new JPanel(new GridLayout(1, charts.length));
		for (final JFreeChart chart : charts) {
			final ChartPanel panel = new ChartPanel(chart, width, height, 200, 150, 4000, 3000, true, true, true, true,
				true, false);
			panels.add(panel);
			content.add(panel);
		}
		frame.setContentPane(content);
		frame.pack();
		frame.setAutoRequestFocus(false);
		WindowPlacement.beside(frame);
		WindowPlacement.list(frame);
		frame.setVisible(true);
	}

	/** Closes the window, if it was shown. */
	public void close() {
		SwingUtilities.invokeLater(() -> {
			if (frame != null) frame.dispose();
		});
	}
}
