// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.screen.FileNameFormat;
import io.github.isophene.screen.FolderListing;
import io.github.isophene.screen.ScreenBuilder;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.Wells;

/**
 * Plates of an ImageXpress without their {@code .HTD}: {@code plate_B02_s1_w1.TIF}, with or without site, wavelength
 * and GUID, in {@code TimePoint_<n>/ZStep_<n>} or not; thumbnails have other names. Channels are {@code w1},
 * {@code w2}... A plate is named by the start of its files' names; where several folders share that, or names have
 * none, after its folder.
 */
final class ImageXpressNames extends FileNameFormat {

	private static final String GUID = "_?\\[?[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\\]?";
	/** Well of a name, with or without a zero; s1, t1, w1 and z1 are its other parts. */
	static final String WELL = "(?![STWZ]\\d(?!\\d))[A-Z]{1,2}\\d{1,2}";
	// A well alone could be anybody's: site, wavelength or GUID has to follow.
	private static final Pattern IMAGE = Pattern.compile("(?i)(?:(.*?)_)?(" + WELL + ")(?=_s\\d|_w\\d|" + GUID +
		")(?:_s(\\d{1,6}))?(?:_w(\\d{1,3}))?(?:" + GUID + ")?\\.tiff?");
	static final Pattern INSIDE = Pattern.compile("(?i)[/\\\\](?:TimePoint_\\d+|ZStep_\\d+)$");
	private static final Pattern TIME = Pattern.compile("(?i)TimePoint_(\\d{1,6})");
	private static final Pattern STEP = Pattern.compile("(?i)ZStep_(\\d{1,6})");

	ImageXpressNames() {
		super(IMAGE, INSIDE, "plate_B02_s1_w1.TIF");
	}

	@Override
	public String name() {
		return "imagexpress";
	}

	@Override
	public String description() {
		return "names of an ImageXpress";
	}

	@Override
	protected Names names(final Path folder, final List<Path> files, final ScreenOptions options) {
		return names(Set.of(), files);
	}

	@Override
	protected Names names(final Path folder, final Map<Path, List<Path>> plates, final ScreenOptions options) {
		final Set<String> others = new HashSet<>();
		plates.forEach((other, files) -> {
			if (!other.equals(folder)) others.add(prefix(files.get(0)));
		});
		return names(others, plates.get(folder));
	}

	private static String prefix(final Path file) {
		final Matcher m = IMAGE.matcher(FolderListing.name(file));
		return m.matches() && m.group(1) != null ? m.group(1) : "";
	}

	/** @param others names of the plates beside it: a name that several folders share is that of the experiment */
	private static Names names(final Set<String> others, final List<Path> files) {
		final boolean several = files.stream().map(ImageXpressNames::prefix).distinct().limit(2).count() > 1;
		final Map<Path, Boolean> stacks = new HashMap<>();
		return new Names() {

			@Override
			public Entry entry(final Matcher m) {
				throw new IllegalStateException("the folders tell time and plane");
			}

			@Override
			public Entry entry(final Matcher m, final Path file) throws IOException {
				final String plate = m.group(1) == null || !several && others.contains(m.group(1)) ? "" : m.group(1);
				final String channel = "w" + (m.group(4) == null ? "1" : String.valueOf(Integer.parseInt(m.group(4))));
				return new Entry(plate, Wells.normalize(m.group(2)), m.group(3) == null ? "1" : m.group(3), channel,
					number(file, TIME), plane(file, stacks), Map.of());
			}
		};
	}

	/** A file beside the folders of a stack is the projection, as one of step 0. */
	private static int plane(final Path file, final Map<Path, Boolean> stacks) throws IOException {
		final Path parent = file.getParent();
		final Matcher step = STEP.matcher(FolderListing.name(parent));
		if (step.matches())
			return Integer.parseInt(step.group(1)) == 0 ? ScreenBuilder.PROJECTION : Integer.parseInt(step.group(1));
		Boolean stack = stacks.get(parent);
		if (stack == null) {
			stack = FolderListing.folders(parent)
				.stream()
				.anyMatch(child -> STEP.matcher(FolderListing.name(child)).matches());
			stacks.put(parent, stack);
		}
		return stack ? ScreenBuilder.PROJECTION : 1;
	}

	private static int number(final Path file, final Pattern folder) {
		for (Path parent = file.getParent(); parent != null; parent = parent.getParent()) {
			final Matcher m = folder.matcher(FolderListing.name(parent));
			if (m.matches()) return Integer.parseInt(m.group(1));
			if (!INSIDE.matcher("/" + FolderListing.name(parent)).find()) break;
		}
		return 1;
	}
}
