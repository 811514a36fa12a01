// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;

/** Isophene's commands by their short names, which are the {@code name} of their plug-in annotation. */
final class CommandCatalog {

	private static final String OURS = "io.github.isophene.";

	private final Map<String, CommandInfo> commands = new LinkedHashMap<>();

	CommandCatalog(final CommandService service) {
		final List<CommandInfo> ours = service.getCommands()
			.stream()
			.filter(info -> info.getDelegateClassName().startsWith(OURS) && info.getName() != null &&
				!info.getName().isEmpty())
			.sorted(Comparator.comparingDouble(CommandCatalog::weight))
			.toList();
		for (final CommandInfo info : ours) {
			if (commands.putIfAbsent(info.getName(), info) != null) {
				throw new IllegalStateException("Two commands have the short name " + info.getName());
			}
		}
	}

	/** Place in the menu. */
	private static double weight(final CommandInfo info) {
		return info.getMenuPath() == null || info.getMenuPath().isEmpty() ? Double.MAX_VALUE
			: info.getMenuPath().getLeaf().getWeight();
	}

	/** Returns all commands by short name, in the order of the menu. */
	Map<String, CommandInfo> all() {
		return commands;
	}
}
