// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.adaptation.statistics;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.isophene.messages.Count;
import io.github.isophene.network.Model;
import io.github.isophene.network.StatisticsCalibration;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.Selection;

/** Chooses the origin of the statistics by which plates are normalized, where the user leaves it open. */
public final class StatisticsChoice {

	private StatisticsChoice() {}

	/**
	 * Returns the origin for a key {@code statistics}. Where it is left open, that is {@code calibrated} if all models
	 * have a calibration and are not adapted to a plate already, and the screen has controls; otherwise another.
	 *
	 * @param label value of the key; empty or {@value StatisticsOrigin#AUTO}: left open
	 * @param controls negative controls; may be none
	 * @param otherwise the origin where it can't be {@code calibrated}; {@code null}: what the models were trained for
	 * @param notes receives a sentence where a calibration isn't used for lack of controls
	 * @throws IllegalArgumentException if there is no such origin, a model lacks what it needs, or the models were
	 *           trained for different ones
	 */
	public static StatisticsOrigin of(final String label, final List<Model> models, final Screen screen,
		final Selection controls, final StatisticsOrigin otherwise, final Collection<String> notes)
	{
		if (!StatisticsOrigin.isAutomatic(label)) {
			final StatisticsOrigin origin = StatisticsOrigin.of(label);
			for (final Model model : models) require(model, origin);
			return origin;
		}
		final boolean calibrated = models.stream()
			.allMatch(m -> m.calibration().isPresent() && !m.card().training().containsKey(PlateStatistics.PLATE) &&
				warning(m, StatisticsOrigin.CALIBRATED).isEmpty());
		if (calibrated && hasControls(screen, controls)) return StatisticsOrigin.CALIBRATED;
		final boolean adapts = models.stream().allMatch(m -> m.card().network().adapts());
		final StatisticsOrigin other = !adapts ? StatisticsOrigin.TRAINING
			: otherwise == null ? trainedFor(models) : otherwise;
		if (calibrated && !other.needsControls())
			notes.add((controls.isNone() ? "No negative controls are named"
				: "The screen has no negative controls (" + controls + ")") +
				": plates are normalized by statistics = " + other.label() + " (" + other.explanation() +
				"), though the model could be adapted to them");
		return other;
	}

	private static boolean hasControls(final Screen screen, final Selection controls) {
		return screen.fields().stream().anyMatch(controls::test);
	}

	/**
	 * Returns what models were trained for.
	 *
	 * @throws IllegalArgumentException if they were trained for different origins
	 */
	private static StatisticsOrigin trainedFor(final List<Model> models) {
		final Set<StatisticsOrigin> origins = new LinkedHashSet<>();
		for (final Model model : models) origins.add(model.card().statistics());
		if (origins.size() > 1)
			throw new IllegalArgumentException("The models were trained for different statistics (" +
				String.join(", ", origins.stream().map(StatisticsOrigin::label).toList()) + "): choose statistics");
		return origins.iterator().next();
	}

	/**
	 * Checks that a model has what an origin needs.
	 *
	 * @throws IllegalArgumentException with the reason and the remedy, if not
	 */
	public static void require(final Model model, final StatisticsOrigin origin) {
		if (origin != StatisticsOrigin.TRAINING && !model.card().network().adapts())
			throw new IllegalArgumentException("The model '" + model.card().name() + "' has " +
				model.card().architecture().norms().label() +
				" normalization: each image is normalized by itself, so there are no statistics to adapt. Use " +
				"statistics = " + StatisticsOrigin.TRAINING.label());
		if (!origin.needsCalibration()) return;
		final String name = "The model '" + model.card().name() + "'";
		if (model.calibration().isEmpty())
			throw new IllegalArgumentException(name + " has no calibration, which statistics = " + origin.label() +
				" needs: add it with Calibrate Model, from one screen of usual mixture, or choose statistics = " +
				StatisticsOrigin.JOINT.label() + " or " + StatisticsOrigin.TRAINING.label());
		if (origin != StatisticsOrigin.MIX || model.calibration().get().hasClasses()) return;
		final int classes = model.card().classes().size();
		throw new IllegalArgumentException(
			name + " has no calibration of its classes, which statistics = " + origin.label() + " needs: " +
				(classes == 0 ? "it has no classes"
					: classes > StatisticsCalibration.MAX_CLASSES
						? "it has " + Count.of(classes, "class") + ", and beyond " + StatisticsCalibration.MAX_CLASSES +
							" there are too few images of each to know their statistics"
					: "calibrate it with the label column, from plates that show every class") +
				". Use statistics = " + StatisticsOrigin.CALIBRATED.label());
	}

	/**
	 * Returns a warning where a model that was trained to need no adaptation is adapted: with statistics of the plate
	 * others do better. That was measured for models of {@code abra-input}; see the page methods/abra of the
	 * documentation.
	 *
	 * @return a sentence for the user; empty if there is nothing to say
	 */
	public static Optional<String> warning(final Model model, final StatisticsOrigin origin) {
		if (!model.card().replacesAdaptation() || origin == StatisticsOrigin.TRAINING) return Optional.empty();
		return Optional.of("The model '" + model.card().name() + "' was trained by " +
			model.card().training().getOrDefault("objective", "an objective") +
			" for the statistics that it stores. With statistics = " + origin.label() +
			" such models predicted worse than those of erm" +
			" or cs-arm-bn did: where plates have controls, rather train by cs-arm-bn or abra+cs-arm-bn");
	}
}
