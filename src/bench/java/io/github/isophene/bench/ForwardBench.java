// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bench;

import static io.github.isophene.bench.BenchRatio.quantile;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.github.isophene.engine.Engines;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Encoder;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;

/**
 * Speed of our encoder beside PyTorch and ONNX Runtime: same weights, same images, same
 * number of threads, taking turns, so that a load on the machine hits all alike. What
 * counts are the ratios; that of the fastest runs is the one least disturbed by other
 * loads. Differences of the outputs are printed, too.
 * <p>
 * Arguments, all with defaults: {@code python=python3 architecture=resnet50 channels=5
 * size=224 images=8 threads=2 rounds=15 peers=onnxruntime,eager,channels-last}.
 * </p>
 */
public final class ForwardBench {

	private ForwardBench() {}

	public static void main(final String[] arguments) throws Exception {
		final Map<String,
			String> options = new LinkedHashMap<>(
				Map.of("python", "python3", "architecture", "resnet50", "channels", "5", "size", "224", "images", "8",
					"threads", "2", "rounds", "15", "peers", "onnxruntime,eager,channels-last"));
		for (final String argument : arguments) {
			final String[] pair = argument.split("=", 2);
			if (pair.length < 2 || options.put(pair[0], pair[1]) == null) throw new IllegalArgumentException(argument);
		}
		final int n = Integer.parseInt(options.get("images"));
		final int c = Integer.parseInt(options.get("channels"));
		final int size = Integer.parseInt(options.get("size"));
		final int threads = Integer.parseInt(options.get("threads"));
		final Architecture architecture = Architecture.of(options.get("architecture"), c, 64, 0);
		final Model model = new Model(new ModelCard("bench", "", architecture, ModelCard.Input.ALL_CHANNELS,
			IntStream.range(0, c).mapToObj(i -> "c" + i).toList(), size, "", List.of(), "", StatisticsOrigin.TRAINING,
			Map.of()), Initialization.random(architecture, 1));
		final float[] values = new float[n * c * size * size];
		final SplittableRandom random = new SplittableRandom(2);
		for (int i = 0; i < values.length; i++) values[i] = (float) random.nextDouble();
		final FloatBuffer images = ByteBuffer.allocateDirect(4 * values.length)
			.order(ByteOrder.nativeOrder())
			.asFloatBuffer()
			.put(values)
			.flip();

		final Path folder = Files.createTempDirectory("forward-bench");
		final Map<String, Peer> peers = new LinkedHashMap<>();
		Engines.setThreads(threads);
		try (Encoder encoder = new Encoder(model, "cpu")) {
			Safetensors.write(model.weights(), folder.resolve("weights.safetensors"), Map.of());
			Safetensors.write(new StateDict().put("images", new long[]{n, c, size, size}, values),
				folder.resolve("images.safetensors"), Map.of());
			for (final String kind : options.get("peers").split(",")) {
				peers.put(kind, new Peer(options.get("python"), folder, kind, threads, architecture.name()));
			}
			System.out.println(options);
			System.out.println("ours: " + Engines.status().version() + ", threads " + Engines.threads() + "; peers: " +
				peers.values().iterator().next().ask("versions"));
			compare(encoder.embed(images, n, c, size, size), peers, folder);
			time(encoder, images, n, c, size, peers, Integer.parseInt(options.get("rounds")),
				architecture.name() + ", threads: " + threads);
		}
		finally {
			for (final Peer peer : peers.values()) peer.close();
			try (var files = Files.list(folder)) {
				for (final Path file : files.toList()) Files.delete(file);
			}
			Files.delete(folder);
		}
	}

	private static void compare(final float[][] ours, final Map<String, Peer> peers, final Path folder)
		throws IOException
	{
		for (final String kind : peers.keySet()) {
			peers.get(kind).ask("output");
			final float[] theirs = Safetensors.read(folder.resolve(kind + ".safetensors")).get("embeddings").values();
			double difference = 0;
			double largest = 0;
			for (int i = 0; i < theirs.length; i++) {
				difference = Math.max(difference, Math.abs(theirs[i] - ours[i / ours[0].length][i % ours[0].length]));
				largest = Math.max(largest, Math.abs(theirs[i]));
			}
			System.out.printf(Locale.ROOT, "%-14s max |difference| %.2g of max |value| %.3g%n", kind, difference,
				largest);
		}
	}

	private static void time(final Encoder encoder, final FloatBuffer images, final int n, final int c, final int size,
		final Map<String, Peer> peers, final int rounds, final String name) throws IOException
	{
		for (int warmup = 0; warmup < 3; warmup++) encoder.embed(images, n, c, size, size);
		final List<Double> ours = new ArrayList<>();
		final Map<String, List<Double>> theirs = new LinkedHashMap<>();
		final Map<String, List<Double>> busy = new LinkedHashMap<>();
		final com.sun.management.OperatingSystemMXBean system = (com.sun.management.OperatingSystemMXBean) //
		ManagementFactory.getOperatingSystemMXBean();
		for (int round = 0; round < rounds; round++) {
			for (final String kind : peers.keySet()) {
				// Ours right beside each of theirs: a load that comes and goes hits both.
				final long start = System.nanoTime();
				final long before = system.getProcessCpuTime();
				encoder.embed(images, n, c, size, size);
				final double own = (system.getProcessCpuTime() - before) * 1e-9;
				ours.add((System.nanoTime() - start) * 1e-9);
				final String[] answer = peers.get(kind).ask("run").split(" ");
				theirs.computeIfAbsent(kind, k -> new ArrayList<>()).add(Double.parseDouble(answer[0]));
				busy.computeIfAbsent(kind, k -> new ArrayList<>()).add(Double.parseDouble(answer[1]) / own);
			}
		}
		System.out.printf(Locale.ROOT, "%-14s %.2f images/s (median)%n", "ours", n / quantile(ours, .5));
		int k = 0;
		for (final String kind : peers.keySet()) {
			final List<Double> ratios = new ArrayList<>();
			for (int round = 0; round < rounds; round++)
				ratios.add(theirs.get(kind).get(round) / ours.get(round * peers.size() + k));
			k++;
			BenchRatio.print("forward pass, ours / " + kind + ", " + name, ratios);
			System.out.printf(Locale.ROOT,
				"%-14s %.2f images/s (median); speed of ours / theirs: median %.3f, min %.3f, max %.3f; " +
					"of the fastest runs %.3f; of their processor times: median %.3f, min %.3f, max %.3f%n",
				kind, n / quantile(theirs.get(kind), .5), quantile(ratios, .5), quantile(ratios, 0),
				quantile(ratios, 1), quantile(theirs.get(kind), 0) / quantile(ours, 0), quantile(busy.get(kind), .5),
				quantile(busy.get(kind), 0), quantile(busy.get(kind), 1));
		}
	}

	/** A process that runs the same network elsewhere. */
	private static final class Peer {

		private final Process process;
		private final Writer commands;
		private final BufferedReader answers;

		Peer(final String python, final Path folder, final String kind, final int threads, final String architecture)
			throws IOException
		{
			final List<String> command = Arrays.asList(python, "src/test/python/bench_forward_peer.py",
				folder.toString(), kind, String.valueOf(threads), architecture);
			process = new ProcessBuilder(command).redirectError(new File(folder.toFile(), kind + ".log")).start();
			commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
			answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		}

		String ask(final String command) throws IOException {
			commands.write(command + "\n");
			commands.flush();
			final String answer = answers.readLine();
			if (answer == null) throw new IOException("the peer has ended: " + process);
			return answer;
		}

		void close() throws IOException {
			commands.close();
			process.destroy();
		}
	}
}
