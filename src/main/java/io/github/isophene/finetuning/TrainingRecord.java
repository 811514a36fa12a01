// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.isophene.engine.Engines;
import io.github.isophene.files.Sha256;
import io.github.isophene.network.ModelCard;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.training.EpochRecord;
import io.github.isophene.training.Objective;
import io.github.isophene.training.TrainingOptions;
import io.github.isophene.training.TrainingResult;
import io.github.isophene.training.data.ScreenSamples;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.optimizer.OptimizerOptions;

/** Record of its training on a model's card: everything that is needed to do it again, and how it went. */
record TrainingRecord(FineTuneOptions options, Objective objective, String start, ScreenSamples samples, Split split) {

	/** The record of a training that is over. */
	Map<String, String> of(final TrainingResult result) {
		final Map<String, String> record = new TreeMap<>();
		final TrainingOptions t = options.training();
		final OptimizerOptions o = t.optimizer();
		record.put("objective", objective.name());
		objective.settings().forEach((key, value) -> record.put("objective." + key, value));
		if (objective.replacesAdaptation()) record.put(ModelCard.ADAPTATION, ModelCard.REPLACED);
		record.put("start", start);
		record.put("train", t.part().label());
		record.put("seed", Long.toString(t.seed()));
		record.put("device", Engines.device(t.device()).isGpu() ? "gpu" : "cpu");
		record.put("precision", t.precision().label());
		record.put("optimizer", o.kind().label());
		record.put("optimizer.rate", Double.toString(o.learningRate().start()));
		record.put("optimizer.schedule", o.learningRate().schedule().label());
		record.put("optimizer.decay", Double.toString(o.weightDecay()));
		record.put("epochs.limit", Integer.toString(t.epochs()));
		record.put("epochs.patience", Integer.toString(t.patience()));
		record.put("epochs.run", Integer.toString(result.log().size()));
		record.put("epochs.best", Integer.toString(result.bestEpoch()));
		record.put("ending", result.ending().name().toLowerCase(Locale.ROOT));
		record.put("classweights", t.balanced() ? "balanced" : "none");
		record.put("episode.queries", Integer.toString(result.sizes().queries()));
		record.put("episode.controls", Integer.toString(result.sizes().controls()));
		record.put("episode.accumulate", Integer.toString(result.sizes().accumulate()));
		record.put("data.sha256", digest(samples));
		record.put("data.controls", options.data().controls().toString());
		record.put("data.illumination", options.data().illumination());
		record.put("data.batch", options.data().batch());
		record.put("data.augment", options.data().augment().of(t.part()).label());
		part(record, "training", split.training());
		part(record, "validation", split.validation());
		part(record, "heldout", split.heldOut());
		if (result.bestEpoch() > 0) scores(record, result.log().get(result.bestEpoch() - 1));
		return record;
	}

	private void part(final Map<String, String> record, final String name, final int[] part) {
		record.put(name + ".images", Integer.toString(part.length));
		record.put(name + ".plates",
			Arrays.stream(part).mapToObj(samples::plate).distinct().sorted().collect(Collectors.joining(",")));
	}

	/** Of the best epoch. */
	private static void scores(final Map<String, String> record, final EpochRecord best) {
		record.put("training.accuracy", share(best.trainingAccuracy()));
		record.put("validation.accuracy", share(best.validationAccuracy()));
		record.put("validation.loss", String.format(Locale.ROOT, "%.6g", best.validationLoss()));
		if (!Double.isNaN(best.heldOutAccuracy())) record.put("heldout.accuracy", share(best.heldOutAccuracy()));
	}

	private static String share(final double accuracy) {
		return String.format(Locale.ROOT, "%.4f", accuracy);
	}

	/** SHA-256 of what and where the samples are: plate, well, site, label and names of files, without folders. */
	static String digest(final ScreenSamples samples) {
		final MessageDigest digest = Sha256.digest();
		for (int i = 0; i < samples.samples().size(); i++) {
			final Field field = samples.fields().get(i);
			final StringBuilder text = new StringBuilder().append(samples.samples().get(i))
				.append('\n')
				.append(field.well())
				.append('\n')
				.append(field.site());
			for (final Plane plane : field.planes()) {
				text.append('\n')
					.append(plane == null ? "" : plane.path().replaceFirst("^.*[/\\\\]", "") + plane.position());
			}
			digest.update(text.append('\0').toString().getBytes(StandardCharsets.UTF_8));
		}
		samples.classes().forEach(name -> digest.update((name + "\0").getBytes(StandardCharsets.UTF_8)));
		return Sha256.hex(digest);
	}
}
