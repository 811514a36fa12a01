// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.isophene.correction.CorrectionOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

/** A key has the same default in the macro, the script and the command, so in the dialog and headless, too. */
class DefaultsTest {

	/** Scripts of whole experiments, whose values are published. */
	private static final Set<String> EXPERIMENTS = Set.of("jump_positive_controls.groovy", "rxrx1_protocol.groovy");

	/** Keys that a command needs and has no default for, which a template fills with the name in the demo screen. */
	private static final Set<String> EXAMPLES = Set.of("label");

	/** Keys whose value in templates is the dialog's proposal for one uncorrected table, by command. */
	private static final Map<String, String> PROPOSALS = Map.of("assess_batch_effects method",
		"none; " + CorrectionOptions.RECOMMENDED);

	private static final Pattern RUN = Pattern.compile("run\\(\"([^\"]+)\",(.*?)\\);", Pattern.DOTALL);
	private static final Pattern PAIR = Pattern.compile("(?<![\\w.])([a-z]+)=(\\[[^\\]]*\\]|[^\\s\"]*)");
	private static final Pattern INPUT = Pattern
		.compile("^#@\\s*(File|String|Integer|Double|Boolean)\\s*\\((.*)\\)\\s*(\\w+)\\s*$", Pattern.MULTILINE);
	private static final Pattern VALUE = Pattern.compile("\\bvalue\\s*=\\s*(\"[^\"]*\"|[-\\w.]+)");

	private static Context context;

	@BeforeAll
	static void start() {
		context = new Context();
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	static List<String> templates() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("macros"))) {
			return files.map(file -> file.getFileName().toString())
				.filter(name -> !EXPERIMENTS.contains(name))
				.sorted()
				.toList();
		}
	}

	private static CommandInfo command(final String template) throws IOException {
		final String macro = Files.readString(Path.of("macros", template.replaceAll("[.].*", "") + ".ijm"));
		final Matcher run = RUN.matcher(macro);
		assertTrue(run.find(), template);
		return context.service(CommandService.class)
			.getCommandsOfType(Command.class)
			.stream()
			.filter(info -> info.getMenuPath().size() > 0 &&
				info.getMenuPath().getLeaf().getName().equals(run.group(1)))
			.findFirst()
			.orElseThrow();
	}

	/** Returns the values that the command has if no key is given. */
	private static Map<String, String> defaults(final CommandInfo info) {
		final Module module = context.service(ModuleService.class).createModule(info);
		final Map<String, String> values = new HashMap<>();
		for (final ModuleItem<?> item : info.inputs()) {
			final Object value = module.getInput(item.getName());
			values.put(item.getName(), value == null ? "" : value.toString());
		}
		return values;
	}

	/** Returns the constant values that a template gives to keys. */
	private static Map<String, String> given(final String template) throws IOException {
		final String text = Files.readString(Path.of("macros", template));
		final Map<String, String> values = new LinkedHashMap<>();
		if (template.endsWith(".ijm")) {
			final Matcher run = RUN.matcher(text);
			assertTrue(run.find(), template);
			final Matcher pair = PAIR.matcher(run.group(2));
			while (pair.find()) {
				final String value = pair.group(2).replaceAll("^\\[|\\]$", "");
				// Those that are put together from variables are files.
				if (!value.contains("\"")) values.put(pair.group(1), value);
			}
			return values;
		}
		final Matcher input = INPUT.matcher(text.replaceAll("(?m)^# ?@", "#@"));
		while (input.find()) {
			final Matcher value = VALUE.matcher(input.group(2));
			if (value.find()) values.put(input.group(3), value.group(1).replace("\"", ""));
		}
		return values;
	}

	@ParameterizedTest
	@MethodSource("templates")
	void templatesHaveTheDefaultsOfTheCommand(final String template) throws IOException {
		final CommandInfo info = command(template);
		final Map<String, String> defaults = defaults(info);
		final Map<String, String> given = given(template);
		final Map<String, String> expected = new TreeMap<>();
		final Map<String, String> actual = new TreeMap<>();
		given.forEach((key, value) -> {
			if (!defaults.containsKey(key) || EXAMPLES.contains(key) && defaults.get(key).isEmpty()) return;
			expected.put(key, number(defaults.get(key)));
			actual.put(key, value.equals(PROPOSALS.get(template.replaceAll("[.].*", "") + " " + key))
				? expected.get(key) : number(value));
		});
		assertEquals(expected, actual, template + " against " + info.getMenuPath().getLeaf().getName());
		final Set<String> unknown = new TreeSet<>(given.keySet());
		unknown.removeAll(defaults.keySet());
		assertTrue(unknown.isEmpty(), template + " has keys that the command doesn't have: " + unknown);
	}

	private static String number(final String value) {
		return value.matches("-?\\d+\\.0") ? value.substring(0, value.length() - 2) : value;
	}
}
