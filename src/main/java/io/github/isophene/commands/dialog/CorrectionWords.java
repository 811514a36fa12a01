// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands.dialog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionOptions;
import io.github.isophene.correction.Corrections;
import org.scijava.plugin.PluginService;

/** Chains of corrections in words, for dialogs. */
public final class CorrectionWords {

	/** Chain for plates with too few control wells to learn anything of a plate from them. */
	public static final String FEW_CONTROLS = "drop_quiet,standardize:per=table";

	private CorrectionWords() {}

	/** Returns one sentence on a chain, or on chains separated by semicolons; empty if a name is unknown. */
	public static String sentence(final String method, final PluginService plugins) {
		final String chain = method.strip();
		if (chain.equals(CorrectionOptions.RECOMMENDED))
			return "to start with: features out that hardly vary among controls, then each plate to its controls, " +
				"whose estimates are pulled toward the table's where they are few";
		if (chain.equals(FEW_CONTROLS))
			return "all plates to all controls: features get a common scale, and nothing is learned of single plates";
		if (chain.equals("none")) return "the profiles as they are";
		if (chain.contains(";"))
			return chain.split(";").length + " ways, each judged on rows that it was not fitted on";
		final List<Correction> known = new Corrections(plugins.createInstancesOfType(Correction.class)).all();
		final List<String> steps = Stream.of(chain.split(",")).map(step -> step.strip().split(":")[0]).toList();
		final List<String> words = steps.stream()
			.flatMap(step -> known.stream().filter(c -> c.name().equals(step)).map(Correction::description).limit(1))
			.toList();
		if (words.size() < steps.size()) return "";
		return words.size() == 1 ? words.get(0)
			: words.stream().map(w -> w.split("[;:(]")[0].strip()).collect(Collectors.joining("; then "));
	}
}
