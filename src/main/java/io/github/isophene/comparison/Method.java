// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.isophene.correction.CorrectionChain;
import io.github.isophene.correction.Corrections;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.plugins.Plugins;
import org.scijava.plugin.SciJavaPlugin;

/**
 * Method that is compared. A plug-in type: a method with a name of its own is one class with
 * {@code @Plugin(type = Method.class, priority = ...)}, found through SciJava's index; the priority is its place in
 * tables. Most are a {@link StatisticsMethod} (an objective that trains the weights, and the statistics by which they
 * are normalized on a plate) or a {@link ProfileMethod} (profiles, a correction, and a linear probe).
 * <p>
 * Besides, any objective and any correction can be compared by what they are made of: {@code dsu:training},
 * {@code abra-input:controls}, {@code encoder+sphering:zca:1}, {@code pixels+standardize:plate}. Two methods are equal
 * if their labels are; {@code erm:controls} gives {@code erm-controls}.
 * </p>
 */
public abstract class Method implements SciJavaPlugin, Comparable<Method> {

	/** Value of the key {@code methods} for all with a name of their own. */
	public static final String ALL = "all";

	private static final Comparator<Method> ORDER = Comparator.comparing(Method::frozen)
		.thenComparing(Method::place)
		.thenComparing(Method::label);

	private final String label;
	private final String title;
	private final String source;

	/**
	 * Creates a method.
	 *
	 * @param label as it stands in tables and in the key {@code methods}: {@code erm-controls}...
	 * @param title for people: {@code ERM + control statistics}...
	 * @param source the publication, and what of it is ours
	 */
	protected Method(final String label, final String title, final String source) {
		this.label = label;
		this.title = title;
		this.source = source;
	}

	/** Returns the name in tables and in the key {@code methods}. */
	public final String label() {
		return label;
	}

	/** Returns the name for people. */
	public final String title() {
		return title;
	}

	/** Returns the publication, and what of it is ours. */
	public final String source() {
		return source;
	}

	/** Returns the weights that it needs; empty if it trains no network. */
	public abstract Optional<TrainedWeights> weights();

	/** Returns from which images of a test plate the statistics come. */
	public abstract StatisticsOrigin statistics();

	/**
	 * Returns the predictor of one seed.
	 *
	 * @throws IOException if an image can't be read
	 */
	public abstract TrialPredictor predictor(MethodContext context) throws IOException;

	/** Returns what it is made of, in the form of a label; two methods of the same are the same. */
	public String composition() {
		return label;
	}

	/** Returns whether it is compared where the user names no methods. */
	public boolean isDefault() {
		return true;
	}

	/** Returns whether it uses negative controls of a plate that it predicts. */
	public boolean needsControls() {
		return statistics().needsControls();
	}

	/** Returns whether a prediction depends on which other queries are predicted along with it. */
	public boolean dependsOnQueries() {
		return statistics().dependsOnQueries();
	}

	/** Returns whether it trains no network on the screen. */
	public final boolean frozen() {
		return weights().isEmpty();
	}

	/** Returns the forward passes that a prediction costs; a pass forward and back counts three. */
	public int passes() {
		return 1;
	}

	/** Returns whether it needs the frozen encoder of the options. */
	public boolean needsEncoder() {
		return false;
	}

	/** Returns the label in the form of a part of a file's name. */
	final String fileName() {
		return label.replace(':', '-');
	}

	/** Returns the method of an objective with statistics, which may be one with a name of its own. */
	public static Method of(final String objective, final StatisticsOrigin statistics) {
		return named(new StatisticsMethod(objective + ":" + statistics.label(), objective + ", " + statistics.label(),
			"", TrainedWeights.of(objective), statistics));
	}

	private static Method ofProfiles(final ProfileMethod base, final String correction) {
		final Method method = named(base.corrected(correction));
		final CorrectionChain chain = Corrections.installed().parse(correction);
		if (!chain.learnsFromControls())
			throw new IllegalArgumentException("methods = " + method.label +
				": a correction that is compared must learn from the controls of each plate alone, which " + chain +
				" doesn't");
		return method;
	}

	private static Method named(final Method wanted) {
		return all().stream().filter(m -> m.composition().equals(wanted.composition())).findFirst().orElse(wanted);
	}

	/**
	 * Returns the method of a label: one with a name of its own, {@code objective:statistics}, or profiles with any
	 * number of corrections, {@code encoder+correction}.
	 *
	 * @throws IllegalArgumentException naming what there is, if there is none such
	 */
	public static Method of(final String label) {
		final String wanted = label.strip().toLowerCase(Locale.ROOT);
		for (final Method method : all()) if (method.label.equals(wanted)) return method;
		// Names of columns in the settings of a correction keep their capitals.
		for (final Method method : all()) {
			if (method instanceof final ProfileMethod base && base.correction().isEmpty() &&
				wanted.startsWith(base.label() + "+"))
				return ofProfiles(base, label.strip().substring(base.label().length() + 1).replace('+', ','));
		}
		final int colon = wanted.indexOf(':');
		if (colon > 0)
			return of(wanted.substring(0, colon).strip(), StatisticsOrigin.of(wanted.substring(colon + 1)));
		final List<String> near = all().stream().map(Method::label).filter(l -> l.startsWith(wanted + "-")).toList();
		if (!near.isEmpty() && !wanted.isEmpty())
			throw new IllegalArgumentException("methods = " + label + ": say with which statistics new plates are " +
				"predicted: " + String.join(", ", near));
		throw new IllegalArgumentException("methods = " + label + ": use any of " +
			all().stream().map(Method::label).collect(Collectors.joining(", ")) +
			", an objective with statistics (dsu:training), or profiles with corrections (encoder+sphering:zca:1)");
	}

	/**
	 * Returns the methods of a list of labels.
	 *
	 * @param labels as {@link #of(String)} takes them, or {@value #ALL} alone: all with a name of their own
	 * @param encoder whether there is a frozen encoder; without one, {@value #ALL} leaves those out that need it
	 */
	public static List<Method> list(final List<String> labels, final boolean encoder) {
		if (labels.size() == 1 && labels.get(0).strip().equalsIgnoreCase(ALL))
			return all().stream().filter(m -> encoder || !m.needsEncoder()).toList();
		return labels.stream().map(Method::of).toList();
	}

	/** Returns those with a name of their own that are compared by default and train a network on the screen. */
	public static List<Method> trained() {
		return all().stream().filter(m -> !m.frozen() && m.isDefault()).toList();
	}

	/** Returns all those with a name of their own, in the order of the table. */
	public static List<Method> all() {
		return Installed.METHODS;
	}

	private int place() {
		final int place = all().indexOf(this);
		return place < 0 ? all().size() : place;
	}

	/** Compares by the order in tables: those with a name of their own, then others by label; trained ones first. */
	@Override
	public final int compareTo(final Method other) {
		return ORDER.compare(this, other);
	}

	@Override
	public final boolean equals(final Object other) {
		return other instanceof final Method method && method.label.equals(label);
	}

	@Override
	public final int hashCode() {
		return label.hashCode();
	}

	@Override
	public final String toString() {
		return label;
	}

	/** The plug-ins, trained ones first, each group by priority. */
	private static final class Installed {

		static final List<Method> METHODS = Plugins.of(Method.class)
			.stream()
			.sorted(Comparator.comparing(Method::frozen))
			.toList();
	}
}
