// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.imagej;

import io.github.isophene.profiles.ProfileTable;
import org.scijava.Priority;
import org.scijava.display.DisplayService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.ui.UIService;

/**
 * Shows profiles that a script or command has put out as a table window. Without windows
 * it does nothing, so that they go on as they are.
 */
@Plugin(type = PostprocessorPlugin.class, priority = Priority.VERY_HIGH)
public class ProfileTableOutputs extends AbstractPostprocessorPlugin {

	@Parameter(required = false)
	private DisplayService displays;

	@Parameter(required = false)
	private UIService ui;

	@Override
	public void process(final Module module) {
		if (displays == null || ui == null || ui.isHeadless() || !ui.isVisible()) return;
		for (final ModuleItem<?> item : module.getInfo().outputs()) {
			if (module.isOutputResolved(item.getName())) continue;
			if (!(item.getValue(module) instanceof ProfileTable profiles)) continue;
			final String label = item.getLabel() == null || item.getLabel().isEmpty() ? item.getName()
				: item.getLabel();
			if (displays.createDisplay(label, ProfileTables.of(profiles)) != null) module.resolveOutput(item.getName());
		}
	}
}
