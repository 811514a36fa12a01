// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.storage.Addresses;
import io.github.isophene.storage.FileCache;
import io.github.isophene.storage.Storages;
import net.imglib2.img.Img;
import org.scijava.plugin.Plugin;

/**
 * Reads fields whose channels are gray TIFF, PNG or JPEG files at {@code https://}, {@code http://} or {@code
 * s3://}, as
 * a table's {@code URL_Orig<Channel>} columns name them. Files come through the {@link FileCache}.
 */
@Plugin(type = FieldReader.class, name = "remote-files")
public final class RemoteFileReader implements FieldReader {

	private final ImageFileReader files = new ImageFileReader();

	@Override
	public String description() {
		return "the same kinds of files at https:// and s3://";
	}

	@Override
	public boolean accepts(final Field field) {
		final List<String> paths = field.planes().stream().filter(Objects::nonNull).map(Plane::path).toList();
		return paths.stream().anyMatch(Storages::isRemote) && paths.stream().allMatch(RemoteFileReader::accepts);
	}

	@Override
	public Img<?> read(final Field field) throws IOException {
		try {
			return attempt(field);
		}
		catch (final NoSuchFileException exc) {
			// Another process made room in the cache at this very moment.
			return attempt(field);
		}
	}

	private Img<?> attempt(final Field field) throws IOException {
		final Map<String, FileCache.Lease> leases = new LinkedHashMap<>();
		try {
			final List<Plane> planes = local(field, leases);
			return files.read(new Field(field.plate(), field.well(), field.site(), field.metadata(), planes));
		}
		catch (final IOException exc) {
			String message = exc.getMessage();
			for (final Map.Entry<String, FileCache.Lease> lease : leases.entrySet()) {
				final Path file = lease.getValue().file();
				if (!Files.exists(file)) throw (IOException) new NoSuchFileException(file.toString()).initCause(exc);
				// Users know the address, not the name in the cache.
				message = message.replace(file.toString(), Addresses.shown(lease.getKey()));
			}
			throw new IOException(message.contains(field.label()) ? message : field.label() + ": " + message, exc);
		}
		finally {
			leases.values().forEach(FileCache.Lease::close);
		}
	}

	private static List<Plane> local(final Field field, final Map<String, FileCache.Lease> leases) throws IOException {
		final FileCache cache = FileCache.shared();
		cache.prepare(field.planes()
			.stream()
			.filter(p -> p != null && Storages.isRemote(p.path()))
			.map(Plane::path)
			.distinct()
			.toList());
		final List<Plane> planes = new ArrayList<>();
		for (final Plane plane : field.planes()) {
			if (plane == null || !Storages.isRemote(plane.path())) {
				planes.add(plane);
				continue;
			}
			if (!leases.containsKey(plane.path())) leases.put(plane.path(), cache.get(plane.path()));
			planes.add(new Plane(leases.get(plane.path()).file().toString(), plane.frame()));
		}
		return planes;
	}

	private static boolean accepts(final String path) {
		final String name = path.toLowerCase(Locale.ROOT).replaceFirst("[?#].*", "");
		return ImageFileReader.ENDINGS.stream().anyMatch(name::endsWith);
	}
}
