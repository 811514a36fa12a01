// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

	/**
	 * Returns the candidate that was probably meant.
	 *
	 * @param typed a name that is none of the candidates
	 * @return empty if none is close
	 */
	static Optional<String> nearest(final String typed, final Collection<String> candidates) {
		final int most = Math.max(1, typed.length() / 3);
		return candidates.stream()
			.filter(name -> distance(typed, name) <= most || typed.length() > 2 && name.startsWith(typed))
			.min(Comparator.comparingInt(name -> distance(typed, name)));
	}

	/** Number of letters to insert, delete, replace or swap with their neighbor (optimal string alignment). */
	private static int distance(final String a, final String b) {
		final int[][] d = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				if (i == 0 || j == 0) {
					d[i][j] = i + j;
					continue;
				}
				final int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
				d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
					d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
				}
			}
		}
		return d[a.length()][b.length()];
	}
}
