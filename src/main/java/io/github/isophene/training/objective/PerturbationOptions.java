// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;

/**
 * Options for training with perturbed images. All values are our choices: the publication
 * of ABRA (arXiv:2603.05622) names the idea but no constants.
 *
 * @param sites where, in the network's order
 * @param form what a perturbation is at the input
 * @param scale what one unit of a coordinate is
 * @param shared which images have the same coordinates
 * @param ascent how coordinates come about
 * @param batchStatistics whether the ascent normalizes by its own batch, instead of by running statistics
 * @param share part of the images that the ascent looks at
 * @param combine what is learned from
 * @param probability of perturbing
 * @param warmUp part of the training that is clean
 * @param floor smallest factor on a standard deviation
 * @param measure part of the perturbed steps in which the loss after the ascent is computed for the log
 */
record PerturbationOptions(List<Layer> sites, Form form, Scale scale, Shared shared, Ascent ascent,
	boolean batchStatistics, double share, Combine combine, double probability, double warmUp, double floor,
	double measure)
{

	/** Of a perturbation at the input; further inside there are only statistics. */
	enum Form {
		/** {@link io.github.isophene.network.CameraPerturbation}. */
		CAMERA,
		/** {@link io.github.isophene.network.StatisticsPerturbation}. */
		STATISTICS
	}

	/** The unit. */
	enum Scale {
		/** Camera: fixed numbers, see {@link CameraScale}. */
		CONSTANTS,
		/** Camera: how much the controls of the training plates differ between plates. */
		CONTROLS,
		/** Statistics: how much plates differ within a step; images, if it has fewer than 3 plates. */
		PLATES,
		/** Statistics: how much batches of the screen differ within a step; images, if it has fewer than 3 of them. */
		BATCHES,
		/** Statistics: how much images differ within the batch, as in DSU. */
		IMAGES
	}

	/** Sharing of coordinates. */
	enum Shared {
		/** Nobody. */
		IMAGE,
		/** Images of one plate. */
		PLATE,
		/** All images of the batch. */
		BATCH
	}

	/** Combination of clean and perturbed images in a step. */
	enum Combine {
		/** Every image clean and perturbed, half each; all steps, or some by probability. */
		BOTH,
		/** Each group of images that share coordinates is perturbed or clean, by probability. */
		MIX,
		/** All images are perturbed in some steps, by probability, and clean in the others. */
		REPLACE
	}

	private enum AscentStatistics {
		RUNNING, BATCH
	}

	static String label(final Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static List<String> labels(final Enum<?>... constants) {
		return Arrays.stream(constants).map(PerturbationOptions::label).toList();
	}

	/** The settings besides those of the ascent, with these defaults; {@code null} = can't be chosen. */
	static List<Setting> choices(final String site, final Scale scale, final Shared shared,
		final boolean batchStatistics, final Combine combine, final double probability, final double share)
	{
		final List<Setting> all = new ArrayList<>();
		all.add(Setting.text("site", site,
			"where: input, stem, stage1, stage2, stage3, or several separated by commas (our choice)"));
		all.add(Setting.choice("form", labels(Form.values()),
			"at the input: camera (gain, offset, blur, vignetting, bleed-through), or " +
				"statistics (mean and standard deviation); elsewhere always statistics (our choice)"));
		all.add(Setting.choice("unit", label(scale), labels(Scale.values()),
			"unit of the radius. camera: constants, or controls (spread of the training plates' controls); " +
				"statistics: plates or batches (spread of the means of the plates, or batches of the screen, in a " +
				"step), or images (as DSU) (our choice)"));
		all.addAll(CameraScale.CHOICES);
		all.add(Setting.number("floor", 0.1, 0, 1,
			"statistics: smallest factor on a standard deviation, and 1 / the largest; 0 = no " +
				"bounds (our choice)"));
		all.add(Setting.choice("shared", label(shared), labels(Shared.values()),
			"what has the same perturbation: image, plate or batch (our choice)"));
		all.add(Setting.choice("ascent-statistics", batchStatistics ? "batch" : "running",
			labels(AscentStatistics.values()), "what the ascent normalizes by: running or batch (our choice)"));
		all.add(Setting.number("ascent-share", share, 1e-3, 1,
			"part of the images that the ascent looks at, above 0 to 1: less is " +
				"faster, plates without such an image get what others have; always 1 if shared=image (our choice)"));
		if (combine != null)
			all.add(Setting.choice("combine", label(combine), labels(Combine.values()),
				"what a step learns from: both (every image clean and perturbed), mix (some images perturbed, some " +
					"clean), replace (all perturbed, or all clean) (our choice)"));
		all.add(Setting.number("probability", probability, 0, 1,
			"of perturbing: a step, or with combine=mix an image or plate (our choice)"));
		all.add(Setting.number("warm-up", 0.1, 0, 1, "part of the training, at its start, that is clean (our choice)"));
		all.add(Setting.number("measure", 0.05, 0, 1,
			"part of the perturbed steps in which the loss after the ascent is measured for the log"));
		return all;
	}

	static PerturbationOptions of(final Settings s, final Combine fixed) {
		final Combine combine = fixed != null ? fixed
			: s.choice("combine", Combine.values(), PerturbationOptions::label);
		final Shared shared = s.choice("shared", Shared.values(), PerturbationOptions::label);
		final double given = s.number("ascent-share");
		final double share = shared == Shared.IMAGE && s.isDefault("ascent-share") ? 1 : given;
		if (share < 1 && shared == Shared.IMAGE)
			throw s.wrong("ascent-share", "1 if shared=image, where every image has an ascent of its own");
		final List<Layer> sites = Layer.list(s, "site");
		final Form form = s.choice("form", Form.values(), PerturbationOptions::label);
		final Scale scale = s.choice("unit", Scale.values(), PerturbationOptions::label);
		final boolean camera = sites.contains(Layer.INPUT) && form == Form.CAMERA;
		final boolean ofCamera = scale == Scale.CONSTANTS || scale == Scale.CONTROLS;
		if (camera && sites.size() == 1 && !ofCamera)
			throw s.wrong("unit", "constants or controls for the camera's form");
		if (!camera && ofCamera) throw s.wrong("unit", "plates, batches or images for feature statistics");
		return new PerturbationOptions(sites, form, scale, shared, Ascent.of(s),
			s.choice("ascent-statistics", AscentStatistics.values(),
			PerturbationOptions::label) == AscentStatistics.BATCH,
			share, combine, s.number("probability"), s.number("warm-up"), s.number("floor"), s.number("measure"));
	}

	/** Returns whether the perturbation needs {@link CameraScale}. */
	boolean camera() {
		return sites.contains(Layer.INPUT) && form == Form.CAMERA;
	}
}
