// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.util.Map;
import java.util.function.Consumer;

import io.github.isophene.UserErrors;
import io.github.isophene.feedback.LatestTask;

/**
 * Looks at the keys of a dialog in another thread than Swing's, on a copy of the command: a folder may lie on a slow
 * disk or network, and a user goes on typing meanwhile. Used on Swing's thread.
 */
final class BackgroundLook {

	private record Result(CommandDialog copy, CommandDialog.Advice advice) {}

	private final CommandDialog dialog;
	private final LatestTask task = new LatestTask("Isophene looks at the keys of a dialog");
	private CommandDialog copy;

	BackgroundLook(final CommandDialog dialog) {
		this.dialog = dialog;
	}

	/**
	 * Looks at the keys as they are now; gives up an earlier look that is not done.
	 *
	 * @param done called on Swing's thread with the advice on the keys that the dialog has then: where they are others
	 * than those that were looked at, these are looked at instead
	 */
	void begin(final Consumer<CommandDialog.Advice> done) {
		final CommandDialog.Keys keys = dialog.keys();
		// What a look that is given up has read of a file may be half of it.
		final CommandDialog known = task.isRunning() ? null : copy;
		task.begin(() -> {
			final CommandDialog looking = known == null ? dialog.copy() : known;
			return new Result(looking, looking.look(keys));
		}, result -> {
			copy = result.copy();
			if (dialog.take(keys, result.advice())) done.accept(result.advice());
			else begin(done);
		}, failure -> {
			copy = null;
			if (!dialog.keys().equals(keys)) begin(done);
			else done.accept(new CommandDialog.Advice(CommandDialog.wrong(UserErrors.message(failure)), false, Map.of(),
				keys.proposals(), Map.of()));
		});
	}

	/** Returns whether a look is going on. */
	boolean isRunning() {
		return task.isRunning();
	}

	/** Gives up the look that is going on. */
	void end() {
		if (task.isRunning()) copy = null;
		task.end();
	}
}
