// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.awt.Rectangle;
import java.awt.Window;

import io.github.isophene.plots.WindowPlacement;

/** Size of a dialog: all its rows where the screen has the height, which SciJava uses up to three quarters only. */
final class DialogFit {

	/** Height of the screen that stays free, and width that a scroll bar would take from the keys, pixels. */
	private static final int SPARE = 16;
	private static final int BAR = 20;

	private DialogFit() {}

	/** Makes a dialog as high as its rows, within its screen, and no narrower than it is. */
	static void fit(final Window dialog) {
		final int width = dialog.getWidth();
		dialog.pack();
		dialog.setBounds(place(new Rectangle(dialog.getX(), dialog.getY(), Math.max(width, dialog.getWidth() + BAR),
			dialog.getHeight()), WindowPlacement.screen(dialog)));
	}

	/** Moves a dialog into its screen, where SciJava or a window manager has put a part of it outside. */
	static void keepInside(final Window dialog) {
		final Rectangle inside = place(dialog.getBounds(), WindowPlacement.screen(dialog));
		if (!inside.equals(dialog.getBounds())) dialog.setBounds(inside);
	}

	/** Returns bounds inside a screen, as far as they were outside. */
	static Rectangle place(final Rectangle wanted, final Rectangle screen) {
		final int width = Math.min(wanted.width, screen.width);
		final int height = Math.min(wanted.height, screen.height - SPARE);
		return new Rectangle(Math.max(screen.x, Math.min(wanted.x, screen.x + screen.width - width)),
			Math.max(screen.y, Math.min(wanted.y, screen.y + screen.height - height)), width, height);
	}
}
