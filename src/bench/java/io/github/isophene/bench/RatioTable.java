// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * All ratios of the table of speeds, one bench after the other, each in a process of its own, so that none finds
 * caches, threads or a compiler that another has warmed. Prints what they print, and at the end one table: what, median
 * and range of the rounds, and the floor that is aimed at. With the system property {@code floors} it ends with exit
 * status 1 if a median is on the wrong side of its floor, or if a bench failed. Run it on an idle machine.
 * <p>
 * Arguments: the Python with the peers of {@code src/test/python/requirements.txt} (python3), and names of benches to
 * run (all): start, forward, embed, pixels, statistics, training, abra, precision, harmony, zarr.
 * </p>
 */
public final class RatioTable {

	/** A bench with its arguments; {@code PYTHON} stands for the interpreter of the peers. */
	private record Part(String name, Class<?> bench, List<String> arguments) {}

	/**
	 * Aim of a ratio, found by the start of its name.
	 *
	 * @param least whether it should be this large at least, instead of at most
	 */
	private record Floor(String start, double value, boolean least) {

		boolean holds(final double ratio) {
			return least ? ratio >= value : ratio <= value;
		}

		String text() {
			return (least ? ">= " : "<= ") + value;
		}
	}

	private static final String PYTHON = "PYTHON";

	private static final List<Part> PARTS = List.of(
		part("start", HelpBench.class, "8"),
		part("forward", ForwardBench.class, "python=PYTHON architecture=resnet50 threads=2 rounds=12"),
		part("forward", ForwardBench.class, "python=PYTHON architecture=resnet50 threads=1 rounds=8"),
		part("forward", ForwardBench.class, "python=PYTHON architecture=resnet18 threads=2 rounds=20"),
		part("embed", EmbedBench.class, "default 6 10 1344 4"),
		part("embed", EmbedBench.class, "fixed-seed 6 10 1344 3"),
		part("pixels", PixelsBench.class, ""),
		part("statistics", PixelStatisticsBench.class, "4 224 12"),
		part("predict", PredictTimeBench.class, "48 16 5"),
		part("training", TrainingBench.class, "python=PYTHON"),
		part("abra", AbraCost.class, "objective=abra against=erm settings=warm-up=0;probability=1;steps=2"),
		part("abra", AbraCost.class, "objective=abra against=erm rounds=36 mean=true"),
		part("precision", AveragePrecisionBench.class, "6000 256 6000 PYTHON"),
		part("harmony", CorrectionBench.class, "harmony 115000 100 300 2 5 1 PYTHON"),
		part("zarr", OmeZarrBench.class, ""));

	private static final List<Floor> FLOORS = List.of(new Floor("forward pass, ours / onnxruntime", 1, true),
		new Floor("Embed Screen / bare forward pass, default", .95, true),
		new Floor("Embed Screen / bare forward pass", .95, true),
		new Floor("statistics / embedding, processor time", .1, false),
		new Floor("Adapt and Predict, processor time, calibrated / joint", 1.3, false),
		new Floor("training step, time of ours / PyTorch", .95, false),
		new Floor("training step, processor time of ours / PyTorch", .95, false),
		new Floor("isophene help embed, seconds", 1, false), new Floor("step of abra", 2, false),
		new Floor("training by abra", 2, false),
		new Floor("mAP, time of copairs / ours", 15, true), new Floor("Harmony, time of harmonypy", 1, true),
		new Floor("reading OME-Zarr 0.5 zstd / TIFF", 2, false));

	private RatioTable() {}

	private static Part part(final String name, final Class<?> bench, final String arguments) {
		return new Part(name, bench, arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
	}

	/** Runs the benches. */
	public static void main(final String... arguments) throws IOException, InterruptedException {
		final String python = arguments.length > 0 ? arguments[0] : "python3";
		final List<String> wanted = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
		for (final String name : wanted)
			if (PARTS.stream().noneMatch(part -> part.name().equals(name)))
				throw new IllegalArgumentException("There is no bench '" + name + "': use " +
					String.join(", ", PARTS.stream().map(Part::name).distinct().toList()));
		final List<BenchRatio> ratios = new ArrayList<>();
		boolean all = true;
		for (final Part part : PARTS) {
			if (wanted.isEmpty() || wanted.contains(part.name())) all &= run(part, python, ratios);
		}
		System.out.printf(Locale.ROOT, "%nJava %s, %d processors%n%n| ratio | median | range | aim |%n" +
			"| --- | --: | --- | --- |%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
		for (final BenchRatio ratio : ratios) {
			final Floor floor = FLOORS.stream()
				.filter(f -> ratio.what().startsWith(f.start()))
				.findFirst()
				.orElse(null);
			final boolean holds = floor == null || floor.holds(ratio.median());
			all &= holds;
			System.out.printf(Locale.ROOT, "| %s | %.3f | %.3f to %.3f | %s |%n", ratio.what(), ratio.median(),
				ratio.least(), ratio.most(), floor == null ? "" : floor.text() + (holds ? "" : ", missed"));
		}
		if (!all && System.getProperty("floors") != null) System.exit(1);
	}

	/** Returns whether the bench came to its end. */
	private static boolean run(final Part part, final String python, final List<BenchRatio> ratios)
		throws IOException, InterruptedException
	{
		final List<String> command = new ArrayList<>(
			List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2g", "-cp",
				classPath(), part.bench().getName()));
		part.arguments().forEach(argument -> command.add(argument.replace(PYTHON, python)));
		System.out.println("\n== " + part.bench().getSimpleName() + " " + String.join(" ", part.arguments()));
		final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		// Threads that wait actively for a core that another has drown every comparison.
		builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
		final Process process = builder.start();
		try (Stream<String> lines = new BufferedReader(
			new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).lines())
		{
			lines.forEach(line -> {
				BenchRatio.of(line).ifPresent(ratios::add);
				System.out.println(line);
			});
		}
		if (process.waitFor() == 0) return true;
		System.out.println("== " + part.name() + " has failed: it is missing in the table; the reason is above");
		return false;
	}

	/** Maven runs this class in its own process, whose class path is elsewhere than that of a process of its own. */
	private static String classPath() {
		final ClassLoader loader = RatioTable.class.getClassLoader();
		if (!(loader instanceof java.net.URLClassLoader urls)) return System.getProperty("java.class.path");
		return String.join(System.getProperty("path.separator"),
			Arrays.stream(urls.getURLs()).map(url -> Path.of(java.net.URI.create(url.toString())).toString()).toList());
	}
}
