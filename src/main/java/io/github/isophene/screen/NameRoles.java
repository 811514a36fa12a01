// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Assignment of roles (plate, well, site, channel, time, plane) to the columns of file names. */
final class NameRoles {

	private static final Set<String> SITE = Set.of("f", "s", "fld", "field", "site", "pos", "position", "xy", "fov",
		"tile", "series", "view", "img", "image", "spot");
	private static final Set<String> CHANNEL = Set.of("c", "ch", "chan", "channel", "w", "wv", "wave", "wavelength",
		"d", "dye", "filter", "stain");
	static final Set<String> PLANE = Set.of("z", "zstep", "slice", "sl", "plane", "stack", "focus", "depth");
	private static final Set<String> TIME = Set.of("t", "time", "timepoint", "tp", "sk", "frame", "cycle");
	private static final Set<String> ROW = Set.of("r", "row");
	private static final Set<String> COLUMN = Set.of("c", "col", "column");
	static final Set<String> FOLDERS = Set.of("image", "images", "img", "raw", "tif", "tiff", "tiffs", "data",
		"export", "plate", "plates");
	private static final Pattern STAIN = Pattern
		.compile("(?i)(dapi|hoechst|draq\\d*|gfp|yfp|cfp|rfp|bfp|fitc|tritc|cy\\d.*|dna|rna|er|agp|mito.*|" +
			"actin|tubulin|phalloidin|texas.*|alexa.*|bf|brightfield|bright|phase.*|dic|mcherry|tdtomato|nuc.*|" +
			"cyto.*|golgi|syto.*|wga|cona|uv|" +
			"blue|green|red|farred|4\\d\\d|5\\d\\d|6\\d\\d|7\\d\\d|ch\\d+|w\\d|c\\d)");

	private static final Pattern LEICA_FIELD = Pattern
		.compile("(?<=-)X(?:\\(\\?<site>)?\\\\d\\+\\)?--Y(?:\\(\\?<site>)?\\\\d\\+\\)?");

	/** Columns that can name a well, together; both are the same where wells are numbered. */
	record WellColumns(NameColumn row, NameColumn column, boolean joined, double score) {

		boolean numbered() {
			return row == column;
		}
	}

	private final List<NameColumn> columns;
	private final Map<NameColumn, String> roles = new LinkedHashMap<>();
	private final WellColumns well;
	// Range of columns that the plate is made of.
	private int plateFrom = -1;
	private int plateTo = -1;
	private int ambiguous;

	/** @param swapped the second choice where site and channel, or site and plane, are not named by letters */
	NameRoles(final List<NameColumn> columns, final WellColumns well, final boolean swapped) {
		this.columns = columns;
		this.well = well;
		roles.put(well.row(), well.joined() ? "well" : "row");
		if (!well.numbered()) roles.put(well.column(), well.joined() ? "" : "column");
		byKey(swapped);
		byStain();
		plate();
		byElimination(swapped);
	}

	/** Returns the candidates for the well, the best one first. */
	static List<WellColumns> wells(final List<NameColumn> columns) {
		final List<WellColumns> wells = new ArrayList<>();
		final WellColumns leica = leica(columns);
		if (leica != null) return List.of(leica);
		for (int i = 0; i < columns.size() - 1; i++) {
			final NameColumn a = columns.get(i);
			final NameColumn b = columns.get(i + 1);
			if (letters(a) && a.first() && !b.first() && b.upTo(48)) wells.add(joined(a, b));
			if (a.upTo(32) && ROW.contains(a.key())) {
				for (int j = i + 1; j < Math.min(columns.size(), i + 5); j++) {
					final NameColumn c = columns.get(j);
					if (c.upTo(48) && COLUMN.contains(c.key()))
						wells.add(new WellColumns(a, c, false, 6 + varies(a) + varies(c)));
				}
			}
			if (letters(a) && a.whole()) {
				int next = i + 1;
				while (next < columns.size() && columns.get(next).kind() == NameColumn.Kind.DELIMITER) next++;
				final NameColumn number = next < columns.size() ? columns.get(next) : a;
				// Letters that all files share and that name a number are its key.
				if (number.whole() && number.upTo(48) && !(a.constant() && isKey(a.values().get(0)))) {
					wells.add(new WellColumns(a, number, false, 1 + 3 * varies(a) + varies(number)));
				}
			}
		}
		wells.removeIf(candidate -> candidate.score() < 3);
		if (wells.isEmpty()) columns.stream().filter(NameRoles::countsWells).forEach(
			column -> wells.add(new WellColumns(column, column, true, column.key().equals("well") ? 4 : 3)));
		wells.sort(Comparator.comparingDouble(WellColumns::score).reversed());
		return wells;
	}

	/** Returns column and row of names of Leica's matrix screener, {@code --U02--V01--J08--}; J is a job. */
	private static WellColumns leica(final List<NameColumn> columns) {
		NameColumn u = null;
		NameColumn v = null;
		for (final NameColumn column : columns) {
			if (column.kind() != NameColumn.Kind.DIGITS || column.first()) continue;
			if (column.letters().equals("U") && column.upTo(48)) u = column;
			if (column.letters().equals("V") && column.upTo(32)) v = column;
		}
		return u == null || v == null ? null : new WellColumns(v, u, false, 8);
	}

	/** Of Leica, S is the scan, and X and Y together are the field. */
	private boolean isLeica() {
		return well.row().letters().equals("V") && well.column().letters().equals("U");
	}

	/** Returns whether a number counts wells: {@code well7}, {@code W0007}; w1 to w8 are wavelengths. */
	private static boolean countsWells(final NameColumn column) {
		final boolean named = column.key().equals("well") ||
			column.key().equals("w") && (column.allMatch("\\d{3,5}") || column.distinct().size() > 12);
		return named && column.kind() == NameColumn.Kind.DIGITS &&
			column.distinct().stream().allMatch(v -> v.length() < 6 && Integer.parseInt(v) <= 1536);
	}

	private static WellColumns joined(final NameColumn a, final NameColumn b) {
		double score = 2 + 3 * varies(a) + varies(b);
		if (b.distinct().stream().allMatch(v -> v.length() == 2)) score += 1;
		if (a.key().equals("well")) score += 3;
		if (a.constant() && isKey(a.values().get(0))) score -= 3;
		if (a.allMatch("[A-Z]+")) score += 1;
		// AB12 before B03 is rather the name of a plate.
		if (a.distinct().size() <= 16 && !a.allMatch("[A-Pa-p]")) score -= 0.5;
		return new WellColumns(a, b, true, score);
	}

	private static boolean letters(final NameColumn column) {
		if (column.kind() != NameColumn.Kind.LETTERS) return false;
		// Rows behind P are those of 1536 wells only, of which there are many, or some with two letters.
		return column.allMatch("[A-P]") || column.allMatch("[a-p]") ||
			(column.distinct().size() > 16 || column.distinct().stream().anyMatch(v -> v.matches("A[A-F]|a[a-f]"))) &&
				(column.allMatch("[A-Z]|A[A-F]") || column.allMatch("[a-z]|a[a-f]"));
	}

	private static boolean isKey(final String letters) {
		final String key = letters.toLowerCase(Locale.ROOT);
		return SITE.contains(key) || CHANNEL.contains(key) || PLANE.contains(key) || TIME.contains(key) ||
			key.equals("p") || key.equals("l");
	}

	private static int varies(final NameColumn column) {
		return column.constant() ? 0 : 1;
	}

	private boolean free(final NameColumn column) {
		return column.kind() != NameColumn.Kind.DELIMITER && !roles.containsKey(column) && !isExtension(column);
	}

	private boolean isExtension(final NameColumn column) {
		return column == columns.get(columns.size() - 1);
	}

	private boolean has(final String role) {
		return roles.containsValue(role);
	}

	private void byKey(final boolean swapped) {
		columns.stream().filter(c -> c.kind() == NameColumn.Kind.STACK).forEach(c -> claim(c, "plane"));
		columns.stream()
			.filter(c -> c.kind() == NameColumn.Kind.WORD && c.allMatch(ImagePattern.ELAPSED))
			.forEach(c -> claim(c, "time"));
		for (final NameColumn column : columns) {
			if (column.kind() != NameColumn.Kind.DIGITS || !free(column) || !standsAlone(column)) continue;
			if (PLANE.contains(column.key())) claim(column, "plane");
			else if (TIME.contains(column.key())) claim(column, "time");
			else if (SITE.contains(column.key()) && !isLeica()) claim(column, "site");
			else if (CHANNEL.contains(column.key()) && column.distinct().size() <= 40) claim(column, "channel");
		}
		// p is a focal plane where something else is the field, as in names of Harmony, else the position.
		for (final NameColumn column : columns) {
			if (column.kind() != NameColumn.Kind.DIGITS || !free(column) || !column.key().equals("p")) continue;
			final boolean plane = has("site") && !has("plane");
			// Before the well it is more likely a plate.
			if (columns.indexOf(column) > columns.indexOf(well.column()) && (plane || !has("site")))
				claim(column, plane && !swapped ? "plane" : has("site") ? "" : "site");
		}
	}

	/** Returns whether a column is in the file's name or in the well's folder, or fills a folder with its key. */
	private boolean standsAlone(final NameColumn column) {
		if (column.segment() == columns.get(columns.size() - 1).segment() || column.segment() == well.row().segment())
			return true;
		return columns.stream()
			.filter(c -> c.segment() == column.segment() && c.kind() != NameColumn.Kind.DELIMITER)
			.count() == 2;
	}

	private void claim(final NameColumn column, final String role) {
		if (has(role)) return;
		roles.put(column, role);
	}

	/** Finds the word that names the channel. */
	private void byStain() {
		final NameColumn numbered = with("channel");
		NameColumn best = null;
		double most = 0;
		for (final NameColumn column : columns) {
			if (!free(column) || column.kind() == NameColumn.Kind.GUID ||
				column.kind() == NameColumn.Kind.DIGITS && !column.allMatch("4\\d\\d|5\\d\\d|6\\d\\d|7\\d\\d"))
				continue;
			final NameColumn name = column;
			final long stains = column.distinct().stream().filter(value -> STAIN.matcher(value).matches()).count();
			double score = 2.0 * stains / column.distinct().size();
			if (!column.whole()) score -= 1;
			if (numbered != null)
				score = numbered.determines(name) && name.determines(numbered) && !numbered.constant() ? score + 1 : 0;
			else
				if (column.constant()) score -= 1.5;
				else if (crossed(column)) score += 1;
				else if (stains == 0) score = 0;
			// Of two that say the same the later one is nearer to the detector.
			if (score > 0.4 && score >= most) {
				best = column;
				most = score;
			}
		}
		if (best == null || best.distinct().size() > 40) return;
		if (numbered != null) roles.put(numbered, "");
		roles.put(best, "channel");
	}

	/** Returns whether nearly all wells have all values of a column, and there are few of them. */
	private boolean crossed(final NameColumn column) {
		if (column.distinct().size() < 2 || column.distinct().size() > 12) return false;
		final Set<String> wells = new HashSet<>();
		final Set<String> pairs = new HashSet<>();
		for (int i = 0; i < column.values().size(); i++) {
			final String name = well.row().values().get(i) + "\t" + well.column().values().get(i);
			wells.add(name);
			pairs.add(name + "\t" + column.values().get(i));
		}
		return pairs.size() >= 0.8 * wells.size() * column.distinct().size();
	}

	private NameColumn with(final String role) {
		return roles.entrySet()
			.stream()
			.filter(e -> e.getValue().equals(role))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Takes the innermost folder that varies, else what stands before the well in the file's name, else a
	 * constant folder.
	 */
	private void plate() {
		final int name = columns.get(columns.size() - 1).segment();
		for (final boolean varying : new boolean[]{true, false}) {
			for (int s = name - 1; s >= 0; s--) if (folder(s, varying)) return;
			if (prefix(name, varying)) return;
		}
	}

	private boolean folder(final int segment, final boolean varying) {
		final List<NameColumn> inside = columns.stream()
			.filter(c -> c.segment() == segment && !c.values().get(0).equals("/"))
			.toList();
		if (!inside.stream().allMatch(c -> c.kind() == NameColumn.Kind.DELIMITER || free(c))) return false;
		if (inside.stream().allMatch(NameColumn::constant) == varying) return false;
		final String text = String.join("", inside.stream().map(c -> c.values().get(0)).toList());
		if (!varying && FOLDERS.contains(text.toLowerCase(Locale.ROOT))) return false;
		// A folder per well is none per plate.
		if (varying && inside.stream().filter(c -> !c.constant()).allMatch(this::followsWell)) return false;
		range(columns.indexOf(inside.get(0)), columns.indexOf(inside.get(inside.size() - 1)));
		return true;
	}

	private boolean followsWell(final NameColumn column) {
		final Map<String, String> seen = new LinkedHashMap<>();
		for (int i = 0; i < column.values().size(); i++) {
			final String before = seen.putIfAbsent(well.row().values().get(i) + "\t" + well.column().values().get(i),
				column.values().get(i));
			if (before != null && !before.equals(column.values().get(i))) return false;
		}
		return seen.size() > 1;
	}

	private boolean prefix(final int segment, final boolean varying) {
		if (well.row().segment() != segment) return false;
		int from = 0;
		while (columns.get(from).segment() != segment || columns.get(from).values().get(0).equals("/")) from++;
		int to = columns.indexOf(well.row()) - 1;
		if (well.numbered() && !well.row().first()) to--; // its letters
		while (to >= from && (columns.get(to).kind() == NameColumn.Kind.DELIMITER ||
			columns.get(to).constant() && columns.get(to).values().get(0).equalsIgnoreCase("well"))) to--;
		if (to < from) return false;
		final List<NameColumn> before = columns.subList(from, to + 1);
		if (!before.stream().allMatch(c -> c.kind() == NameColumn.Kind.DELIMITER || free(c))) return false;
		final boolean varies = !before.stream().allMatch(NameColumn::constant);
		if (varies != varying) return false;
		if (!varies && before.stream().noneMatch(c -> c.kind() == NameColumn.Kind.DIGITS)) return false;
		if (varies && before.stream().filter(c -> !c.constant()).allMatch(this::followsWell)) return false;
		range(from, to);
		return true;
	}

	private void range(final int from, final int to) {
		plateFrom = from;
		plateTo = to;
		for (int i = from; i <= to; i++)
			if (columns.get(i).kind() != NameColumn.Kind.DELIMITER) roles.put(columns.get(i), "plate");
	}

	/** Gives what still distinguishes images a role that is left. */
	private void byElimination(final boolean swapped) {
		while (true) {
			final int now = images().size();
			ambiguous = columns.get(0).values().size() - now;
			if (ambiguous == 0) return;
			NameColumn best = null;
			int most = now;
			for (final NameColumn column : columns) {
				if (!free(column) || column.constant() || column.kind() == NameColumn.Kind.GUID) continue;
				roles.put(column, "?");
				final int images = images().size();
				roles.remove(column);
				if (images > most) {
					best = column;
					most = images;
				}
			}
			if (best == null) return;
			if (plateFrom >= 0 && best.segment() < columns.get(plateFrom).segment() && outer(best)) continue;
			final String role = role(best, swapped);
			if (role == null) return;
			roles.put(best, role);
		}
	}

	/** Begins the plate at an outer folder, where plates of different folders have the same name. */
	private boolean outer(final NameColumn column) {
		int from = columns.indexOf(column);
		while (from > 0 && columns.get(from - 1).segment() == column.segment() &&
			!columns.get(from - 1).values().get(0).equals("/")) from--;
		for (int i = from; i < plateFrom; i++)
			if (columns.get(i).kind() != NameColumn.Kind.DELIMITER && !free(columns.get(i))) return false;
		range(from, plateTo);
		return true;
	}

	private String role(final NameColumn column, final boolean swapped) {
		final boolean channel = !has("channel") && column.distinct().size() <= 12;
		final boolean site = !has("site");
		if (column.kind() != NameColumn.Kind.DIGITS && channel) return "channel";
		if (channel && site) return column.distinct().size() <= 5 && othersVary(column) != swapped ? "channel" : "site";
		// Of two bare numbers, either can be the focal plane.
		if (site && swapped && !has("plane") && column.kind() == NameColumn.Kind.DIGITS && othersDiffer(column))
			return "plane";
		if (site) return "site";
		if (channel) return "channel";
		if (column.kind() != NameColumn.Kind.DIGITS) return null;
		return has("plane") ? has("time") ? null : "time" : "plane";
	}

	/** Returns whether another free number has more values. */
	private boolean othersVary(final NameColumn column) {
		return columns.stream()
			.anyMatch(c -> c != column && free(c) && c.kind() == NameColumn.Kind.DIGITS &&
				c.distinct().size() > column.distinct().size() && !followsWell(c));
	}

	/** Returns whether another free number tells images apart. */
	private boolean othersDiffer(final NameColumn column) {
		return columns.stream()
			.anyMatch(c -> c != column && free(c) && c.kind() == NameColumn.Kind.DIGITS && !c.constant() &&
				!followsWell(c) && !c.determines(column));
	}

	private Set<String> images() {
		final Set<String> images = new HashSet<>();
		for (int i = 0; i < columns.get(0).values().size(); i++) {
			final StringBuilder image = new StringBuilder();
			for (final NameColumn column : columns) {
				final String role = roles.get(column);
				if (role != null && (!role.isEmpty() || column == well.column()))
					image.append(column.values().get(i)).append('\t');
			}
			images.add(image.toString());
		}
		return images;
	}

	/** Returns how many images share all their roles with another one. */
	int ambiguous() {
		return ambiguous;
	}

	/** Returns the regular expression of these roles. */
	String pattern() {
		final StringBuilder text = new StringBuilder();
		for (int i = 0; i < columns.size(); i++) {
			final NameColumn column = columns.get(i);
			final String role = roles.getOrDefault(column, "");
			if (i == plateFrom) text.append("(?<plate>").append(plate(i)).append(')');
			if (plateFrom >= 0 && i >= plateFrom && i <= plateTo) continue;
			if (column == well.row() && well.joined() && !well.numbered()) {
				text.append("(?<well>").append(rows()).append("\\d+)");
				i++;
			}
			else
				if (column == well.row() && column.kind() == NameColumn.Kind.LETTERS)
					text.append("(?<row>").append(rows()).append(')');
				else
					if (role.equals("channel") && i + 1 < columns.size() && named(i))
					{
						// The number alone would be a poor name.
					}
					else if (role.equals("channel") && i > 0 && named(i - 1)) {
						text.append("(?<channel>").append(columns.get(i - 1).regex("")).append("\\d+)");
					}
					else if (role.isEmpty() && i + 1 < columns.size() && named(i)) continue;
					else if (column.kind() == NameColumn.Kind.STACK) text.append(stack(column, role));
					else if (role.isEmpty()) text.append(column.regex(next(i)));
					else text.append("(?<").append(role).append('>').append(varying(column, next(i))).append(')');
		}
		return isLeica() ? LEICA_FIELD.matcher(text).replaceFirst("(?<site>X\\\\d+--Y\\\\d+)") : text.toString();
	}

	private static String stack(final NameColumn column, final String role) {
		final String letters = NameColumn.quote(column.letters());
		return (letters.isEmpty() ? "" : letters.length() == 1 ? letters + "?" : "(?:" + letters + ")?") +
			(role.isEmpty() ? "(?:" : "(?<" + role + ">") + column.regex("") + ")";
	}

	/** Returns whether a column is the letters of a numbered channel that stands behind it. */
	private boolean named(final int at) {
		final NameColumn letters = columns.get(at);
		final NameColumn number = columns.get(at + 1);
		return letters.kind() == NameColumn.Kind.LETTERS && letters.constant() && !number.first() &&
			number.kind() == NameColumn.Kind.DIGITS && "channel".equals(roles.get(number)) &&
			!roles.containsKey(letters);
	}

	private static String varying(final NameColumn column, final String next) {
		if (!column.constant() || column.kind() == NameColumn.Kind.DIGITS) return column.regex(next);
		return column.kind() == NameColumn.Kind.LETTERS ? "[A-Za-z]+" : column.regex(next);
	}

	private String rows() {
		final boolean two = well.row().distinct().stream().anyMatch(v -> v.length() == 2);
		final boolean upper = Character.isUpperCase(well.row().values().get(0).charAt(0));
		final String rows = well.row().allMatch("[A-Pa-p]") ? "[A-P]" : two ? "A?[A-Z]" : "[A-Z]";
		return upper ? rows : rows.toLowerCase(Locale.ROOT);
	}

	private String plate(final int from) {
		final boolean folder = columns.get(from).segment() < columns.get(columns.size() - 1).segment();
		final int folders = columns.get(plateTo).segment() - columns.get(from).segment();
		if (folder) return "[^/]+" + "/[^/]+".repeat(folders);
		return from == plateTo ? columns.get(from).regex(next(from)) : "[^/]+";
	}

	private String next(final int at) {
		return at + 1 < columns.size() ? columns.get(at + 1).values().get(0) : "";
	}
}
