// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Tests the text of every source file. */
class HouseRulesTest {

	private static final String[] ALL_SOURCES = {"src/main/java", "src/test/java", "src/fiji", "src/spark",
		"src/samples", "src/bench", "src/update-site"};
	/** Most columns of a line; a tab is 4. */
	private static final int COLUMNS = 120;
	/** Names of nested types that are always written behind that of their owner: {@code Failure.Kind}. */
	private static final Set<String> SHARED_NAMES = Set.of("Kind");
	/** Text blocks, strings, letters and comments. */
	private static final Pattern TEXT = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|" +
		"'(?:\\\\.|[^'\\\\])+'|//[^\n]*|/\\*[\\s\\S]*?\\*/");
	private static final Pattern PUBLIC_TYPE = Pattern
		.compile("(?m)^public (?:(?:final|abstract|sealed) )*(?:class|interface|record|enum) ");

	/** British spellings; a letter in brackets keeps this list from finding itself. */
	private static final Pattern BRITISH = Pattern.compile("\\b(?:un|re|mis|non|pre|de)?(?:" +
		"(?:neighb|col|behavi|fav|hon|lab|harb|rum|tum|vap|flav|endeav|rig|vig)o[u]r|" +
		"(?:cent|fib|theat)[r]e(?:s|d)?\\b|(?:micro|nano|milli|centi|kilo)?met[r]es?\\b|(?:milli|micro)?lit[r]es?\\b|" +
		"(?:lea[r]n|spe[l]|spo[i]l|bu[r]n|drea[m])t\\b|gr[e]y|" +
		"(?:label|cancel|model|travel|signal|level|channel|total|fuel|counsel)[l](?:ed|ing|er|ers)\\b|" +
		"(?:normal|standard|optim|recogn|general|regular|penal|minim|maxim|initial|final|organ|serial|summar|" +
		"parallel|visual|character|synchron|util|emphas|random|discret|quant|factor|vector|real|special|categor|" +
		"priorit|capital|custom|token|harmon|binar|equal|local|neutral|stabil|synthes|memor|symmetr|central|author|" +
		"apolog)i[s](?:e|ing|a)|(?:anal|cata|para)ly[s](?:e[drs]?\\b|ing)|(?:licen|defen|offen|preten)[c]e|" +
		"practi[s]e|towa[r]ds|artef[a]ct|(?:cata|dia|ana)log[u]e|program[m]e\\b|(?:judg|acknowledg)[e]ment|" +
		"ag[e]ing\\b|fulfi[l]\\b|sce[p]tic|(?:whil|among)[s]t\\b)");
	/** Names in the simulator's files, which stay as they are. */
	private static final Pattern BRITISH_NAMES = Pattern
		.compile("cent[r]e_[xy]|\"cent[r]e\"|FIB[R]ES|\"fib[r]e-loss\"|stress fib[r]es(?= are|\")");

	@Test
	void spellingIsAmerican() throws IOException {
		final TreeSet<String> wrong = new TreeSet<>();
		final List<Path> texts = new ArrayList<>(List.of(Path.of("README.md"), Path.of("pom.xml")));
		for (final String root : List.of("src", "macros", "test-images")) {
			if (!Files.isDirectory(Path.of(root))) continue;
			try (Stream<Path> files = Files.walk(Path.of(root))) {
				files.filter(f -> f.toString().matches(".*\\.(java|md|py|groovy|ijm|svg|xml|css|js|html)"))
					.forEach(texts::add);
			}
		}
		for (final Path file : texts) {
			final List<String> lines = Files.readAllLines(file);
			for (int i = 0; i < lines.size(); i++) {
				final String words = BRITISH_NAMES.matcher(lines.get(i))
					.replaceAll("")
					.replace('_', ' ')
					.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
					.toLowerCase(Locale.ROOT);
				final Matcher found = BRITISH.matcher(words);
				if (found.find()) wrong.add(file + ":" + (i + 1) + " has " + found.group());
			}
		}
		assertTrue(wrong.isEmpty(), () -> "write American spelling: " + wrong);
	}

	@Test
	void everyFileNamesItsLicense() throws IOException {
		final TreeSet<String> wrong = new TreeSet<>();
		for (final Path file : sources(ALL_SOURCES)) {
			if (!Files.readString(file).startsWith("// SPDX-License-Identifier: BSD-2-Clause\n"))
				wrong.add(file.toString());
		}
		assertTrue(wrong.isEmpty(), () -> "no license on the first line: " + wrong);
	}

	/**
	 * A name means one type: private nested types aside, which are seen in their own file only and may be called as
	 * those of another file, but not as a type of the product that has a file of its own.
	 */
	@Test
	void noSimpleNameIsThatOfTwoTypes() throws IOException {
		final Pattern type = Pattern.compile("(?m)^(\\t*)((?:[a-z-]+ )*)(?:class|interface|record|enum) (\\w+)");
		final TreeMap<String, TreeSet<String>> seen = new TreeMap<>();
		final TreeMap<String, TreeSet<String>> hidden = new TreeMap<>();
		final TreeSet<String> ofFiles = new TreeSet<>();
		for (final Path file : sources(ALL_SOURCES)) {
			final Matcher found = type.matcher(TEXT.matcher(Files.readString(file)).replaceAll(""));
			while (found.find()) {
				final boolean nested = !found.group(1).isEmpty();
				final String name = found.group(3);
				(nested && found.group(2).contains("private ") ? hidden : seen)
					.computeIfAbsent(name, n -> new TreeSet<>())
					.add(file + (nested ? " (nested)" : ""));
				if (!nested && !file.toString().matches(".*/(test|bench|update-site|samples)/.*")) ofFiles.add(name);
			}
		}
		hidden.forEach((name, files) -> {
			if (ofFiles.contains(name)) seen.get(name).addAll(files);
		});
		seen.values().removeIf(files -> files.size() == 1);
		seen.keySet().removeAll(SHARED_NAMES);
		assertTrue(seen.isEmpty(), () -> "several types of one name: " + seen);
	}

	/** Options are records that are changed by {@code with...}: rows of values without names are written nowhere. */
	@Test
	void optionsAreMadeByNamedValues() throws IOException {
		final Pattern made = Pattern.compile("\\bnew (\\w+Options)\\(");
		final TreeSet<String> wrong = new TreeSet<>();
		final List<Path> files = new ArrayList<>(sources(ALL_SOURCES));
		try (Stream<Path> macros = Files.list(Path.of("macros"))) {
			macros.forEach(files::add);
		}
		for (final Path file : files) {
			final Matcher found = made.matcher(Files.readString(file));
			while (found.find()) {
				if (!file.getFileName().toString().matches(found.group(1) + "(?:Test)?\\.java"))
					wrong.add(file + ": " + found.group());
			}
		}
		assertTrue(wrong.isEmpty(), () -> "begin with the defaults and change them with...: " + wrong);
	}

	/** A class of the tests would stand before one of the same name, and what is tested would be another. */
	@Test
	void noTestHidesAClass() throws IOException {
		final TreeSet<String> names = new TreeSet<>();
		final TreeSet<String> hidden = new TreeSet<>();
		for (final String root : List.of("src/main/java", "src/fiji/java", "src/spark/java", "src/test/java",
			"src/fiji/test", "src/spark/test", "src/bench/java", "src/update-site/java"))
		{
			if (!Files.isDirectory(Path.of(root))) continue;
			for (final Path file : sources(root)) {
				final String name = Path.of(root).relativize(file).toString();
				if (!name.endsWith("package-info.java") && !names.add(name)) hidden.add(name);
			}
		}
		assertTrue(hidden.isEmpty(), () -> "there twice: " + hidden);
	}

	@Test
	void everyPublicTypeIsDocumented() throws IOException {
		final TreeSet<String> wrong = new TreeSet<>();
		for (final Path file : sources("src/main/java", "src/fiji/java", "src/spark/java")) {
			final String text = Files.readString(file);
			final var type = PUBLIC_TYPE.matcher(text);
			if (type.find() && !text.substring(0, type.start()).contains("*/")) wrong.add(file.toString());
		}
		assertTrue(wrong.isEmpty(), () -> "no javadoc: " + wrong);
	}

	@Test
	void everyPackageIsDocumented() throws IOException {
		final TreeSet<String> wrong = new TreeSet<>();
		for (final Path file : sources("src/main/java", "src/fiji/java", "src/spark/java")) {
			if (!Files.exists(file.resolveSibling("package-info.java"))) wrong.add(file.getParent().toString());
		}
		assertTrue(wrong.isEmpty(), () -> "no package-info: " + wrong);
	}

	@Test
	void noLineIsWiderThanAScreen() throws IOException {
		final TreeSet<String> wrong = new TreeSet<>();
		try (Stream<Path> files = Files.walk(Path.of("src"))) {
			for (final Path file : files.filter(f -> f.toString().matches(".*\\.(java|py)")).toList()) {
				final List<String> lines = Files.readAllLines(file);
				for (int i = 0; i < lines.size(); i++) {
					final int columns = lines.get(i).replace("\t", "    ").length();
					if (columns > COLUMNS) wrong.add(file + ":" + (i + 1) + " has " + columns);
				}
			}
		}
		assertTrue(wrong.isEmpty(), () -> "columns, at most " + COLUMNS + ": " + wrong);
	}

	/**
	 * A description begins with what it describes, or with what a method does.
	 */
	@Test
	void noDescriptionBeginsWithAQuestion() throws IOException {
		final Pattern question = Pattern
			.compile("/\\*\\*[\\s*]*(?:What|How|Whether|Which|Where|Who|Why|When)\\b[^\n]*");
		final TreeSet<String> wrong = new TreeSet<>();
		for (final Path file : sources(ALL_SOURCES)) {
			final Matcher found = question.matcher(Files.readString(file));
			while (found.find()) wrong.add(file + ": " + found.group().replaceAll("[\\s*/]+", " "));
		}
		assertTrue(wrong.isEmpty(), () -> "say what it is (\"Encoder that...\") or does (\"Returns...\"): " + wrong);
	}

	/**
	 * SciJava remembers what a script was given, by the parameter's name alone: a
	 * {@code model} of one script would turn up in every other that isn't given one.
	 */
	@Test
	void scriptsAndCommandsRememberNothing() throws IOException {
		final TreeSet<String> wrong = new TreeSet<>();
		try (Stream<Path> macros = Files.list(Path.of("macros"))) {
			for (final Path file : macros.toList()) {
				for (final String line : Files.readAllLines(file)) {
					if (line.startsWith("#@ ") && line.contains("(") && !line.contains("persist = false"))
						wrong.add(file + ": " + line);
				}
			}
		}
		for (final Path file : sources("src/main/java/io/github/isophene/commands")) {
			for (final String annotation : Files.readString(file).split("@Parameter\\(")) {
				final String attributes = annotation.split(";")[0];
				if (attributes.contains("label") && attributes.contains("private") &&
					!attributes.contains("persist = false") && !attributes.contains("OUTPUT"))
					wrong.add(file + ": " + attributes.lines().findFirst().orElse(""));
			}
		}
		assertTrue(wrong.isEmpty(), () -> "add persist = false: " + wrong);
	}

	private static List<Path> sources(final String... folders) throws IOException {
		final List<Path> all = new ArrayList<>();
		for (final String folder : folders) {
			try (Stream<Path> files = Files.walk(Path.of(folder))) {
				files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(all::add);
			}
		}
		assertTrue(all.size() > 5, "no sources were found to look at");
		return all;
	}
}
