// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.finetuning;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

import io.github.isophene.training.DataOptions;
import io.github.isophene.training.Objective;
import io.github.isophene.training.TrainingOptions;

/**
 * A training from a screen to a model file.
 *
 * @param model the model file to write (.zip)
 * @param log the log to write (.csv); a plot of the same name goes beside it (.png)
 * @param objective name of the {@link Objective}
 * @param settings of the objective, {@code name=value; name=value}; those that are left out have their defaults
 * @param start the model to begin with: a model file, or {@code default}, the built-in one; empty or {@code none}: from
 *          scratch
 * @param architecture {@code resnet18, resnet34, resnet50}, with {@code -aa} behind for the anti-aliased form,
 *          {@code -each} for each channel by itself, and {@code :width} for another width than 64; empty: resnet18,
 *          or the start model's, each channel by itself where that takes single channels
 * @param data what is taken from the screen
 * @param training how it is trained
 * @param resume whether an interrupted training is taken up
 */
public record FineTuneOptions(Path model, Path log, String objective, String settings, String start,
	String architecture, DataOptions data, TrainingOptions training, boolean resume)
{

	/** @throws IllegalArgumentException if the model file doesn't end in .zip or the log not in .csv */
	public FineTuneOptions {
		Objects.requireNonNull(data, "data");
		Objects.requireNonNull(training, "training");
		requireEnding("model", model, ".zip");
		requireEnding("logfile", log, ".csv");
		if (start.strip().equalsIgnoreCase("none")) start = "";
	}

	private static void requireEnding(final String key, final Path file, final String ending) {
		if (!file.toString().toLowerCase(Locale.ROOT).endsWith(ending))
			throw new IllegalArgumentException(key + " is '" + file + "': give a file that ends in " + ending);
	}

	/**
	 * Training in context with controls (cs-arm-bn) from scratch, by the published recipe, with
	 * the log beside the model.
	 */
	public static FineTuneOptions into(final Path model, final DataOptions data) {
		requireEnding("model", model, ".zip");
		final Path file = model.toAbsolutePath().normalize();
		return new FineTuneOptions(file, logOf(file), "cs-arm-bn", "", "", "", data, TrainingOptions.PUBLISHED, true);
	}

	/** The log beside a model file: {@code model.csv}. */
	public static Path logOf(final Path model) {
		return model.resolveSibling(model.getFileName().toString().replaceFirst("\\.[^.]+$", "") + ".csv");
	}

	/** The state of an interrupted training: {@code model.zip.checkpoint}. */
	public Path checkpoint() {
		return model.resolveSibling(model.getFileName() + ".checkpoint");
	}

	/** The plot of the log: {@code model.png}. */
	public Path plot() {
		return log.resolveSibling(log.getFileName().toString().replaceFirst("\\.[^.]+$", "") + ".png");
	}

	/** The same with another log. */
	public FineTuneOptions withLog(final Path file) {
		return new FineTuneOptions(model, file, objective, settings, start, architecture, data, training, resume);
	}

	/** The same by another objective, with its defaults. */
	public FineTuneOptions withObjective(final String name) {
		return withObjective(name, "");
	}

	/** The same by another objective with settings, {@code name=value; name=value}. */
	public FineTuneOptions withObjective(final String name, final String chosen) {
		return new FineTuneOptions(model, log, name, chosen.strip(), start, architecture, data, training, resume);
	}

	/** The same from a model, or, if that is empty, from scratch with this architecture. */
	public FineTuneOptions withStart(final String from, final String network) {
		return new FineTuneOptions(model, log, objective, settings, from.strip(), network.strip(), data, training,
			resume);
	}

	/** The same with another way of training. */
	public FineTuneOptions withTraining(final TrainingOptions options) {
		return new FineTuneOptions(model, log, objective, settings, start, architecture, data, options, resume);
	}

	/** The same, taking up an interrupted training or not. */
	public FineTuneOptions withResume(final boolean takeUp) {
		return new FineTuneOptions(model, log, objective, settings, start, architecture, data, training, takeUp);
	}
}
