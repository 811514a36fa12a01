// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;

/** Gives each plate a network of its own: one that is adapted to the plate. */
public interface PlateNetworks {

	/**
	 * Returns a description of the adaptation: the same network adapted to the same plate in the same
	 * words gives the same embeddings.
	 */
	String adaptation();

	/**
	 * The network of a plate. It has the names, device and features of the one that the run was
	 * begun with, and is asked for each tile of the plate once, in their order.
	 *
	 * @return it is closed when the plate is done
	 * @throws IOException if there can't be one, which fails the fields of this plate; the message says why
	 * @throws IllegalArgumentException the same
	 */
	TileNetwork of(EmbeddedPlate plate) throws IOException;
}
