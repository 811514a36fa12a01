// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.List;

import io.github.isophene.engine.Precision;

/**
 * A network that says of itself what another says, and embeds in its own way, one call at a time unless it says
 * otherwise.
 */
public abstract class ForwardingTileNetwork implements TileNetwork {

	/** The other. */
	protected final TileNetwork network;

	/** @param network the other; stays open */
	protected ForwardingTileNetwork(final TileNetwork network) {
		this.network = network;
	}

	@Override
	public final String name() {
		return network.name();
	}

	@Override
	public final List<String> channels() {
		return network.channels();
	}

	@Override
	public int tileSize() {
		return network.tileSize();
	}

	@Override
	public String downscale() {
		return network.downscale();
	}

	@Override
	public final String intensity() {
		return network.intensity();
	}

	@Override
	public final String digest() throws IOException {
		return network.digest();
	}

	@Override
	public final List<String> featureNames(final int channelCount, final int side) {
		return network.featureNames(channelCount, side);
	}

	@Override
	public final String device() {
		return network.device();
	}

	@Override
	public final Precision precision() {
		return network.precision();
	}
}
