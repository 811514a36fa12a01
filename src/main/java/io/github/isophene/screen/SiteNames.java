// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The sites of a table: finds those that come twice, and numbers those without a name. */
public final class SiteNames {

	private final TableFile file;
	private final Map<String, Map<String, Long>> lines = new HashMap<>();

	public SiteNames(final TableFile file) {
		this.file = file;
	}

	/**
	 * @param given the name, or {@code null} to number it
	 * @throws IOException if the name is empty or has come before
	 */
	public String name(final TableFile.Row row, final String plate, final String well, final String given)
		throws IOException
	{
		final Map<String, Long> known = lines.computeIfAbsent(plate + "\n" + well, k -> new HashMap<>(4));
		final String site = file.intern(given == null ? String.valueOf(known.size() + 1) : given);
		if (site.isEmpty()) {
			throw file.problem(row.line(),
				"the site is empty: name it, or remove the column to have sites numbered in row order");
		}
		final Long before = known.put(site, row.line());
		if (before != null) {
			throw new IOException(file.path() + ": lines " + before + " and " + row.line() + " are both plate " +
				plate + ", well " + well + ", site " + site + ": remove one, or give it another site");
		}
		return site;
	}
}
