// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;

import ai.djl.ndarray.NDArray;
import io.github.isophene.network.AngularMargin;
import io.github.isophene.network.Head;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import io.github.isophene.training.Step;

/**
 * Cross-entropy, after a linear layer or after the cosine classifier with an angular margin
 * at the label.
 *
 * @param head the last layer
 * @param margin in radians; counts with the cosine classifier only
 * @param warmUp part of the training in which the margin rises from 0, linearly; 0 = the whole margin from the start
 */
record ClassLoss(Head head, double margin, double warmUp) {

	static final String HEAD = "head";
	static final String SCALE = "scale";
	static final String MARGIN = "margin";
	static final String MARGIN_WARM_UP = "margin-warm-up";

	private enum Kind {
		LINEAR, COSINE;

		private String label() {
			return this == LINEAR ? "linear" : "cosine";
		}
	}

	/** The settings, with this default of the head. */
	static List<Setting> choices(final String head) {
		return List.of(
			Setting.choice(HEAD, head, List.of("linear", "cosine"),
				"last layer: linear, or cosine (classifier with angular margin, ArcFace, arXiv:1801.07698)"),
			Setting.number(SCALE, 30, 0.1, 1000,
				"of the cosine classifier: factor s on the cosine (our choice; 12 for few classes)"),
			Setting.number(MARGIN, 0.5, 0, Math.PI / 2,
				"of the cosine classifier: angular margin m at the label in training, radians (ArcFace's; 0.2 for " +
					"few classes)"),
			Setting.number(MARGIN_WARM_UP, 0, 0, 1,
				"of the cosine classifier: part of the training in which the margin rises from 0 (our choice)"));
	}

	static ClassLoss of(final Settings settings) {
		final Kind kind = settings.choice(HEAD, Kind.values(), Kind::label);
		final double scale = settings.number(SCALE);
		final double margin = settings.number(MARGIN);
		for (final String name : List.of(SCALE, MARGIN, MARGIN_WARM_UP)) {
			// Nobody should believe that there was a margin where there was none.
			if (kind == Kind.LINEAR && !settings.isDefault(name))
				throw settings.wrong(name, "left out unless head=cosine");
		}
		return kind == Kind.LINEAR ? new ClassLoss(Head.LINEAR, 0, 0)
			: new ClassLoss(Head.cosine(scale), margin, settings.number(MARGIN_WARM_UP));
	}

	/**
	 * The loss of the first rows of an episode.
	 *
	 * @param logits [n, classes] of the first n queries, without a margin
	 * @return a scalar, nats
	 */
	NDArray of(final Step step, final NDArray logits) {
		final double now = margin(step.progress());
		if (!head.cosine() || now == 0) return step.crossEntropy(logits);
		try (NDArray labels = step.labels((int) logits.getShape().get(0));
			NDArray withMargin = AngularMargin.apply(logits, labels, head.scale(), now))
		{
			return step.crossEntropy(withMargin);
		}
	}

	/**
	 * Returns the margin at a point of the training, radians.
	 *
	 * @param progress share of the training that is done, 0 to 1
	 */
	double margin(final double progress) {
		return progress < warmUp ? margin * progress / warmUp : margin;
	}
}
