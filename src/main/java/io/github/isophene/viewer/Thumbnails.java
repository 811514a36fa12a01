// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.viewer;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import javax.swing.SwingUtilities;

import ij.ImagePlus;
import io.github.isophene.plots.WindowPlacement;

/**
 * Small pictures of wells, read in the background while the plate that they are on is shown. Used on Swing's
 * thread.
 */
final class Thumbnails {

	/** Pictures that are kept; those not seen for longest go first. */
	private static final int KEPT = 4000;
	private static final int SIDE = 96;

	private final FieldComposite fields;
	private final PlateWells wells;
	private final Runnable repaint;
	private final Consumer<String> problems;
	private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
		final Thread thread = new Thread(task, "Isophene plate viewer");
		thread.setDaemon(true);
		return thread;
	});
	private final Map<ViewedWell, BufferedImage> pictures = new LinkedHashMap<>(64, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(final Map.Entry<ViewedWell, BufferedImage> eldest) {
			return size() > KEPT;
		}
	};
	private final Map<String, double[][]> contrasts = new HashMap<>();
	private volatile String wanted = "";

	Thumbnails(final FieldComposite fields, final PlateWells wells, final Runnable repaint,
		final Consumer<String> problems)
	{
		this.fields = fields;
		this.wells = wells;
		this.repaint = repaint;
		this.problems = problems;
	}

	/** Returns the picture of a well; {@code null} while it isn't there. */
	BufferedImage get(final ViewedWell well) {
		return pictures.get(well);
	}

	/** Begins to read the pictures of a plate; those of another plate are given up. */
	void request(final String plate) {
		wanted = plate;
		final List<ViewedWell> missing = wells.wells(plate)
			.stream()
			.filter(well -> !well.fields().isEmpty() && !pictures.containsKey(well))
			.toList();
		reader.execute(() -> read(plate, missing));
	}

	/** Gives up what is being read. */
	void stop() {
		wanted = "";
	}

	private void read(final String plate, final List<ViewedWell> missing) {
		try {
			for (final ViewedWell well : missing) {
				if (!plate.equals(wanted)) return;
				final BufferedImage picture = fields.thumbnail(well.fields().get(0), contrast(plate), SIDE);
				SwingUtilities.invokeLater(() -> {
					pictures.put(well, picture);
					repaint.run();
				});
			}
		}
		catch (final IOException | RuntimeException exc) {
			SwingUtilities.invokeLater(() -> problems.accept(exc.getMessage()));
		}
	}

	/** Returns the contrast of a plate; measured once. For the reader's thread. */
	private double[][] contrast(final String plate) throws IOException {
		double[][] contrast = contrasts.get(plate);
		if (contrast == null) {
			contrast = fields.contrast(wells.wells(plate).stream().flatMap(well -> well.fields().stream()).toList());
			contrasts.put(plate, contrast);
		}
		return contrast;
	}

	/** Opens a field in the background. */
	void open(final ViewedWell well, final int field) {
		reader.execute(() -> {
			try {
				final ImagePlus image = fields.open(well.fields().get(field), contrast(well.plate()));
				SwingUtilities.invokeLater(() -> {
					image.show();
					if (image.getWindow() != null) WindowPlacement.beside(image.getWindow());
				});
			}
			catch (final IOException | RuntimeException exc) {
				SwingUtilities.invokeLater(() -> problems.accept(exc.getMessage()));
			}
		});
	}

	void close() {
		stop();
		reader.execute(fields::close);
		reader.shutdown();
	}
}
