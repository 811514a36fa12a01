// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import com.sun.management.OperatingSystemMXBean;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;
import io.github.isophene.run.ProfileParts;

/**
 * Times profile files: {@code ProfilesBench [rows 100000] [features 512] [python]}.
 * <p>
 * Prints MB/s of float data (rows x features x 4 bytes) beside the floor, which is the
 * same bytes written raw by FileChannel and forced to disk in the same run, and beside
 * pandas with pyarrow where a python is named. With {@code parts} as fourth argument it
 * writes parts of 2,000 rows and merges them instead of holding the table; with
 * {@code csv} it times {@code .csv} and {@code .csv.gz} too.
 * </p>
 */
public final class ProfilesBench {

	private static final int PLATE = 2000;
	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private ProfilesBench() {}

	public static void main(final String... args) throws Exception {
		final int rows = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
		final int features = args.length > 1 ? Integer.parseInt(args[1]) : 512;
		final String python = args.length > 2 ? args[2] : "";
		final String mode = args.length > 3 ? args[3] : "";
		final Path folder = Files.createTempDirectory("isophene-bench-");
		System.out.printf(Locale.ROOT, "%d rows x %d features, %.1f MB of floats, Java %s, heap %d MB%n", rows,
			features, rows * 4e-6 * features, Runtime.version(), Runtime.getRuntime().maxMemory() >> 20);
		System.out.println("resident at start: " + resident());
		try {
			if (mode.equals("parts")) parts(folder.resolve("p.parquet"), rows, features);
			else files(folder, rows, features, python, mode.equals("csv"));
			System.out.println("resident: " + resident());
		}
		finally {
			for (final String name : List.of("p.parquet", "p.csv", "p.csv.gz", "raw", "peer.parquet")) {
				Files.deleteIfExists(folder.resolve(name));
			}
			Files.delete(folder);
		}
	}

	private static void files(final Path folder, final int rows, final int features, final String python,
		final boolean csv) throws Exception
	{
		final double megabytes = rows * 4e-6 * features;
		final long before = usedHeap();
		final ProfileTable table = plate("P", rows, features, 1);
		System.out.printf(Locale.ROOT, "the table takes %.1f MB of heap%n", (usedHeap() - before) * 1e-6);
		final double floor = time("raw bytes (floor)", megabytes, Double.NaN, () -> raw(table, folder.resolve("raw")));
		final List<String> names = csv ? List.of("p.parquet", "p.csv", "p.csv.gz") : List.of("p.parquet");
		for (int repeat = 1; repeat <= 2; repeat++) {
			for (final String name : names) {
				final Path file = folder.resolve(name);
				time("write " + name + " #" + repeat, megabytes, floor, () -> ProfileFile.write(table, file));
				final ProfileTable[] back = new ProfileTable[1];
				time("read " + name + " #" + repeat, megabytes, floor, () -> back[0] = ProfileFile.read(file));
				if (!back[0].contentEquals(table)) throw new IOException(file + " does not hold what was written");
			}
		}
		System.out.printf(Locale.ROOT, "size of p.parquet: %.1f MB%n", Files.size(folder.resolve("p.parquet")) / 1e6);
		if (!python.isEmpty()) peer(python, folder);
	}

	private static void parts(final Path output, final int rows, final int features) throws Exception {
		final ProfileParts parts = ProfileParts.open(output, Map.of("bench", "1"));
		final List<String> plates = new ArrayList<>();
		time("write parts", rows * 4e-6 * features, Double.NaN, () -> {
			for (int row = 0; row < rows; row += PLATE) {
				plates.add("P" + row);
				parts.write("P" + row, plate("P" + row, PLATE, features, row));
			}
		});
		System.out.println("resident: " + resident());
		time("merge", rows * 4e-6 * features, Double.NaN, () -> parts.mergeInto(output, plates));
	}

	/** pandas reads our file and writes it again. */
	private static void peer(final String python, final Path folder) throws Exception {
		final String script = """
			import sys, time, pandas as pd, pyarrow as pa
			pa.set_cpu_count(1)
			def timed(name, work):
			    wall, cpu = time.time(), time.process_time()
			    result = work()
			    wall, cpu = time.time() - wall, time.process_time() - cpu
			    print(f"pandas {pd.__version__} {name:8s} {wall:7.2f} s {mb / wall:7.0f} MB/s, "
			          f"CPU {cpu:7.2f} s {mb / cpu:7.0f} MB/s")
			    return result
			mb = pd.read_parquet(sys.argv[1]).select_dtypes("float32").size * 4e-6
			for i in range(2):
			    frame = timed("read", lambda: pd.read_parquet(sys.argv[1]))
			    timed("write", lambda: frame.to_parquet(sys.argv[2]))
			""";
		new ProcessBuilder(python, "-c", script, folder.resolve("p.parquet").toString(),
			folder.resolve("peer.parquet").toString()).inheritIO().start().waitFor();
	}

	private static ProfileTable plate(final String plate, final int rows, final int features, final long seed) {
		final Random random = new Random(seed);
		final List<String> names = new ArrayList<>();
		for (int i = 1; i <= features; i++) names.add(String.format(Locale.ROOT, "emb_%04d", i));
		final ProfileTableBuilder builder = ProfileTable.builder(List.of("Metadata_Plate", "Metadata_Well"), names);
		final float[] vector = new float[features];
		for (int row = 0; row < rows; row++) {
			// Positive and smooth, as averaged activations are; java.util.Random's Gaussians take longer than writing.
			for (int i = 0; i < features; i++) vector[i] = random.nextFloat() * random.nextFloat();
			builder.add(List.of(plate, "W" + row % 384), vector);
		}
		return builder.build();
	}

	private static void raw(final ProfileTable table, final Path file) throws IOException {
		final ByteBuffer buffer = ByteBuffer.allocateDirect(table.featureCount() * 4 * 256);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			for (int row = 0; row < table.rowCount(); row++) {
				for (final float value : table.row(row)) buffer.putFloat(value);
				if (!buffer.hasRemaining() || row == table.rowCount() - 1) {
					buffer.flip();
					while (buffer.hasRemaining()) channel.write(buffer);
					buffer.clear();
				}
			}
			channel.force(true);
		}
	}

	private interface Work {

		void run() throws Exception;
	}

	/** Wall-clock and CPU seconds: on a busy machine only the latter tell the cost. */
	private static double time(final String name, final double megabytes, final double floor, final Work work)
		throws Exception
	{
		final long start = System.nanoTime();
		final long cpuStart = SYSTEM.getProcessCpuTime();
		work.run();
		final double cpu = (SYSTEM.getProcessCpuTime() - cpuStart) * 1e-9;
		final double seconds = (System.nanoTime() - start) * 1e-9;
		System.out.printf(Locale.ROOT, "%-22s %7.2f s %7.0f MB/s, CPU %7.2f s %7.0f MB/s%s%n", name, seconds,
			megabytes / seconds, cpu, megabytes / cpu,
			Double.isNaN(floor) ? "" : String.format(Locale.ROOT, ", x%.1f of the floor's time", seconds / floor));
		return seconds;
	}

	private static long usedHeap() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	/** Resident memory, now and at most, where the system tells (Linux). */
	private static String resident() throws IOException {
		final Path status = Path.of("/proc/self/status");
		if (!Files.exists(status)) return "resident memory unknown";
		final List<String> lines = Files.readAllLines(status)
			.stream()
			.filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
			.map(line -> line.replaceAll("\\s+", " "))
			.toList();
		return String.join(", ", lines);
	}
}
