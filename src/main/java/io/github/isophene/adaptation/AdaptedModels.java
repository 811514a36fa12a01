// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.FileNames;
import io.github.isophene.messages.Count;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;

/**
 * Writes models adapted to plates: {@code <plate>.zip} in a folder, or of an ensemble
 * {@code <plate>-<n>.zip} with the models counted from 1; or just one file.
 */
record AdaptedModels(Path folderOrFile, int models) {

	/**
	 * Looks whether there will be something to write.
	 *
	 * @throws IllegalArgumentException if the statistics can't be stored, one file can't hold all, or a model
	 *           would be overwritten that is read
	 */
	static void check(final Path folderOrFile, final StatisticsOrigin kind, final Collection<String> plates,
		final List<String> models)
	{
		if (!kind.storable())
			throw new IllegalArgumentException("adapted is given, but statistics = " + kind.label() +
				" leaves nothing to be stored in a model: use statistics = " + StatisticsOrigin.CALIBRATED.label() +
				", " + StatisticsOrigin.CONTROLS.label() + " or " + StatisticsOrigin.JOINT_PLATE.label() +
				", or leave adapted empty");
		if (isFile(folderOrFile) && plates.size() * models.size() > 1)
			throw new IllegalArgumentException("adapted is the file " + folderOrFile + ", but there are " +
				Count.of(plates.size(), "plate") + " and " + Count.of(models.size(), "model") +
				" to adapt: give a folder");
		final AdaptedModels written = new AdaptedModels(folderOrFile, models.size());
		final Set<
			Path> read = models.stream().map(m -> Path.of(m).toAbsolutePath().normalize()).collect(Collectors.toSet());
		for (final String plate : plates) {
			for (int m = 0; m < models.size(); m++) {
				final Path file = written.file(plate, m).toAbsolutePath().normalize();
				if (read.contains(file))
					throw new IllegalArgumentException(
						"adapted would overwrite the model " + file + ", which is read: give another folder or file");
			}
		}
	}

	/** Writes one, atomically. */
	void write(final String plate, final int model, final Model adapted) throws IOException {
		AtomicFile.deleteTemporaries(file(plate, model));
		ModelFile.write(adapted, file(plate, model));
	}

	private Path file(final String plate, final int model) {
		return isFile(folderOrFile) ? folderOrFile
			: folderOrFile.resolve(FileNames.of(plate) + (models == 1 ? "" : "-" + (model + 1)) + ".zip");
	}

	private static boolean isFile(final Path path) {
		return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
	}
}
