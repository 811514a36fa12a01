// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.WellNumbers;
import io.github.isophene.screen.Wells;

/**
 * Wells of file names that count them and may name them, too. A group names the well where it is a well of the same
 * number in every file, on one size of plate; else the number alone tells it.
 */
final class CountedWells {

	private final int number;
	private final int named;
	private final WellNumbers plate;

	/**
	 * @param number group of the well's number
	 * @param names groups that may name the well, the first that does in every file counts
	 * @param columns of the plate; 0: not known
	 */
	CountedWells(final Path folder, final List<Path> files, final Pattern pattern, final int number, final int[] names,
		final int columns, final ScreenOptions options)
	{
		this.number = number;
		int found = -1;
		int largest = 1;
		for (final int group : names) {
			if (found < 0 && files.stream().allMatch(file -> isWell(match(pattern, file).group(group)))) found = group;
		}
		named = found;
		for (final Path file : files) largest = Math.max(largest, Integer.parseInt(match(pattern, file).group(number)));
		plate = columns > 0 && columns <= 48 ? new WellNumbers(columns) : WellNumbers.upTo(largest);
		if (named < 0 && plate.columns() != columns)
			options.warnings()
				.accept(folder + " counts wells and doesn't name them: number " + largest +
					" is the last, so they are taken for those of a plate with " + Count.of(plate.wells(), "well") +
					", row by row. On another plate, use format=pattern with a group named by its columns, such as " +
					"(?<well24>\\d+)");
	}

	/**
	 * Returns the well of a file.
	 *
	 * @throws IllegalArgumentException if it can't be one
	 */
	String name(final Matcher matcher) {
		return named < 0 ? plate.name(Integer.parseInt(matcher.group(number))) : Wells.normalize(matcher.group(named));
	}

	/** Returns the group that names the well, -1 if none does. */
	int named() {
		return named;
	}

	private static Matcher match(final Pattern pattern, final Path file) {
		final Matcher matcher = pattern.matcher(FolderListing.name(file));
		if (!matcher.matches()) throw new IllegalArgumentException(file.toString());
		return matcher;
	}

	private static boolean isWell(final String text) {
		if (text == null || !text.matches("[A-Za-z]{1,2}\\d{1,2}")) return false;
		try {
			Wells.normalize(text);
			return true;
		}
		catch (final IllegalArgumentException e) {
			return false;
		}
	}
}
