// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.RoiManager;
import io.github.isophene.feedback.LatestTask;
import io.github.isophene.files.FileEnding;
import io.github.isophene.messages.Count;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.plots.Png;
import io.github.isophene.plots.WindowPlacement;

/** Window that shows the plates of a screen. Needs a display. */
public final class PlateViewer {

	private static final int SPARE = 40;
	private static final String PICTURE = ".png";
	private static final String TABLE = ".csv";

	private final PlateWells wells;
	private final Thumbnails thumbnails;
	private final PlateCanvas canvas;
	private final JFrame frame;
	private final JComboBox<String> plates;
	private final JComboBox<String> columns;
	private final JCheckBox pictures = new JCheckBox("Pictures");
	private final JLabel message = new JLabel(" ");
	private final JButton selection = new JButton("Selected wells \u25BE");
	private final Consumer<String> use;
	private Path folder;
	private WellColors colors;
	private ViewedWell opened;
	private int site;

	private PlateViewer(final Path source, final PlateWells wells, final FieldReaders readers, final String column,
		final Consumer<String> use)
	{
		folder = folderOf(source);
		this.wells = wells;
		this.use = use;
		canvas = new PlateCanvas(wells, this::hover, this::open, this::thumbnail);
		thumbnails = new Thumbnails(new FieldComposite(readers, wells.channels()), wells, canvas::repaint,
			this::problem);
		plates = new JComboBox<>(wells.plates().toArray(new String[0]));
		columns = new JComboBox<>(wells.columns().toArray(new String[0]));
		columns.setSelectedItem(column.isEmpty() ? wells.bestColumn() : column);
		columns.setMaximumRowCount(24);
		plates.setMaximumRowCount(24);
		columns.setName("isophene.viewer.color");
		plates.setName("isophene.viewer.plate");
		pictures.setName("isophene.viewer.pictures");
		pictures.setEnabled(!wells.channels().isEmpty());
		pictures.setToolTipText("Shows a field of each well, all with the same contrast");
		frame = new JFrame("Plates of " + source.getFileName());
		frame.setName("isophene.viewer");
		frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
		frame.setContentPane(content());
		frame.addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosed(final WindowEvent event) {
				thumbnails.close();
			}
		});
	}

	/**
	 * Opens the window; returns at once.
	 *
	 * @param source screen or table that is shown; the window is titled by it, and pictures are saved beside it
	 * @param readers of the fields; closed with the window
	 * @param column that is colored first; empty: the one that says most
	 * @param use takes a selection of wells, {@code column=value,value}, for the dialogs of the next commands
	 */
	public static void show(final Path source, final PlateWells wells, final FieldReaders readers, final String column,
		final Consumer<String> use)
	{
		SwingUtilities.invokeLater(() -> new PlateViewer(source, wells, readers, column, use).open());
	}

	/** Returns the folder that a screen or a table lies in, where what is saved of it is looked for. */
	static Path folderOf(final Path source) {
		final Path absolute = source.toAbsolutePath();
		return Files.isDirectory(absolute) || absolute.getParent() == null ? absolute : absolute.getParent();
	}

	private JPanel content() {
		final JPanel bar = new JPanel(new FlowLayout(FlowLayout.LEFT, 6, 4));
		bar.add(new JLabel("Plate"));
		bar.add(step("\u25C0", -1));
		bar.add(plates);
		bar.add(step("\u25B6", 1));
		bar.add(new JLabel("  Color by"));
		bar.add(columns);
		bar.add(pictures);
		bar.add(selection);
		bar.add(menu("Save \u25BE", List.of(new Entry("This plate as picture (PNG)...", this::savePicture),
			new Entry("Wells as table (CSV)...", this::saveTable))));
		selection.addActionListener(event -> popup(selection, selectionEntries()));
		selection.setName("isophene.viewer.selection");
		plates.addActionListener(event -> refresh());
		columns.addActionListener(event -> {
			colors = null;
			refresh();
		});
		pictures.addActionListener(event -> refresh());
		message.setBorder(BorderFactory.createEmptyBorder(4, 8, 4, 8));
		final JPanel content = new JPanel(new BorderLayout());
		content.add(bar, BorderLayout.NORTH);
		content.add(canvas, BorderLayout.CENTER);
		content.add(message, BorderLayout.SOUTH);
		return content;
	}

	private void open() {
		final Rectangle screen = WindowPlacement.screen(IJ.getInstance() == null ? frame : IJ.getInstance());
		final int bar = 110;
		final int side = Math.min(64,
			PlatePicture.side(wells, new Dimension(screen.width - SPARE, screen.height - bar - 140)));
		final Dimension picture = new PlatePicture(wells, side).size();
		frame.getContentPane().setPreferredSize(new Dimension(Math.max(picture.width, 820), picture.height + 76));
		frame.pack();
		WindowPlacement.beside(frame);
		WindowPlacement.list(frame);
		refresh();
		canvas.onSelection(this::selectionChanged);
		frame.setVisible(true);
	}

	private JButton step(final String text, final int by) {
		final JButton button = new JButton(text);
		button.setMargin(new java.awt.Insets(1, 4, 1, 4));
		button.setToolTipText(by < 0 ? "Previous plate" : "Next plate");
		button.addActionListener(
			event -> plates.setSelectedIndex(Math.floorMod(plates.getSelectedIndex() + by, plates.getItemCount())));
		return button;
	}

	private record Entry(String text, Runnable action) {}

	private static JButton menu(final String text, final List<Entry> entries) {
		final JButton button = new JButton(text);
		button.addActionListener(event -> popup(button, entries));
		return button;
	}

	private static void popup(final JButton button, final List<Entry> entries) {
		final JPopupMenu popup = new JPopupMenu();
		for (final Entry entry : entries) popup.add(new AbstractAction(entry.text()) {

			private static final long serialVersionUID = 1L;

			@Override
			public void actionPerformed(final ActionEvent event) {
				entry.action().run();
			}
		}).setEnabled(entry.action() != null);
		popup.show(button, 0, button.getHeight());
	}

	private List<Entry> selectionEntries() {
		final List<ViewedWell> some = new ArrayList<>(canvas.selected());
		if (some.isEmpty())
			return List.of(new Entry("Drag over wells, or click them with Shift, to select them", null));
		final String controls = wells.selection(some);
		final List<Entry> entries = new ArrayList<>();
		entries.add(new Entry("Show as table", () -> table(some)));
		entries.add(new Entry("Add to ROI Manager, on a picture of the plate", () -> rois(some)));
		entries.add(new Entry(controls.isEmpty() ? "Use as controls (no column names just these wells)"
			: "Use as controls of the next command: " + controls, controls.isEmpty() ? null : () -> {
				use.accept(controls);
				message.setText("The next dialogs begin with the controls " + controls);
			}));
		return entries;
	}

	private void refresh() {
		if (colors == null) colors = new WellColors(wells, (String) columns.getSelectedItem());
		final String plate = (String) plates.getSelectedItem();
		canvas.show(plate, colors);
		if (pictures.isSelected()) thumbnails.request(plate);
		else thumbnails.stop();
	}

	private java.awt.image.BufferedImage thumbnail(final ViewedWell well) {
		return pictures.isSelected() ? thumbnails.get(well) : null;
	}

	private void hover(final ViewedWell well) {
		message.setText(well == null ? canvas.selected().isEmpty() ? help() : selected()
			: wells.describe(well) + "  " + PlatePicture.shortName(colors.column()) + ": " +
				wells.text(well, colors.column()));
	}

	private String help() {
		return (wells.channels().isEmpty() ? "" : "Click a well to open a field, again for its next field. ") +
			"Drag to select wells.";
	}

	private String selected() {
		return Count.of(canvas.selected().size(), "well selected", "wells selected");
	}

	/** Shows a plate with selected wells, where another window has changed the selection. */
	private void selectionChanged() {
		final List<ViewedWell> some = canvas.selected();
		if (!some.isEmpty() && some.stream().noneMatch(well -> well.plate().equals(plates.getSelectedItem())))
			plates.setSelectedItem(some.get(0).plate());
		message.setText(some.isEmpty() ? help() : some.size() == 1 ? wells.describe(some.get(0)) : selected());
	}

	private void problem(final String text) {
		message.setText(text);
		message.setToolTipText(text);
	}

	private void open(final ViewedWell well) {
		if (well.fields().isEmpty()) {
			problem(well.label() + " has no images here: open View Plate with the screen, too");
			return;
		}
		site = well == opened ? (site + 1) % well.fields().size() : 0;
		opened = well;
		message.setText(well.fields().get(site).label() +
			(well.fields().size() > 1 ? "; a further click opens the next of " + Count.of(well.fields().size(), "site")
			: ""));
		thumbnails.open(well, site);
	}

	private void table(final List<ViewedWell> some) {
		final List<List<String>> rows = WellsCsv.rows(wells, some, colors.column());
		final ResultsTable table = new ResultsTable();
		for (final List<String> row : rows.subList(1, rows.size())) {
			table.addRow();
			for (int i = 0; i < row.size(); i++) table.addValue(rows.get(0).get(i), row.get(i));
		}
		table.show("Wells of " + plates.getSelectedItem());
	}

	private void rois(final List<ViewedWell> some) {
		final String plate = (String) plates.getSelectedItem();
		final int side = Math.max(8, canvas.side());
		final PlatePicture picture = new PlatePicture(wells, side);
		new ImagePlus(plate, PlatePicture.montage(wells, List.of(plate), colors, side)).show();
		final RoiManager manager = RoiManager.getRoiManager();
		for (final ViewedWell well : some) {
			final Rectangle box = picture.bounds(well.row(), well.column());
			final Roi roi = new Roi(box);
			roi.setName(well.label());
			manager.addRoi(roi);
		}
	}

	private void savePicture() {
		save(choose(plates.getSelectedItem() + PICTURE), PICTURE);
	}

	private void saveTable() {
		save(choose("wells" + TABLE), TABLE);
	}

	/** Writes what the extension of a file says, or else what was chosen in the menu; another extension is refused. */
	private void save(final File chosen, final String ending) {
		if (chosen == null) return;
		if (chosen.getParentFile() != null) folder = chosen.getParentFile().toPath();
		final File file = chosen.getName().indexOf('.') < 0 ? new File(chosen.getPath() + ending) : chosen;
		final String plate = (String) plates.getSelectedItem();
		final WellColors shown = colors;
		final int side = Math.max(24, canvas.side());
		message.setText("Writing " + file + "...");
		new LatestTask("Isophene writes " + file.getName()).begin(() -> {
			write(file.toPath(), plate, shown, side);
			return file;
		}, written -> message.setText("Written: " + written), failure -> problem(failure.getMessage()));
	}

	private void write(final Path file, final String plate, final WellColors shown, final int side) throws IOException {
		if (FileEnding.is(file, PICTURE)) Png.write(file, PlatePicture.montage(wells, List.of(plate), shown, side));
		else if (FileEnding.is(file, TABLE))
			WellsCsv.write(wells, wells.plates().stream().flatMap(name -> wells.wells(name).stream()).toList(),
				shown.column(), file);
		else throw new IllegalArgumentException("Not written: " + file.getFileName() +
			" has neither the extension .png (a picture of the plate) nor .csv (a table of the wells)");
	}

	private File choose(final String name) {
		final JFileChooser chooser = new JFileChooser(folder.toFile());
		chooser.setSelectedFile(folder.resolve(name).toFile());
		return chooser.showSaveDialog(frame) == JFileChooser.APPROVE_OPTION ? chooser.getSelectedFile() : null;
	}
}
