// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.swing.AbstractButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JTabbedPane;
import javax.swing.SwingUtilities;

import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoProgress;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.plots.Png;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/**
 * Makes the pictures of the guide that show the plate viewer and the window of results, from the real windows
 * on a simulated screen. Needs a
 * display, such as Xvfb:
 * <pre>
 * xvfb-run mvn -q -Pbench test-compile exec:java
 * -Dexec.mainClass=io.github.isophene.viewer.GuidePictures
 * </pre>
 */
public final class GuidePictures {

	private static final Path IMAGES = Path.of("src/site/markdown/images");

	private GuidePictures() {}

	public static void main(final String[] args) throws Exception {
		if (GraphicsEnvironment.isHeadless())
			throw new IllegalStateException("The windows need a display: start it by xvfb-run");
		final Path folder = Files.createTempDirectory("isophene-guide");
		final Screen screen = DemoScreen.write(folder, new DemoOptions(2, 1, 36, 1, 192, 4, 1, 1), DemoProgress.none())
			.screen();
		final ProfileTable table = brightness(screen);
		final Selection controls = Selection.parse("Metadata_pert_type=negcon");
		PlateViewer.show("Plates of screen.csv", new PlateWells(screen, table, controls), FieldReaders.builtIn(),
			"Metadata_Compound", text -> {});
		final JFrame viewer = await("isophene.viewer");
		picture(viewer, "view-plate.png");
		SwingUtilities.invokeAndWait(
			() -> ((AbstractButton) find(viewer.getContentPane(), "isophene.viewer.pictures")).doClick());
		Thread.sleep(8000);
		picture(viewer, "view-pictures.png");
		final Path file = folder.resolve("profiles.csv");
		ProfileFile.write(table, file);
		ResultsWindow.show("Embed Screen",
			table.rowCount() + " rows x " + table.featureCount() + " features: " + file.getFileName(), file, screen,
			controls, FieldReaders.builtIn(),
			List.of(new ResultsWindow.Next("View Plate...", () -> {}),
				new ResultsWindow.Next("Correct Profiles...", () -> {}),
				new ResultsWindow.Next("Assess Batch Effects...", () -> {})));
		final JFrame results = await("isophene.results");
		SwingUtilities.invokeAndWait(() -> tabs(results.getContentPane()).setSelectedIndex(1));
		picture(results, "results-map.png");
		System.exit(0);
	}

	/** Mean and standard deviation of each channel: enough for a map. */
	private static ProfileTable brightness(final Screen screen) throws Exception {
		final FieldComposite fields = new FieldComposite(FieldReaders.builtIn(), screen.channels());
		final List<String> metadata = screen.metadataColumns();
		final List<String> features = screen.channels()
			.stream()
			.flatMap(c -> List.of(c + "_low", c + "_high").stream())
			.toList();
		final ProfileTableBuilder builder = ProfileTable.builder(metadata, features);
		for (final Field field : screen.fields()) {
			final double[][] contrast = fields.contrast(List.of(field));
			final float[] row = new float[features.size()];
			for (int c = 0; c < contrast.length; c++) {
				row[2 * c] = (float) contrast[c][0];
				row[2 * c + 1] = (float) contrast[c][1];
			}
			builder.add(metadata.stream().map(field::get).toList(), row);
		}
		return builder.build();
	}

	private static JFrame await(final String name) throws InterruptedException {
		while (true) {
			for (final Window window : Window.getWindows()) if (window.isShowing() && name.equals(window.getName())) {
				Thread.sleep(1500);
				return (JFrame) window;
			}
			Thread.sleep(50);
		}
	}

	private static void picture(final JFrame frame, final String name) throws Exception {
		final BufferedImage[] image = new BufferedImage[1];
		SwingUtilities.invokeAndWait(() -> {
			final JComponent content = (JComponent) frame.getContentPane();
			image[0] = new BufferedImage(content.getWidth(), content.getHeight(), BufferedImage.TYPE_INT_RGB);
			content.paint(image[0].createGraphics());
		});
		Png.write(IMAGES.resolve(name), image[0]);
	}

	private static java.awt.Component find(final java.awt.Container in, final String name) {
		for (final java.awt.Component child : in.getComponents()) {
			if (name.equals(child.getName())) return child;
			final java.awt.Component inside = child instanceof java.awt.Container container ? find(container, name)
				: null;
			if (inside != null) return inside;
		}
		return null;
	}

	private static JTabbedPane tabs(final java.awt.Container in) {
		for (final java.awt.Component child : in.getComponents()) if (child instanceof JTabbedPane tabs) return tabs;
		return null;
	}
}
