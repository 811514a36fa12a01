// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.List;
import java.util.Locale;

/**
 * Preview of an objective's perturbation of one image: as it is, perturbed at random
 * (the random-direction control), and by the worst case that the ascent finds for a model. Made by
 * {@link PreviewRun}.
 *
 * @param model name of the model; empty without one
 * @param sites places that are perturbed, as {@link Layer#label} has them, in the network's order; the first is shown
 * @param planes names of the channels, or of the feature maps
 * @param width of a plane, pixels
 * @param height of a plane, pixels
 * @param states what is shown, the image as it is first
 * @param effects what the perturbations consist of
 * @param label the class whose loss is raised; empty without a model
 */
public record PerturbationPreview(String model, List<String> sites, List<String> planes, int width, int height,
	List<State> states, List<EffectSize> effects, String label)
{

	/**
	 * One way of the image to look.
	 *
	 * @param name {@code as it is}, {@code random}, {@code worst case}
	 * @param pixels [plane][Y x X] in the units of the network's input, or activations
	 * @param loss of the label, mean over the tiles, nats; NaN without a model
	 * @param probability of the label, mean over the tiles; NaN without a model
	 */
	public record State(String name, float[][] pixels, double loss, double probability) {}

	/**
	 * One coordinate of the perturbations.
	 *
	 * @param tile number of the tile from 1; 0: all have it in common
	 * @param plane the channel or feature map
	 * @param name what it changes and the unit of its size
	 * @param random its size in the random perturbation
	 * @param worst its size in the worst case; NaN without a model
	 */
	public record EffectSize(int tile, String plane, String name, double random, double worst) {}

	public PerturbationPreview {
		sites = List.copyOf(sites);
		planes = List.copyOf(planes);
		states = List.copyOf(states);
		effects = List.copyOf(effects);
	}

	/** Returns the first of the perturbed places: the one that is shown. */
	public String site() {
		return sites.get(0);
	}

	/** A line for the user. */
	public String message() {
		final StringBuilder text = new StringBuilder("Perturbed at " + String.join(", ", sites) +
			(sites.size() > 1 ? " (shown: " + site() + "). " : ". "));
		if (label.isEmpty())
			return text.append("Without a model there is no worst case: random perturbation only.").toString();
		text.append("Probability of '").append(label).append("' by ").append(model).append(": ");
		for (int i = 0; i < states.size(); i++) {
			final State s = states.get(i);
			text.append(i == 0 ? "" : ", ")
				.append(String.format(Locale.ROOT, "%s %.3f (loss %.3f)", s.name, s.probability, s.loss));
		}
		return text.append('.').toString();
	}
}
