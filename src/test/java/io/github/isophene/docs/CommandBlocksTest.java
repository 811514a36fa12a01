// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;

/** Command blocks of the documentation: each says what it needs, names what exists, and runs if it needs nothing. */
class CommandBlocksTest {

	private static final Set<String> MARKS = Set.of("run", "data", "fiji", "cluster", "hours", "build");
	/** Programs that a line may begin with; lines that go on, comments and assignments apart. */
	private static final Set<String> PROGRAMS = Set.of("isophene", "./isophene", "mvn", "git", "fiji", "pip", "python",
		"spark-submit", "mkdir", "cp", "cut", "ls", ".ci/run", "java", "javac", "export");
	private static final Pattern CALL = Pattern.compile("(?m)^\\s*(?:\\./)?isophene (\\S+)(.*)$");
	private static final int SECONDS = 600;
	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
		System.getProperty("java.class.path"));

	@TempDir
	private Path folder;

	@Test
	void everyBlockSaysWhatItNeedsAndBeginsWithAProgram() throws IOException {
		final List<String> wrong = new ArrayList<>();
		for (final CommandBlocks.CommandBlock block : CommandBlocks.all()) {
			if (Set.of("sh", "groovy").contains(block.language()) && !MARKS.contains(block.mark()))
				wrong.add("no mark: " + block);
			if (block.language().isEmpty() && block.code().contains("--headless")) wrong.add("no program: " + block);
			if (!block.language().equals("sh")) continue;
			boolean continued = false;
			for (final String line : block.code().split("\n")) {
				final String program = line.strip().split(" ")[0];
				if (!continued && !line.isBlank() && !program.startsWith("#") && !program.matches("\\w+=.*") &&
					!PROGRAMS.contains(program))
				{
					wrong.add("'" + program + "' in " + block);
				}
				continued = line.endsWith("\\");
			}
		}
		assertEquals(List.of(), wrong);
	}

	@Test
	void commandsAndKeysExist() throws IOException {
		final Map<String, Set<String>> keys = new TreeMap<>();
		final Map<String, Set<String>> labels = new TreeMap<>();
		try (Context context = new Context()) {
			for (final CommandInfo info : context.service(CommandService.class).getCommandsOfType(Command.class)) {
				if (!info.getDelegateClassName().startsWith("io.github.isophene.")) continue;
				final Set<String> names = new TreeSet<>();
				for (final ModuleItem<?> item : info.inputs()) names.add(item.getName());
				if (info.getName() != null) keys.put(info.getName(), names);
				labels.put(info.getTitle(), names);
			}
		}
		final List<String> wrong = new ArrayList<>();
		for (final CommandBlocks.CommandBlock block : CommandBlocks.all()) {
			final Matcher call = CALL.matcher(block.code());
			while (call.find()) {
				final String name = call.group(1);
				if (Set.of("help", "quickstart").contains(name)) continue;
				if (name.endsWith(".groovy") || name.endsWith(".py")) {
					if (name.startsWith("macros/") && !Files.exists(Path.of(name))) wrong.add(name + " in " + block);
					continue;
				}
				if (!keys.containsKey(name)) wrong.add("command " + name + " in " + block);
				else
					check(keys.get(name), call.group(2).replaceAll("#.*", "").replaceAll("\"[^\"]*\"|'[^']*'", "x"),
						"(?:^|\\s)(\\w+)=", block, wrong);
			}
			final Matcher run = Pattern.compile("run\\(\"([^\"]*)\", \"([^\\n]*)\"\\);").matcher(block.code());
			while (run.find()) {
				if (!labels.containsKey(run.group(1))) wrong.add("command " + run.group(1) + " in " + block);
				else
					check(labels.get(run.group(1)), run.group(2).replaceAll("\\[[^]]*]", "x"), "(?:^|\\s)(\\w+)=",
						block, wrong);
			}
		}
		assertEquals(List.of(), wrong);
	}

	/** Scripts that take {@code key=value} list their keys in the dictionary {@code given}. */
	@Test
	void scriptsWithTheirKeysAndClassesExist() throws IOException {
		final Pattern script = Pattern.compile("(?m)^\\s*python3? (\\S+\\.py)(.*)$");
		final Pattern main = Pattern.compile("-Dexec\\.mainClass=([\\w.]+)");
		final List<String> wrong = new ArrayList<>();
		int keyed = 0;
		for (final CommandBlocks.CommandBlock block : CommandBlocks.all()) {
			final String code = block.code().replaceAll("\\\\\n", " ");
			final Matcher python = script.matcher(code);
			while (python.find()) {
				final Path file = Path.of(python.group(1));
				if (!Files.exists(file)) {
					wrong.add(file + " in " + block);
					continue;
				}
				final Matcher given = Pattern.compile("(?s)\ngiven = \\{(.*?)\\}").matcher(Files.readString(file));
				if (!given.find()) continue;
				keyed++;
				final Set<String> keys = new TreeSet<>();
				final Matcher key = Pattern.compile("\"(\\w+)\":").matcher(given.group(1));
				while (key.find()) keys.add(key.group(1));
				for (final String word : python.group(2).replaceAll("#.*", "").strip().split("\\s+"))
					if (!keys.contains(word.split("=")[0]) || !word.contains("="))
						wrong.add("argument " + word + " of " + file + " in " + block);
			}
			final Matcher java = main.matcher(code);
			while (java.find()) {
				final String name = java.group(1).replace('.', '/') + ".java";
				if (Stream.of("main/java", "test/java", "bench/java", "spark/bench").noneMatch(
					part -> Files.exists(Path.of("src", part, name))))
					wrong.add(java.group(1) + " in " + block);
			}
		}
		assertEquals(List.of(), wrong);
		assertTrue(keyed >= 3, keyed + " scripts with keys");
	}

	private static void check(final Set<String> keys, final String words, final String key,
		final CommandBlocks.CommandBlock block, final List<String> wrong)
	{
		final Matcher pair = Pattern.compile(key).matcher(words);
		while (pair.find()) {
			if (!keys.contains(pair.group(1))) wrong.add("key " + pair.group(1) + " in " + block);
		}
	}

	/**
	 * Sample plug-ins of the pages for developers, as somebody else would have them: in a package and class
	 * path of their own.
	 */
	@Test
	void samplePluginsCompileAndAreFound() throws Exception {
		final Path sources = Files.createDirectories(folder.resolve("sources/com/example"));
		final Path classes = Files.createDirectories(folder.resolve("classes"));
		final List<File> files = new ArrayList<>();
		for (final CommandBlocks.CommandBlock block : CommandBlocks.all()) {
			if (!block.language().equals("java") || !block.mark().equals("compile")) continue;
			final Matcher name = Pattern.compile("class (\\w+)").matcher(block.code());
			assertTrue(name.find(), block.toString());
			files.add(Files.writeString(sources.resolve(name.group(1) + ".java"), block.code()).toFile());
		}
		assertTrue(files.size() >= 5, files.toString());
		final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		final StringWriter messages = new StringWriter();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			assertTrue(
				compiler
					.getTask(messages, manager, null,
						List.of("-d", classes.toString(), "-cp", CLASS_PATH, "-processor",
							"org.scijava.annotations.AnnotationProcessor"),
						null, manager.getJavaFileObjectsFromFiles(files))
					.call(),
				messages::toString);
		}
		final Path checkout = checkout(folder.resolve("plugins"));
		Files.writeString(checkout.resolve("p.csv"),
			"Metadata_Plate,Metadata_Well,Metadata_Batch,a\nP,A01,1,100\nP,A02,2,-100\nP,A03,2,0\n");
		Files.writeString(checkout.resolve("wells.txt"), "A01 test-images/demo/B1_P1/B1_P1_A01_s1_DNA.tif\n");
		final Path script = Files.writeString(checkout.resolve("blocks.sh"),
			"""
				set -e
				./isophene embed screen=test-images/demo/screen.csv intensity=above-median level=well profiles=i.csv
				./isophene correct profiles=p.csv method=squash:limit=5 controls= corrected=c.csv
				./isophene assess profiles=p.csv controls= report=report
				./isophene open source=. format=welllist table=screen.csv
				./isophene train screen=test-images/demo/screen.csv label=Metadata_Compound objective=smooth \\
				  architecture=resnet18:8 tile=64 epochs=1 queries=4 model=model.zip
				""");
		assertNull(run(checkout, script, classes + File.pathSeparator + CLASS_PATH));
		assertTrue(Files.readString(checkout.resolve("i.csv")).contains(",above-median"));
		assertEquals("5.0", Files.readAllLines(checkout.resolve("c.csv")).get(1).replaceAll(".*,", ""));
		assertTrue(Files.readString(checkout.resolve("report/metrics.csv")).contains("batch-gap"));
		assertTrue(Files.readString(checkout.resolve("screen.csv")).contains("A01"));
	}

	/** Pastes the blocks of each page into a shell, in a folder that has of the checkout what they read. */
	@Test
	void blocksThatNeedNothingRun() throws Exception {
		assumeTrue(new File("/bin/bash").canExecute(), "no bash");
		final List<String> failures = new ArrayList<>();
		int pages = 0;
		for (final Path page : CommandBlocks.pages()) {
			final List<CommandBlocks.CommandBlock> blocks = CommandBlocks.of(page)
				.stream()
				.filter(block -> block.mark().equals("run"))
				.toList();
			if (blocks.isEmpty()) continue;
			final Path checkout = checkout(folder.resolve("page" + pages++));
			final String failure = run(checkout, script(checkout, blocks), CLASS_PATH);
			if (failure != null) failures.add(page + ":\n" + failure);
		}
		assertEquals(List.of(), failures);
		assertTrue(pages >= 5, "blocks of " + pages + " pages");
	}

	private static Path checkout(final Path target) throws IOException {
		for (final String part : List.of("test-images", "macros")) {
			try (Stream<Path> files = Files.walk(Path.of(part))) {
				for (final Path file : files.filter(Files::isRegularFile).toList()) {
					Files.createDirectories(target.resolve(file).getParent());
					Files.copy(file, target.resolve(file));
				}
			}
		}
		Files.copy(Path.of("isophene"), target.resolve("isophene"), StandardCopyOption.COPY_ATTRIBUTES);
		return target;
	}

	/** One script of all blocks: Groovy becomes a file that is run. */
	private static Path script(final Path checkout, final List<CommandBlocks.CommandBlock> blocks) throws IOException {
		final StringBuilder script = new StringBuilder("set -eo pipefail\n");
		int files = 0;
		for (final CommandBlocks.CommandBlock block : blocks) {
			if (block.language().equals("groovy")) {
				final String name = "block" + files++ + ".groovy";
				Files.writeString(checkout.resolve(name), block.code());
				script.append("./isophene ").append(name).append('\n');
			}
			else script.append(block.code());
		}
		return Files.writeString(checkout.resolve("blocks.sh"), script);
	}

	/** Returns the end of what was printed if the script failed, otherwise {@code null}. */
	private static String run(final Path checkout, final Path script, final String classPath)
		throws IOException, InterruptedException
	{
		final File printed = checkout.resolve("printed.txt").toFile();
		final ProcessBuilder bash = new ProcessBuilder("/bin/bash", script.getFileName().toString())
			.directory(checkout.toFile())
			.redirectErrorStream(true)
			.redirectOutput(printed);
		// These classes and no build inside the build; starting fast counts more than running fast.
		bash.environment().put("ISOPHENE_CLASSPATH", classPath);
		bash.environment().put("ISOPHENE_JAVA_OPTS", "-Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
		final Process process = bash.start();
		if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			return "longer than " + SECONDS + " s";
		}
		if (process.exitValue() == 0) return null;
		final String text = Files.readString(printed.toPath());
		return text.substring(Math.max(0, text.length() - 2000));
	}
}
