// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.nio.FloatBuffer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Precision;
import io.github.isophene.engine.Tensors;
import io.github.isophene.engine.Workers;
import io.github.isophene.messages.Count;

/**
 * A model on a device, ready to turn images into embeddings with its stored statistics.
 * <pre>
 * try (Encoder encoder = new Encoder(Model.load("default"), "auto")) {
 *   float[][] embeddings = encoder.embed(tiles, n, channels, 224, 224);
 * }
 * </pre>
 * On the CPU it has {@link Engines#threads()} workers, each with some images; an image's
 * embedding depends neither on their number nor on the images beside it. {@link #embed(
 * FloatBuffer, int, int, int, int)} may be called by {@link #lanes} threads at once;
 * otherwise not thread-safe.
 */
public final class Encoder implements AutoCloseable {

	private final Model model;
	private final Precision precision;
	private final NDManager manager;
	private final FrozenNetwork network;
	private final Workers workers;
	private final int chunk;

	/**
	 * Puts a model on a device.
	 *
	 * @param device see {@link Engines#device(String)}
	 * @throws io.github.isophene.engine.EngineException if the engine or the device can't be had
	 */
	public Encoder(final Model model, final String device) {
		this(model, device, Precision.FLOAT32);
	}

	/**
	 * Puts a model on a device.
	 *
	 * @param device see {@link Engines#device(String)}
	 * @param precision of activations and weights; embeddings are float32 in either
	 * @throws io.github.isophene.engine.EngineException if the engine or the device can't be had, or the
	 *           device doesn't compute in this precision
	 * @throws IllegalArgumentException if the network doesn't
	 */
	public Encoder(final Model model, final String device, final Precision precision) {
		this(model, Engines.device(device), precision);
	}

	/** Puts a model on a device. */
	public Encoder(final Model model, final Device device) {
		this(model, device, Precision.FLOAT32);
	}

	private Encoder(final Model model, final Device device, final Precision precision) {
		this.model = model;
		this.precision = precision;
		final Network of = model.card().network();
		chunk = Math.max(1, of.rowsAtOnce(device.isGpu()) / of.passes());
		manager = Engines.newManager(device);
		try {
			network = FrozenNetwork.of(of, manager, model.weights(), precision, chunk * of.passes(),
				model.card().tileSize());
			workers = new Workers(device.isGpu() ? 1 : Engines.threads());
		}
		catch (final RuntimeException e) {
			manager.close();
			throw e;
		}
	}

	/** The model. */
	public Model model() {
		return model;
	}

	/** The device as {@code cpu} or {@code gpu:0}. */
	public String device() {
		final Device device = manager.getDevice();
		return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
	}

	/** Returns the precision of activations and weights. */
	public Precision precision() {
		return precision;
	}

	/**
	 * Returns the number of threads that gain by embedding at once: two on the CPU, where workers that are
	 * through with one call go on with the other's; one on a GPU.
	 */
	public int lanes() {
		return manager.getDevice().isGpu() ? 1 : 2;
	}

	/**
	 * Embeds images.
	 *
	 * @param images n * c * h * w values from the buffer's position on, in the order [N, C, H, W];
	 *          the position stays
	 * @return n rows of {@link Model#embeddingDimension} values
	 * @throws IllegalArgumentException if the buffer holds fewer values, or the model takes
	 *           another number of channels
	 * @throws java.util.concurrent.CancellationException if the thread is interrupted
	 */
	public float[][] embed(final FloatBuffer images, final int n, final int c, final int h, final int w) {
		model.checkChannels(c);
		if ((long) n * c * h * w > images.remaining())
			throw new IllegalArgumentException(Count.of(n, "image") + " of " + c + "x" + h + "x" + w + " have " +
				(long) n * c * h * w + " values, but the buffer holds " + images.remaining());
		if (!model.card().anyChannels()) return forward(images, n, c, h, w);
		// Channels lie one behind the other: to the network they are n * c images of one channel.
		final float[][] each = forward(images, n * c, 1, h, w);
		final int d = model.card().network().embeddingDimension();
		final float[][] joined = new float[n][c * d];
		for (int i = 0; i < n * c; i++) System.arraycopy(each[i], 0, joined[i / c], i % c * d, d);
		return joined;
	}

	private float[][] forward(final FloatBuffer images, final int n, final int c, final int h, final int w) {
		final float[][] rows = new float[n][];
		if (n == 0) return rows;
		final int perTask = Math.min(chunk, (n + workers.size() - 1) / workers.size());
		final int size = c * h * w;
		workers.run((n + perTask - 1) / perTask, task -> {
			final int from = task * perTask;
			final int count = Math.min(perTask, n - from);
			try (NDManager step = manager.newSubManager()) {
				final FloatBuffer part = images.slice(images.position() + from * size, count * size);
				System.arraycopy(Tensors.rows(network.embed(Tensors.create(step, part, count, c, h, w))), 0, rows, from,
					count);
			}
		});
		return rows;
	}

	/**
	 * Embeds images that are on the device already.
	 *
	 * @param step manager that the result will belong to
	 * @param images [N, C, H, W]; not closed
	 * @return [N, D] with D = {@link Model#embeddingDimension}
	 */
	public NDArray embed(final NDManager step, final NDArray images) {
		final Shape s = images.getShape();
		model.checkChannels((int) s.get(1));
		final boolean each = model.card().anyChannels();
		try (NDManager temporary = step.newSubManager()) {
			final NDArray x = images.reshape(each ? new Shape(s.get(0) * s.get(1), 1, s.get(2), s.get(3)) : s);
			x.attach(temporary);
			NDArray embeddings = network.embed(x);
			if (each)
				embeddings = embeddings.reshape(s.get(0), s.get(1) * model.card().network().embeddingDimension());
			embeddings.attach(step);
			return embeddings;
		}
	}

	/** Returns the number of attached arrays, for finding leaks. */
	int openArrays() {
		return manager.getManagedArrays().size();
	}

	/** Frees the model's memory on the device. */
	@Override
	public void close() {
		workers.close();
		manager.close();
	}
}
