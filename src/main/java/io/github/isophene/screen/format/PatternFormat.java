// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.FileTree;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.ImagePattern;
import io.github.isophene.screen.NaturalOrder;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.ScreenFormat;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.WellNumbers;
import io.github.isophene.screen.Wells;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;

/**
 * Any folder whose file names tell what the images are: the user gives a regular
 * expression on the path relative to the folder, with {@code /} on every system.
 * <p>
 * Named groups: {@code well} (a name, or a number that counts wells), or {@code row} and {@code column}; {@code plate}
 * (without it, the folder's name); {@code site} and {@code channel} (without
 * them, {@code 1}); {@code time} and {@code plane}, of which the first and the
 * middle one are taken; any other group {@code x} becomes {@code Metadata_x}.
 * Files that don't match are left out: {@link PatternPreview} shows them. Never
 * chosen by itself.
 * </p>
 */
@Plugin(type = ScreenFormat.class, name = "pattern", priority = Priority.VERY_LOW)
public class PatternFormat implements ScreenFormat {

	@Override
	public String name() {
		return "pattern";
	}

	@Override
	public String description() {
		return "any folder of images, with a regular expression on the relative path";
	}

	@Override
	public Optional<String> reject(final Path source) {
		return Optional.of("give a pattern, such as (?<well>[A-Z]{1,2}\\d{1,4})_s(?<site>\\d+)_(?<channel>\\w+)\\.tif");
	}

	@Override
	public Screen read(final Path source, final ScreenOptions options) throws IOException {
		return read(source, options, Integer.MAX_VALUE).screen();
	}

	/**
	 * Screen of the first files of a folder.
	 *
	 * @param whole whether the folder has no further files
	 */
	public record FirstFiles(Screen screen, boolean whole) {}

	/**
	 * Reads the names of the first files of a folder.
	 *
	 * @param most number of files whose names are read
	 * @throws IOException if none of them matches, two are the same image, or the folder can't be listed
	 * @throws IllegalArgumentException if the pattern is empty or malformed, or has no group for the well
	 */
	public static FirstFiles read(final Path source, final ScreenOptions options, final int most) throws IOException {
		final ImagePattern pattern = pattern(source, options.pattern());
		final ScreenBuilder builder = new ScreenBuilder();
		final TreeSet<String> channels = new TreeSet<>(NaturalOrder.COMPARATOR);
		final List<String> others = new ArrayList<>();
		final int[] listed = {0};
		final List<String> matching = new ArrayList<>();
		final IntSummaryStatistics numbers = new IntSummaryStatistics();
		FileTree.walk(source, path -> {
			if (listed[0]++ == most) return false;
			final Optional<Map<String, String>> values = pattern.values(path);
			if (values.isPresent()) {
				matching.add(path);
				final int number = pattern.number(values.get());
				if (number >= 0) numbers.accept(number);
			}
			else if (others.size() < 3) others.add(path);
			return true;
		});
		final UnaryOperator<String> counted = counted(source, numbers, options);
		for (final String path : matching) {
			try {
				pattern.requireWhole(path);
				final ImagePattern.Match match = pattern.image(pattern.values(path).orElseThrow(), counted);
				channels.add(match.image().channel());
				builder.add(match.image(), Plane.of(FolderListing.absolute(source.resolve(path))), match.metadata());
			}
			catch (final IllegalArgumentException e) {
				throw new IOException(source.resolve(path) + ": " + e.getMessage() +
					". Change the pattern so that it names the well rightly or leaves this file out");
			}
		}
		if (builder.isEmpty()) {
			final String hint = partly(pattern, others);
			throw new IOException(
				"The pattern " + pattern + " matches no file in " + source + (others.isEmpty() ? ", which has none"
					: "; the first are " + String.join(", ", others) + (hint.isEmpty() ? "" : ". " + hint)));
		}
		return new FirstFiles(builder.build(channels), listed[0] <= most);
	}

	/** Returns the names of wells that are numbers, of which not one alone says how many columns the plate has. */
	private static UnaryOperator<String> counted(final Path source, final IntSummaryStatistics numbers,
		final ScreenOptions options) throws IOException
	{
		if (numbers.getCount() == 0) return Wells::normalize;
		final int before = numbers.getMin() == 0 ? 1 : 0;
		final WellNumbers plate;
		try {
			plate = WellNumbers.upTo(numbers.getMax() + before);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException(source + ": " + e.getMessage() + ": the group well of the pattern must be a well", e);
		}
		options.warnings()
			.accept(source + " counts wells: number " + numbers.getMax() +
				" is the last, so they are taken for those of a plate with " + Count.of(plate.wells(), "well") +
				", row by row from " + numbers.getMin() + " = " + plate.name(numbers.getMin() + before) + " on" +
				". On another plate, name the group by its columns, such as (?<well24>\\d+), which counts from 1");
		return number -> plate.name(Integer.parseInt(number) + before);
	}

	/** Returns the remedy for a pattern that matches only a part of the paths; or nothing. */
	static String partly(final ImagePattern pattern, final List<String> paths) {
		for (final String path : paths) {
			final String part = pattern.part(path).orElse("");
			if (!part.isEmpty())
				return "It matches only the part '" + part + "', but has to match the whole path: " +
					missing(path.substring(0, path.indexOf(part)), path.endsWith(part));
		}
		return "";
	}

	/** Returns the remedy; before a well {@code .*} would take the first of two letters. */
	private static String missing(final String before, final boolean toTheEnd) {
		final String end = toTheEnd ? "" : "end it with .*";
		if (before.isEmpty()) return end.isEmpty() ? "begin or end it with .*" : end;
		final char last = before.charAt(before.length() - 1);
		final String begin = Character.isLetterOrDigit(last)
			? "begin it with what stands before, as the part begins within a word (a well of two letters is " +
				"(?<well>[A-Z]{1,2}\\d{1,4}))"
			: "begin it with .*" + (".[]{}()*+?^$|".indexOf(last) < 0 ? "" : "\\") + last;
		return begin + (end.isEmpty() ? "" : " and " + end);
	}

	/** The expression, for a source that must be a folder. */
	static ImagePattern pattern(final Path source, final String regex) throws IOException {
		if (!Files.isDirectory(source))
			throw new IOException(source + " is no folder: a pattern needs the folder of the images");
		return new ImagePattern(regex, source);
	}
}
