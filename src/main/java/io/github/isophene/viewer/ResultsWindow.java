// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.DefaultTableModel;

import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.plots.WindowPlacement;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/**
 * Window with the result of one run: what was written, the head of the table, a map whose points are wells, a
 * confusion matrix where there
 * are labels, and buttons for the next steps. Needs a display.
 */
public final class ResultsWindow {

	/** Larger tables are shown by their head only, as a map would need all of them in memory. */
	private static final long LARGEST = 256L << 20;
	private static final int COLUMNS = 40;
	private static final int ROWS = 100;

	/** Button of a next step. */
	public record Next(String label, Runnable action) {}

	private ResultsWindow() {}

	/**
	 * Shows a result; returns when it has been read.
	 *
	 * @param table profiles or predictions that were written; {@code null} if there is none
	 * @param screen where fields are opened from; {@code null} if that is not known
	 * @param controls that are marked; may be none
	 * @param readers of the fields; closed with the window
	 */
	public static void show(final String title, final String message, final Path table, final Screen screen,
		final Selection controls, final FieldReaders readers, final List<Next> next) throws IOException
	{
		final List<Runnable> tabs = new ArrayList<>();
		final JTabbedPane pane = new JTabbedPane();
		Thumbnails opener = null;
		if (table != null && Files.isRegularFile(table)) {
			final boolean whole = Files.size(table) <= LARGEST;
			final ProfileTable rows = whole ? ProfileFile.read(table) : ProfileFile.head(table);
			tabs.add(() -> pane.addTab("Table", head(rows)));
			final Confusion confusion = Confusion.of(rows);
			if (confusion != null) tabs.add(() -> pane.addTab("Confusion matrix", matrix(confusion)));
			if (whole && rows.featureCount() > 1 && rows.hasMetadata("Metadata_Well") &&
				rows.hasMetadata("Metadata_Plate"))
			{
				final PlateWells wells = PlateWells.ofTable(rows, screen, controls);
				opener = new Thumbnails(new FieldComposite(readers, wells.channels()), wells, () -> {}, problem -> {});
				final Thumbnails fields = opener;
				final double[][] scores = ProfileMap.scores(rows);
				tabs.add(() -> pane.addTab("Map", new ProfileMap(wells, rows, scores, well -> {
					if (!well.fields().isEmpty()) fields.open(well, 0);
				})));
			}
		}
		final Thumbnails toClose = opener;
		SwingUtilities.invokeLater(() -> {
			tabs.forEach(Runnable::run);
			open(title, message, pane, next, toClose);
		});
	}

	private static void open(final String title, final String message, final JTabbedPane pane, final List<Next> next,
		final Thumbnails toClose)
	{
		final JFrame frame = new JFrame(title);
		frame.setName("isophene.results");
		frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
		if (toClose != null) frame.addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosed(final WindowEvent event) {
				toClose.close();
			}
		});
		final JTextArea text = new JTextArea(message);
		text.setEditable(false);
		text.setLineWrap(true);
		text.setWrapStyleWord(true);
		text.setOpaque(false);
		text.setBorder(BorderFactory.createEmptyBorder(8, 10, 8, 10));
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEFT, 8, 8));
		for (final Next step : next) {
			final JButton button = new JButton("Next: " + step.label());
			button.addActionListener(event -> step.action().run());
			buttons.add(button);
		}
		final JPanel content = new JPanel(new BorderLayout());
		content.add(text, BorderLayout.NORTH);
		if (pane.getTabCount() > 0) content.add(pane, BorderLayout.CENTER);
		content.add(buttons, BorderLayout.SOUTH);
		content.setPreferredSize(new Dimension(720, pane.getTabCount() > 0 ? 560 : 130));
		frame.setContentPane(content);
		frame.pack();
		WindowPlacement.beside(frame);
		WindowPlacement.list(frame);
		frame.setVisible(true);
	}

	private static Component head(final ProfileTable rows) {
		final List<String> names = new ArrayList<>(rows.metadataColumns());
		final int metadata = names.size();
		rows.featureColumns().stream().limit(Math.max(0, COLUMNS - metadata)).forEach(names::add);
		final DefaultTableModel model = new DefaultTableModel(names.toArray(), 0) {

			private static final long serialVersionUID = 1L;

			@Override
			public boolean isCellEditable(final int row, final int column) {
				return false;
			}
		};
		for (int row = 0; row < Math.min(ROWS, rows.rowCount()); row++) {
			final Object[] cells = new Object[names.size()];
			for (int c = 0; c < cells.length; c++)
				cells[c] = c < metadata ? rows.metadata(names.get(c), row)
					: "%.4g".formatted(rows.feature(row, c - metadata));
			model.addRow(cells);
		}
		final JTable view = new JTable(model);
		view.setAutoResizeMode(JTable.AUTO_RESIZE_OFF);
		for (int c = 0; c < names.size(); c++)
			view.getColumnModel().getColumn(c).setPreferredWidth(Math.max(70, 8 * names.get(c).length()));
		return new JScrollPane(view);
	}

	private static Component matrix(final Confusion confusion) {
		final List<String> names = new ArrayList<>(List.of("label \\ predicted"));
		names.addAll(confusion.classes());
		final DefaultTableModel model = new DefaultTableModel(names.toArray(), 0);
		for (int i = 0; i < confusion.counts().length; i++) {
			final Object[] cells = new Object[names.size()];
			cells[0] = confusion.classes().get(i);
			for (int j = 0; j < confusion.counts().length; j++) cells[j + 1] = confusion.counts()[i][j];
			model.addRow(cells);
		}
		final JTable view = new JTable(model);
		view.setEnabled(false);
		view.setRowHeight(26);
		view.setDefaultRenderer(Object.class, new DefaultTableCellRenderer() {

			private static final long serialVersionUID = 1L;

			@Override
			public Component getTableCellRendererComponent(final JTable owner, final Object value,
				final boolean selected, final boolean focused, final int row, final int column)
			{
				final Component cell = super.getTableCellRendererComponent(owner, value, false, false, row, column);
				int sum = 1;
				for (final int count : confusion.counts()[row]) sum += count;
				final float share = value instanceof Integer count ? (float) count / sum : 0;
				cell.setBackground(new Color(1 - share * 0.85f, 1 - share * 0.5f, 1 - share * 0.2f));
				cell.setForeground(share > 0.6 ? Color.WHITE : Color.BLACK);
				return cell;
			}
		});
		final JPanel panel = new JPanel(new BorderLayout());
		panel.add(new JScrollPane(view), BorderLayout.CENTER);
		final JTextArea note = new JTextArea("Rows: " + confusion.label() +
			". Right: %.3f of the rows that have a label.".formatted(confusion.accuracy()));
		note.setEditable(false);
		note.setOpaque(false);
		panel.add(note, BorderLayout.SOUTH);
		return panel;
	}
}
