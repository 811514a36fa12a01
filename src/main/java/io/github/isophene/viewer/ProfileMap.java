// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.BasicStroke;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;

import io.github.isophene.feedback.LatestTask;
import io.github.isophene.numerics.Matrix;
import io.github.isophene.numerics.PrincipalComponents;
import io.github.isophene.numerics.TSne;
import io.github.isophene.profiles.ProfileTable;

/**
 * Map of profiles by their first two principal components: the point under the mouse names its well, and a
 * click opens a field of it.
 */
final class ProfileMap extends JPanel {

	private static final long serialVersionUID = 1L;
	private static final int MARGIN = 30;
	private static final Color SELECTED = new Color(0xD8, 0x1B, 0x60);
	private static final double REACH = 9;
	/** More rows take t-SNE too long. */
	private static final int MOST_TSNE = 2000;
	private static final String HELP = "Click a point to open a field of its well; drag to select wells, also in the " +
		"plate view.";

	private final transient PlateWells wells;
	private final transient List<ViewedWell> points = new ArrayList<>();
	private double[][] scores;
	private String[] axes = {"first principal component", "second principal component"};
	private final double[][] ranges = new double[2][];
	private final JLabel message = new JLabel(HELP);
	private transient WellColors colors;
	private final double[][] components;
	private double[][] embedded;
	private final transient ProfileTable features;
	private final transient LatestTask tsne = new LatestTask("Isophene computes t-SNE");

	/** @param scores of the table, see {@link #scores(ProfileTable)}: too much work for Swing's thread */
	ProfileMap(final PlateWells wells, final ProfileTable table, final double[][] scores,
		final Consumer<ViewedWell> click)
	{
		super(new BorderLayout());
		this.wells = wells;
		this.scores = scores;
		final ViewedWell[] owners = new ViewedWell[table.rowCount()];
		for (final String plate : wells.plates())
			for (final ViewedWell well : wells.wells(plate)) for (final int row : well.rows())
			{
				owners[row] = well;
			}
		points.addAll(Arrays.asList(owners));
		fit();
		final JComboBox<String> columns = new JComboBox<>(wells.columns().toArray(new String[0]));
		columns.setSelectedItem(wells.bestColumn());
		columns.addActionListener(event -> {
			colors = new WellColors(wells, (String) columns.getSelectedItem());
			repaint();
		});
		colors = new WellColors(wells, wells.bestColumn());
		final JPanel bar = new JPanel(new FlowLayout(FlowLayout.LEFT, 6, 4));
		bar.add(new JLabel("Color by"));
		bar.add(columns);
		if (table.rowCount() <= MOST_TSNE && table.rowCount() > 4) {
			final JComboBox<String> kinds = new JComboBox<>(new String[]{"PCA", "t-SNE"});
			kinds.setName("isophene.map.kind");
			kinds.addActionListener(event -> choose("t-SNE".equals(kinds.getSelectedItem())));
			bar.add(new JLabel("Map"));
			bar.add(kinds);
		}
		add(bar, BorderLayout.NORTH);
		add(new Plot(click), BorderLayout.CENTER);
		add(message, BorderLayout.SOUTH);
		components = scores;
		features = table;
		WellSelection.listen(this, this::repaint);
	}

	private void fit() {
		for (int k = 0; k < 2; k++) {
			final double low = Arrays.stream(scores[k]).min().orElse(0);
			final double high = Arrays.stream(scores[k]).max().orElse(1);
			ranges[k] = new double[]{low, high > low ? high : low + 1};
		}
	}

	/** Shows principal components, or t-SNE, which is computed once and in the background; the last choice holds. */
	private void choose(final boolean neighbors) {
		tsne.end();
		if (!neighbors || embedded != null) {
			show(neighbors ? embedded : components, neighbors);
			return;
		}
		message.setText("Computing t-SNE...");
		tsne.begin(() -> TSne.map(matrix(features), components), map -> {
			embedded = map;
			show(map, true);
		}, failure -> message.setText("t-SNE can't be computed: " + failure.getMessage()));
	}

	/** Ends a computation whose map nobody will see. */
	@Override
	public void removeNotify() {
		tsne.end();
		super.removeNotify();
	}

	private void show(final double[][] map, final boolean neighbors) {
		scores = map;
		axes = neighbors ? new String[]{"t-SNE 1", "t-SNE 2"}
			: new String[]{"first principal component", "second principal component"};
		fit();
		message.setText(HELP);
		repaint();
	}

	/**
	 * Scores [2][rows] of standardized features; missing values count as the mean, features that do not vary
	 * are left out.
	 */
	static double[][] scores(final ProfileTable table) {
		final Matrix matrix = matrix(table);
		final double[][] found = matrix.columns() == 0 ? new double[0][] : PrincipalComponents.of(matrix, 2).scores();
		return new double[][]{found.length > 0 ? found[0] : new double[table.rowCount()],
			found.length > 1 ? found[1] : new double[table.rowCount()]};
	}

	private static Matrix matrix(final ProfileTable table) {
		final List<float[]> columns = new ArrayList<>();
		for (int f = 0; f < table.featureCount(); f++) {
			final float[] column = standardized(table.column(f));
			if (column != null) columns.add(column);
		}
		final Matrix matrix = Matrix.zeros(table.rowCount(), columns.size());
		for (int c = 0; c < columns.size(); c++) for (int row = 0; row < table.rowCount(); row++) {
			matrix.values()[row * columns.size() + c] = columns.get(c)[row];
		}
		return matrix;
	}

	private static float[] standardized(final float[] column) {
		double sum = 0;
		double squares = 0;
		int count = 0;
		for (final float v : column) if (Float.isFinite(v)) {
			sum += v;
			squares += (double) v * v;
			count++;
		}
		if (count < 2) return null;
		final double mean = sum / count;
		final double sd = Math.sqrt(Math.max(0, squares / count - mean * mean));
		if (!(sd > 1e-12 * Math.max(1, Math.abs(mean)))) return null;
		final float[] result = new float[column.length];
		for (int i = 0; i < result.length; i++)
			result[i] = Float.isFinite(column[i]) ? (float) ((column[i] - mean) / sd) : 0;
		return result;
	}

	private final class Plot extends JPanel {

		private static final long serialVersionUID = 1L;

		private Point pressed;
		private Rectangle band;

		Plot(final Consumer<ViewedWell> click) {
			setName("isophene.map");
			setBackground(Color.WHITE);
			setPreferredSize(new Dimension(680, 420));
			final MouseAdapter mouse = new MouseAdapter() {

				@Override
				public void mouseMoved(final MouseEvent event) {
					final ViewedWell well = nearest(event);
					setCursor(Cursor.getPredefinedCursor(well == null ? Cursor.DEFAULT_CURSOR : Cursor.HAND_CURSOR));
					message.setText(well == null ? " " : wells.describe(well));
				}

				@Override
				public void mousePressed(final MouseEvent event) {
					pressed = event.getPoint();
					band = null;
				}

				@Override
				public void mouseDragged(final MouseEvent event) {
					if (pressed == null || pressed.distance(event.getPoint()) < 4) return;
					band = new Rectangle(pressed);
					band.add(event.getPoint());
					repaint();
				}

				@Override
				public void mouseReleased(final MouseEvent event) {
					final Rectangle dragged = band;
					pressed = null;
					band = null;
					if (dragged != null) WellSelection.select(inside(dragged), event.isShiftDown());
					else {
						final ViewedWell well = nearest(event);
						WellSelection.select(well == null ? List.of() : List.of(well), event.isShiftDown());
						if (well != null && !event.isShiftDown()) click.accept(well);
					}
				}
			};
			addMouseListener(mouse);
			addMouseMotionListener(mouse);
		}

		private List<ViewedWell> inside(final Rectangle area) {
			final List<ViewedWell> inside = new ArrayList<>();
			for (int row = 0; row < points.size(); row++)
				if (points.get(row) != null && area.contains(place(0, row), place(1, row))) inside.add(points.get(row));
			return inside;
		}

		private double place(final int k, final int row) {
			final double share = (scores[k][row] - ranges[k][0]) / (ranges[k][1] - ranges[k][0]);
			return k == 0 ? MARGIN + share * (getWidth() - 2 * MARGIN)
				: getHeight() - MARGIN - share * (getHeight() - 2 * MARGIN);
		}

		private ViewedWell nearest(final MouseEvent event) {
			double least = REACH * REACH;
			ViewedWell well = null;
			for (int row = 0; row < points.size(); row++) {
				final double dx = place(0, row) - event.getX();
				final double dy = place(1, row) - event.getY();
				if (dx * dx + dy * dy >= least || points.get(row) == null) continue;
				least = dx * dx + dy * dy;
				well = points.get(row);
			}
			return well;
		}

		@Override
		protected void paintComponent(final Graphics graphics) {
			super.paintComponent(graphics);
			final Graphics2D g = (Graphics2D) graphics.create();
			g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
			g.setColor(Color.DARK_GRAY);
			g.drawString(axes[0], getWidth() / 2 - 70, getHeight() - 8);
			g.rotate(-Math.PI / 2);
			g.drawString(axes[1], -getHeight() / 2 - 80, 16);
			g.rotate(Math.PI / 2);
			final double size = points.size() > 5000 ? 4 : 8;
			for (int row = 0; row < points.size(); row++) {
				final ViewedWell well = points.get(row);
				if (well == null) continue;
				final Ellipse2D dot = new Ellipse2D.Double(place(0, row) - size / 2, place(1, row) - size / 2, size,
					size);
				g.setColor(colors.color(well));
				g.fill(dot);
				if (wells.isControl(well)) {
					g.setColor(Color.BLACK);
					g.draw(dot);
				}
				if (WellSelection.contains(well)) {
					g.setColor(SELECTED);
					g.setStroke(new BasicStroke(2));
					g.draw(new Ellipse2D.Double(place(0, row) - size, place(1, row) - size, 2 * size, 2 * size));
					g.setStroke(new BasicStroke(1));
				}
			}
			if (band != null) {
				g.setColor(Color.BLACK);
				g.draw(band);
			}
			legend(g);
			g.dispose();
		}

		private void legend(final Graphics2D g) {
			int y = 14;
			if (!colors.isNumber()) for (final var entry : colors.categories().entrySet()) {
				if (y > getHeight() / 2) break;
				g.setColor(entry.getValue());
				g.fillOval(getWidth() - 150, y - 8, 8, 8);
				g.setColor(Color.DARK_GRAY);
				g.drawString(entry.getKey().length() > 18 ? entry.getKey().substring(0, 17) + "..." : entry.getKey(),
					getWidth() - 138, y);
				y += 15;
			}
		}
	}
}
