// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.github.isophene.files.Sha256;
import io.github.isophene.network.TorchScriptEncoder;

/** A TorchScript file as a network for tiles: it says nothing of itself, so the user's keys must. */
record ScriptNetwork(Path file, TorchScriptEncoder encoder) implements TileNetwork {

	@Override
	public String name() {
		return file.getFileName().toString();
	}

	@Override
	public List<String> channels() {
		return List.of();
	}

	@Override
	public int tileSize() {
		return 224;
	}

	@Override
	public String downscale() {
		return "1";
	}

	@Override
	public String intensity() {
		return "";
	}

	@Override
	public String digest() throws IOException {
		return Sha256.of(file);
	}

	@Override
	public List<String> featureNames(final int channelCount, final int side) {
		return IntStream.rangeClosed(1, encoder.embeddingDimension(channelCount, side, side))
			.mapToObj(i -> String.format(Locale.ROOT, "emb_%04d", i))
			.toList();
	}

	@Override
	public String device() {
		return encoder.device();
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
