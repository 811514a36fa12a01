// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.isophene.engine.Engines;
import io.github.isophene.engine.OneThread;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.progress.StoppingProgress;
import io.github.isophene.training.objective.Abra;
import io.github.isophene.training.objective.AbraCsArmBn;
import io.github.isophene.training.objective.AbraInput;
import io.github.isophene.training.objective.AdvStyle;
import io.github.isophene.training.objective.ArmBn;
import io.github.isophene.training.objective.CsArmBn;
import io.github.isophene.training.objective.Dsu;
import io.github.isophene.training.objective.Erm;
import io.github.isophene.training.objective.MixStyle;
import io.github.isophene.training.optimizer.LearningRate;
import io.github.isophene.training.optimizer.OptimizerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that was stopped anywhere ends with the same bits as one that wasn't. */
@ExtendWith(OneThread.class)
class CheckpointTest {

	/** Thrown in the middle of a training, as a crash would be. */
	private static final class Crash extends RuntimeException {

		private static final long serialVersionUID = 1L;
	}

	@TempDir
	Path folder;

	private static Objective objective(final String name) {
		return Objectives.of(List.of(new Erm(), new ArmBn(), new CsArmBn(), new Abra(), new AbraInput(),
			new AbraCsArmBn(), new Dsu(), new MixStyle(), new AdvStyle()), name);
	}

	/** Other optimizers for other objectives, so that all kinds of state are saved. */
	private static TrainingOptions options(final String objective) {
		return objective.equals("erm")
			? Tiny.OPTIONS
				.withOptimizer(OptimizerOptions.sgd(0.05, 0.9, true).withSchedule(LearningRate.Schedule.COSINE))
				.withBalanced(true)
			: Tiny.OPTIONS;
	}

	@ParameterizedTest
	@ValueSource(strings = {"erm", "arm-bn", "cs-arm-bn", "abra", "abra-input", "abra+cs-arm-bn", "advstyle"})
	void stoppedAtRandomPointsItEndsTheSame(final String name) throws Exception {
		final Architecture network = Tiny.NETWORK.withHead(objective(name).head());
		final TrainingResult whole = Tiny.trainer(objective(name), options(name)).train(network, Tiny.START);
		final RandomStream random = RandomStream.of(8, name);
		final Path file = folder.resolve("training.checkpoint");
		TrainingResult result = null;
		int stops = 0;
		while (result == null) {
			final int steps = 1 + random.nextInt(5);
			final boolean crash = random.nextBoolean();
			final double interval = random.nextBoolean() ? 0 : 1e9;
			final StoppingProgress progress = new StoppingProgress();
			final TrainingListener listener = new TrainingListener() {

				private int done;

				@Override
				public void step(final StepRecord step) {
					done++;
					if (crash && done == steps) throw new Crash();
					if (done >= steps) progress.cancel();
				}
			};
			try {
				final TrainingResult part = Tiny.trainer(objective(name), options(name))
					.checkpoint(file, interval)
					.progress(progress)
					.listener(listener)
					.train(network, Tiny.START);
				if (part.ending() != TrainingResult.Ending.CANCELED) result = part;
				else stops++;
			}
			catch (final Crash e) {
				stops++;
			}
			assertTrue(stops < 100, "never comes to an end");
		}
		assertTrue(stops >= 3, "stopped only " + stops + " times");
		assertEquals(whole.last(), result.last());
		assertEquals(whole.weights(), result.weights());
		assertEquals(whole.log(), result.log());
		assertEquals(whole.ending(), result.ending());
	}

	@Test
	void aFinishedTrainingIsNotDoneAgain() throws Exception {
		final Path file = folder.resolve("training.checkpoint");
		final TrainingResult first = Tiny.trainer(new CsArmBn(), Tiny.OPTIONS)
			.checkpoint(file, 60)
			.train(Tiny.NETWORK, Tiny.START);
		final TrainingResult again = Tiny.trainer(new CsArmBn(), Tiny.OPTIONS)
			.checkpoint(file, 60)
			.listener(new TrainingListener() {

				@Override
				public void step(final StepRecord step) {
					throw new AssertionError("a step more");
				}
			})
			.train(Tiny.NETWORK, Tiny.START);
		assertEquals(first.weights(), again.weights());
		assertEquals(first.log(), again.log());
	}

	@Test
	void anotherTrainingsCheckpointIsRefused() throws Exception {
		final Path file = folder.resolve("training.checkpoint");
		final TrainingOptions one = Tiny.OPTIONS.withEpochs(1, 1);
		Tiny.trainer(new Erm(), one).checkpoint(file, 60).train(Tiny.NETWORK, Tiny.START);
		for (final Trainer other : List.of(Tiny.trainer(new CsArmBn(), one), Tiny.trainer(new Erm(), one.withSeed(5)),
			Tiny.trainer(new Erm(), one.withEpochs(2, 1))))
		{
			final String message = assertThrows(IllegalArgumentException.class,
				() -> other.checkpoint(file, 60).train(Tiny.NETWORK, Tiny.START)).getMessage();
			assertTrue(message.contains("training.checkpoint") && message.contains("another training"), message);
		}
	}

	@Test
	void aDamagedCheckpointIsNamed() throws Exception {
		final Path file = folder.resolve("training.checkpoint");
		final TrainingOptions one = Tiny.OPTIONS.withEpochs(1, 1);
		Tiny.trainer(new Erm(), one).checkpoint(file, 60).train(Tiny.NETWORK, Tiny.START);
		final byte[] bytes = Files.readAllBytes(file);
		for (final int cut : new int[]{0, 10, bytes.length / 2, bytes.length - 5}) {
			Files.write(file, java.util.Arrays.copyOf(bytes, cut));
			final String message = assertThrows(IOException.class,
				() -> Tiny.trainer(new Erm(), one).checkpoint(file, 60).train(Tiny.NETWORK, Tiny.START)).getMessage();
			assertTrue(message.contains("training.checkpoint") && message.contains("delete it"), message);
		}
	}

	@Test
	void aFailedWriteLeavesTheOldFile() throws Exception {
		final Path file = folder.resolve("file");
		AtomicFile.write(file, temporary -> Files.write(temporary, new byte[]{1}));
		assertThrows(IOException.class, () -> AtomicFile.write(file, temporary -> {
			Files.write(temporary, new byte[]{2});
			throw new IOException("disk full");
		}));
		assertEquals(1, Files.readAllBytes(file)[0]);
		try (var files = Files.list(folder)) {
			assertEquals(1, files.count());
		}
	}

	/** The training of the process that is killed: writes its checkpoint after every step, at last its weights. */
	static final class Child {

		private Child() {}

		/** @param args folder, epochs */
		public static void main(final String[] args) throws Exception {
			Engines.setThreads(1);
			final Path folder = Path.of(args[0]);
			final TrainingResult result = Tiny.trainer(new CsArmBn(), options(Integer.parseInt(args[1])))
				.checkpoint(folder.resolve("training.checkpoint"), 0)
				.listener(new TrainingListener() {

					@Override
					public void step(final StepRecord step) {
						System.out.println("step");
						System.out.flush();
					}
				})
				.train(Tiny.NETWORK, Tiny.START);
			Safetensors.write(result.last(), folder.resolve("last.safetensors"), java.util.Map.of());
		}
	}

	/** So many epochs that the training isn't over before all kills are done. */
	private static TrainingOptions options(final int epochs) {
		return Tiny.OPTIONS.withEpochs(epochs, epochs);
	}

	@Test
	void aKilledProcessResumesToTheSameEnd() throws Exception {
		final RandomStream random = RandomStream.of(Long.getLong("isophene.kill.seed", 1), "kill");
		final int kills = Integer.getInteger("isophene.kills", 2);
		final int epochs = 2 + 2 * kills;
		final TrainingResult whole = Tiny.trainer(new CsArmBn(), options(epochs)).train(Tiny.NETWORK, Tiny.START);
		int killed = 0;
		for (int i = 0; i <= kills; i++) {
			final Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx512m", "-cp", System.getProperty("java.class.path"), Child.class.getName(), folder.toString(),
				String.valueOf(epochs)).redirectError(folder.resolve("errors").toFile()).start();
			if (i < kills) {
				// A few steps, then a moment that may lie in a step, in a validation or in the writing of a checkpoint.
				final int steps = 1 + random.nextInt(3);
				final byte[] line = "step\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
				child.getInputStream().readNBytes(steps * line.length);
				Thread.sleep(random.nextInt(60));
				if (child.isAlive()) killed++;
				child.destroyForcibly();
			}
			else child.getInputStream().readAllBytes();
			assertTrue(child.waitFor(120, TimeUnit.SECONDS));
		}
		assertEquals(kills, killed, "some had ended before they were killed");
		final File errors = folder.resolve("errors").toFile();
		assertTrue(Files.exists(folder.resolve("last.safetensors")),
			() -> "the child failed, see its messages: " + read(errors));
		assertEquals(whole.last(), Safetensors.read(folder.resolve("last.safetensors")));
		assertFalse(Files.exists(folder.resolve("training.checkpoint.part")));
	}

	private static String read(final File file) {
		try {
			return Files.readString(file.toPath());
		}
		catch (final IOException e) {
			return e.getMessage();
		}
	}
}
