// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.github.isophene.screen.Screen;

/**
 * Fields of a screen that is made, and the tables beside them; {@link DemoWriter} writes them. Many threads ask for
 * images at once.
 */
public interface ScreenContent {

	/**
	 * One field.
	 *
	 * @param channels one image per channel, unsigned 16 bit, [size * size] row by row
	 * @param cells number of cells in it; 0 if that is not known
	 */
	record Images(List<short[]> channels, int cells) {}

	/** Returns the text of truth.json; two contents with the same text are the same screen. */
	String truth();

	/** Returns the names of all plates, each a folder. */
	List<String> plates();

	/** Returns the number of fields. */
	int fieldCount();

	/** Returns the height and width of a field in pixels. */
	int size();

	/** Returns the files of a field, one per channel, relative to the screen's folder. */
	List<String> files(int index);

	/**
	 * Makes the images of a field; the same whatever was made before.
	 *
	 * @throws IOException if a source cannot be read; the message names the file and the remedy
	 */
	Images images(int index) throws IOException;

	/** Returns the number of cells of a field, without making its images; 0 if that is not known. */
	int cells(int index);

	/**
	 * Returns the text of truth.csv.
	 *
	 * @param cells number of cells of each field
	 */
	String truthTable(int[] cells);

	/**
	 * Returns the screen that lies in a folder.
	 *
	 * @param folder absolute
	 */
	Screen screen(Path folder);
}
