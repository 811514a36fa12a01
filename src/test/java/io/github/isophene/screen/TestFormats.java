// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.screen;

import org.scijava.Context;
import org.scijava.plugin.PluginService;

/** The formats as SciJava finds them on the class path. */
public final class TestFormats {

	private TestFormats() {}

	public static ScreenFormats all() {
		try (Context context = new Context(PluginService.class)) {
			return new ScreenFormats(context.service(PluginService.class).createInstancesOfType(ScreenFormat.class));
		}
	}
}
