// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import ai.djl.Device;
import io.github.isophene.IsopheneService;
import io.github.isophene.adaptation.ScreenPredictionOptions;
import io.github.isophene.adaptation.TinyModels;
import io.github.isophene.cli.InProcess;
import io.github.isophene.comparison.ComparisonOptions;
import io.github.isophene.embedding.EmbeddingOptions;
import io.github.isophene.engine.EngineException;
import io.github.isophene.engine.Precision;
import io.github.isophene.finetuning.FineTuneOptions;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelFile;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.screen.Screen;
import io.github.isophene.training.DataOptions;
import io.github.isophene.training.TrainingOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;

/** The key {@code precision} of the commands; processors without bfloat16 compute it by conversions here. */
class PrecisionDoorsTest {

	private static final File SCREEN = new File("test-images/demo/screen.csv").getAbsoluteFile();
	private static final String EMULATION = "isophene.bfloat16";

	@TempDir
	static Path folder;

	private static Context context;
	private static IsopheneService isophene;

	@BeforeAll
	static void start() {
		context = new Context();
		isophene = context.service(IsopheneService.class);
	}

	@AfterEach
	void endEmulation() {
		System.clearProperty(EMULATION);
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	@Test
	void profilesPointWhereThoseInFloat32DoAndTheRunsDoNotMix() throws Exception {
		final Screen screen = isophene.openScreen(SCREEN.toPath());
		final Path exact = folder.resolve("float32.parquet");
		isophene.embedScreen(screen, EmbeddingOptions.into(exact).withPrecision("float32"));
		final Path auto = folder.resolve("auto.parquet");
		isophene.embedScreen(screen, EmbeddingOptions.into(auto));
		assertEquals(-1, Files.mismatch(exact, auto));
		System.setProperty(EMULATION, "emulated");
		final Path half = folder.resolve("bfloat16.parquet");
		MacroBridge.runMacro(context,
			"run(\"Embed Screen...\", \"screen=[" + OwnProcess.slashes(SCREEN.toPath()) + "] profiles=[" +
				OwnProcess.slashes(half) + "] precision=bfloat16\");");
		assertNotEquals(-1, Files.mismatch(exact, half));
		compare(ProfileFile.read(exact), ProfileFile.read(half));
	}

	@Test
	void plateWiseStatisticsArePredictedWithInBothPrecisions() throws IOException {
		final Screen screen = isophene.openScreen(SCREEN.toPath());
		final Path model = folder.resolve("tiny.zip");
		ModelFile.write(TinyModels.calibrated(Model.load(TinyModels.write(model, 1))), model);
		final Path exact = folder.resolve("exact.csv");
		isophene.predictScreen(screen, ScreenPredictionOptions.into(exact).withModel(model.toString()));
		System.setProperty(EMULATION, "emulated");
		final Path half = folder.resolve("half.csv");
		isophene.predictScreen(screen,
			ScreenPredictionOptions.into(half).withModel(model.toString()).withPrecision("bfloat16"));
		assertNotEquals(Files.readString(exact), Files.readString(half));
		assertEquals(Files.readAllLines(exact).size(), Files.readAllLines(half).size());
		final Path adapted = folder.resolve("adapted.parquet");
		isophene.embedScreen(screen, EmbeddingOptions.into(adapted)
			.withStatistics("controls")
			.withControls("Metadata_pert_type=negcon")
			.withPrecision("bfloat16"));
		final Path adaptedExact = folder.resolve("adapted32.parquet");
		isophene.embedScreen(screen, EmbeddingOptions.into(adaptedExact)
			.withStatistics("controls")
			.withControls("Metadata_pert_type=negcon"));
		compare(ProfileFile.read(adaptedExact), ProfileFile.read(adapted));
	}

	@Test
	void aTrainingSaysItsPrecisionOnTheModelsCard() throws Exception {
		final Screen screen = isophene.openScreen(SCREEN.toPath());
		final FineTuneOptions options = FineTuneOptions
			.into(folder.resolve("service.zip"),
				DataOptions.of("Metadata_Compound", "Metadata_Batch", "Metadata_pert_type=negcon")
					.withTile(64, DataOptions.Augment.FLIPS))
			.withObjective("erm")
			.withStart("", "resnet18:4")
			.withTraining(TrainingOptions.PUBLISHED.withEpochs(1, 20));
		final Model exact = isophene.fineTune(screen, options).model();
		assertEquals("float32", exact.card().training().get("precision"));
		System.setProperty(EMULATION, "emulated");
		final Path file = folder.resolve("macro.zip");
		MacroBridge.runMacro(context,
			"run(\"Fine-tune Model...\", \"screen=[" + OwnProcess.slashes(SCREEN.toPath()) + "] model=[" +
				OwnProcess.slashes(file) + "] label=Metadata_Compound objective=erm architecture=resnet18:4 epochs=1 " +
				"tile=64 precision=bfloat16\");");
		final Model rounded = ModelFile.read(file);
		assertEquals("bfloat16", rounded.card().training().get("precision"));
		assertEquals(exact.card().training().get("data.sha256"), rounded.card().training().get("data.sha256"));
		assertNotEquals(exact.weights(), rounded.weights());
		final FineTuneOptions same = options.withTraining(options.training().withPrecision("bfloat16"));
		assertEquals(rounded.weights(), isophene.fineTune(screen, same).model().weights());
	}

	@Test
	void wrongNamesAndProcessorsWithoutItAreRefusedBeforeTheFirstImage() throws IOException {
		for (final String key : new String[]{"half", "float16"})
			assertEquals("precision = " + key + ": use auto, float32, bfloat16",
				assertThrows(IllegalArgumentException.class,
					() -> EmbeddingOptions.into(folder.resolve("a.csv")).withPrecision(key)).getMessage());
		assertThrows(IllegalArgumentException.class,
			() -> ScreenPredictionOptions.into(folder.resolve("a.csv")).withPrecision("half"));
		assertThrows(IllegalArgumentException.class, () -> ComparisonOptions.into(folder).withPrecision("half"));
		assertThrows(IllegalArgumentException.class, () -> TrainingOptions.PUBLISHED.withPrecision("half"));
		try {
			Precision.BFLOAT16.require(Device.cpu());
			return; // this processor has it
		}
		catch (final EngineException expected) {
			assertFalse(expected.getMessage().isEmpty());
		}
		final Path file = folder.resolve("refused.parquet");
		refused("Embed Screen...", "profiles=\"" + OwnProcess.slashes(file) + "\"");
		refused("Fine-tune Model...", "label=\"Metadata_Compound\",model=\"" +
			OwnProcess.slashes(folder.resolve("refused.zip")) + "\"");
		refused("Compare Adaptations...", "label=\"Metadata_Compound\",folder=\"" +
			OwnProcess.slashes(folder.resolve("refused")) + "\"");
		assertFalse(Files.exists(file));
		assertFalse(Files.exists(folder.resolve("refused.zip")));
		assertFalse(Files.exists(folder.resolve("refused/models")));
	}

	/** A command on the screen, refused with one reason whatever it computes. */
	private static void refused(final String command, final String keys) throws IOException {
		final InProcess run = InProcess.run("--headless", "--run", command, "screen=\"" +
			OwnProcess.slashes(SCREEN.toPath()) + "\"," + keys + ",precision=\"bfloat16\",device=\"cpu\"");
		assertTrue(run.output().contains("precision = bfloat16: this processor"), run.output());
		assertTrue(run.output().contains("Use precision = float32, or another device"), run.output());
	}

	private static void compare(final ProfileTable expected, final ProfileTable got) {
		assertEquals(expected.rowCount(), got.rowCount());
		assertEquals(expected.featureColumns(), got.featureColumns());
		for (int row = 0; row < got.rowCount(); row++) {
			final float[] a = expected.row(row);
			final float[] b = got.row(row);
			assertFalse(Arrays.equals(a, b));
			double ab = 0;
			double aa = 0;
			double bb = 0;
			for (int i = 0; i < a.length; i++) {
				ab += (double) a[i] * b[i];
				aa += (double) a[i] * a[i];
				bb += (double) b[i] * b[i];
			}
			final double cosine = ab / Math.sqrt(aa * bb);
			assertTrue(cosine >= 0.999, "cosine " + cosine + " of row " + row);
		}
	}
}
