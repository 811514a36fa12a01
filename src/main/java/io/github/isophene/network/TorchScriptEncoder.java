// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import io.github.isophene.messages.Count;
import io.github.isophene.network.weights.WeightFormat;

/**
 * Any network as an encoder, from the TorchScript file that torch.jit.save writes.
 * It can embed, and nothing else: it is not trained here, and its batch statistics
 * can't be adapted.
 * <p>
 * <strong>A TorchScript file holds code, which the engine runs: use only files from
 * sources you trust.</strong> Where the network is a residual one, {@link
 * io.github.isophene.network.imports.ModelImport} takes its weights without its code.
 * </p>
 * Not thread-safe: one per thread.
 */
public final class TorchScriptEncoder implements AutoCloseable {

	/** Images that go through the network at once. */
	private static final int CHUNK = 4;

	private final Path file;
	private final NDManager manager;
	private final ai.djl.Model module;

	/**
	 * Loads a file onto a device.
	 *
	 * @param device see {@link Engines#device(String)}
	 * @throws IOException if the file can't be read or is no TorchScript archive
	 * @throws java.util.concurrent.CancellationException if the user doesn't want its program to run, see
	 * {@link CodeConsent}
	 * @throws io.github.isophene.engine.EngineException if the engine or the device can't be had
	 */
	public TorchScriptEncoder(final Path file, final String device) throws IOException {
		if (Files.notExists(file)) throw new IOException("There is no file " + file);
		if (WeightFormat.of(file) != WeightFormat.TORCHSCRIPT) {
			throw new IOException(
				file + " is no TorchScript archive: import it as a model, or export the network with torch.jit.save");
		}
		CodeConsent.require(file);
		this.file = file;
		final Device where = Engines.device(device);
		manager = Engines.newManager(where);
		ai.djl.Model loading = null;
		boolean loaded = false;
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			loading = ai.djl.Model.newInstance("encoder", where, "PyTorch");
			loading.load(in, null);
			requireFinite(loading.getBlock());
			loaded = true;
		}
		catch (final MalformedModelException | EngineException exc) {
			throw new IOException(file + " can't be loaded as TorchScript by this engine (" + firstLine(exc) +
				"): export the network again with PyTorch 2.7 or older", exc);
		}
		finally {
			if (!loaded) {
				if (loading != null) loading.close();
				manager.close();
			}
		}
		module = loading;
	}

	/** The engine's activations turn NaN into 0, see {@link StateDict#requireFinite}. */
	private void requireFinite(final Block block) throws IOException {
		for (final Pair<String, Parameter> parameter : block.getParameters()) {
			final NDArray values = parameter.getValue().getArray();
			if (!values.getDataType().isFloating()) continue;
			try (NDArray single = values.toType(DataType.FLOAT32, true)) {
				for (final float value : single.toFloatArray()) {
					if (!Float.isFinite(value))
						throw new IOException(file + " has weights that are " + value + " (" + parameter.getKey() +
							"), as after a training that diverged: export the network of before");
					if (value < 0 && parameter.getKey().endsWith("running_var"))
						throw new IOException(file + " has variances below 0 (" + parameter.getKey() +
							"), of which the network has no root: export the network again");
				}
			}
		}
	}

	/** The device as {@code cpu} or {@code gpu:0}. */
	public String device() {
		final Device device = manager.getDevice();
		return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
	}

	/**
	 * The length D of an embedding of images of this kind, found by embedding an empty one.
	 *
	 * @throws IllegalArgumentException if the network can't take such images
	 */
	public int embeddingDimension(final int c, final int h, final int w) {
		return embed(FloatBuffer.allocate(Math.multiplyExact(Math.multiplyExact(c, h), w)), 1, c, h, w)[0].length;
	}

	/**
	 * Embeds images.
	 *
	 * @param images n * c * h * w values from the buffer's position on, in the order [N, C, H, W];
	 *          the position stays
	 * @return n rows of D values; a feature map [N, D, H', W'] is averaged over its pixels
	 * @throws IllegalArgumentException if the buffer holds fewer values, or the network can't
	 *           take such images or gives anything but one array of one row per image
	 */
	public float[][] embed(final FloatBuffer images, final int n, final int c, final int h, final int w) {
		final int size = Math.multiplyExact(Math.multiplyExact(c, h), w);
		if ((long) n * size > images.remaining())
			throw new IllegalArgumentException(Count.of(n, "image") + " of " + c + "x" + h + "x" + w + " have " +
				(long) n * size +
				" values, but the buffer holds " + images.remaining());
		final float[][] embeddings = new float[n][];
		for (int from = 0; from < n; from += CHUNK) {
			final int to = Math.min(n, from + CHUNK);
			try (NDManager step = manager.newSubManager()) {
				final FloatBuffer part = images.duplicate()
					.position(images.position() + from * size)
					.limit(images.position() + to * size);
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
	 * @param images [N, C, H, W], FLOAT32; not closed
	 * @return [N, D]
	 * @throws IllegalArgumentException as {@link #embed(FloatBuffer, int, int, int, int)}
	 */
	public NDArray embed(final NDManager step, final NDArray images) {
		try (NDManager temporary = step.newSubManager()) {
			final NDArray x = images.reshape(images.getShape());
			x.attach(temporary);
			final NDList out;
			try {
				out = module.getBlock().forward(new ParameterStore(temporary, false), new NDList(x), false);
			}
			catch (final RuntimeException exc) {
				throw new IllegalArgumentException(
					file + " can't take images " + images.getShape() + ": " + firstLine(exc), exc);
			}
			out.attach(temporary);
			final NDArray rows = rows(out, images.getShape());
			rows.attach(step);
			return rows;
		}
	}

	/** One row per image; every array on the way belongs to the manager of the output. */
	private NDArray rows(final NDList out, final Shape in) {
		if (out.size() != 1) {
			throw new IllegalArgumentException(file + " gives " + out.size() +
				" arrays instead of one: wrap the network so that it returns the embedding alone");
		}
		final NDArray found = out.get(0);
		final Shape shape = found.getShape();
		final DataType type = found.getDataType();
		if (shape.dimension() < 2 || shape.get(0) != in.get(0) || shape.size() == 0 ||
			type != DataType.FLOAT32 && type != DataType.FLOAT16 && type != DataType.FLOAT64)
		{
			throw new IllegalArgumentException(file + " gives " + type + " " + shape + " for images " + in +
				" instead of one row of numbers for each image");
		}
		final NDArray single = found.toType(DataType.FLOAT32, false);
		// A feature map has no place for its pixels in a row: it is averaged over them.
		final NDArray pooled = shape.dimension() == 4
			? single.reshape(shape.get(0), shape.get(1), -1).mean(new int[]{2})
			: single;
		return pooled.reshape(shape.get(0), -1);
	}

	private static String firstLine(final Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null && root.getCause() != root) root = root.getCause();
		final String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage().strip();
		// Of PyTorch's long reports of errors within TorchScript, the last line says it.
		final String[] lines = message.split("\\R");
		for (final String line : lines) {
			if (line.startsWith("RuntimeError: ")) return line;
		}
		return lines[0].contains("failed in the TorchScript interpreter") ? lines[lines.length - 1].strip() : lines[0];
	}

	/** Frees the network's memory. */
	@Override
	public void close() {
		module.close();
		manager.close();
	}
}
