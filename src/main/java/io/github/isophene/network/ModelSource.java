// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.IOException;

/** Source of models: their files, or what a process has loaded of them before. */
@FunctionalInterface
public interface ModelSource {

	/** Every model is loaded anew, see {@link Model#load(String)}. */
	ModelSource FILES = Model::load;

	/**
	 * Gives a model.
	 *
	 * @param nameOrFile as {@link Model#load(String)} takes it
	 */
	Model load(String nameOrFile) throws IOException;
}
