// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** File names of a screen that is made, relative to its folder. */
public final class DemoFiles {

	/** The screen table; written last, so that it is there only if everything is. */
	public static final String TABLE = "screen.csv";
	/** Table of the effects on every field. */
	public static final String TRUTH_TABLE = "truth.csv";
	/** Options, phenotypes, ranges, effects of batches and plates; written first: it says whose folder this is. */
	public static final String TRUTH = "truth.json";

	private DemoFiles() {}

	/**
	 * Returns the number of plates that a canceled run has finished; 0 if there was none, or the screen is whole.
	 *
	 * @param images number of images of a plate
	 */
	public static int finishedPlates(final Path folder, final long images) {
		if (!Files.isRegularFile(folder.resolve(TRUTH)) || Files.exists(folder.resolve(TABLE))) return 0;
		int finished = 0;
		try (DirectoryStream<Path> plates = Files.newDirectoryStream(folder, Files::isDirectory)) {
			for (final Path plate : plates) {
				try (Stream<Path> files = Files.list(plate)) {
					if (files.filter(file -> file.toString().endsWith(".tif")).count() == images) finished++;
				}
			}
		}
		catch (final IOException | DirectoryIteratorException exc) {
			return 0;
		}
		return finished;
	}

	/** One channel of one field: {@code B1_P1/B1_P1_A01_s1_DNA.tif}. */
	static String image(final PlannedField field, final DemoChannel channel) {
		return image(field.plateName(), field.well(), field.site(), channel.label());
	}

	/** Returns the file of one channel of one field; the channel's name must be one for files. */
	public static String image(final String plate, final String well, final int site, final String channel) {
		return plate + "/" + plate + "_" + well + "_s" + site + "_" + channel + ".tif";
	}
}
