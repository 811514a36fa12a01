// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

import io.github.isophene.engine.Precision;
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Model;

/** A model as a network for tiles. */
record ModelNetwork(Encoder encoder) implements TileNetwork {

	@Override
	public Optional<Model> model() {
		return Optional.of(encoder.model());
	}

	@Override
	public String name() {
		return encoder.model().card().name();
	}

	@Override
	public List<String> channels() {
		return encoder.model().card().channels();
	}

	@Override
	public int tileSize() {
		return encoder.model().card().tileSize();
	}

	@Override
	public String downscale() {
		return encoder.model().card().downscale();
	}

	@Override
	public String intensity() {
		return encoder.model().card().intensity();
	}

	@Override
	public String digest() {
		return encoder.model().digest();
	}

	@Override
	public List<String> featureNames(final int channelCount, final int side) {
		encoder.model().card().requireTile(side);
		return encoder.model().featureNames(channelCount);
	}

	@Override
	public String device() {
		return encoder.device();
	}

	@Override
	public Precision precision() {
		return encoder.precision();
	}

	@Override
	public int lanes() {
		return encoder.lanes();
	}

	@Override
	public float[][] embed(final FloatBuffer tiles, final int n, final int channelCount, final int side) {
		return encoder.embed(tiles, n, channelCount, side, side);
	}

	@Override
	public void close() {
		encoder.close();
	}
}
