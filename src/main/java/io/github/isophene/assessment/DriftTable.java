// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.List;
import java.util.TreeSet;

import io.github.isophene.screen.NaturalOrder;

/** The table of the report on controls: a row per batch, a column per method. */
final class DriftTable {

	private DriftTable() {}

	static String render(final List<AssessedMethod> methods) {
		final TreeSet<String> batches = new TreeSet<>(NaturalOrder.COMPARATOR);
		double largest = 0;
		for (final AssessedMethod method : methods) {
			for (final ControlDrift drift : method.drift()) {
				batches.add(drift.batch());
				largest = Math.max(largest, drift.value());
			}
		}
		if (batches.isEmpty())
			return "<p class=\"na\">Not defined: " + Html.escape(methods.get(0).driftUndefined()) + ".</p>\n";
		final MethodNames names = new MethodNames(methods);
		final StringBuilder html = new StringBuilder(
			"<div class=\"wide\"><table class=\"cards\"><thead><tr><th>Batch</th><th>Controls</th>");
		for (final AssessedMethod method : methods) html.append("<th>").append(names.of(method)).append("</th>");
		html.append("</tr></thead><tbody>\n");
		for (final String batch : batches) row(html, batch, methods, names, largest);
		return html.append("</tbody></table></div>\n").toString();
	}

	private static void row(final StringBuilder html, final String batch, final List<AssessedMethod> methods,
		final MethodNames names, final double largest)
	{
		final int controls = methods.stream()
			.map(m -> of(m, batch))
			.filter(d -> d != null)
			.mapToInt(ControlDrift::controls)
			.max()
			.orElse(0);
		html.append("<tr><th>")
			.append(Html.escape(batch))
			.append("</th><td data-name=\"Controls\">")
			.append(controls)
			.append("</td>");
		for (final AssessedMethod method : methods) {
			final ControlDrift drift = of(method, batch);
			html.append("<td class=\"num\" data-name=\"")
				.append(names.of(method).replace("<wbr>", ""))
				.append("\"><span>");
			if (drift == null)
				html.append("<span class=\"na\">").append(Html.escape(method.driftUndefined())).append("</span>");
			else
				html.append(Html.number(drift.value()))
					.append("<span class=\"bar\"><i style=\"width:")
					.append(Html.plain(100 * drift.value() / largest))
					.append("%\"></i><u style=\"left:")
					.append(Html.plain(Math.min(100, 100 * drift.chance() / largest)))
					.append("%\"></u></span>");
			html.append("</span></td>");
		}
		html.append("</tr>\n");
	}

	private static ControlDrift of(final AssessedMethod method, final String batch) {
		return method.drift().stream().filter(d -> d.batch().equals(batch)).findFirst().orElse(null);
	}
}
