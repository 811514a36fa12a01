// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import ij.IJ;
import ij.Macro;
import org.scijava.ItemVisibility;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.scijava.ui.UIService;
import org.scijava.widget.InputHarvester;

/**
 * Decides whether a command asks its user. Whoever gives one key, in a macro, a script or on the
 * command line, is not asked for the others: they have their defaults, in Fiji as anywhere else.
 * (SciJava by itself would open the dialog for what a macro leaves out.) Without any key the
 * dialog opens, with the values of the last time.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 2)
public class DialogPreparation extends AbstractPreprocessorPlugin {

	@Parameter(required = false)
	private UIService ui;

	@Parameter(required = false)
	private PrefService prefs;

	@Parameter
	private LogService log;

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof IsopheneCommand)) return;
		final String options = IJ.isMacro() ? Macro.getOptions() : null;
		if (options != null) MacroKeys.unknown(options, module.getInfo()).forEach(log::warn);
		boolean given = false;
		for (final ModuleItem<?> item : module.getInfo().inputs()) {
			given |= CommandDialog.isKey(item) && module.isInputResolved(item.getName());
		}
		if (given) {
			for (final ModuleItem<?> item : module.getInfo().inputs()) {
				if (CommandDialog.isKey(item) || item.getVisibility() == ItemVisibility.MESSAGE)
					module.resolveInput(item.getName());
			}
		}
		else
			if (ui != null && prefs != null && ui.isVisible() && !ui.isHeadless())
				new CommandDialog(module, prefs).open();
	}
}
