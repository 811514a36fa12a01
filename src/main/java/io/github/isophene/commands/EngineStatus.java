// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import io.github.isophene.commands.dialog.IsopheneCommand;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Tells which tensor engine runs, on which device, and why not on the GPU if it doesn't. */
@Plugin(type = Command.class, name = "engine", headless = true,
	description = "Tells which tensor engine runs, on which device, and why not on a GPU.",
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Setup", weight = 70),
		@Menu(label = "Engine Status...", weight = 70.2)})
public class EngineStatus extends IsopheneCommand {

	@Parameter(type = ItemIO.OUTPUT, label = "Engine status")
	private String status;

	@Override
	protected void execute() {
		status = isophene.engineStatus().toString();
		log.info(status);
	}
}
