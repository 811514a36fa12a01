// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.isophene.commands.dialog.Header;
import io.github.isophene.commands.dialog.IsopheneCommand;
import io.github.isophene.commands.dialog.Suggestions;
import io.github.isophene.setup.ClusterJob;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Writes the script that runs an operation on a Spark cluster. */
@Plugin(type = Command.class, name = "cluster-job", headless = true,
	menu = {@Menu(label = "Plugins"), @Menu(label = "Isophene"), @Menu(label = "Setup", weight = 70),
		@Menu(label = "Write Cluster Job...", weight = 70)})
public class WriteClusterJob extends IsopheneCommand {

	/** Semicolon before the next key: other ones separate the chains of a value. */
	private static final Pattern NEXT_KEY = Pattern.compile(";(?=\\s*[A-Za-z][A-Za-z0-9]*\\s*=|\\s*$)");

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.TEXT_STYLE, required = false, persist = false)
	private final String header = Header.of("Write Cluster Job",
		"Writes a script for <i>spark-submit</i>: the same operation, with the same keys, on many machines. All " +
			"paths as those machines see them.",
		"", "guide/cluster");

	@Parameter(label = "Job", choices = {"embed", "predict", "correct", "assess"}, required = false, persist = false,
		description = "Embed Screen, Adapt and Predict, Correct Profiles or Assess Batch Effects.")
	private String job = "embed";

	@Parameter(label = "Keys", required = false, persist = false,
		description = "<html>What the operation is told, <i>key=value</i> separated by ; for example<br>" +
			"screen=/data/screen.csv; model=/data/moa.zip; profiles=/data/profiles<br>" +
			"A value may hold ; itself: methods=none; center,tvn</html>")
	private String keys = "";

	@Parameter(label = "Master", required = false, persist = false,
		description = "Spark's address: spark://host:7077, yarn, k8s://..., local[n].")
	private String master = "spark://localhost:7077";

	@Parameter(label = "Processes", min = "1", max = "100000", required = false, persist = false,
		description = "How many run at once (executors).")
	private Integer executors = 4;

	@Parameter(label = "Processors of each", min = "1", max = "10000", required = false, persist = false,
		description = "Cores of a process.")
	private Integer cores = 4;

	@Parameter(label = "Processors per plate", min = "1", max = "10000", required = false, persist = false,
		description = "One plate is one task.")
	private Integer cpus = 2;

	@Parameter(label = "Memory of each (GB)", min = "1", max = "1000000", required = false, persist = false,
		description = "Java's heap of a process; the engine takes more beside it.")
	private Integer memory = 4;

	@Parameter(label = "GPUs of each", min = "0", max = "1000", required = false, persist = false,
		description = "One per plate; 0: none.")
	private Integer gpus = 0;

	@Parameter(label = "Jar", required = false, persist = false,
		description = "isophene-spark.jar, as the machines of the cluster see it.")
	private String jar = "isophene-spark.jar";

	@Parameter(label = "Script to write", style = "save", required = false, persist = false,
		description = "A .sh file.")
	private File script;

	@Parameter(visibility = ItemVisibility.MESSAGE, style = Suggestions.FOOTER_STYLE, required = false, persist = false)
	private final String footer = "";

	@Parameter(type = ItemIO.OUTPUT, label = "Summary")
	private String summary;

	@Override
	protected void check() {
		required(keys, "keys", "what the operation is told, such as screen=...; profiles=...");
		required(script, "script", "the file to write (.sh)");
	}

	@Override
	protected void execute() throws IOException {
		final Path file = required(script, "script", "the file to write (.sh)");
		final Map<String, String> told = new LinkedHashMap<>();
		for (final String word : NEXT_KEY.split(text(keys))) {
			if (word.isBlank()) continue;
			final int at = word.indexOf('=');
			if (at < 1) throw new IllegalArgumentException("keys has '" + word.strip() + "', which is no key=value");
			told.put(word.substring(0, at).strip(), word.substring(at + 1).strip());
		}
		new ClusterJob(text(job), told, new ClusterJob.Cluster(text(master), executors, cores, cpus, memory, gpus),
			text(jar)).write(file);
		summary = "Written: " + file.toAbsolutePath() +
			". With --dry-run it tells what there is to do and what it takes";
		log.info(summary);
	}
}
