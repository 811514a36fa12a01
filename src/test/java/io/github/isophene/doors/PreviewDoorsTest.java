// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.ResultsTable;
import ij.process.FloatProcessor;
import io.github.isophene.IsopheneService;
import io.github.isophene.PreviewImages;
import io.github.isophene.commands.PreviewPerturbation;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.Initialization;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelCard;
import io.github.isophene.network.ModelFile;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Plane;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import io.github.isophene.training.objective.PreviewOptions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.Module;

/** The same preview through every door: service, menu item, macro, active image or field of a screen. */
class PreviewDoorsTest {

	private static final File SCREEN = new File("test-images/demo/screen.csv").getAbsoluteFile();

	@TempDir
	static Path folder;

	private static Context context;
	private static Path model;
	private static RandomAccessibleInterval<?> field;
	private static PreviewImages expected;
	private static byte[] tiff;

	@BeforeAll
	static void throughTheService() throws Exception {
		context = new Context();
		final IsopheneService isophene = context.service(IsopheneService.class);
		final Screen screen = isophene.openScreen(SCREEN.toPath());
		final Architecture network = new Architecture(Architecture.NetworkDepth.RESNET18, false,
			screen.channels().size(), 8, 3);
		model = folder.resolve("untrained.zip");
		ModelFile.write(new Model(
			new ModelCard("untrained", "", network, ModelCard.Input.ALL_CHANNELS, screen.channels(), 64, "clip8",
				List.of("a", "b", "c"), "class", StatisticsOrigin.TRAINING, Map.of()),
			Initialization.calibrated(network, 1)), model);
		field = FieldReaders.builtIn().read(screen.fields().get(2));
		expected = new PreviewImages(isophene.previewPerturbation(field, screen.channels(),
			PreviewOptions.of(model.toString(), "abra-input").withSettings("radius=1.5").withDevice("cpu")));
		expected.write(folder.resolve("service.tif"));
		tiff = Files.readAllBytes(folder.resolve("service.tif"));
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	private static Module run(final Object... keys) throws Exception {
		return context.service(CommandService.class).run(PreviewPerturbation.class, true, keys).get();
	}

	@Test
	void theFileHasAFramePerStateAndOneDisplayRange() {
		final ImagePlus image = IJ.openImage(folder.resolve("service.tif").toString());
		assertEquals(3, image.getNFrames());
		assertEquals(field.dimension(2), image.getNChannels());
		assertEquals(32, image.getBitDepth());
		assertTrue(image.getStack().getSliceLabel(1).startsWith("as it is, "), image.getStack().getSliceLabel(1));
		assertTrue(image.getStack().getSliceLabel(image.getStackSize()).startsWith("worst case, "));
		final BufferedImage picture = expected.picture();
		assertTrue(picture.getWidth() > 4 * 120 && picture.getHeight() > 3 * 120, picture.toString());
	}

	@Test
	void menuItem() throws Exception {
		final Path to = Files.createDirectories(folder.resolve("menu")).resolve("service.tif");
		final Module module = run("screen", SCREEN, "field", 3, "model", model.toString(), "settings", "radius=1.5",
			"device", "cpu", "output", to.toFile());
		assertArrayEquals(tiff, Files.readAllBytes(to));
		final ResultsTable table = (ResultsTable) module.getOutput("effects");
		// Every tile has its own: 5 effects per channel, but no bleed-through into the first.
		final int tiles = Integer.parseInt(table.getStringValue("tile", table.size() - 1));
		assertEquals(tiles * (5 * field.dimension(2) - 1), table.size());
		assertEquals(3, ((ImagePlus) module.getOutput("preview")).getNFrames());
		final String summary = module.getOutput("summary").toString();
		assertTrue(summary.contains("worst case"), summary);
		// Without a screen no table opens: its rows are in the text.
		assertTrue(!GraphicsEnvironment.isHeadless() || summary.lines().count() > table.size(), summary);
	}

	@Test
	void macro() throws Exception {
		final Path to = Files.createDirectories(folder.resolve("with space")).resolve("service.tif");
		MacroBridge.runMacro(context,
			"run(\"Preview Perturbation...\", \"screen=[" + OwnProcess.slashes(SCREEN.toPath()) + "] field=3 model=[" +
				OwnProcess.slashes(model) + "] settings=[radius=1.5] device=cpu output=[" + OwnProcess.slashes(to) +
				"]\");");
		assertArrayEquals(tiff, Files.readAllBytes(to));
	}

	@Test
	void theActiveImage() throws Exception {
		final int width = (int) field.dimension(0);
		final ImageStack stack = new ImageStack(width, (int) field.dimension(1));
		for (int c = 0; c < field.dimension(2); c++) {
			final float[] pixels = new float[width * (int) field.dimension(1)];
			for (int i = 0; i < pixels.length; i++)
				pixels[i] = ((RealType<?>) field.getAt(i % width, i / width, c)).getRealFloat();
			stack.addSlice(new FloatProcessor(width, (int) field.dimension(1), pixels));
		}
		final ImagePlus image = new ImagePlus("field", stack);
		image.setDimensions(stack.size(), 1, 1);
		final Module module = run("image", image, "model", model.toString(), "settings", "radius=1.5", "device", "cpu");
		final ImagePlus preview = (ImagePlus) module.getOutput("preview");
		final ImagePlus same = expected.image("x");
		for (int i = 1; i <= preview.getStackSize(); i++) {
			assertArrayEquals((float[]) same.getStack().getPixels(i), (float[]) preview.getStack().getPixels(i), 1e-6f);
		}
	}

	@Test
	void featureMapsAsAPicture() throws Exception {
		final Path to = folder.resolve("features.png");
		final Module module = run("screen", SCREEN, "model", model.toString(), "objective", "abra", "device", "cpu",
			"output", to.toFile());
		assertTrue(Files.size(to) > 1000);
		assertEquals(8, ((ImagePlus) module.getOutput("preview")).getNSlices());
	}

	@Test
	void mistakesAreNamed() throws IOException {
		assertMessage("give a screen, or open an image first", "model", model.toString());
		assertMessage("give a .tif file", "screen", SCREEN, "output", folder.resolve("x.jpg").toFile());
		assertMessage("the screen has fields 1 to 16", "screen", SCREEN, "field", 17);
		assertMessage("field is 0", "screen", SCREEN, "field", 0);
		final Screen all = ScreenTable.read(SCREEN.toPath());
		final File raw = new File(all.fields().get(1).planes().get(0).path());
		assertMessage("would be overwritten", "screen", SCREEN, "output", raw);
		final List<Field> fields = new ArrayList<>(all.fields());
		final Field first = fields.get(0);
		final List<Plane> planes = new ArrayList<>(first.planes());
		planes.set(0, null);
		fields.set(0, new Field(first.plate(), first.well(), first.site(), first.metadata(), planes));
		final Path gap = folder.resolve("gap.csv");
		ScreenTable.write(new Screen(all.channels(), fields), gap);
		assertMessage("would be overwritten", "screen", gap.toFile(), "output", raw);
	}

	private static void assertMessage(final String part, final Object... keys) {
		Throwable cause = assertThrows(ExecutionException.class, () -> run(keys));
		while (cause.getCause() != null) cause = cause.getCause();
		assertTrue(cause.getMessage().contains(part), cause.getMessage());
	}
}
