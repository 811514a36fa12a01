// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The summary as Markdown tables, ready for a README. */
final class MarkdownReport {

	private final Summary summary;
	private final StringBuilder text = new StringBuilder();

	private MarkdownReport(final Summary summary) {
		this.summary = summary;
	}

	/** @param preamble lines above the tables: what was compared on what */
	static String of(final Summary summary, final List<String> preamble) {
		final MarkdownReport report = new MarkdownReport(summary);
		for (final String line : preamble) report.text.append(line).append("\n\n");
		report.main();
		report.wells();
		return report.text.toString();
	}

	/** In domain, held out, the worst plate, the ratio, and label shift. */
	private void main() {
		final List<Condition> shifts = new ArrayList<>(summary.conditions(Condition.Kind.LABEL_SHIFT));
		shifts.addAll(summary.conditions(Condition.Kind.SINGLE_CLASS));
		final List<
			String> head = new ArrayList<>(
				List.of("method", "known batches, new plates", "new batches", "worst new plate", "ratio"));
		for (final Condition c : shifts)
			head.add(c.kind() == Condition.Kind.LABEL_SHIFT ? "alpha " + c.label().substring(6) : "one class");
		line(head);
		rule(head.size());
		for (final Method method : summary.methods()) {
			final List<String> cells = new ArrayList<>(List.of(method.title(), cell(method, Condition.IN_DOMAIN),
				cell(method, Condition.HELD_OUT), worst(method), ratio(method)));
			for (final Condition c : shifts) cells.add(cell(method, c));
			line(cells);
		}
	}

	/** Accuracy by number of control wells. */
	private void wells() {
		final List<Condition> wells = summary.conditions(Condition.Kind.CONTROL_WELLS);
		if (wells.isEmpty()) return;
		text.append('\n');
		final List<String> head = new ArrayList<>(List.of("new batches, control wells"));
		for (final Condition c : wells) head.add(Integer.toString((int) c.value()));
		line(head);
		rule(head.size());
		for (final Method method : summary.methods()) {
			if (wells.stream().allMatch(c -> summary.row(method, c) == null)) continue;
			final List<String> cells = new ArrayList<>(List.of(method.title()));
			for (final Condition c : wells) cells.add(cell(method, c));
			line(cells);
		}
	}

	/** Returns the mean over the seeds of the least accurate plate of new batches. */
	private String worst(final Method method) {
		final SummaryRow out = summary.row(method, Condition.HELD_OUT);
		return out == null ? "" : ReportNumbers.brief(out.worst());
	}

	private String ratio(final Method method) {
		final SummaryRow in = summary.row(method, Condition.IN_DOMAIN);
		final SummaryRow out = summary.row(method, Condition.HELD_OUT);
		return in == null || out == null ? "" : ReportNumbers.brief(out.mean() / in.mean());
	}

	private String cell(final Method method, final Condition condition) {
		final SummaryRow row = summary.row(method, condition);
		if (row == null) return "";
		return ReportNumbers.brief(row.mean()) + (Double.isNaN(row.sd()) ? "" : " ± " + ReportNumbers.brief(row.sd()));
	}

	private void line(final List<String> cells) {
		text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	private void rule(final int columns) {
		final String[] cells = new String[columns];
		Arrays.setAll(cells, i -> i == 0 ? "---" : "--:");
		line(List.of(cells));
	}
}
