// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.isophene.pixels.file.GrayPlane;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.storage.Storages;
import io.github.isophene.zarr.ImageGroup;
import io.github.isophene.zarr.ZarrArray;
import net.imglib2.img.Img;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Reads fields whose channels are in OME-Zarr images: a plane's path is the image's group, a folder or an address, and
 * its frame the channel. Of several time points the first, of a stack the middle plane.
 * <p>
 * Where smaller images are wanted, the level of the pyramid that has this very size is read, if the file says
 * that its levels are means
 * ({@code type}); all else would give other numbers than a TIFF does. With the system property {@code
 * isophene.zarr.levels=any}
 * every pyramid will do, and a level that is still too fine is made smaller.
 * </p>
 */
@Plugin(type = FieldReader.class, name = "omezarr")
public final class OmeZarrReader implements FieldReader {

	/** Tolerance of a level's scale from a whole number: pixel sizes are rounded in files. */
	private static final double TOLERANCE = 1e-3;

	@Parameter(required = false)
	private LogService log;

	@Override
	public String description() {
		return "OME-Zarr images in folders, in zip files, at https:// and s3:// (paths with .zarr or .ozx)";
	}

	@Override
	public boolean accepts(final Field field) {
		return field.planes()
			.stream()
			.filter(Objects::nonNull)
			.map(Plane::path)
			.distinct()
			.allMatch(OmeZarrReader::accepts);
	}

	@Override
	public Img<?> read(final Field field) throws IOException {
		return read(field, Downscale.NONE);
	}

	@Override
	public Img<?> read(final Field field, final Downscale downscale) throws IOException {
		final Map<String, Set<Plane>> images = new LinkedHashMap<>();
		for (final Plane plane : field.planes()) {
			if (plane != null) images.computeIfAbsent(plane.path(), k -> new LinkedHashSet<>()).add(plane);
		}
		final Map<Plane, GrayPlane> planes = new HashMap<>();
		Downscale left = downscale;
		// A level holds means: one pixel of each square can only be taken from the finest.
		final int wanted = downscale.method() == Downscale.Reduction.MEAN ? downscale.factor() : 1;
		try {
			for (final Map.Entry<String, Set<Plane>> entry : images.entrySet()) {
				final ImageGroup image = ImageGroup.read(Storages.open(entry.getKey()));
				// Channels from several images could have different pyramids.
				final ChosenLevel level = ChosenLevel.of(image, images.size() == 1 ? wanted : 1);
				left = new Downscale(downscale.method(), downscale.factor() / level.factor());
				read(image, level.array(), List.copyOf(entry.getValue()), planes);
			}
		}
		catch (final IOException exc) {
			throw new IOException(field.label() + ": " + exc.getMessage(), exc);
		}
		return left.of(FieldPlanes.read(field, planes::get));
	}

	private void read(final ImageGroup image, final ZarrArray array, final List<Plane> wanted,
		final Map<Plane, GrayPlane> planes) throws IOException
	{
		final List<int[]> leads = new ArrayList<>();
		for (final Plane plane : wanted) leads.add(image.lead(array, plane.frame()));
		final List<Object> values = array.planes(leads, warning -> {
			if (log != null) log.warn(warning);
		});
		for (int i = 0; i < values.size(); i++) {
			planes.put(wanted.get(i), new GrayPlane(array.width(), array.height(), values.get(i), array.typeMaximum()));
		}
	}

	private static boolean accepts(final String path) {
		if (path.replace('\\', '/').matches("(?i).*\\.(zarr(\\.zip)?|ozx)(/.*)?")) return true;
		if (Storages.isRemote(path)) return path.indexOf('.', path.lastIndexOf('/')) < 0;
		if (path.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) return false;
		final Path folder = Path.of(path);
		return Files.exists(folder.resolve("zarr.json")) || Files.exists(folder.resolve(".zattrs"));
	}

	/** A level of a pyramid and how many of the finest pixels are one of it, in each direction. */
	private record ChosenLevel(ZarrArray array, int factor) {

		static ChosenLevel of(final ImageGroup image, final int downscale) throws IOException {
			final ChosenLevel finest = new ChosenLevel(image.open(0), 1);
			final boolean any = "any".equals(System.getProperty("isophene.zarr.levels"));
			if (downscale == 1 || !image.averaged() && !any) return finest;
			for (int level = image.levels().size() - 1; level > 0; level--) {
				final double y = image.levels().get(level).height() / image.levels().get(0).height();
				final double x = image.levels().get(level).width() / image.levels().get(0).width();
				final int factor = (int) Math.round(y);
				if (factor < 2 || Math.abs(y - factor) > TOLERANCE * factor || Math.abs(x - y) > TOLERANCE * factor)
					continue;
				// What is left to do would round a second time.
				if (any ? downscale % factor != 0 : factor != downscale) continue;
				final ChosenLevel coarse = new ChosenLevel(image.open(level), factor);
				final int rest = downscale / factor;
				if (coarse.array.width() / rest == finest.array.width() / downscale &&
					coarse.array.height() / rest == finest.array.height() / downscale) return coarse;
			}
			return finest;
		}
	}
}
