// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.isophene.screen.ControlTypes;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.MetadataMap;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.SiteNames;
import io.github.isophene.screen.TableFile;
import io.github.isophene.screen.Wells;
import io.github.isophene.storage.NetworkShare;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * RxRx1 (Sypetkowski et al. 2023, arXiv 2301.05768; also in WILDS): a
 * {@code metadata.csv} beside {@code <experiment>/Plate<p>/<well>_s<site>_w<1..6>.png}
 * or {@code images/<experiment>/...}.
 * <p>
 * Plates are numbered within an experiment, so a plate's name here is
 * {@code <experiment>_Plate<p>}. The experiment is the batch.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "rxrx1", priority = Priority.HIGH)
public class RxRx1Format extends TableFormat {

	/** Stains of the wavelengths w1 to w6: Hoechst, ConA, phalloidin, SYTO 14, MitoTracker, WGA. */
	private static final List<String> CHANNELS = List.of("DNA", "ER", "Actin", "RNA", "Mito", "Golgi");

	private static final List<String> REQUIRED = List.of("experiment", "plate", "well", "site", "well_type");

	private static final Pattern TABLE = Pattern.compile("(?i)metadata\\.csv(\\.gz)?");

	/** The format. */
	public RxRx1Format() {
		super(TABLE, "metadata.csv", CHANNELS, REQUIRED);
	}

	@Override
	public String name() {
		return "rxrx1";
	}

	@Override
	public String description() {
		return "RxRx1: the folder of metadata.csv and the images, or metadata.csv itself";
	}

	@Override
	RowReader rows(final TableFile file) {
		final int experiment = file.column("experiment");
		final int plate = file.column("plate");
		final int well = file.column("well");
		final int site = file.column("site");
		final int type = file.column("well_type");
		final List<String> names = new ArrayList<>(List.of("Metadata_Batch", ControlTypes.COLUMN));
		final List<Integer> others = new ArrayList<>();
		for (int i = 0; i < file.header().size(); i++) {
			final String name = file.header().get(i);
			if (name.isEmpty() || REQUIRED.contains(name)) continue;
			names.add("Metadata_" + name);
			others.add(i);
		}
		final MetadataMap.ColumnNames columns = new MetadataMap.ColumnNames(names);
		final Map<String, String> roots = new HashMap<>();
		final SiteNames sites = new SiteNames(file);
		return row -> {
			final String batch = file.intern(row.get(experiment));
			if (!roots.containsKey(batch)) roots.put(batch, root(file, row, batch));
			final String plateName = file.intern(batch + "_Plate" + row.get(plate));
			final String[] values = new String[names.size()];
			values[0] = batch;
			values[1] = ControlTypes.normalize(row.get(type));
			final String wellName = file.intern(Wells.normalize(row.get(well)));
			for (int i = 2; i < values.length; i++) values[i] = file.intern(row.get(others.get(i - 2)));
			final String siteName = sites.name(row, plateName, wellName, row.get(site));
			final String start = roots.get(batch) + "/Plate" + row.get(plate) + "/" + row.get(well) + "_s" +
				row.get(site) + "_w";
			final List<Plane> planes = new ArrayList<>();
			for (int w = 1; w <= CHANNELS.size(); w++) planes.add(Plane.of(start + w + ".png"));
			return new Field(plateName, wellName, siteName, new MetadataMap(columns, values), planes);
		};
	}

	private static String root(final TableFile file, final TableFile.Row row, final String experiment)
		throws IOException
	{
		NetworkShare.refuse(experiment);
		final Path folder = file.path().toAbsolutePath().normalize().getParent();
		final List<Path> places = List.of(folder.resolve(experiment), folder.resolve("images").resolve(experiment));
		for (final Path place : places) {
			if (!experiment.isEmpty() && Files.isDirectory(place)) return place.toString();
		}
		throw file.problem(row.line(),
			"no images of the experiment '" + experiment + "': there is neither " + places.get(0) + " nor " +
				places.get(1) + ". Put them there, or remove the experiment's rows from a copy of the table");
	}
}
