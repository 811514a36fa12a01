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

	/** Chain for plates with too few control wells for a covariance. */
	public static final String FEW_CONTROLS = "standardize:shrink=table";

	private CorrectionWords() {}

	/** Returns one sentence on a chain, or on chains separated by semicolons; empty if a name is unknown. */
	public static String sentence(final String method, final PluginService plugins) {
		final String chain = method.strip();
		if (chain.equals(CorrectionOptions.RECOMMENDED))
			return "best in our measurements: quiet features out, each plate to its controls, noise of the controls " +
				"whitened";
		if (chain.equals(FEW_CONTROLS))
			return "each plate to its controls, whose estimates are pulled towards the table's: for few control wells";
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
