// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.AWTException;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.Frame;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javax.swing.AbstractButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JSpinner;
import javax.swing.JTabbedPane;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

import ij.IJ;
import ij.WindowManager;
import ij.gui.ImageWindow;
import ij.text.TextPanel;
import ij.text.TextWindow;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.plots.Png;
import io.github.isophene.plots.WindowPlacement;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import org.scijava.Context;
import org.scijava.ui.UIService;

/**
 * Goes through the tour of the guide in the real windows, by mouse, and makes its pictures; fails where a step does
 * not lead on. Needs a display and ImageJ2's user interface on the class path: {@code .ci/tour} starts it.
 */
public final class FijiTour {

	private static final int COLORS = 256;

	/** Looks, a tenth of a second apart, at which a component must be in the same place. */
	private static final int STILL = 5;

	private final Robot robot;
	private final Path pictures;
	private int number;

	private FijiTour(final Path pictures) throws AWTException {
		this.pictures = pictures;
		robot = new Robot();
		robot.setAutoDelay(20);
	}

	/** @param args the folder for the pictures */
	public static void main(final String[] args) throws Exception {
		try {
			final Path folder = Files.createTempDirectory("isophene-tour").resolve("plates");
			final Context context = new Context();
			context.service(UIService.class).showUI("legacy");
			new FijiTour(Files.createDirectories(Path.of(args[0]))).go(folder);
			System.exit(0);
		}
		catch (final Throwable failure) {
			failure.printStackTrace();
			System.exit(1);
		}
	}

	/** Writes the images of a screen as a folder that no format knows: plate / well_site_stain.tif, and a platemap. */
	private static void plainTiffs(final Screen screen, final Path folder) throws IOException {
		final List<String> columns = List.of("Batch", "Compound", "Class", "pert_type");
		final StringBuilder map = new StringBuilder("plate,well,").append(String.join(",", columns)).append('\n');
		for (final Field field : screen.fields()) {
			final Path plate = Files.createDirectories(folder.resolve(field.plate()));
			for (int c = 0; c < screen.channels().size(); c++) {
				final Plane plane = field.planes().get(c);
				Files.copy(Path.of(plane.path()), plate.resolve(
					field.well() + "_s" + field.site() + "_" + screen.channels().get(c) + ".tif"),
					StandardCopyOption.REPLACE_EXISTING);
			}
			map.append(field.plate()).append(',').append(field.well());
			for (final String column : columns) map.append(',').append(field.get("Metadata_" + column));
			map.append('\n');
		}
		AtomicFile.write(folder.resolve("platemap.csv"), map.toString());
	}

	/** Makes the plates of the tour by the dialog that the tour begins with. */
	private Screen demo(final Path folder) throws Exception {
		new Thread(() -> IJ.doCommand("Make Demo Screen...")).start();
		final Window demo = dialog("Make Demo Screen");
		type(demo, "Folder to write", folder.toString());
		type(demo, "Batches", "3");
		type(demo, "Plates per batch", "1");
		type(demo, "Wells per plate", "24");
		type(demo, "Fields per well", "1");
		type(demo, "Phenotypes", "4");
		type(demo, "Image size (pixels)", "128");
		ready(demo);
		picture("demo", demo);
		ok(demo);
		results("Make Demo Screen").dispose();
		return ScreenTable.read(folder.resolve("screen.csv"));
	}

	private void go(final Path folder) throws Exception {
		sleep(3000);
		plainTiffs(demo(folder.resolveSibling("demo")), folder);
		new Thread(() -> IJ.doCommand("Open Screen...")).start();
		final Window open = dialog("Open Screen");
		type(open, "Folder or file", folder.toString());
		final AbstractButton ok = find(open, AbstractButton.class, b -> "OK".equals(b.getText()));
		waitFor(() -> ok.isEnabled() && !text(open, "Screen table to write").isEmpty(), 60, "proposals");
		click(section(open, "Files in folders"));
		waitFor(() -> !text(open, "Pattern").isEmpty() && label(open, "Pattern").isShowing(), 60, "the pattern");
		sleep(1500);
		ready(open);
		picture("open", open);
		ok(open);
		final Window opened = results("Open Screen");
		next(opened, "View Plate...");
		ok(dialog("View Plate"));
		final Window plate = await("isophene.viewer", "Plates of", 120);
		sleep(1500);
		click(named(plate, "isophene.viewer.pictures"));
		sleep(6000);
		final Component wells = named(plate, "isophene.plate");
		final Rectangle well = settled(wells);
		robot.mouseMove(well.x + 90, well.y + 80);
		click();
		waitFor(() -> WindowManager.getImageCount() > 0, 60, "a field");
		sleep(1500);
		picture("plate", plate, WindowManager.getCurrentWindow());
		new Thread(() -> IJ.doCommand("Embed Image...")).start();
		final Window tiles = dialog("Embed Image");
		type(tiles, "Tile (pixels, 0 = automatic)", "32");
		final JCheckBox rois = box(tiles, "Tiles to the ROI Manager");
		for (int i = 0; i < 5 && !rois.isSelected(); i++) {
			click(rois);
			sleep(1000);
		}
		ok(tiles);
		final Window manager = await(null, "ROI Manager", 120);
		sleep(2500);
		final ImageWindow field = WindowManager.getCurrentWindow();
		field.setLocation(620, 120);
		manager.setLocation(900, 120);
		final Frame table = WindowManager.getFrame("Embeddings");
		table.setBounds(300, 430, 900, 300);
		sleep(500);
		field.toFront();
		manager.toFront();
		table.toFront();
		final TextPanel rows = ((TextWindow) table).getTextPanel();
		final Rectangle first = settled(rows);
		robot.mouseMove(first.x + 40, first.y + 75);
		click();
		sleep(800);
		picture("tiles", field, manager, table);
		WindowManager.getCurrentImage().changes = false;
		WindowManager.getCurrentImage().close();
		manager.dispose();
		table.dispose();
		next(opened, "Embed Screen...");
		final Window embed = dialog("Embed Screen");
		ready(embed);
		picture("embed", embed);
		click(find(embed, AbstractButton.class, b -> "OK".equals(b.getText())));
		final Window run = await("isophene.run", "Embed Screen", 60);
		final JLabel message = (JLabel) named(run, "isophene.run.message");
		waitFor(() -> message.getText().contains(" fields") || !run.isShowing(), 120, "the first fields");
		picture("run", Window.getWindows());
		final Window embedded = results("Embed Screen");
		tab(embedded, "Map");
		besideEachOther(embedded, plate);
		final Component map = named(embedded, "isophene.map");
		final Rectangle corner = settled(map);
		drag(corner.x + 12, corner.y + 12, corner.x + map.getWidth() / 2, corner.y + map.getHeight() * 2 / 5);
		sleep(1200);
		picture("map", embedded, plate);
		next(opened, "Fine-tune Model...");
		final Window train = dialog("Fine-tune Model");
		for (int i = 0; i < 5 && !label(train, "Architecture from scratch").isShowing(); i++) {
			click(section(train, "Network"));
			sleep(1000);
		}
		type(train, "Label column", "Metadata_Compound");
		type(train, "Epochs at most", "4");
		type(train, "Held-out batches", "B3");
		type(train, "Architecture from scratch", "resnet18:8");
		sleep(1500);
		ready(train);
		picture("train", train);
		ok(train);
		final Window trained = results("Fine-tune Model");
		next(trained, "Adapt and Predict...");
		final Window predict = dialog("Adapt and Predict");
		ready(predict);
		picture("predict", predict);
		ok(predict);
		final Window predicted = results("Adapt and Predict");
		tab(predicted, "Confusion matrix");
		toFront(predicted);
		picture("predicted", predicted);
		next(embedded, "Correct Profiles...");
		final Window correct = dialog("Correct Profiles");
		ready(correct);
		picture("correct", correct);
		ok(correct);
		final Window corrected = results("Correct Profiles");
		next(corrected, "Assess Batch Effects...");
		final Window assess = dialog("Assess Batch Effects");
		type(assess, "Label column", "Metadata_Compound");
		sleep(1200);
		ready(assess);
		picture("assess", assess);
		ok(assess);
		final Window assessed = results("Assess Batch Effects");
		tab(assessed, "Map");
		final Window plates = await("isophene.viewer", "Plates of screen-profiles", 120);
		sleep(1500);
		besideEachOther(assessed, plates);
		picture("assessed", assessed, plates);
		batch(folder);
	}

	/** Opens and embeds the plates one by one in a macro, which leaves no window behind. */
	private static void batch(final Path folder) throws InterruptedException {
		final List<String> before = titles();
		IJ.runMacro("""
			folder = getArgument();
			for (i = 1; i <= 3; i++) {
				plate = folder + "/B" + i + "_P1";
				run("Open Screen...", "source=" + plate + " table=" + plate + ".csv" +
					" pattern=(?<well>\\\\w\\\\d+)_s(?<site>\\\\d+)_(?<channel>\\\\w+)[.]tif");
				run("Embed Screen...", "screen=" + plate + ".csv tile=32 profiles=" + plate + ".csv.gz");
			}
			""", folder.toString());
		sleep(2000);
		for (int i = 1; i <= 3; i++)
			if (!Files.isRegularFile(folder.resolve("B" + i + "_P1.csv.gz")))
				throw new IllegalStateException("The macro has not embedded plate " + i);
		if (!titles().equals(before))
			throw new IllegalStateException("The macro has left windows behind: " + titles() + "; before " + before);
	}

	private static List<String> titles() {
		return Stream.of(Window.getWindows())
			.filter(Window::isShowing)
			.map(FijiTour::title)
			.filter(title -> !title.equals("Console"))
			.sorted()
			.toList();
	}

	private static void sleep(final long ms) throws InterruptedException {
		Thread.sleep(ms);
	}

	/** Takes a picture of the part of the screen where windows are. */
	private void picture(final String name, final Window... windows) throws IOException, InterruptedException {
		for (final Window window : Window.getWindows()) if (title(window).equals("Console")) window.setVisible(false);
		sleep(500);
		Rectangle area = null;
		for (final Window window : windows) {
			if (window == null || !window.isShowing() || window.getWidth() < 10) continue;
			area = area == null ? window.getBounds() : area.union(window.getBounds());
		}
		final BufferedImage image = robot
			.createScreenCapture(area.intersection(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize())));
		final Path file = pictures.resolve(String.format(Locale.ROOT, "tour-%02d-%s.png", ++number, name));
		Png.write(file, fewColors(image));
		System.out.println(file + " " + Files.size(file));
	}

	/** Returns a picture of its {@value #COLORS} most frequent colors, which is a third as large. */
	private static BufferedImage fewColors(final BufferedImage image) {
		final Map<Integer, Integer> counts = new HashMap<>();
		for (int y = 0; y < image.getHeight(); y++)
			for (int x = 0; x < image.getWidth(); x++) counts.merge(image.getRGB(x, y) & 0xF8F8F8, 1, Integer::sum);
		final List<Integer> best = counts.keySet()
			.stream()
			.sorted(Comparator.comparing(counts::get).reversed())
			.limit(COLORS)
			.toList();
		final byte[][] palette = new byte[3][best.size()];
		for (int i = 0; i < best.size(); i++)
			for (int k = 0; k < 3; k++) palette[k][i] = (byte) Math.min(255,
				(best.get(i) >> 16 - 8 * k & 255) * 255 / 248);
		final BufferedImage few = new BufferedImage(image.getWidth(), image.getHeight(),
			BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, best.size(), palette[0], palette[1], palette[2]));
		final Map<Integer, Integer> nearest = new HashMap<>();
		for (int y = 0; y < image.getHeight(); y++) for (int x = 0; x < image.getWidth(); x++) {
			few.getRaster().setSample(x, y, 0,
				nearest.computeIfAbsent(image.getRGB(x, y) & 0xF8F8F8, color -> nearest(color, best)));
		}
		return few;
	}

	private static int nearest(final int color, final List<Integer> palette) {
		int at = 0;
		int least = Integer.MAX_VALUE;
		for (int i = 0; i < palette.size(); i++) {
			int distance = 0;
			for (int k = 0; k < 24; k += 8) {
				final int d = (color >> k & 255) - (palette.get(i) >> k & 255);
				distance += d * d;
			}
			if (distance >= least) continue;
			least = distance;
			at = i;
		}
		return at;
	}

	private static String title(final Window window) {
		return window instanceof Frame frame ? frame.getTitle()
			: window instanceof Dialog dialog ? dialog.getTitle() : "";
	}

	/** Waits for a window of a name (empty: a dialog, {@code null}: any) and a title. */
	private static Window await(final String name, final String title, final int seconds) throws InterruptedException {
		final Window[] found = new Window[1];
		waitFor(() -> {
			for (final Window window : Window.getWindows()) {
				final boolean named = name == null || (name.isEmpty() ? window instanceof Dialog
					: name.equals(window.getName()));
				if (window.isShowing() && named && title(window).startsWith(title)) found[0] = window;
			}
			return found[0] != null;
		}, seconds, "the window " + title);
		return found[0];
	}

	private interface TourCondition {

		boolean holds();
	}

	private static void waitFor(final TourCondition condition, final int seconds, final String what)
		throws InterruptedException
	{
		final long end = System.currentTimeMillis() + seconds * 1000L;
		while (!condition.holds()) {
			if (System.currentTimeMillis() > end) {
				final List<String> there = new ArrayList<>();
				for (final Window window : Window.getWindows()) if (window.isShowing()) there.add(title(window));
				throw new IllegalStateException("Waited in vain for " + what + "; there are " + there);
			}
			sleep(100);
		}
	}

	private static Window dialog(final String title) throws InterruptedException {
		final Window window = await("", title, 120);
		sleep(2500);
		return window;
	}

	private static Window results(final String title) throws InterruptedException {
		final Window window = await("isophene.results", title, 900);
		sleep(1500);
		return window;
	}

	/** Places a map and the plate that is linked with it side by side, below ImageJ. */
	private static void besideEachOther(final Window map, final Window plate) throws InterruptedException {
		final int width = WindowPlacement.screen(map).width;
		map.setBounds(0, 110, width * 46 / 100, 560);
		plate.setBounds(width * 46 / 100, 110, width - width * 46 / 100, 560);
		toFront(plate);
		toFront(map);
	}

	private static void toFront(final Window window) throws InterruptedException {
		window.toFront();
		sleep(700);
	}

	private static <T extends Component> T find(final Container in, final Class<T> type, final Predicate<T> wanted) {
		for (final Component child : in.getComponents()) {
			if (type.isInstance(child) && wanted.test(type.cast(child))) return type.cast(child);
			final T inside = child instanceof Container container ? find(container, type, wanted) : null;
			if (inside != null) return inside;
		}
		return null;
	}

	/** Returns the check box behind a label. */
	private static JCheckBox box(final Window in, final String label) {
		final Component[] row = find(in, JLabel.class, l -> label.equals(l.getText())).getParent().getComponents();
		for (int i = 0; i < row.length - 1; i++) {
			if (!(row[i] instanceof JLabel found) || !label.equals(found.getText())) continue;
			return row[i + 1] instanceof JCheckBox check ? check : find((Container) row[i + 1], JCheckBox.class,
				c -> true);
		}
		throw new IllegalStateException("There is no box " + label);
	}

	private static Component named(final Window in, final String name) {
		return find(in, Component.class, child -> name.equals(child.getName()));
	}

	private static AbstractButton section(final Window in, final String text) {
		return find(in, AbstractButton.class, button -> button.getText() != null && button.getText().contains(text));
	}

	private static JLabel label(final Window in, final String text) {
		return find(in, JLabel.class, l -> text.equals(l.getText()));
	}

	/** Returns the field behind a label. */
	private static Component field(final Window in, final String label) {
		final JLabel found = label(in, label);
		final Component[] row = found.getParent().getComponents();
		for (int i = 0; i < row.length - 1; i++) if (row[i] == found) return row[i + 1];
		throw new IllegalStateException("There is no field " + label);
	}

	private static JTextComponent editor(final Component field) {
		return field instanceof JTextComponent own ? own : find((Container) field, JTextComponent.class, e -> true);
	}

	private static String text(final Window in, final String label) {
		return editor(field(in, label)).getText();
	}

	/** Types into the field behind a label. */
	private static void type(final Window in, final String label, final String text) throws Exception {
		final Component field = field(in, label);
		final JTextComponent editor = editor(field);
		final JComboBox<?> list = field instanceof JComponent c ? find(c, JComboBox.class, b -> true) : null;
		SwingUtilities.invokeAndWait(() -> editor.setText(text));
		if (list == null && field instanceof Container container) {
			// A spinner takes what was typed when it is committed.
			final JSpinner spinner = container instanceof JSpinner own ? own : find(container, JSpinner.class,
				s -> true);
			if (spinner != null) SwingUtilities.invokeAndWait(() -> spinner.setValue(Integer.valueOf(text)));
		}
		sleep(800);
	}

	/** Clicks a component where it is when it has stopped to move: a dialog that grows moves its buttons. */
	private void click(final Component component) throws InterruptedException {
		final Rectangle place = settled(component);
		robot.mouseMove(place.x + Math.min(place.width / 2, 60), place.y + place.height / 2);
		click();
		sleep(400);
	}

	/** Returns the bounds of a component on the screen when they have been the same for a while. */
	private static Rectangle settled(final Component component) throws InterruptedException {
		final Rectangle[] last = new Rectangle[1];
		final int[] same = new int[1];
		waitFor(() -> {
			final Rectangle now = component.isShowing()
				? new Rectangle(component.getLocationOnScreen(), component.getSize()) : null;
			same[0] = now != null && now.equals(last[0]) ? same[0] + 1 : 0;
			last[0] = now;
			return same[0] >= STILL;
		}, 60, "a component that stays where it is");
		return last[0];
	}

	private void click() {
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
	}

	private void drag(final int x, final int y, final int toX, final int toY) {
		robot.mouseMove(x, y);
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		for (int i = 1; i <= 8; i++) robot.mouseMove(x + (toX - x) * i / 8, y + (toY - y) * i / 8);
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
	}

	/** Waits until a dialog has nothing to object to. */
	private static void ready(final Window dialog) throws InterruptedException {
		final AbstractButton ok = find(dialog, AbstractButton.class, b -> "OK".equals(b.getText()));
		waitFor(ok::isEnabled, 120, "OK of " + title(dialog));
	}

	private void ok(final Window dialog) throws InterruptedException {
		final AbstractButton ok = find(dialog, AbstractButton.class, b -> "OK".equals(b.getText()));
		for (int i = 0; i < 5 && dialog.isShowing(); i++) {
			waitFor(ok::isEnabled, 60, "OK of " + title(dialog));
			click(ok);
			sleep(2500);
		}
	}

	private void next(final Window results, final String command) throws InterruptedException {
		toFront(results);
		click(find(results, AbstractButton.class, b -> ("Next: " + command).equals(b.getText())));
	}

	private static void tab(final Window results, final String title) throws Exception {
		final JTabbedPane tabs = find(results, JTabbedPane.class, t -> true);
		final int at = tabs.indexOfTab(title);
		if (at < 0) throw new IllegalStateException("There is no tab " + title);
		SwingUtilities.invokeAndWait(() -> tabs.setSelectedIndex(at));
		sleep(700);
	}
}
