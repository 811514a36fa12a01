// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;

/**
 * Rule for finished plates that the resuming run must do again: users mend what
 * the errors file names, or export an image again, before they go on. Goes by the times of local files, of
 * OME-Zarr images by
 * those of all in their folders but labels: one that was
 * replaced with its old time kept is not noticed, one dated in the future always is; addresses (URLs) are not asked.
 */
public final class PlateRetry {

	/** Tries fields of one plate once more that had failed. */
	@FunctionalInterface
	public interface FieldTrial {

		/**
		 * Tries one, without its network.
		 *
		 * @param field its place among the plate's fields, from 0
		 * @return whether it would be a row by now
		 * @throws IOException if it still can't be read
		 */
		boolean isGood(int field) throws IOException;
	}

	private final Map<String, List<Field>> plates;
	private final BiFunction<String, List<Field>, FieldTrial> trials;

	/**
	 * @param plates with all their fields
	 * @param trials gives each plate the trial of its fields
	 */
	public PlateRetry(final Map<String, List<Field>> plates, final BiFunction<String, List<Field>, FieldTrial> trials) {
		this.plates = plates;
		this.trials = trials;
	}

	/** Of plates without images: none is done again. */
	public static PlateRetry never() {
		return new PlateRetry(Map.of(), (plate, fields) -> field -> false);
	}

	/**
	 * Looks at the times of the plate's files, and reads again only what had failed and is worth a trial, until one
	 * field is good.
	 *
	 * @param done when the plate was finished
	 * @param failures the plate's fields that are no rows
	 */
	public boolean isDue(final String plate, final FileTime done, final List<Failure> failures) {
		final List<Field> fields = plates.getOrDefault(plate, List.of());
		// Where files lie on a server, most of the time is waiting for it.
		return fields.stream()
			.flatMap(field -> field.planes().stream())
			.filter(Objects::nonNull)
			.map(Plane::path)
			.distinct()
			.toList()
			.parallelStream()
			.anyMatch(path -> isNewer(path, done)) || !failures.isEmpty() && isMended(plate, fields, failures);
	}

	/** Returns whether a file is newer; a missing file or a URL is not; what was read from it is good. */
	private static boolean isNewer(final String path, final FileTime done) {
		final File file = new File(path);
		if (file.lastModified() > done.toMillis()) return true;
		return file.isDirectory() && hasNewer(file.toPath(), done);
	}

	/**
	 * Returns whether an OME-Zarr image has a chunk, or says something, that is newer; its folder's own time
	 * tells of new names alone.
	 */
	private static boolean hasNewer(final Path image, final FileTime done) {
		final Path labels = image.resolve("labels");
		try (Stream<Path> newer = Files.find(image, Integer.MAX_VALUE, (path,
			attributes) -> attributes.lastModifiedTime().toMillis() > done.toMillis() && !path.startsWith(labels)))
		{
			return newer.findAny().isPresent();
		}
		catch (final IOException | UncheckedIOException exc) {
			return false;
		}
	}

	private boolean isMended(final String plate, final List<Field> fields, final List<Failure> failures) {
		final Set<String> tried = new HashSet<>();
		for (final Failure failure : failures)
			if (failure.kind().isWorthATrial()) tried.add(site(failure.well(), failure.site()));
		final FieldTrial trial = trials.apply(plate, fields);
		for (int i = 0; i < fields.size(); i++) {
			if (tried.contains(site(fields.get(i).well(), fields.get(i).site())) && isGood(trial, i)) return true;
		}
		return false;
	}

	private static boolean isGood(final FieldTrial trial, final int field) {
		try {
			return trial.isGood(field);
		}
		catch (final IOException | RuntimeException exc) {
			return false;
		}
	}

	/** Returns the key that tells a field of a plate from the others. */
	private static String site(final String well, final String site) {
		return well + ' ' + site;
	}
}
