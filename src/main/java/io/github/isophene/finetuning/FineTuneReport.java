// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import io.github.isophene.messages.Count;
import io.github.isophene.network.Model;
import io.github.isophene.training.EpochRecord;
import io.github.isophene.training.TrainingResult;

/**
 * Result of a training from a screen to a model file.
 *
 * @param file the model file
 * @param model what is in it
 * @param result the training: log, ending, best epoch
 * @param log the log file (.csv)
 * @param checkpoint the checkpoint from which a canceled training goes on; empty if it is over
 */
public record FineTuneReport(Path file, Model model, TrainingResult result, Path log, Optional<Path> checkpoint) {

	/** One line for the user. */
	public String message() {
		final EpochRecord best = result.log().get(result.bestEpoch() - 1);
		final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
			"%s after %s; best epoch %d: validation loss %.4f, accuracy %.3f in training, %.3f in validation",
			ending(), Count.of(result.log().size(), "epoch"), best.epoch(),
			best.validationLoss(), best.trainingAccuracy(),
			best.validationAccuracy()));
		if (!Double.isNaN(best.heldOutAccuracy()))
			text.append(String.format(Locale.ROOT, ", %.3f on held-out batches", best.heldOutAccuracy()));
		text.append(": ").append(file);
		if (checkpoint.isPresent())
			text.append(" (the best so far; run it again to go on from ")
				.append(checkpoint.get().getFileName())
				.append(")");
		return text.toString();
	}

	private String ending() {
		return switch (result.ending()) {
			case EPOCHS -> "Trained: over";
			case PATIENCE -> "Trained: no progress any more, over";
			case CANCELED -> "Canceled";
			case COLLAPSED ->
				"Stopped, as all images got the same embedding (choose a lower rate or weaker perturbations),";
			case DIVERGED -> "Stopped, as the loss is no number any more (choose a lower rate),";
		};
	}
}
