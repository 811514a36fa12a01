// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.isophene.training.Setting;
import io.github.isophene.training.Settings;

/**
 * Options for training with perturbed images. All values are our choices: the publication
 * of ABRA (arXiv:2603.05622) names the idea but no constants.
 *
 * @param sites where, in the network's order
 * @param form what a perturbation is at the input
 * @param scale what one unit of a coordinate is
 * @param shared which images have the same coordinates
 * @param ascent how coordinates come about
 * @param batchStatistics whether the ascent normalises by its own batch, instead of by running statistics
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
		/** Statistics: how much plates differ within the batch; images, if it has fewer than 3 plates. */
		PLATES,
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

	/** The settings besides those of the ascent, with these defaults; {@code null} = can't be chosen. */
	static List<Setting> choices(final String site, final Scale scale, final Shared shared,
		final boolean batchStatistics, final Combine combine, final String probability, final String share)
	{
		final List<Setting> all = new ArrayList<>();
		all.add(new Setting("site", site,
			"where: input, stem, stage1, stage2, stage3, or several separated by commas (our choice)"));
		all.add(
			new Setting("form", "camera", "at the input: camera (gain, offset, blur, vignetting, bleed-through), or " +
				"statistics (mean and standard deviation); elsewhere always statistics (our choice)"));
		all.add(new Setting("unit", label(scale), "unit of the radius. camera: constants, or controls (spread of the " +
			"training plates' controls); statistics: plates (spread of the plates in the batch), or images (as DSU) " +
			"(our choice)"));
		all.addAll(CameraScale.CHOICES);
		all.add(new Setting("floor", "0.1",
			"statistics: smallest factor on a standard deviation, and 1 / the largest; 0 = no " +
				"bounds (our choice)"));
		all.add(
			new Setting("shared", label(shared), "what has the same perturbation: image, plate or batch (our choice)"));
		all.add(new Setting("ascent-statistics", batchStatistics ? "batch" : "running",
			"what the ascent normalises by: running or batch (our choice)"));
		all.add(
			new Setting("ascent-share", share, "part of the images that the ascent looks at, above 0 to 1: less is " +
				"faster, plates without such an image get what others have; always 1 if shared=image (our choice)"));
		if (combine != null)
			all.add(new Setting("combine", label(combine), "what a step learns from: both (every image clean " +
				"and perturbed), mix (some images perturbed, some clean), replace (all perturbed, or all clean) (our " +
				"choice)"));
		all.add(new Setting("probability", probability,
			"of perturbing: a step, or with combine=mix an image or plate (our choice)"));
		all.add(new Setting("warm-up", "0.1", "part of the training, at its start, that is clean (our choice)"));
		all.add(new Setting("measure", "0.05",
			"part of the perturbed steps in which the loss after the ascent is measured for the log"));
		return all;
	}

	static PerturbationOptions of(final Settings s, final Combine fixed) {
		CameraScale.check(s);
		final Combine combine = fixed != null ? fixed
			: s.choice("combine", Combine.values(), PerturbationOptions::label);
		final Shared shared = s.choice("shared", Shared.values(), PerturbationOptions::label);
		final double given = s.number("ascent-share", 1e-3, 1);
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
		if (!camera && ofCamera) throw s.wrong("unit", "plates or images for feature statistics");
		return new PerturbationOptions(sites, form, scale, shared, Ascent.of(s),
			s.choice("ascent-statistics", AscentStatistics.values(), PerturbationOptions::label) == AscentStatistics.BATCH,
			share, combine, s.number("probability", 0, 1), s.number("warm-up", 0, 1), s.number("floor", 0, 1),
			s.number("measure", 0, 1));
	}

	/** Returns whether the perturbation needs {@link CameraScale}. */
	boolean camera() {
		return sites.contains(Layer.INPUT) && form == Form.CAMERA;
	}
}
