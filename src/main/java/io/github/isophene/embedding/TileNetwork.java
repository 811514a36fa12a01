// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.isophene.engine.Precision;
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.TorchScriptEncoder;
import io.github.isophene.network.weights.WeightFormat;

/**
 * Whatever turns tiles into vectors, on a device: a model, or a TorchScript file that is
 * taken as it is. Not thread-safe but for {@link #lanes}.
 */
public interface TileNetwork extends AutoCloseable {

	/** The model, if it is one: not so a TorchScript file. */
	default Optional<Model> model() {
		return Optional.empty();
	}

	/** Short, for messages. */
	String name();

	/** Names of the channels it was trained on, in order; empty if it doesn't say. */
	List<String> channels();

	/** Side of the tiles it was made for, pixels. */
	int tileSize();

	/** Returns whether it takes tiles of any side, as a network does that averages over its last feature map. */
	default boolean takesAnySide() {
		return model().isPresent();
	}

	/**
	 * Returns the side of tiles where the user names none: what the network was made for, or the largest multiple of
	 * the network's step that fits smaller images.
	 *
	 * @param smallest shorter side of the images at the network's resolution, pixels; 0: unknown
	 */
	default int side(final long smallest) {
		return model().map(m -> side(m.card(), smallest)).orElseGet(this::tileSize);
	}

	/** As {@link #side(long)}, of a network that takes tiles of any side and was made for one. */
	static int side(final int made, final long smallest) {
		return side(made, smallest, SIDES, SIDES);
	}

	/** Sides of tiles that are chosen are multiples of this, pixels: the stride of the deepest layer of a ResNet. */
	int SIDES = 32;

	/** As {@link #side(long)}, of a model. */
	static int side(final ModelCard card, final long smallest) {
		return side(card.tileSize(), smallest, card.network().tileStep(), card.network().minimumTile());
	}

	private static int side(final int made, final long smallest, final int step, final int least) {
		return smallest <= 0 || smallest >= made ? made : (int) Math.max(least, smallest / step * step);
	}

	/**
	 * Reduction of a field before it is cut into tiles, in the notation of {@link
	 * io.github.isophene.pixels.Downscale}.
	 */
	String downscale();

	/** Intensity normalization it was made for; empty if it doesn't say. */
	String intensity();

	/** Two networks with the same digest give the same embeddings. */
	String digest() throws IOException;

	/**
	 * Names of the features of tiles with so many channels, in order.
	 *
	 * @param side side of a tile in pixels
	 * @throws IllegalArgumentException if it can't take such tiles
	 */
	List<String> featureNames(int channelCount, int side);

	/** {@code cpu} or {@code gpu:n}. */
	String device();

	/** Returns the precision of its activations and weights. */
	default Precision precision() {
		return Precision.FLOAT32;
	}

	/**
	 * Returns the number of threads that may call {@link #embed} at once. More than one pays where the network
	 * has several workers: those that are through with one call begin the next.
	 */
	default int lanes() {
		return 1;
	}

	/**
	 * Embeds tiles.
	 *
	 * @param tiles [N, C, H, W] from the buffer's position on, which stays
	 * @return N rows of features
	 */
	float[][] embed(FloatBuffer tiles, int n, int channelCount, int side);

	@Override
	void close();

	/**
	 * Opens what a user names.
	 *
	 * @param nameOrFile {@code default}, {@code fixed-seed}, a model file (.zip), or a TorchScript file (.pt,
	 * .ts, .pth), which holds code: only from
	 *          sources you trust
	 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:n}
	 */
	static TileNetwork open(final String nameOrFile, final String device) throws IOException {
		return open(nameOrFile, device, Precision.FLOAT32);
	}

	/**
	 * Opens what a user names, as {@link #open(String, String)}.
	 *
	 * @throws io.github.isophene.engine.EngineException if the device doesn't compute in this precision
	 * @throws IllegalArgumentException if the network doesn't
	 */
	static TileNetwork open(final String nameOrFile, final String device, final Precision precision)
		throws IOException
	{
		if (nameOrFile.matches("(?i).*\\.(pt|pth|ts|safetensors)") && Files.isRegularFile(Path.of(nameOrFile))) {
			final Path file = Path.of(nameOrFile);
			if (WeightFormat.of(file) == WeightFormat.TORCHSCRIPT) {
				precision.requireFloat32("a TorchScript file such as " + file);
				return new ScriptNetwork(file, new TorchScriptEncoder(file, device));
			}
			throw new IOException(
				file + " holds weights without the network they belong to: make a model file of it (Import Model)");
		}
		return of(Model.load(nameOrFile), device, precision);
	}

	/** A model on a device. */
	static TileNetwork of(final Model model, final String device) {
		return of(model, device, Precision.FLOAT32);
	}

	/** A model on a device in a precision. */
	static TileNetwork of(final Model model, final String device, final Precision precision) {
		return new ModelNetwork(new Encoder(model, device, precision));
	}
}
