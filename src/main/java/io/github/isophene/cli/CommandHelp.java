// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.scijava.ItemVisibility;
import org.scijava.command.CommandInfo;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

/** Help texts of the command line, made of what the dialogs show. */
final class CommandHelp {

	private static final int WIDTH = 100;
	/** Column at which explanations begin. */
	private static final int INDENT = 30;
	private static final Pattern LINK = Pattern.compile("href='([^']*)'>Help<");

	private final ModuleService modules;

	CommandHelp(final ModuleService modules) {
		this.modules = modules;
	}

	/** Returns the list of commands, one line each. */
	String overview(final Map<String, CommandInfo> commands) {
		final StringBuilder text = new StringBuilder("""
			Isophene makes high-content screens comparable across batches.

			  isophene <command> key=value ...        runs a command; a value with spaces stands in quotes: key="a b"
			  isophene help <command>                 lists its keys with defaults
			  isophene <script> key=value ...         runs a .groovy or .py script
			  isophene quickstart                     simulates a screen, trains and predicts (minutes)

			Commands:
			""");
		commands.forEach((name, info) -> text.append(entry(name, firstSentence(about(info, module(info))), 16)));
		return text.toString();
	}

	/** Returns what a command or script does, and its keys with defaults and explanations. */
	String of(final String name, final ModuleInfo info) {
		final Module module = module(info);
		final StringBuilder text = new StringBuilder();
		text.append(wrap(about(info, module), 0)).append("\n\n  isophene ").append(name).append(" key=value ...\n\n");
		for (final ModuleItem<?> item : info.inputs()) {
			if (CodeRun.isForUser(item)) text.append(entry(key(item, module), explanation(item), INDENT));
			else if (item.getVisibility() == ItemVisibility.MESSAGE && item.getName().startsWith("section")) {
				text.append('\n').append(module.getInput(item.getName())).append(":\n");
			}
		}
		final Matcher link = LINK.matcher(Objects.toString(module.getInput("header"), ""));
		if (link.find()) text.append("\nGuide: ").append(link.group(1)).append('\n');
		return text.toString();
	}

	private Module module(final ModuleInfo info) {
		return modules.createModule(info);
	}

	/** One or two sentences: those at the top of the dialog, or the plug-in's description. */
	private static String about(final ModuleInfo info, final Module module) {
		final Object header = info.getInput("header") == null ? null : module.getInput("header");
		if (header != null) return plain(header.toString().split("<br>")[1]);
		return info.getDescription() == null ? info.getTitle() : plain(info.getDescription());
	}

	private static String key(final ModuleItem<?> item, final Module module) {
		final Object value = module.getInput(item.getName()) == null ? item.getDefaultValue()
			: module.getInput(item.getName());
		final String text = value == null ? "" : value.toString().replaceAll("\\.0$", "");
		return item.getName() + "=" + (text.contains(" ") ? '"' + text + '"' : text);
	}

	private static String explanation(final ModuleItem<?> item) {
		final String label = item.getLabel() == null ? "" : plain(item.getLabel());
		final String description = item.getDescription() == null ? "" : plain(item.getDescription());
		final List<?> choices = item.getChoices() == null ? List.of() : item.getChoices();
		final String one = choices.stream()
			.map(String::valueOf)
			.filter(choice -> !choice.isEmpty())
			.collect(Collectors.joining(", "));
		return (label + (description.isEmpty() ? "" : ": " + description) +
			(one.isEmpty() ? "" : " One of " + one + ".")).strip();
	}

	/** Text of HTML as dialogs have it. */
	private static String plain(final String html) {
		return html.replace("<br>", " ")
			.replaceAll("<[^>]*>", "")
			.replace("&lt;", "<")
			.replace("&gt;", ">")
			.replace("&amp;", "&")
			.replaceAll("\\s+", " ")
			.strip();
	}

	private static String firstSentence(final String text) {
		return text.replaceFirst("(?<=[.?!]) [A-Z].*", "");
	}

	private static String entry(final String name, final String text, final int indent) {
		final String begin = "  " + name;
		final String body = wrap(text, indent);
		if (begin.length() >= indent - 1) return begin + "\n" + body + "\n";
		return begin + body.substring(Math.min(begin.length(), body.length())) + "\n";
	}

	/** Breaks a text into lines of at most {@link #WIDTH} characters, each behind so many spaces. */
	private static String wrap(final String text, final int indent) {
		final String spaces = " ".repeat(indent);
		final StringBuilder lines = new StringBuilder(spaces);
		int column = indent;
		for (final String word : text.split(" ")) {
			if (column > indent && column + 1 + word.length() > WIDTH) {
				lines.append('\n').append(spaces);
				column = indent;
			}
			if (column > indent) {
				lines.append(' ');
				column++;
			}
			lines.append(word);
			column += word.length();
		}
		return lines.toString();
	}
}
