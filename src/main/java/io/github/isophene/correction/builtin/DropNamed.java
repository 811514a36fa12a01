// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import io.github.isophene.correction.Correction;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.FeatureSelection;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.settings.Setting;
import io.github.isophene.settings.Settings;
import org.scijava.plugin.Plugin;

/** Leaves out features by their names, such as the statistics of pixels that stand beside an embedding. */
@Plugin(type = Correction.class)
public final class DropNamed extends FeatureSelection {

	@Override
	public String name() {
		return "drop_named";
	}

	@Override
	public String description() {
		return "leaves out features by their names: stat_* those of pixel statistics";
	}

	@Override
	public List<Setting> settings() {
		return List.of(Setting.text("names", "stat_*",
			"names of features, * for any characters; several with +, as stat_*_sharpness+stat_*_mean"));
	}

	/** @throws IllegalArgumentException if no feature has such a name */
	@Override
	public boolean[] keep(final ProfileTable table, final Settings settings, final CorrectionContext context) {
		final List<Pattern> patterns = Arrays.stream(settings.text("names").split("\\+"))
			.map(String::strip)
			.filter(name -> !name.isEmpty())
			.map(DropNamed::pattern)
			.toList();
		final boolean[] keep = new boolean[table.featureCount()];
		int dropped = 0;
		for (int i = 0; i < keep.length; i++) {
			final String name = table.featureColumns().get(i);
			keep[i] = patterns.stream().noneMatch(pattern -> pattern.matcher(name).matches());
			if (!keep[i]) dropped++;
		}
		if (dropped == 0)
			throw new IllegalArgumentException(settings + ": no feature has such a name; the table has " +
				String.join(", ", table.featureColumns().subList(0, Math.min(5, keep.length))) + ", ...");
		return keep;
	}

	private static Pattern pattern(final String glob) {
		return Pattern.compile(Arrays.stream(glob.split("\\*", -1))
			.map(Pattern::quote)
			.reduce((a, b) -> a + ".*" + b)
			.orElse(""));
	}
}
