// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.isophene.profiles.Failure;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;

/**
 * Whether a plate that an interrupted run had finished must be done again by the run that takes
 * it up: users mend what the errors file names, or export an image again, before they go on.
 */
final class PlateRetry {

	private final EmbeddingPlan plan;

	PlateRetry(final EmbeddingPlan plan) {
		this.plan = plan;
	}

	/**
	 * Looks at the times of local files, and reads again only what had failed.
	 *
	 * @param done when the plate's part was written
	 * @param failures the fields that are no rows of the part
	 */
	boolean isDue(final String plate, final List<Field> fields, final FileTime done, final List<Failure> failures) {
		final Map<String, String> reasons = failures.stream().collect(Collectors.toMap(f -> site(f.well(), f.site()), Failure::reason, (a,
			b) -> a));
		final PlateScaling scaling = new PlateScaling(plan, plate, fields);
		for (final Field field : fields) {
			final String reason = reasons.get(site(field.well(), field.site()));
			if (isNewer(field, done) || reason != null && !PlateProfiles.isOfPixels(reason) && isGood(field, scaling)) return true;
		}
		return false;
	}

	/** How a field of a plate is told from the others. */
	private static String site(final String well, final String site) {
		return well + ' ' + site;
	}

	private boolean isGood(final Field field, final PlateScaling scaling) {
		try {
			return plan.preparation().prepare(field, scaling.get()).failure() == null;
		}
		catch (final IOException exc) {
			return false;
		}
	}

	private static boolean isNewer(final Field field, final FileTime done) {
		for (final Plane plane : field.planes()) {
			if (plane == null) continue;
			try {
				if (Files.getLastModifiedTime(Path.of(plane.path())).compareTo(done) > 0) return true;
			}
			catch (final IOException | InvalidPathException exc) {
				// A URL, whose time isn't asked for; or gone by now, and what was read from it is good.
			}
		}
		return false;
	}
}
