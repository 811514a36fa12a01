// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.text.TextWindow;
import io.github.isophene.commands.dialog.IsopheneCommand;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;

/**
 * Shows tables that a command puts out in ImageJ's own window. Fiji by itself only warns that it
 * doesn't know what to do with one.
 */
@Plugin(type = PostprocessorPlugin.class, priority = 100)
public class ResultsDisplay extends AbstractPostprocessorPlugin {

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof IsopheneCommand)) return;
		final boolean visible = ui != null && ui.isVisible() && !ui.isHeadless();
		for (final ModuleItem<?> item : module.getInfo().outputs()) {
			// A window with one line of text, which the log and the status line have, too, would only be in the way.
			if (visible && item.getName().equals("summary") && !(module.getDelegateObject() instanceof EngineStatus)) {
				module.resolveOutput(item.getName());
			}
			if (item.getType() != ResultsTable.class) continue;
			final ResultsTable table = (ResultsTable) module.getOutput(item.getName());
			if (table != null && visible) {
				table.show(item.getLabel());
				if (module.getDelegateObject() instanceof EmbedImage command &&
					WindowManager.getFrame(item.getLabel()) instanceof TextWindow window)
				{
					command.linkTo(window.getTextPanel());
				}
			}
			module.resolveOutput(item.getName());
		}
	}
}
