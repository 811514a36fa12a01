// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.export;

import java.nio.file.Path;
import java.util.Locale;

import io.github.isophene.messages.Count;
import io.github.isophene.screen.Screen;

/**
 * Result of an export.
 *
 * @param screen the screen as it lies in the folder now
 * @param table its table
 * @param errors the file that names the fields that failed; {@code null}: none did
 * @param plates how many plates were written
 * @param fields how many fields are in them
 * @param resumed how many of these an earlier run had written
 * @param failed how many fields could not be read
 * @param seconds how long it took
 */
public record ExportReport(Screen screen, Path table, Path errors, int plates, int fields, int resumed, int failed,
	double seconds)
{

	/** One line for the user. */
	public String message() {
		return String.format(Locale.ROOT, "%s on %s in %s%s%s, %.1f s", Count.of(fields, "field"),
			Count.of(plates, "plate"),
			table.toAbsolutePath().getParent(), resumed == 0 ? "" : ", " + resumed + " of them from an earlier run",
			failed == 0 ? "" : "; " + Count.of(failed, "field") + " failed, see " + errors, seconds);
	}
}
