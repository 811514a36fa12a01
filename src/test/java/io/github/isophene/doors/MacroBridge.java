// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.Menus;
import ij.WindowManager;
import ij.plugin.PlugIn;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;

/**
 * Lets ImageJ 1's macro language run SciJava commands in tests, by the rules that Fiji's
 * own bridge has: a menu label runs the command, and each input that the macro names is
 * taken, as text, from the macro's options. (Fiji's bridge is not on Maven Central.)
 */
public class MacroBridge implements PlugIn {

	private static Context context;

	/** Runs a macro in which every command of the context can be called by its label. */
	static String runMacro(final Context ctx, final String macro) throws ReflectiveOperationException {
		context = ctx;
		final Hashtable<String, String> table = new Hashtable<>();
		for (final CommandInfo info : ctx.service(CommandService.class).getCommandsOfType(Command.class)) {
			if (info.getMenuPath().isEmpty()) continue;
			table.put(info.getMenuPath().getLeaf().getName(),
				MacroBridge.class.getName() + "(\"" + info.getDelegateClassName() + "\")");
		}
		// Without a display, ImageJ 1 cannot build its menu bar, from which it makes this table.
		final Field commands = Menus.class.getDeclaredField("pluginsTable");
		commands.setAccessible(true);
		commands.set(null, table);
		return IJ.runMacro(macro);
	}

	@Override
	public void run(final String commandClass) {
		final CommandService commands = context.service(CommandService.class);
		final CommandInfo info = commands.getCommand(commandClass);
		final String options = Macro.getOptions();
		final Map<String, Object> inputs = new HashMap<>();
		for (final ModuleItem<?> input : info.inputs()) {
			if (input.getVisibility() == ItemVisibility.MESSAGE) continue;
			final String value = options == null ? null : Macro.getValue(options, input.getName(), null);
			if (value != null) inputs.put(input.getName(), value);
			else if (input.getType() == ImagePlus.class) inputs.put(input.getName(), WindowManager.getCurrentImage());
		}
		try {
			commands.run(info, true, inputs).get();
		}
		catch (final Exception exc) {
			throw new RuntimeException(exc);
		}
	}
}
