// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.nio.FloatBuffer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;

/**
 * A model on a device, ready to turn images into embeddings with its stored statistics.
 * <pre>
 * try (Encoder encoder = new Encoder(Model.load("default"), "auto")) {
 *   float[][] embeddings = encoder.embed(tiles, n, channels, 224, 224);
 * }
 * </pre>
 * Not thread-safe: one per thread.
 */
public final class Encoder implements AutoCloseable {

	/** Images that go through the network at once on the CPU: more are slower, as they leave the cache. */
	private static final int CHUNK = 4;

	private final Model model;
	private final NDManager manager;
	private final FoldedResNet network;

	/**
	 * Puts a model on a device.
	 *
	 * @param device see {@link Engines#device(String)}
	 * @throws io.github.isophene.engine.EngineException if the engine or the device can't be had
	 */
	public Encoder(final Model model, final String device) {
		this(model, Engines.device(device));
	}

	/** Puts a model on a device. */
	public Encoder(final Model model, final Device device) {
		this.model = model;
		manager = Engines.newManager(device);
		try {
			network = new FoldedResNet(manager, model, CHUNK, model.card().tileSize());
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

	/**
	 * Embeds images.
	 *
	 * @param images n * c * h * w values from the buffer's position on, in the order [N, C, H, W];
	 *          the position stays. A direct buffer is fastest.
	 * @return n rows of {@link Model#embeddingDimension} values
	 * @throws IllegalArgumentException if the buffer holds fewer values, or the model takes
	 *           another number of channels
	 */
	public float[][] embed(final FloatBuffer images, final int n, final int c, final int h, final int w) {
		model.checkChannels(c);
		final int size = Math.multiplyExact(Math.multiplyExact(c, h), w);
		if ((long) n * size > images.remaining()) throw new IllegalArgumentException(n + " images of " + c + "x" + h + "x" + w +
			" have " + (long) n * size + " values, but the buffer holds " + images.remaining());
		final float[][] embeddings = new float[n][];
		for (int from = 0; from < n; from += CHUNK) {
			final int to = Math.min(n, from + CHUNK);
			try (NDManager step = manager.newSubManager()) {
				final FloatBuffer part = images.duplicate().position(images.position() + from * size).limit(images.position() + to *
					size);
				final NDArray rows = embed(step, Tensors.create(step, part, to - from, c, h, w));
				System.arraycopy(Tensors.rows(rows), 0, embeddings, from, to - from);
			}
		}
		return embeddings;
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
		final boolean each = model.card().input() == ModelCard.Input.EACH_CHANNEL;
		try (NDManager temporary = step.newSubManager()) {
			final NDArray x = images.reshape(each ? new Shape(s.get(0) * s.get(1), 1, s.get(2), s.get(3)) : s);
			x.attach(temporary);
			NDArray embeddings = network.embed(x);
			if (each) embeddings = embeddings.reshape(s.get(0), s.get(1) * model.card().architecture().embeddingDimension());
			embeddings.attach(step);
			return embeddings;
		}
	}

	/** Frees the model's memory on the device. */
	@Override
	public void close() {
		manager.close();
	}
}
