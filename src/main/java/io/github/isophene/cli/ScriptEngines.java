// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.cli;

import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;

import org.scijava.script.AdaptedScriptLanguage;
import org.scijava.script.ScriptService;

/**
 * Makes the script languages on the class path known to SciJava. Fiji brings Groovy and
 * Jython as SciJava plug-ins; outside Fiji there are only their JSR-223 engines.
 */
public final class ScriptEngines {

	private ScriptEngines() {}

	/** Adds every engine whose names and extensions are not taken yet. */
	public static void addTo(final ScriptService scripts) {
		for (final ScriptEngineFactory factory : new ScriptEngineManager().getEngineFactories()) {
			scripts.getIndex().add(new AdaptedScriptLanguage(factory), true);
		}
	}
}
