// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.function.Consumer;

import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.training.Objective;
import io.github.isophene.training.Outcome;
import io.github.isophene.training.Step;
import io.github.isophene.training.data.EpisodeSampler;
import io.github.isophene.training.data.EpisodeSizes;
import io.github.isophene.training.data.TrainingData;
import io.github.isophene.training.data.WholePlateEpisodes;
import org.scijava.plugin.Plugin;

/**
 * Batch effects normalization (Lin, Lu 2022, doi:10.1101/2022.10.14.512286): each plate is normalized by all of its
 * images, in training and in prediction. A training batch holds a random sample of one plate's images, controls in the
 * plate's own proportion and without a role of their own, and is normalized by itself; cross-entropy is of the labeled
 * images. That the sample stands for all images of the plate, and that unlabeled controls are among them, is ours.
 */
@Plugin(type = Objective.class)
public final class Ben implements Objective {

	@Override
	public String name() {
		return "ben";
	}

	@Override
	public String description() {
		return "Batch effects normalization: each plate normalized by all of its images " +
			"(doi:10.1101/2022.10.14.512286)";
	}

	@Override
	public EpisodeSampler sampler(final TrainingData data, final int[] training, final EpisodeSizes wanted,
		final Consumer<String> log)
	{
		return new WholePlateEpisodes(data, training, wanted, log);
	}

	@Override
	public Outcome forward(final Step step) {
		return CsArmBn.inContext(step);
	}

	/** Returns {@code joint}: queries and controls; {@code joint-plate} in prediction takes them all at once. */
	@Override
	public StatisticsOrigin statistics() {
		return StatisticsOrigin.JOINT;
	}
}
