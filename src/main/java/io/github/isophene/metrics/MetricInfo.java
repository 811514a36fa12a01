// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.metrics;

/**
 * Description of a metric for readers of the report.
 *
 * @param name its name in tables and files, lower-case: {@code map-activity}
 * @param title its name in a report
 * @param group which question it answers
 * @param direction which values are good
 * @param overall whether it enters the overall score; its values must lie in [0, 1] then
 * @param alone whether a score may rest on it alone; false for one that can be good or bad whatever its group
 * asks about
 * @param decisive whether a change for the worse by more than its spread speaks against a correction by itself; for
 * a batch metric that the features' scales alone don't change, or biology that a batch effect can't feign
 * @param sentence its sentence in the report's conclusions
 * @param explanation one line: what is counted
 * @param source the publication that defines it
 */
public record MetricInfo(String name, String title, MetricGroup group, Direction direction, boolean overall,
	boolean alone, boolean decisive, ReportSentence sentence, String explanation, String source)
{

	/** A metric that a score may rest on alone, that isn't decisive, and without a sentence in the conclusions. */
	public MetricInfo(final String name, final String title, final MetricGroup group, final Direction direction,
		final boolean overall, final String explanation, final String source)
	{
		this(name, title, group, direction, overall, true, false, ReportSentence.NONE, explanation, source);
	}

	/** The same, but whether a score may rest on it alone. */
	public MetricInfo withAlone(final boolean value) {
		return new MetricInfo(name, title, group, direction, overall, value, decisive, sentence, explanation, source);
	}

	/** The same, but whether a change for the worse speaks against a correction by itself. */
	public MetricInfo withDecisive(final boolean value) {
		return new MetricInfo(name, title, group, direction, overall, alone, value, sentence, explanation, source);
	}

	/** The same with another sentence in the report's conclusions. */
	public MetricInfo withSentence(final ReportSentence value) {
		return new MetricInfo(name, title, group, direction, overall, alone, decisive, value, explanation, source);
	}

	/** The same with one sentence in the report's conclusions, as {@link ReportSentence#of} takes it. */
	public MetricInfo withSentence(final String clause) {
		return withSentence(ReportSentence.of(clause));
	}
}
