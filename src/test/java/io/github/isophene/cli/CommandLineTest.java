// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.isophene.messages.NearMiss;
import io.github.isophene.progress.Durations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

/** Commands, help and mistakes of the launcher. */
class CommandLineTest {

	@TempDir
	private Path folder;

	@Test
	void everyCommandOfTheMenuHasAShortNameAndHelp() {
		try (Context context = new Context()) {
			final CommandCatalog catalog = new CommandCatalog(context.service(CommandService.class));
			final CommandHelp help = new CommandHelp(context.service(ModuleService.class));
			final Set<String> menu = new TreeSet<>();
			for (final CommandInfo info : context.service(CommandService.class).getCommands()) {
				if (info.getDelegateClassName().startsWith("io.github.isophene.commands.")) menu.add(info.getTitle());
			}
			final Set<String> named = new TreeSet<>();
			catalog.all().values().forEach(info -> named.add(info.getTitle()));
			assertEquals(menu, named);
			assertTrue(menu.size() >= 15, menu.toString());
			final String overview = help.overview(catalog.all());
			catalog.all().forEach((name, info) -> {
				assertTrue(Pattern.compile("(?m)^  " + name + "\\s").matcher(overview).find(), name);
				final String text = help.of(name, info);
				for (final ModuleItem<?> item : info.inputs()) {
					if (CodeRun.isForUser(item))
						assertTrue(text.contains("\n  " + item.getName() + "="), name + " " + item.getName());
				}
				text.lines().forEach(line -> assertTrue(line.length() <= 110 && !line.contains("<html>"), line));
			});
		}
	}

	@Test
	void helpTellsDefaultsAndExplanations() {
		final String help = out("help", "embed");
		assertTrue(help.contains("  model=default "), help);
		assertTrue(help.replaceAll("\\s+", " ").contains("One of tile, field, well."), help);
		assertTrue(help.contains("guide/embed.md"), help);
		assertTrue(out("help", "macros/embed_screen.groovy").contains("  screen="), "keys of a script");
		assertTrue(out().startsWith("Isophene makes"), "no word: the overview");
	}

	@Test
	void mistypedNamesAreSuggested() {
		assertEquals("There is no command 'embd': did you mean embed? All commands: isophene help", error("embd"));
		assertEquals("There is no command 'quux'. All commands: isophene help", error("quux"));
		assertEquals("embed has no key 'screan': did you mean screen? All keys: isophene help embed",
			error("embed", "screan=x"));
		assertEquals("embed has no key '--screen': write screen=..., without dashes. All keys: isophene help embed",
			error("embed", "--screen=x"));
		assertTrue(error("embed", "plate1").startsWith("'plate1' is not key=value"));
		assertEquals("tile is given twice", error("embed", "tile=1", "tile=2"));
		assertTrue(error("embed", "screen=x").startsWith("profiles is missing"));
		assertEquals(Optional.of("assess"), NearMiss.nearest("asses", List.of("embed", "assess")));
		assertEquals(Optional.of("embed"), NearMiss.nearest("emebd", List.of("embed", "assess")));
	}

	@Test
	void valuesNeedNoQuotes() {
		final Path demo = folder.resolve("a demo, 1 \\ one");
		assertEquals(0, CommandLine.run("demo", "folder=" + demo, "batches=1", "plates=1", "wells=4", "fields=1",
			"size=32", "classes=2"));
		assertTrue(Files.exists(demo.resolve("screen.csv")));
	}

	@Test
	void timeLeftRunsDownBetweenSteps() {
		final TimeLeft left = new TimeLeft(0);
		assertEquals("5 s so far", left.text(5));
		left.at(50, 100, 10);
		assertEquals("50 %", left.text(20));
		final TimeLeft quick = new TimeLeft(0);
		quick.at(0, 100, 0);
		quick.at(60, 100, 1);
		assertEquals("60 %", quick.text(1), "the first steps are no measure");
		left.at(60, 100, 20);
		assertEquals("60 %, 40 s left", left.text(20));
		assertEquals("60 %, 30 s left", left.text(30));
		assertEquals("60 %, 1 s left", left.text(300));
		assertEquals("90 min", Durations.text(5399));
		assertEquals("1.5 h", Durations.text(5400));
		assertEquals("Embed Screen: 60 %  Plate P1, 3 of 5 fields",
			ProgressLine.text("Embed Screen", "60 %", "Plate P1, 3 of 5 fields, 2 s left"));
	}

	private static String out(final String... args) {
		final PrintStream before = System.out;
		final ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			assertEquals(0, CommandLine.run(args));
		}
		finally {
			System.setOut(before);
		}
		return printed.toString(StandardCharsets.UTF_8);
	}

	private static String error(final String... args) {
		final PrintStream before = System.err;
		final ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			assertEquals(1, CommandLine.run(args));
		}
		finally {
			System.setErr(before);
		}
		return printed.toString(StandardCharsets.UTF_8).strip();
	}
}
