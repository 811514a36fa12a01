// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.isophene.engine.ScalarOps;
import io.github.isophene.engine.Tensors;
import io.github.isophene.settings.Setting;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Step;
import org.scijava.plugin.Plugin;

/**
 * Correlation alignment between batches (Sun, Saenko 2016, arXiv:1607.01719), in the form for several training domains
 * of WILDS (Koh et al. 2021, arXiv:2012.07421): cross-entropy plus weight times the mean, over all pairs of batches in
 * the episode, of
 * <pre>
 * mean_i (m_i - m'_i)^2 + mean_ij (C_ij - C'_ij)^2
 * </pre>
 * with the means m and unbiased covariances C of the embeddings of a batch. Batches with a single image are left out.
 * That an episode holds 4 batches, and the weight 1, is our choice.
 */
@Plugin(type = Objective.class)
public final class Coral extends BatchInvariant {

	private static final String NAME = "coral";
	private static final int TOGETHER = 4;
	private static final List<Setting> CHOICES = List
		.of(Setting.number("weight", 1, 0, 1e6, "of the distance between batches (our choice)"));

	/** With the default weight. */
	public Coral() {
		this(Map.of());
	}

	private Coral(final Map<String, String> chosen) {
		super(NAME, CHOICES, chosen);
	}

	@Override
	public Objective configured(final Map<String, String> chosen) {
		return new Coral(chosen);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String description() {
		return "Embeddings of different batches drawn together in mean and covariance (CORAL, arXiv:1607.01719)";
	}

	@Override
	int together() {
		return TOGETHER;
	}

	@Override
	NDArray penalty(final Step step, final NDArray embeddings, final String[] batches) {
		final List<NDArray> means = new ArrayList<>();
		final List<NDArray> covariances = new ArrayList<>();
		for (final String batch : new LinkedHashSet<>(Arrays.asList(batches))) {
			final int[] rows = IntStream.range(0, batches.length).filter(i -> batches[i].equals(batch)).toArray();
			if (rows.length < 2) continue;
			// [n, N] with a 1 at each row's place: a product picks the rows, and gradients pass.
			final float[] pick = new float[rows.length * batches.length];
			for (int i = 0; i < rows.length; i++) pick[i * batches.length + rows[i]] = 1;
			final NDArray of = RandomStyle.array(embeddings, pick, rows.length, batches.length).matMul(embeddings);
			final NDArray mean = of.mean(new int[]{0}, true);
			final NDArray centered = of.sub(mean);
			means.add(mean);
			covariances.add(ScalarOps.over(centered.transpose().matMul(centered), rows.length - 1f));
		}
		NDArray sum = Tensors.create(embeddings.getManager(), new float[1], 1)
			.toType(embeddings.getDataType(), false)
			.reshape(new Shape());
		int pairs = 0;
		for (int a = 0; a < means.size(); a++) {
			for (int b = a + 1; b < means.size(); b++) {
				sum = sum.add(means.get(a).sub(means.get(b)).square().mean())
					.add(covariances.get(a).sub(covariances.get(b)).square().mean());
				pairs++;
			}
		}
		return pairs == 0 ? sum : ScalarOps.over(sum, pairs);
	}
}
