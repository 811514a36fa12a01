// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.adaptation.tiles.TileValues;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Tensors;
import io.github.isophene.engine.Workers;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.BatchStatistics;
import io.github.isophene.network.ChannelMoments;
import io.github.isophene.network.GivenStatistics;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.Parameters;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.SteppedPass;
import io.github.isophene.pixels.TileSource;

/**
 * Sends any number of images through a network as if they were one batch in training
 * mode: every layer normalizes by the mean and biased variance of all of them. The result
 * is that of the one large batch up to rounding, in bounded memory.
 * <p>
 * What a layer gets depends on the statistics of all layers before it, so the layers are
 * gone through one after the other, each with all images in chunks. In between, the
 * activations of all images are held in memory where they fit into the budget: if they
 * always do, the cost is that of one forward pass. Where they don't (the first layers of
 * many images), each layer starts from the last place that did fit, at worst from the
 * images themselves; the later layers, whose activations are smaller, fit again. The
 * result doesn't depend on the budget, nor on the number of threads.
 * </p>
 */
public final class ExactBatchPass implements AutoCloseable {

	/** Decides by which statistics a layer normalizes. */
	@FunctionalInterface
	public interface LayerRule {

		/**
		 * Returns the mean and variance by which a layer normalizes all images.
		 *
		 * @param layer the layer's name; the layers come in the network's order
		 * @param groups moments of what each group of images has at this layer, over N, H, W
		 */
		BatchStatistics.LayerStatistics statistics(String layer, ChannelMoments[] groups);
	}

	/** Images that go through a network of width 64 at once, on a CPU and on a GPU. */
	private static final int CPU_IMAGES = 4;
	private static final int GPU_IMAGES = 32;

	/** On a CPU a small batch is cut into at least this many chunks, so that as many cores have work. */
	private static final int CPU_CHUNKS = 8;

	private final ModelCard card;
	private final NDManager manager;
	private final Parameters parameters;
	private final Workers workers;
	private final List<String> layers;
	private final long budget;
	private final int chunk;
	private final int chunks;
	private final AtomicLong read = new AtomicLong();

	/** @param budget how many bytes may be held between layers, besides what the chunks at work need */
	public ExactBatchPass(final Model model, final Device device, final long budget) {
		this(model, device, budget,
			Math.max(1, (device.isGpu() ? GPU_IMAGES : CPU_IMAGES) * 64 / model.card().architecture().width()),
			device.isGpu() ? 1 : CPU_CHUNKS);
	}

	public ExactBatchPass(final Model model, final Device device, final long budget, final int chunk,
		final int chunks) {
		card = model.card();
		this.budget = budget;
		this.chunk = chunk;
		this.chunks = chunks;
		layers = card.architecture().convolutions().stream().map(c -> c.norm()).toList();
		manager = Engines.newManager(device);
		try {
			parameters = new Parameters(manager, card.architecture(), model.weights());
			workers = new Workers(device.isGpu() ? 1 : Engines.threads());
		}
		catch (final RuntimeException e) {
			manager.close();
			throw e;
		}
	}

	/**
	 * Mean and unbiased variance of every layer.
	 *
	 * @throws IllegalArgumentException if there are no tiles, or a layer gets a single value per channel
	 * @throws IOException what reading a tile throws
	 * @throws java.util.concurrent.CancellationException if the thread is interrupted
	 */
	BatchStatistics statistics(final TileSource tiles) throws IOException {
		try (Run run = new Run(tiles)) {
			run.measure(false);
			return run.unbiased();
		}
	}

	/**
	 * Embeddings of the first tiles, with every layer normalized by all of them.
	 *
	 * @param n how many of them are wanted
	 * @return n rows
	 */
	public float[][] embeddings(final TileSource tiles, final int n) throws IOException {
		try (Run run = new Run(tiles)) {
			run.measure(true);
			return run.embeddings(n);
		}
	}

	/**
	 * Sends images through the network with statistics that are chosen layer by layer.
	 *
	 * @param groups group of each tile, counted from 0; groups that lie together are measured faster
	 * @param rule decides by which statistics each layer normalizes
	 * @param n number of embeddings wanted, of the first tiles; 0: none, and nothing behind the last layer is computed
	 * @return n embeddings
	 * @throws IllegalArgumentException if there are no tiles
	 * @throws IOException what reading a tile throws
	 * @throws java.util.concurrent.CancellationException if the thread is interrupted
	 */
	public float[][] embeddings(final TileSource tiles, final int[] groups, final LayerRule rule,
		final int n) throws IOException {
		try (Run run = new Run(tiles, groups, rule)) {
			run.measure(n > 0);
			return n > 0 ? run.embeddings(n) : new float[0][];
		}
	}

	/** Returns the number of tiles read so far; each forward pass from the images reads each once. */
	long tilesRead() {
		return read.get();
	}

	/** The root of all arrays. */
	NDManager manager() {
		return manager;
	}

	/** Frees the network. */
	@Override
	public void close() {
		workers.close();
		manager.close();
	}

	/** One batch on its way through the network. */
	private final class Run implements AutoCloseable {

		private final TileSource tiles;
		private final ResNet network;
		private final int passes;
		private final NDManager arrays = manager.newSubManager();
		private final int perChunk;
		private final SteppedPass[] held;
		private final long[] sizes;
		/** The layer before which {@link #held} stands; -1 if nothing is held. */
		private int base = -1;
		private final int[] groups;
		private final int groupCount;
		private final LayerRule rule;
		private final List<ChannelMoments> measured = new ArrayList<>();
		private final List<Normalization> known = new ArrayList<>();

		/** All as one group, which normalizes itself: training mode. */
		Run(final TileSource tiles) {
			this(tiles, new int[tiles.count()], null);
		}

		Run(final TileSource tiles, final int[] groups, final LayerRule rule) {
			this.tiles = tiles;
			final Architecture of = card.architecture();
			network = new ResNet(card.anyChannels() ? of.each(tiles.channels()) : of, parameters);
			passes = network.architecture().passes();
			this.groups = groups;
			this.rule = rule;
			groupCount = IntStream.of(groups).max().orElse(0) + 1;
			final int n = tiles.count();
			if (n == 0) throw new IllegalArgumentException("There are no images to take statistics from");
			perChunk = Math.max(1, Math.min(chunk / passes, (n + chunks - 1) / chunks));
			held = new SteppedPass[(n + perChunk - 1) / perChunk];
			sizes = sizes();
		}

		/** Values that one tile has before each layer, found out with one empty image. */
		private long[] sizes() {
			final long[] values = new long[layers.size()];
			try (NDManager step = arrays.newSubManager();
				SteppedPass pass = new SteppedPass(network, step.zeros(shape(1))))
			{
				for (int k = 0; k < values.length; k++) {
					values[k] = pass.size();
					pass.step(Normalization.running());
				}
			}
			return values;
		}

		private Shape shape(final int n) {
			return new Shape(n, tiles.channels(), tiles.size(), tiles.size());
		}

		void measure(final boolean goOn) throws IOException {
			for (int k = 0; k < layers.size(); k++) {
				final int layer = k;
				final boolean keep = tiles.count() * sizes[k] * Float.BYTES <= budget &&
					(goOn || k < layers.size() - 1);
				final ChannelMoments[][] parts = new ChannelMoments[held.length][];
				inParallel(held.length, i -> parts[i] = at(i, layer, keep));
				if (keep) base = k;
				// In the order of the chunks, so that rounding doesn't depend on which was ready first.
				final int channels = card.architecture().convolutions().get(k).out();
				final ChannelMoments[] of = new ChannelMoments[groupCount];
				Arrays.setAll(of, g -> new ChannelMoments(channels));
				for (final ChannelMoments[] part : parts) {
					for (int g = 0; g < groupCount; g++) if (part[g] != null) of[g].add(part[g]);
				}
				known.add(new GivenStatistics(arrays,
					new BatchStatistics(Map.of(layers.get(k), statistics(layers.get(k), of)))));
			}
		}

		private BatchStatistics.LayerStatistics statistics(final String layer, final ChannelMoments[] of) {
			if (rule != null) return rule.statistics(layer, of);
			requireVariance(layer, of[0]);
			measured.add(of[0]);
			return of[0].biased();
		}

		/** Brings a chunk before a layer and looks at it. */
		private ChannelMoments[] at(final int i, final int layer, final boolean keep) {
			final SteppedPass pass = advanced(i, layer, !keep);
			final ChannelMoments[] moments = moments(i, pass);
			if (keep) held[i] = pass;
			else pass.close();
			return moments;
		}

		/** Moments of each group in a chunk; {@code null} where it has no image of it. */
		private ChannelMoments[] moments(final int i, final SteppedPass pass) {
			final ChannelMoments[] moments = new ChannelMoments[groupCount];
			final int from = i * perChunk;
			final int to = Math.min(from + perChunk, tiles.count());
			for (int start = from; start < to;) {
				int end = start + 1;
				while (end < to && groups[end] == groups[start]) end++;
				final ChannelMoments part;
				if (start == from && end == to) part = ChannelMoments.of(pass.activations(), pass.layer());
				else {
					try (NDArray some = pass.activations()
						.get(new NDIndex((start - from) * passes + ":" + (end - from) * passes)))
					{
						part = ChannelMoments.of(some, pass.layer());
					}
				}
				if (moments[groups[start]] == null) moments[groups[start]] = part;
				else moments[groups[start]].add(part);
				start = end;
			}
			return moments;
		}

		private SteppedPass advanced(final int i, final int layer, final boolean copy) {
			final SteppedPass pass = base < 0 ? start(i) : copy ? held[i].copy() : held[i];
			for (int k = Math.max(0, base); k < layer; k++) pass.step(known.get(k));
			return pass;
		}

		private SteppedPass start(final int i) {
			final int from = i * perChunk;
			final int n = Math.min(perChunk, tiles.count() - from);
			final FloatBuffer values = values(IntStream.range(from, from + n).toArray());
			read.addAndGet(n);
			try (NDArray images = Tensors.create(arrays, values, shape(n).getShape())) {
				return new SteppedPass(network, images);
			}
		}

		private FloatBuffer values(final int[] chosen) {
			try {
				synchronized (tiles) {
					return TileValues.read(tiles, chosen);
				}
			}
			catch (final IOException e) {
				throw new UncheckedIOException(e);
			}
		}

		BatchStatistics unbiased() {
			final Map<String, BatchStatistics.LayerStatistics> result = new LinkedHashMap<>();
			for (int k = 0; k < layers.size(); k++) result.put(layers.get(k), measured.get(k).unbiased());
			return new BatchStatistics(result);
		}

		float[][] embeddings(final int n) throws IOException {
			final float[][] rows = new float[n][];
			inParallel((n + perChunk - 1) / perChunk, i -> {
				try (SteppedPass pass = advanced(i, layers.size(), false); NDArray embeddings = pass.embeddings()) {
					final float[][] part = Tensors.rows(embeddings);
					for (int r = 0; r < part.length && i * perChunk + r < n; r++) rows[i * perChunk + r] = part[r];
				}
			});
			return rows;
		}

		@Override
		public void close() {
			arrays.close();
		}
	}

	private void inParallel(final int n, final IntConsumer task) throws IOException {
		try {
			workers.run(n, task);
		}
		catch (final UncheckedIOException e) {
			throw e.getCause();
		}
	}

	/** Refuses moments without a variance. */
	static void requireVariance(final String layer, final ChannelMoments moments) {
		if (moments.count() < 2)
			throw new IllegalArgumentException("The layer '" + layer + "' gets a single value " +
				"per channel, which has no variance: use more or larger images");
	}
}
