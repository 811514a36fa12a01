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
	 * Images of a screen that a canceled run has made.
	 *
	 * @param plates number of plates that have all of their images
	 * @param images number of images on all plates
	 */
	public record Unfinished(int plates, long images) {}

	/**
	 * Counts the images of a canceled run; none if there was none, or the screen is whole.
	 *
	 * @param images number of images of a whole plate
	 */
	public static Unfinished unfinished(final Path folder, final long images) {
		int finished = 0;
		long all = 0;
		if (Files.isRegularFile(folder.resolve(TRUTH)) && !Files.exists(folder.resolve(TABLE))) {
			try (DirectoryStream<Path> plates = Files.newDirectoryStream(folder, Files::isDirectory)) {
				for (final Path plate : plates) {
					try (Stream<Path> files = Files.list(plate)) {
						final long there = files.filter(file -> file.toString().endsWith(".tif")).count();
						all += there;
						if (there == images) finished++;
					}
				}
			}
			catch (final IOException | DirectoryIteratorException exc) {
				// The run itself says what is wrong.
			}
		}
		return new Unfinished(finished, all);
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
