// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;

import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;

/**
 * Writes models adapted to plates: {@code <plate>.zip} in a folder, or of an ensemble
 * {@code <plate>-<n>.zip} with the models counted from 1; or just one file.
 */
record AdaptedModels(Path folderOrFile, int models) {

	/**
	 * Looks whether there will be something to write.
	 *
	 * @throws IllegalArgumentException if the statistics can't be stored, or one file can't hold all
	 */
	static void check(final Path folderOrFile, final PlateNormalization kind, final int plates, final int models) {
		if (!kind.storable()) throw new IllegalArgumentException("adapted is given, but statistics = " + kind.label() +
			" leaves nothing to be stored in a model: use statistics = " + PlateNormalization.CONTROLS.label() + " or " +
			PlateNormalization.JOINT_PLATE.label() + ", or leave adapted empty");
		if (isFile(folderOrFile) && plates * models > 1) throw new IllegalArgumentException("adapted is the file " +
			folderOrFile + ", but there are " + plates + " plates and " + models + " models to adapt: give a folder");
	}

	/** Writes one, atomically. */
	void write(final String plate, final int model, final Model adapted) throws IOException {
		ModelFile.write(adapted, isFile(folderOrFile) ? folderOrFile : folderOrFile.resolve(safe(plate) + (models == 1 ? ""
			: "-" + (model + 1)) + ".zip"));
	}

	private static boolean isFile(final Path path) {
		return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
	}

	/** A plate's name as a file's; where that isn't the name itself, a checksum keeps two plates apart. */
	private static String safe(final String plate) {
		final String safe = plate.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
		if (safe.equals(plate)) return safe;
		final CRC32 crc = new CRC32();
		crc.update(plate.getBytes(StandardCharsets.UTF_8));
		return String.format(Locale.ROOT, "%s-%08x", safe, crc.getValue());
	}
}
