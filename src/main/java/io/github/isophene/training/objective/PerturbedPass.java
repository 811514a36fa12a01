// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.github.isophene.engine.ElementTypes;
import io.github.isophene.engine.Tensors;
import io.github.isophene.network.CameraPerturbation;
import io.github.isophene.network.Normalization;
import io.github.isophene.network.Perturbation;
import io.github.isophene.network.ResNet;
import io.github.isophene.network.StatisticsPerturbation;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.Sample;

/**
 * The way of an episode through a network that is perturbed at some sites. What lies before
 * the first of them is computed once, however often the rest is.
 */
final class PerturbedPass {

	private final ResNet network;
	private final Layer first;
	private final NDArray images;
	private final Map<Integer, Perturbation> perturbations = new LinkedHashMap<>();
	private final Map<Integer, Perturbation> forSome = new LinkedHashMap<>();
	private final Map<Integer, Integer> columns = new LinkedHashMap<>();
	private final int coordinates;
	private final int looked;
	private final int[] groups;
	private final int groupCount;

	/**
	 * @param camera the perturbation of the images; {@code null} if there is none
	 */
	PerturbedPass(final Step step, final PerturbationOptions options, final CameraPerturbation camera) {
		network = step.network();
		images = step.images();
		final int rows = (int) images.getShape().get(0);
		first = options.sites().get(0);
		final int[] plates = numbered(step, rows, Sample::plate);
		groups = switch (options.shared()) {
			case IMAGE -> identity(rows);
			case PLATE -> plates;
			case BATCH -> new int[rows];
		};
		groupCount = count(groups);
		looked = Math.max(1, (int) Math.ceil(options.share() * rows));
		final int[] units = options.scale() == PerturbationOptions.Scale.BATCHES ? numbered(step, rows, Sample::batch)
			: plates;
		final StatisticsPerturbation all = statistics(step, options, units, rows);
		final StatisticsPerturbation some = looked == rows ? all : statistics(step, options, units, looked);
		int at = 0;
		for (final Layer site : options.sites()) {
			final Perturbation light = site == Layer.INPUT && camera != null ? camera.on(images) : null;
			perturbations.put(site.stage(), light != null ? light : all);
			forSome.put(site.stage(), light != null ? light : some);
			columns.put(site.stage(), at);
			at += perturbations.get(site.stage()).coordinates(site.channels(network.architecture()));
		}
		coordinates = at;
	}

	private static StatisticsPerturbation statistics(final Step step, final PerturbationOptions options,
		final int[] units, final int n)
	{
		final int[] among = Arrays.copyOf(units, n);
		final boolean byUnit = options.scale() != PerturbationOptions.Scale.IMAGES && count(among) >= 3;
		return new StatisticsPerturbation(byUnit ? means(step.manager(), among, step.images().getDataType()) : null,
			options.floor());
	}

	/** Returns the number of images that the ascent uses: the first ones. */
	int looked() {
		return looked;
	}

	/** Returns the number of rows of coordinates: groups of images that share theirs. */
	int groups() {
		return groupCount;
	}

	/** The group of an image. */
	int group(final int image) {
		return groups[image];
	}

	/**
	 * Gives rows of coordinates to groups that the ascent hasn't looked at: each has those of a
	 * group that it has, in turn. Left at their start they would hardly be perturbed at all.
	 *
	 * @param d [groups x coordinates], changed
	 * @param active which groups are perturbed
	 */
	void share(final float[] d, final boolean[] active) {
		final Set<Integer> seen = Arrays.stream(groups, 0, looked).boxed().collect(Collectors.toSet());
		final int[] giving = IntStream.range(0, groupCount).filter(g -> active[g] && seen.contains(g)).toArray();
		final int[] taking = IntStream.range(0, groupCount).filter(g -> active[g] && !seen.contains(g)).toArray();
		for (int i = 0; i < taking.length && giving.length > 0; i++) {
			System.arraycopy(d, giving[i % giving.length] * coordinates, d, taking[i] * coordinates, coordinates);
		}
	}

	/** Returns the number of coordinates of a row, all layers together. */
	int coordinates() {
		return coordinates;
	}

	/** Returns the activations before the first layer: activations, or the images themselves. */
	NDArray base(final Normalization normalization) {
		return first == Layer.INPUT ? images : network.activations(images, first.stage(), normalization);
	}

	/**
	 * Embeddings of perturbed images.
	 *
	 * @param base from {@link #base}, of all images or of the first {@link #looked}; not closed
	 * @param d coordinates [groups, coordinates]; not closed
	 * @param both whether the images go along unperturbed, too, before the perturbed ones
	 * @return [N, D], or [2 N, D] if both
	 */
	NDArray embed(final NDArray base, final NDArray d, final Normalization normalization, final boolean both) {
		return embed(network, base, d, normalization, both);
	}

	/** Embeddings as {@link #embed} of perturbed images alone, computed in float32: for ascents. */
	NDArray embedInFloat32(final NDArray base, final NDArray d, final Normalization normalization) {
		return embed(network.inFloat32(), base, d, normalization, false);
	}

	private NDArray embed(final ResNet through, final NDArray base, final NDArray d,
		final Normalization normalization, final boolean both)
	{
		final int n = (int) base.getShape().get(0);
		try (NDArray spread = spread(d.getManager(), n, d.getDataType()); NDArray each = spread.matMul(d)) {
			final ResNet.Tap tap = (stage, x) -> perturbations.containsKey(stage) ? perturbed(stage, x, each, n, both)
				: x;
			if (first != Layer.INPUT) return through.resume(base, first.stage(), normalization, tap);
			try (NDArray x = tap.apply(-1, base)) {
				return through.embed(x, normalization, tap);
			}
		}
	}

	/**
	 * Returns the perturbed activations at the first layer: images, or activations.
	 *
	 * @param base from {@link #base}, of all images; not closed
	 * @param d coordinates [groups, coordinates]; not closed
	 * @return of the shape of the base, a new array
	 */
	NDArray firstSite(final NDArray base, final NDArray d) {
		try (NDArray spread = spread(d.getManager(), groups.length, d.getDataType()); NDArray each = spread.matMul(d)) {
			return perturbed(first.stage(), base, each, groups.length, false);
		}
	}

	private NDArray perturbed(final int stage, final NDArray x, final NDArray each, final int n, final boolean both) {
		final Perturbation p = (n == looked ? forSome : perturbations).get(stage);
		final int from = columns.get(stage);
		final int to = from + p.coordinates((int) x.getShape().get(1));
		try (NDArray own = each.get(":, " + from + ":" + to)) {
			if (!both) return p.apply(x, own);
			// At the first site the images come alone, further on with their perturbed ones.
			if (x.getShape().get(0) == n) {
				try (NDArray y = p.apply(x, own)) {
					return NDArrays.concat(new NDList(x, y));
				}
			}
			try (NDArray clean = x.get("0:" + n); NDArray other = x.get(n + ":"); NDArray y = p.apply(other, own)) {
				return NDArrays.concat(new NDList(clean, y));
			}
		}
	}

	/** [n, groups], 1 at the group of an image. */
	private NDArray spread(final NDManager manager, final int n, final DataType type) {
		final float[] ones = new float[n * groupCount];
		for (int i = 0; i < n; i++) ones[i * groupCount + groups[i]] = 1;
		return typed(Tensors.create(manager, ones, n, groupCount), type);
	}

	/** [units, n], each row the average over the images of a plate, or of a batch of the screen. */
	private static NDArray means(final NDManager manager, final int[] units, final DataType type) {
		final int n = units.length;
		final int count = count(units);
		final int[] images = new int[count];
		for (final int u : units) images[u]++;
		final float[] parts = new float[count * n];
		for (int i = 0; i < n; i++) parts[units[i] * n + i] = 1f / images[units[i]];
		return typed(Tensors.create(manager, parts, count, n), type);
	}

	/** Coordinates as an array of the images' type. */
	NDArray array(final float[] values) {
		return typed(Tensors.create(images.getManager(), values, groupCount, coordinates), images.getDataType());
	}

	private static NDArray typed(final NDArray array, final DataType type) {
		final NDArray converted = ElementTypes.convert(array, type);
		if (converted != array) array.close();
		return converted;
	}

	/** The plate or batch of each image, numbered in the order in which they appear. */
	private static int[] numbered(final Step step, final int n, final Function<Sample, String> name) {
		final List<String> names = new ArrayList<>();
		final int[] numbers = new int[n];
		for (int i = 0; i < n; i++) {
			final String of = name.apply(step.sample(i));
			if (!names.contains(of)) names.add(of);
			numbers[i] = names.indexOf(of);
		}
		return numbers;
	}

	private static int[] identity(final int n) {
		final int[] each = new int[n];
		for (int i = 0; i < n; i++) each[i] = i;
		return each;
	}

	private static int count(final int[] indices) {
		int most = -1;
		for (final int i : indices) most = Math.max(most, i);
		return most + 1;
	}
}
