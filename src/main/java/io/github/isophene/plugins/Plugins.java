// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.plugins;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

import org.scijava.InstantiableException;
import org.scijava.plugin.DefaultPluginFinder;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.SciJavaPlugin;

/** The plug-ins on the class path, from SciJava's index; for code that runs without a SciJava context. */
public final class Plugins {

	private static final PluginIndex INDEX = new PluginIndex(new DefaultPluginFinder(Plugins.class.getClassLoader()));
	static {
		INDEX.discover();
	}

	private Plugins() {}

	/**
	 * Returns a new instance of every plug-in of a type, the highest priority first. A plug-in that cannot be made is
	 * left out, with a warning in the log, so that a broken jar does not take the others with it.
	 */
	public static <T extends SciJavaPlugin> List<T> of(final Class<T> type) {
		final List<T> instances = new ArrayList<>();
		for (final PluginInfo<T> info : INDEX.getPlugins(type)) {
			try {
				instances.add(info.createInstance());
			}
			catch (final InstantiableException exc) {
				System.getLogger(Plugins.class.getName())
					.log(Level.WARNING, "The plug-in " + info.getClassName() +
						" is left out: it needs a public class with a constructor without arguments that does not fail",
						exc);
			}
		}
		return instances;
	}
}
