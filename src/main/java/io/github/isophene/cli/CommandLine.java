// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.github.isophene.IsopheneService;
import io.github.isophene.UserErrors;
import io.github.isophene.messages.NearMiss;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.event.EventService;
import org.scijava.log.LogService;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.script.ScriptService;
import org.scijava.ui.UIService;

/**
 * Entry of the launcher {@code isophene}:
 *
 * <pre>
 * isophene embed screen=plate1/screen.csv profiles=plate1.parquet
 * isophene help embed
 * </pre>
 *
 * Keys and exit status (0 when everything asked for was done, otherwise 1) are those of a headless run by {@link Main}.
 */
public final class CommandLine {

	private static final String SEE = "isophene help";

	private CommandLine() {}

	public static void main(final String... args) {
		System.setProperty("java.awt.headless", "true");
		Main.end(() -> run(args));
	}

	/** Does what {@link #main} does, without ending the JVM. */
	static int run(final String... args) {
		// What Fiji's launcher takes.
		if (Arrays.asList(args).contains("--run")) return Main.run(args);
		try (ProgressLine line = new ProgressLine(onTerminal(), Integer.getInteger("isophene.columns", 80));
			Context context = new Context())
		{
			context.service(UIService.class).setHeadless(true);
			line.follow(context.service(EventService.class));
			run(context, Arrays.asList(args));
			return 0;
		}
		catch (final Exception | OutOfMemoryError | StackOverflowError exc) {
			System.err.println(UserErrors.message(exc));
			return 1;
		}
	}

	/** The launcher tells; without it both input and output must be a terminal. */
	private static boolean onTerminal() {
		final String told = System.getProperty("isophene.terminal");
		return told == null ? System.console() != null : Boolean.parseBoolean(told);
	}

	private static void run(final Context context, final List<String> words) throws Exception {
		try {
			ScriptEngines.addTo(context.service(ScriptService.class));
			final CommandCatalog catalog = new CommandCatalog(context.service(CommandService.class));
			final CommandHelp help = new CommandHelp(context.service(ModuleService.class));
			final String first = words.isEmpty() ? "help" : words.get(0);
			if (first.equals("quickstart")) {
				new QuickStart(context.service(IsopheneService.class)).tell(Path.of("isophene-demo"), System.out);
				return;
			}
			final boolean helps = List.of("help", "--help", "-h").contains(first);
			if (helps && words.size() < 2) {
				System.out.print(help.overview(catalog.all()));
				return;
			}
			final String name = helps ? words.get(1) : first;
			final ModuleInfo info = find(context, catalog, name);
			if (helps || words.contains("--help")) {
				System.out.print(help.of(name, info));
				return;
			}
			new CodeRun(context).run(info, values(name, info, words.subList(1, words.size())));
		}
		catch (final Exception exc) {
			context.service(LogService.class).debug(exc);
			throw exc;
		}
	}

	private static ModuleInfo find(final Context context, final CommandCatalog catalog, final String name) {
		final CommandInfo command = catalog.all().get(name.toLowerCase(Locale.ROOT));
		if (command != null) return command;
		if (name.matches("(?i).*\\.(groovy|py|ijm)|.*\\.\\.\\.")) return new CodeRun(context).find(name);
		throw new IllegalArgumentException(
			"There is no command '" + name + "'" + meant(name, catalog.all().keySet()) + " All commands: " + SEE);
	}

	private static Map<String, String> values(final String name, final ModuleInfo info, final List<String> words) {
		final List<String> keys = StreamSupport.stream(info.inputs().spliterator(), false)
			.filter(CodeRun::isForUser)
			.map(ModuleItem::getName)
			.toList();
		final Map<String, String> values = new LinkedHashMap<>();
		for (final String word : words) {
			final int equals = word.indexOf('=');
			if (equals < 1)
				throw new IllegalArgumentException(
					"'" + word + "' is not key=value; a value with spaces stands in quotes, as in key=\"a b\"");
			final String key = word.substring(0, equals);
			if (!keys.contains(key))
				throw new IllegalArgumentException(name + " has no key '" + key + "'" +
					meant(key.replaceFirst("^-+", ""), keys) + " All keys: " + SEE + " " + name);
			if (values.put(key, home(word.substring(equals + 1))) != null)
				throw new IllegalArgumentException(key + " is given twice");
		}
		return values;
	}

	/** The end of a sentence that says that something typed doesn't exist. */
	private static String meant(final String typed, final Collection<String> candidates) {
		if (candidates.contains(typed)) return ": write " + typed + "=..., without dashes.";
		return NearMiss.nearest(typed, candidates).map(name -> ": did you mean " + name + "?").orElse(".");
	}

	/** Not every shell replaces a tilde behind an equals sign. */
	private static String home(final String value) {
		return value.startsWith("~/") ? System.getProperty("user.home") + value.substring(1) : value;
	}
}
