// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.isophene.UserErrors;
import io.github.isophene.adaptation.TinyModels;
import io.github.isophene.demo.DemoOptions;
import io.github.isophene.demo.DemoScreen;
import io.github.isophene.files.TinyDisk;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.progress.Progress;
import org.scijava.Context;
import org.scijava.command.CommandService;

/**
 * Every long command, killed at random moments, run twice at once on one output, and run on disks that are full at
 * several points: after all that the output has the bytes of an undisturbed run and nothing else is left, or
 * one message names the place. Takes half an hour; needs Linux and the rights to mount a disk in memory.
 *
 * <pre>
 * java -cp ... io.github.isophene.doors.DisturbedRuns 6 10 1 [command ...]
 * </pre>
 *
 * Six kills and ten full disks for each command, the random numbers from seed 1 on.
 */
public final class DisturbedRuns {

	/** One command: its title, and its keys for an output folder. */
	private record Work(String title, Function<Path, Map<String, Object>> keys) {}

	private final Path folder;
	private final Map<String, Work> works = new LinkedHashMap<>();
	private final Random random;
	private int wrong;
	private int killed;
	private int runTwice;
	private int full;

	private DisturbedRuns(final Path folder, final long seed) throws IOException {
		this.folder = folder;
		random = new Random(seed);
		final Path screen = DemoScreen
			.write(folder.resolve("screen"), DemoOptions.defaults()
				.withBatches(4)
				.withPlates(1)
				.withWells(9)
				.withSize(96)
				.withClasses(3)
				.withSeed(5), Progress.NONE)
			.table();
		final Path model = folder.resolve("tiny.zip");
		ModelFile.write(TinyModels.calibrated(Model.load(TinyModels.write(model, 1))), model);
		final Path plain = folder.resolve("plain.zip");
		TinyModels.write(plain, 2);
		final Path profiles = folder.resolve("profiles.parquet");
		works.put("embed", new Work("Embed Screen...",
			out -> Map.of("screen", screen, "model", model.toString(), "tile", 32, "profiles",
				out.resolve("p.parquet"))));
		works.put("train", new Work("Fine-tune Model...",
			out -> Map.of("screen", screen, "label", "Metadata_Compound", "architecture", "resnet18:4", "tile", 32,
				"epochs", 4, "queries", 2, "accumulate", 1, "model", out.resolve("m.zip"))));
		works.put("predict", new Work("Adapt and Predict...",
			out -> Map.of("screen", screen, "model", model.toString(), "predictions", out.resolve("p.parquet"),
				"adapted", out.resolve("adapted"))));
		// Plates of known batches are tested only where a batch has two.
		final Path twoPlates = DemoScreen
			.write(folder.resolve("two-plates"), DemoOptions.defaults()
				.withBatches(3)
				.withWells(9)
				.withFields(1)
				.withSize(96)
				.withClasses(3)
				.withSeed(5), Progress.NONE)
			.table();
		works.put("compare", new Work("Compare Adaptations...",
			out -> Map.ofEntries(Map.entry("screen", twoPlates), Map.entry("label", "Metadata_Compound"),
				Map.entry("methods", "erm,cs-arm-bn:joint,encoder+center:plate"),
				Map.entry("encoder", model.toString()),
				Map.entry("seeds", 1), Map.entry("heldout", "1"), Map.entry("indomain", 1), Map.entry("epochs", 2),
				Map.entry("architecture", "resnet18:2"), Map.entry("queries", 2), Map.entry("controlsperepisode", 2),
				Map.entry("alphas", ""), Map.entry("wells", "2"), Map.entry("tile", 32),
				Map.entry("folder", out.resolve("comparison")))));
		works.put("correct", new Work("Correct Profiles...",
			out -> Map.of("profiles", profiles, "method", "standardize:per=table", "corrected",
				out.resolve("c.csv.gz"), "fitted", out.resolve("f.zip"))));
		works.put("assess", new Work("Assess Batch Effects...",
			out -> Map.of("profiles", profiles.toString(), "label", "Metadata_Compound", "report",
				out.resolve("report"))));
		works.put("demo", new Work("Make Demo Screen...",
			out -> Map.of("folder", out.resolve("demo"), "batches", 2, "plates", 1, "wells", 8, "fields", 2, "classes",
				3, "size", 96)));
		works.put("virtual", new Work("Make Virtual Plates...",
			out -> Map.of("screen", screen, "label", "Metadata_Compound", "folder", out.resolve("virtual"), "batches",
				2, "heldout", 1, "plates", 1, "wells", 8, "fields", 2, "size", 64)));
		works.put("calibrate", new Work("Calibrate Model...",
			out -> Map.of("screen", screen, "model", plain.toString(), "calibrated", out.resolve("c.zip"))));
		works.put("export", new Work("Export Screen to OME-Zarr...",
			out -> Map.of("screen", screen, "folder", out.resolve("zarr"))));
		works.put("cluster-job", new Work("Write Cluster Job...",
			out -> Map.of("keys", "profiles=/data/p", "script", out.resolve("job.sh"))));
	}

	/** @param args kills, full disks, first seed, and commands (all unless told otherwise) */
	public static void main(final String... args) throws Exception {
		final int kills = args.length > 0 ? Integer.parseInt(args[0]) : 6;
		final int disks = args.length > 1 ? Integer.parseInt(args[1]) : 10;
		final Path folder = Files.createTempDirectory("isophene-disturbed");
		final DisturbedRuns runs = new DisturbedRuns(folder, args.length > 2 ? Long.parseLong(args[2]) : 1);
		try (Context context = new Context()) {
			run(context, runs.works.get("embed").title, Map.of("screen", folder.resolve("screen/screen.csv"), "model",
				folder.resolve("tiny.zip").toString(), "tile", 32, "profiles", folder.resolve("profiles.parquet")));
			for (final String name : args.length > 3 ? Arrays.asList(args).subList(3, args.length)
				: List.copyOf(runs.works.keySet())) runs.disturb(context, name, kills, disks);
		}
		finally {
			delete(folder);
		}
		System.out.printf(Locale.ROOT, "%d runs killed at work, %d commands run twice at once, %d full disks: %d " +
			"wrong%n",
			runs.killed, runs.runTwice, runs.full, runs.wrong);
		System.exit(runs.wrong == 0 ? 0 : 1);
	}

	private void disturb(final Context context, final String name, final int kills, final int disks) throws Exception {
		final Work work = works.get(name);
		final Path whole = Files.createDirectories(folder.resolve(name + "-whole"));
		final long start = System.nanoTime();
		final OwnProcess first = start(work, whole);
		require(first.waitFor() == 0, name, "undisturbed", first.output());
		final long duration = (System.nanoTime() - start) / 1_000_000;
		final Map<String, byte[]> expected = content(whole);
		System.out.printf(Locale.ROOT, "%s: undisturbed %.1f s, files: %s%n", name, duration * 1e-3, expected.keySet());
		killed(name, work, kills, duration, expected);
		twice(name, work, expected);
		full(context, name, work, disks, expected);
		delete(whole);
	}

	private void killed(final String name, final Work work, final int kills, final long duration,
		final Map<String, byte[]> expected) throws Exception
	{
		final Path out = Files.createDirectories(folder.resolve(name + "-killed"));
		int alive = 0;
		for (int i = 0; i < kills; i++) {
			final OwnProcess victim = start(work, out);
			// Most of it is the start of Java: half of the kills come in the second half.
			Thread.sleep((long) ((i % 2 == 0 ? random.nextDouble() : 0.5 + 0.5 * random.nextDouble()) * duration));
			if (victim.isAlive()) alive++;
			victim.kill();
		}
		killed += alive;
		final OwnProcess last = start(work, out);
		final int status = last.waitFor();
		require(status == 0, name, "after kills", last.output());
		compare(name, "after " + kills + " kills, " + alive + " of them in time", expected, content(out));
		delete(out);
	}

	private void twice(final String name, final Work work, final Map<String, byte[]> expected) throws Exception {
		final Path out = Files.createDirectories(folder.resolve(name + "-twice"));
		final List<OwnProcess> both = List.of(start(work, out), start(work, out));
		int good = 0;
		for (final OwnProcess one : both) {
			if (one.waitFor() == 0) good++;
			else require(one.output().contains("Another run is writing " + out), name, "two at once", one.output());
		}
		runTwice++;
		require(good > 0, name, "two at once: none ended well", both.get(0).output());
		compare(name, "two at once, " + good + " did it", expected, content(out));
		delete(out);
	}

	private void full(final Context context, final String name, final Work work, final int disks,
		final Map<String, byte[]> expected) throws Exception
	{
		final long bytes = expected.values().stream().mapToLong(b -> b.length + 4096).sum();
		int refused = 0;
		for (int i = 0; i < disks; i++) {
			final Path parent = Files.createDirectories(folder.resolve(name + "-full"));
			// From almost nothing to more than all of it: what is half-written needs room, too.
			try (TinyDisk disk = TinyDisk.of(parent, (int) (8 + bytes * 2 * i / disks / 1024))) {
				try {
					run(context, work.title, work.keys.apply(disk.folder()));
				}
				catch (final ExecutionException exc) {
					refused++;
					full++;
					final String message = UserErrors.message(exc);
					require(UserErrors.isExpected(exc) && message.contains(disk.folder().toString()) &&
						!message.contains("\tat "), name, "full disk " + i, exc.getCause() + "\n" + message);
				}
				disk.resize((int) (bytes * 8 / 1024 + 20_000));
				run(context, work.title, work.keys.apply(disk.folder()));
				compare(name, "", expected, content(disk.folder()));
			}
			catch (final ExecutionException exc) {
				require(false, name, "full disk " + i + ", then room", UserErrors.message(exc));
			}
			delete(parent);
		}
		System.out.printf(Locale.ROOT, "  %s: %d disks with little room, %d refused by one message, then whole%n", name,
			disks, refused);
	}

	private OwnProcess start(final Work work, final Path out) throws IOException {
		final String keys = work.keys.apply(out)
			.entrySet()
			.stream()
			.map(key -> key.getKey() + "=" + (key.getValue() instanceof Integer ? key.getValue()
				: "\"" + key.getValue().toString().replace('\\', '/') + "\""))
			.collect(Collectors.joining(","));
		return OwnProcess.start(folder, "--headless", "--run", work.title, keys);
	}

	private static void run(final Context context, final String title, final Map<String, Object> keys)
		throws Exception
	{
		final CommandService commands = context.service(CommandService.class);
		final Map<String, Object> inputs = new LinkedHashMap<>();
		keys.forEach((key, value) -> inputs.put(key, value instanceof Path path ? path.toFile() : value));
		commands.run(commands.getCommands().stream().filter(c -> c.getTitle().equals(title)).findFirst().orElseThrow(),
			true, inputs).get();
	}

	/** Paths in a report or a record are those of the run: the folder's own name is no difference. */
	private Map<String, byte[]> content(final Path out) throws IOException {
		final Map<String, byte[]> content = new TreeMap<>();
		try (Stream<Path> files = Files.walk(out)) {
			for (final Path file : files.filter(Files::isRegularFile).toList()) {
				byte[] bytes = Files.readAllBytes(file);
				if (file.toString().matches(".*\\.(html|md|csv|json|txt)"))
					bytes = new String(bytes, java.nio.charset.StandardCharsets.UTF_8).replace(out.toString(), "OUT")
						.getBytes(java.nio.charset.StandardCharsets.UTF_8);
				content.put(out.relativize(file).toString(), bytes);
			}
		}
		return content;
	}

	private void compare(final String name, final String what, final Map<String, byte[]> expected,
		final Map<String, byte[]> found)
	{
		final List<String> different = new ArrayList<>();
		for (final String file : expected.keySet())
			if (!Arrays.equals(expected.get(file), found.get(file))) different.add(file);
		for (final String file : found.keySet()) if (!expected.containsKey(file)) different.add("also " + file);
		require(different.isEmpty(), name, what, "other bytes: " + different);
		if (different.isEmpty() && !what.isEmpty()) System.out.println("  " + name + ": " + what + ": same bytes");
	}

	private void require(final boolean right, final String name, final String what, final String reason) {
		if (right) return;
		wrong++;
		System.out.println("WRONG " + name + ", " + what + ": " + reason);
	}

	private static void delete(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
		}
	}
}
