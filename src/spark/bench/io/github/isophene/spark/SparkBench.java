// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.isophene.cli.Main;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.progress.Progress;
import io.github.isophene.demo.DemoScreen;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/**
 * Cost and gain of distributing work, on one machine with two processors: the desktop's run against the same as a job,
 * and one worker of one thread against two, each held to a processor of its own; the first has the driver and the
 * master besides, in either case. Prints the seconds that each run tells, without the start of its processes,
 * and ratios
 * of runs that took turns.
 *
 * <pre>SparkBench &lt;folder&gt; [rounds] [plates] [fields per plate] [workers | overhead]</pre>
 * With {@code workers} at the end only one and two workers are compared, and, as what the machine itself can give, one
 * desktop on one processor with two at once. With {@code overhead} a job of one thread does these plates, of tiny
 * fields, and as many fields on four plates: the difference is what a plate costs besides its fields, by the clock and
 * in processor time.
 */
public final class SparkBench {

	private static final Pattern SECONDS = Pattern.compile("plates(?:: \\d+)?, ([0-9.]+) s: ");

	/** Side of tiny fields, pixels. */
	private static final int TINY = 64;

	private static final String ALONE = "a desktop of 1 thread, alone";
	private static final String BESIDE = "the slower of two at once";

	private SparkBench() {}

	public static void main(final String... args) throws Exception {
		final Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
		final int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 2;
		final int plates = args.length > 2 ? Integer.parseInt(args[2]) : 16;
		final int fields = args.length > 3 ? Integer.parseInt(args[3]) : 48;
		final boolean all = args.length < 5 || !args[4].equals("workers");
		final Path home = folder.resolve("home");
		ResultFolder.delete(home);
		SparkProcess.home(home);
		if (args.length > 4 && args[4].equals("overhead")) {
			overhead(folder, home, rounds, plates, fields);
			return;
		}
		final Path table = screen(folder, plates, fields, 224);
		final Map<String, List<Double>> seconds = new LinkedHashMap<>();
		for (int round = 0; round < rounds; round++) {
			final Path out = folder.resolve("out-" + round);
			ResultFolder.delete(out);
			Files.createDirectories(out);
			if (all) {
				add(seconds, "desktop, 2 threads", run(desktop(home, table, out.resolve("desktop.parquet"))));
				add(seconds, "job, 1 task of 2 threads",
					run(SparkProcess.start(home,
						Map.of("spark.master", "local[2]", "spark.task.cpus", "2", "spark.ui.enabled", "false",
							"spark.driver.host", "127.0.0.1"),
						SparkMain.class, "embed", "screen=" + table, "profiles=" + out.resolve("job.parquet"))));
			}
			else {
				add(seconds, ALONE, sideBySide(home, table, out, 1));
				add(seconds, BESIDE, sideBySide(home, table, out, 2));
			}
			add(seconds, "1 worker of 1 thread", cluster(home, table, out.resolve("one"), 1));
			add(seconds, "2 workers of 1 thread", cluster(home, table, out.resolve("two"), 2));
			System.out.println(seconds);
		}
		if (all)
			System.out.printf(Locale.ROOT, "job / desktop: %s%n",
				ratios(seconds, "job, 1 task of 2 threads", "desktop, 2 threads", 1));
		else
			System.out.printf(Locale.ROOT, "2 x one desktop / two: %s%n", ratios(seconds, ALONE, BESIDE, 2));
		System.out.printf(Locale.ROOT, "1 worker / 2 workers: %s%n",
			ratios(seconds, "1 worker of 1 thread", "2 workers of 1 thread", 1));
	}

	private static Path screen(final Path folder, final int plates, final int fields, final int size)
		throws IOException
	{
		final Path table = folder.resolve("screen-" + plates + "-" + fields + "-" + size + "/screen.csv");
		// A plate has 384 wells; more fields than these are further sites of the wells.
		final int sites = (fields + 383) / 384;
		int batches = Math.min(plates, 99);
		while (plates % batches != 0) batches--;
		if (Files.notExists(table))
			DemoScreen.write(table.getParent(), DemoOptions.defaults()
				.withBatches(batches)
				.withPlates(plates / batches)
				.withWells(fields / sites)
				.withFields(sites)
				.withSize(size)
				.withClasses(3),
				Progress.NONE);
		return table;
	}

	private static void overhead(final Path folder, final Path home, final int rounds, final int plates,
		final int fields) throws Exception
	{
		final int few = 4;
		final Path many = screen(folder, plates, fields, TINY);
		final Path large = screen(folder, few, plates * fields / few, TINY);
		for (int round = 0; round < rounds; round++) {
			final double[] split = tiny(home, many, folder.resolve("overhead-many"));
			final double[] whole = tiny(home, large, folder.resolve("overhead-few"));
			System.out.printf(Locale.ROOT,
				"%d fields: %d plates %.1f s (%.1f s of processor time), %d plates %.1f s (%.1f s); a plate: %.3f s " +
					"(%.3f s of processor time)%n",
				plates * fields, plates, split[0], split[1], few, whole[0], whole[1],
				(split[0] - whole[0]) / (plates - few), (split[1] - whole[1]) / (plates - few));
		}
	}

	/** Seconds that a job of one thread tells, and processor time of its process. */
	private static double[] tiny(final Path home, final Path table, final Path profiles) throws Exception {
		ResultFolder.delete(profiles);
		try (SparkProcess job = SparkProcess.start(home,
			Map.of("spark.master", "local[1]", "spark.ui.enabled", "false", "spark.driver.host", "127.0.0.1"),
			SparkMain.class, "embed", "screen=" + table, "tile=" + TINY, "profiles=" + profiles))
		{
			double processor = 0;
			while (job.isAlive()) {
				processor = Math.max(processor, job.processorSeconds());
				Thread.sleep(20);
			}
			return new double[]{run(job), processor};
		}
	}

	private static SparkProcess desktop(final Path home, final Path table, final Path profiles) throws IOException {
		return SparkProcess.start(home, Map.of(), Main.class, "--headless", "--run", "Embed Screen...",
			"screen=\"" + table + "\",profiles=\"" + profiles + "\"");
	}

	/** Seconds of the slower of some desktops, each on a processor of its own and with the whole screen. */
	private static double sideBySide(final Path home, final Path table, final Path out, final int n) throws Exception {
		final List<SparkProcess> processes = new ArrayList<>();
		try {
			for (int i = 0; i < n; i++) {
				processes.add(desktop(home, table, out.resolve("desktop-" + n + "-" + i + ".parquet")));
				processes.get(i).holdTo(i);
			}
			double slowest = 0;
			for (final SparkProcess process : processes) slowest = Math.max(slowest, run(process));
			return slowest;
		}
		finally {
			processes.forEach(SparkProcess::close);
		}
	}

	private static double cluster(final Path home, final Path table, final Path profiles, final int workers)
		throws Exception
	{
		final int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		final String master = "spark://127.0.0.1:" + port;
		final List<SparkProcess> processes = new ArrayList<>();
		try {
			// Master and driver are the first processor's, whether it has a second beside it or not.
			processes.add(SparkProcess.start(home, Map.of(), Master.class, "--host", "127.0.0.1", "--port", "" + port,
				"--webui-port", "0"));
			processes.get(0).holdTo(0);
			for (int i = 0; i < workers; i++) {
				final SparkProcess worker = SparkProcess.start(home, Map.of(), Worker.class, "--host", "127.0.0.1",
					"--cores", "1", "--memory", "2g", "--webui-port", "0", "--work-dir",
					Files.createTempDirectory(home, "work").toString(), master);
				worker.holdTo(i);
				processes.add(worker);
			}
			// Executors are there before the clock starts.
			final Map<String,
				String> settings = Map.of("spark.master", master, "spark.ui.enabled", "false", "spark.driver.host",
					"127.0.0.1", "spark.executor.memory", "1500m", "spark.executor.extraClassPath",
					SparkProcess.folders(), "spark.scheduler.minRegisteredResourcesRatio", "1.0", "spark.cores.max",
					"" + workers);
			final SparkProcess driver = SparkProcess.start(home, settings, SparkMain.class, "embed", "screen=" + table,
				"profiles=" + profiles);
			driver.holdTo(0);
			return run(driver);
		}
		finally {
			processes.forEach(SparkProcess::close);
		}
	}

	private static double run(final SparkProcess process) throws IOException, InterruptedException {
		if (process.waitFor() != 0) throw new IOException(process.output());
		// The last is that of the whole; plates tell theirs before.
		final List<String> told = SECONDS.matcher(process.output()).results().map(match -> match.group(1)).toList();
		if (told.isEmpty()) throw new IOException("it doesn't tell its time:\n" + process.output());
		return Double.parseDouble(told.get(told.size() - 1));
	}

	private static void add(final Map<String, List<Double>> seconds, final String what, final double value) {
		seconds.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
	}

	private static String ratios(final Map<String, List<Double>> seconds, final String what, final String floor,
		final int factor)
	{
		final List<String> ratios = new ArrayList<>();
		for (int i = 0; i < seconds.get(what).size(); i++)
			ratios
				.add(String.format(Locale.ROOT, "%.2f", factor * seconds.get(what).get(i) / seconds.get(floor).get(i)));
		return String.join(" ", ratios);
	}
}
