// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import io.github.isophene.correction.CorrectionContext;
import io.github.isophene.correction.Corrections;
import io.github.isophene.correction.FittedFile;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.PickledStateDict;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.WeightFixtures;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.pixels.file.Fixtures;
import io.github.isophene.pixels.file.GrayFile;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.Tables;
import io.github.isophene.screen.ExportLayoutsTest;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenFormats;
import io.github.isophene.screen.ScreenOptions;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.screen.TestFormats;
import io.github.isophene.zarr.ZarrFixtures;

/**
 * Damaged files of every format that is read: each is read, or refused by a checked exception with a message, within
 * seconds and within the heap. Anything else is a finding, told with the kind and the seed that make the file again.
 *
 * <pre>
 * java -Xmx512m -cp ... io.github.isophene.fuzz.FormatFuzz 24000 1
 * java -Xmx512m -cp ... io.github.isophene.fuzz.FormatFuzz one tiff 4711
 * </pre>
 *
 * The first runs 24,000 files, shared by the kinds (or by some, with commas, as a third argument), from seed 1 on; the
 * second one file again.
 */
public final class FormatFuzz implements AutoCloseable {

	/** Seconds of computing after which a file hangs its reader; of waiting, on a busy machine, many more. */
	private static final int SECONDS = 20;
	private static final int SECONDS_OF_WAITING = 600;

	/** Weights of the kinds in the number of files; less where reading takes longer. */
	private static final Map<String, Integer> SHARES = Map.of("csv", 1, "parquet", 1, "zarr", 2);
	private static final int SHARE = 6;

	/** Makes a damaged file and reads it. */
	@FunctionalInterface
	private interface Kind {

		void run(Random random) throws Exception;
	}

	/** Outcome of one file. */
	enum FuzzOutcome {
		/** It could be read all the same. */
		READ,
		/** It was refused with a message. */
		REFUSED,
		/** Anything else. */
		WRONG
	}

	/** Finding: a file that was neither read nor refused as it should. */
	record Finding(String kind, long seed, Throwable thrown) {

		@Override
		public String toString() {
			final StackTraceElement[] at = thrown.getStackTrace();
			final StringBuilder where = new StringBuilder();
			for (int i = 0; i < Math.min(6, at.length); i++) where.append("\n    at ").append(at[i]);
			return kind + " " + seed + ": " + thrown + where;
		}
	}

	private final Path folder;
	private final Map<String, Kind> kinds = new LinkedHashMap<>();
	private ExecutorService worker = Executors.newSingleThreadExecutor(FormatFuzz::daemon);
	private final List<Finding> findings = new ArrayList<>();
	private final Map<String, int[]> counts = new LinkedHashMap<>();
	/** Refusals that don't name the file's folder, by kind. */
	private final Map<String, List<String>> unnamed = new LinkedHashMap<>();


	/** @param folder where files are made */
	public FormatFuzz(final Path folder) throws IOException {
		this.folder = folder;
		table();
		profiles();
		indexes();
		weights();
		fitted();
		zarr();
		images();
	}

	private static Thread daemon(final Runnable task) {
		final Thread thread = new Thread(null, task, "fuzz", 1 << 20);
		thread.setDaemon(true);
		return thread;
	}

	/** Names of the kinds. */
	List<String> kinds() {
		return List.copyOf(kinds.keySet());
	}

	List<Finding> findings() {
		return findings;
	}

	/** Returns how many files of a kind had an outcome. */
	int counted(final String kind, final FuzzOutcome outcome) {
		return counts.containsKey(kind) ? counts.get(kind)[outcome.ordinal()] : 0;
	}

	private void table() throws IOException {
		final String text = "FileName_OrigDNA,PathName_OrigDNA,Frame_OrigDNA,URL_OrigER,FileName_IllumDNA," +
			"PathName_IllumDNA,Metadata_Plate,Metadata_Well,Metadata_Site,Metadata_Compound\n" +
			"a.tif,images,0,https://host/b.tif,i.npy,.,P1,A01,1,\"x, \"\"y\"\"\"\n" +
			IntStream.range(1, 21)
				.mapToObj(i -> "a2.tif,images," + i + ",https://host/b2.tif,i.npy,.,P1,A02," + i + ",z\n")
				.collect(Collectors.joining());
		kinds.put("table", random -> {
			final Path file = folder.resolve("table.csv");
			Files.write(file, random.nextInt(4) == 0 ? Mutations.bytes(text.getBytes(StandardCharsets.UTF_8), random)
				: Mutations.text(text, random).getBytes(StandardCharsets.UTF_8));
			ScreenTable.read(file);
		});
	}

	private void profiles() throws IOException {
		final Path valid = folder.resolve("valid.parquet");
		ProfileFile.write(Tables.plate("P1", 40, 6, 1), valid);
		final byte[] parquet = Files.readAllBytes(valid);
		kinds.put("parquet", random -> {
			final Path file = folder.resolve("profiles.parquet");
			Files.write(file, Mutations.bytes(parquet, random));
			ProfileFile.read(file);
		});
		final Path validCsv = folder.resolve("valid.csv");
		ProfileFile.write(Tables.plate("P1", 20, 6, 1), validCsv);
		final String csv = Files.readString(validCsv);
		kinds.put("csv", random -> {
			final Path file = folder.resolve("profiles.csv");
			Files.write(file, random.nextInt(4) == 0 ? Mutations.bytes(csv.getBytes(StandardCharsets.UTF_8), random)
				: Mutations.text(csv, random).getBytes(StandardCharsets.UTF_8));
			ProfileFile.read(file);
		});
	}

	/** XML, text and tables of the export layouts, one file of one export damaged. */
	private void indexes() throws IOException {
		final Path layouts = folder.resolve("layouts");
		final List<Path> sources = ExportLayoutsTest.writeAll(layouts);
		final ScreenFormats formats = TestFormats.all();
		final List<List<Path>> texts = new ArrayList<>();
		for (final Path source : sources) {
			final Path root = layouts.resolve(layouts.relativize(source).getName(0));
			try (Stream<Path> files = Files.walk(root)) {
				texts.add(files.filter(f -> Files.isRegularFile(f) && f.toFile().length() > 0).sorted().toList());
			}
		}
		kinds.put("index", random -> {
			final int which = random.nextInt(sources.size());
			final Path file = texts.get(which).get(random.nextInt(texts.get(which).size()));
			final byte[] before = Files.readAllBytes(file);
			try {
				Files.write(file, random.nextInt(5) == 0 ? Mutations.bytes(before, random)
					: Mutations.text(new String(before, StandardCharsets.UTF_8), random)
						.getBytes(StandardCharsets.UTF_8));
				formats.open(sources.get(which), "auto", ScreenOptions.none());
			}
			finally {
				Files.write(file, before);
			}
		});
	}

	private void weights() throws IOException {
		final List<byte[]> pickles = new ArrayList<>();
		for (final String name : List.of("plain.pt", "plain-legacy.pt", "types.pt", "types-legacy.pt", "strided.pt",
			"checkpoint.pt", "plain-protocol5.pt")) pickles.add(WeightFixtures.bytes(name));
		kinds.put("pickle", random -> {
			final byte[] valid = pickles.get(random.nextInt(pickles.size()));
			final Path file = folder.resolve("weights.pt");
			Files.write(file, valid[0] == 'P' ? Mutations.zip(valid, random) : Mutations.bytes(valid, random));
			PickledStateDict.read(file);
		});
		final byte[] safetensors = WeightFixtures.bytes("types.safetensors");
		kinds.put("safetensors", random -> {
			final Path file = folder.resolve("weights.safetensors");
			Files.write(file, Mutations.bytes(safetensors, random));
			Safetensors.read(file);
		});
		final Architecture architecture = Architecture.of("resnet18", 1, 1, 2);
		final Path file = folder.resolve("valid.zip");
		ModelFile.write(
			new Model(
				new ModelCard("m", "d", architecture, ModelCard.Input.ALL_CHANNELS, List.of("DNA"), 96,
					"percentile:0.1:99.9", List.of("a", "b"), "Metadata_moa", StatisticsOrigin.JOINT, Map.of("k", "v")),
				Initialization.random(architecture, 5)),
			file);
		final byte[] model = Files.readAllBytes(file);
		kinds.put("model", random -> {
			final Path damaged = folder.resolve("model.zip");
			Files.write(damaged, Mutations.zip(model, random));
			ModelFile.read(damaged);
		});
	}

	private void fitted() throws IOException {
		final Path file = folder.resolve("fitted.zip");
		final Corrections corrections = Corrections.installed();
		FittedFile.write(
			corrections.parse("drop_missing_rows:0,standardize:per=table,pca:3")
				.fit(Tables.plate("P1", 40, 6, 1), CorrectionContext.standard())
				.fitted(),
			file);
		final byte[] valid = Files.readAllBytes(file);
		kinds.put("fitted", random -> {
			final Path damaged = folder.resolve("damaged-fitted.zip");
			Files.write(damaged, Mutations.zip(valid, random));
			FittedFile.read(damaged, corrections);
		});
	}

	/** OME-Zarr plates: metadata and chunks, in folders and in a zip file. */
	private void zarr() throws IOException {
		final Path plates = ZarrFixtures.plates(folder.resolve("zarr"));
		final ScreenFormats formats = TestFormats.all();
		final FieldReaders readers = FieldReaders.builtIn();
		final List<Path> sources = new ArrayList<>();
		try (Stream<Path> entries = Files.list(plates)) {
			entries.filter(Files::isDirectory).sorted().forEach(sources::add);
		}
		final List<List<Path>> files = new ArrayList<>();
		for (final Path source : sources) {
			try (Stream<Path> all = Files.walk(source)) {
				files.add(all.filter(Files::isRegularFile).sorted().toList());
			}
		}
		kinds.put("zarr", random -> {
			final int which = random.nextInt(sources.size());
			final List<Path> of = files.get(which);
			// Metadata as often as chunks, of which there are many.
			final boolean metadata = random.nextBoolean();
			final List<Path> some = of.stream().filter(f -> isMetadata(f) == metadata).toList();
			final Path file = (some.isEmpty() ? of : some).get(random.nextInt((some.isEmpty() ? of : some).size()));
			final byte[] before = Files.readAllBytes(file);
			try {
				Files.write(file, isMetadata(file) && random.nextInt(4) > 0
					? Mutations.text(new String(before, StandardCharsets.UTF_8), random)
						.getBytes(StandardCharsets.UTF_8)
					: Mutations.bytes(before, random));
				final Screen screen = formats.open(sources.get(which), "auto", ScreenOptions.none());
				for (final Field field : screen.fields()) readers.read(field);
			}
			finally {
				Files.write(file, before);
			}
		});
	}

	private static boolean isMetadata(final Path file) {
		return file.getFileName().toString().matches("\\.z\\w+|zarr\\.json");
	}

	private void images() throws IOException {
		final List<Map.Entry<String, byte[]>> images = List.copyOf(Fixtures.all().entrySet());
		kinds.put("tiff", random -> {
			final Map.Entry<String, byte[]> valid = images.get(random.nextInt(images.size()));
			final Path file = folder.resolve("image" + valid.getKey().replaceFirst(".*(\\.\\w+)$", "$1"));
			Files.write(file, Mutations.bytes(valid.getValue(), random));
			GrayFile.read(file, random.nextInt(8) == 0 ? random.nextInt(1000) : 0);
		});
	}

	/** Makes and reads one file. */
	FuzzOutcome one(final String kind, final long seed) throws InterruptedException {
		final Future<?> future = worker.submit(() -> {
			kinds.get(kind).run(new Random(seed * 31 + kind.hashCode()));
			return null;
		});
		Throwable thrown;
		try {
			await(future);
			return count(kind, FuzzOutcome.READ);
		}
		catch (final ExecutionException exc) {
			thrown = exc.getCause();
		}
		catch (final TimeoutException exc) {
			thrown = new IllegalStateException("hangs: more than " + SECONDS + " s");
			future.cancel(true);
			worker.shutdownNow();
			worker = Executors.newSingleThreadExecutor(FormatFuzz::daemon);
		}
		if (isRefusal(thrown)) {
			if (!thrown.getMessage().contains(folder.getFileName().toString()))
				unnamed.computeIfAbsent(kind, k -> new ArrayList<>()).add(seed + ": " + thrown.getMessage());
			return count(kind, FuzzOutcome.REFUSED);
		}
		findings.add(new Finding(kind, seed, thrown));
		return count(kind, FuzzOutcome.WRONG);
	}

	private void await(final Future<?> future) throws InterruptedException, ExecutionException, TimeoutException {
		final long cpu = cpu();
		for (int waited = 0;; waited += SECONDS) {
			try {
				future.get(SECONDS, TimeUnit.SECONDS);
				return;
			}
			catch (final TimeoutException exc) {
				if (waited >= SECONDS_OF_WAITING || cpu() - cpu > SECONDS * 1_000_000_000L) throw exc;
			}
		}
	}

	/** Nanoseconds that the whole process has computed. */
	private static long cpu() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	private FuzzOutcome count(final String kind, final FuzzOutcome outcome) {
		counts.computeIfAbsent(kind, k -> new int[FuzzOutcome.values().length])[outcome.ordinal()]++;
		return outcome;
	}

	/** Returns whether this project throws it for bad input; a NumberFormatException is Java's own. */
	private static boolean isRefusal(final Throwable thrown) {
		final boolean kind = thrown instanceof IOException || thrown instanceof UncheckedIOException ||
			thrown.getClass() == IllegalArgumentException.class;
		return kind && thrown.getMessage() != null && thrown.getMessage().length() > 10;
	}

	@Override
	public void close() {
		worker.shutdownNow();
	}

	/** @param args number of files and the first seed, or {@code one}, a kind and a seed */
	public static void main(final String... args) throws Exception {
		final Path folder = Files.createTempDirectory("isophene-fuzz");
		try (FormatFuzz fuzz = new FormatFuzz(folder)) {
			if (args.length == 3 && args[0].equals("one")) {
				System.out.println(fuzz.one(args[1], Long.parseLong(args[2])));
				for (final Finding finding : fuzz.findings) finding.thrown.printStackTrace();
			}
			else fuzz.all(args.length > 0 ? Integer.parseInt(args[0]) : 24_000,
				args.length > 1 ? Long.parseLong(args[1]) : 1,
				args.length > 2 ? List.of(args[2].split(",")) : fuzz.kinds());
			System.exit(fuzz.findings.isEmpty() ? 0 : 1);
		}
		finally {
			try (Stream<Path> files = Files.walk(folder)) {
				for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
			}
		}
	}

	private void all(final int count, final long first, final List<String> some) throws InterruptedException {
		final long start = System.nanoTime();
		final int shares = kinds.keySet().stream().mapToInt(kind -> SHARES.getOrDefault(kind, SHARE)).sum();
		int done = 0;
		int shown = 0;
		for (final String kind : some) {
			long largest = 0;
			final long begin = System.nanoTime();
			final int each = (count * SHARES.getOrDefault(kind, SHARE) + shares - 1) / shares;
			done += each;
			for (int i = 0; i < each; i++) {
				one(kind, first + i);
				largest = Math.max(largest, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
				for (; shown < findings.size(); shown++) System.out.println(findings.get(shown));
			}
			final int[] n = counts.get(kind);
			System.out.printf(Locale.ROOT, "%-12s seeds %d to %d: %d read, %d refused, %d wrong; %.0f s, heap at " +
				"most %d MB; not named in %d refusals%n", kind, first, first + each - 1, n[0], n[1], n[2],
				(System.nanoTime() - begin) * 1e-9, largest >> 20, unnamed.getOrDefault(kind, List.of()).size());
			unnamed.getOrDefault(kind, List.of()).stream().limit(3).forEach(text -> System.out.println("  " + text));
		}
		System.out.printf(Locale.ROOT, "%d files, %d findings, %.0f s, -Xmx%d MB%n", done,
			findings.size(), (System.nanoTime() - start) * 1e-9, Runtime.getRuntime().maxMemory() >> 20);
	}
}
