// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.imageio.ImageIO;

import io.github.isophene.cli.ScriptEngines;
import io.github.isophene.network.ModelFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.script.ScriptService;

/** The script of the published protocol, on a miniature in RxRx1's own layout. */
class RxRx1ProtocolTest {

	private static final int SIZE = 48;
	private static final List<String> WELLS = List.of("B02", "B03", "B04", "C02");

	@TempDir
	static Path folder;

	private static Context context;

	@BeforeAll
	static void make() throws IOException {
		context = new Context();
		ScriptEngines.addTo(context.service(ScriptService.class));
		final List<String> rows = new ArrayList<>(
			List.of("site_id,well_id,cell_type,dataset,experiment,plate,well,site,well_type,sirna,sirna_id"));
		final Map<String, String> experiments = Map.of("HEPG2-01", "train", "HEPG2-02", "train", "RPE-01", "train",
			"HEPG2-08", "val", "RPE-08", "test");
		for (final String experiment : experiments.keySet().stream().sorted().toList()) {
			final Path plate = Files.createDirectories(folder.resolve("rxrx1/images/" + experiment + "/Plate1"));
			for (int label = 0; label < WELLS.size(); label++) {
				for (int site = 1; site <= 2; site++) {
					final String well = WELLS.get(label);
					final boolean control = label == WELLS.size() - 1;
					rows.add(String.join(",", experiment + "_1_" + well + "_" + site, experiment + "_1_" + well,
						experiment.replaceAll("-.*", ""), experiments.get(experiment), experiment, "1", well,
						String.valueOf(site), control ? "negative_control" : "treatment",
						control ? "EMPTY" : "s" + label, String.valueOf(label)));
					for (int w = 1; w <= 6; w++) {
						ImageIO.write(image(label, w, (experiment + well + site + w).hashCode()), "png",
							plate.resolve(well + "_s" + site + "_w" + w + ".png").toFile());
					}
				}
			}
		}
		Files.write(folder.resolve("rxrx1/metadata.csv"), rows);
	}

	@AfterAll
	static void dispose() {
		context.dispose();
	}

	/** Stripes whose width is the class, in the channel of the class brighter. */
	private static BufferedImage image(final int label, final int channel, final int seed) {
		final BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
		final Random random = new Random(seed);
		for (int y = 0; y < SIZE; y++) {
			for (int x = 0; x < SIZE; x++) {
				final int v = 40 + (x / (2 + 3 * label) % 2 == 0 ? 60 : 0) + (channel == label + 1 ? 60 : 0) +
					random.nextInt(30);
				image.getRaster().setSample(x, y, 0, v);
			}
		}
		return image;
	}

	private static List<String> run(final String name, final Object... more) throws Exception {
		// What is given twice counts as it stands last.
		final List<Object> arguments = new ArrayList<>(List.of("source", folder.resolve("rxrx1").toFile(),
			"architecture", "resnet18:4", "tile", 48, "device", "cpu", "model", folder.resolve(name + ".zip").toFile(),
			"accuracies", folder.resolve(name + "-accuracies.csv").toFile()));
		arguments.addAll(List.of(more));
		context.service(ScriptService.class)
			.run(new File("macros/rxrx1_protocol.groovy"), true, arguments.toArray())
			.get();
		return Files.readAllLines(folder.resolve(name + "-accuracies.csv"));
	}

	@Test
	void wildsWithThreeChannels() throws Exception {
		final List<String> rows = run("wilds", "protocol", "wilds", "channels", 3, "objective", "abra", "settings",
			"warm-up=0;scale=12;margin=0.2", "epochs", 2);
		// 3 training experiments of 4 wells, of which site 2 tests in distribution; 1 experiment each out of it.
		assertEquals(
			List.of("id_test,image,4,12", "id_test,well,4,12", "val,image,4,8", "val,well,4,4", "test,image,4,8",
				"test,well,4,4"),
			rows.subList(1, rows.size())
				.stream()
				.map(r -> r.split(","))
				.map(r -> String.join(",", r[0], r[1], r[2], r[4]))
				.toList());
		assertTrue(Files.readString(folder.resolve("wilds.csv")).startsWith("epoch"), "the training's log");
		final var card = ModelFile.read(folder.resolve("wilds.zip")).card();
		assertEquals(List.of("DNA", "ER", "Actin"), card.channels());
		assertEquals(12, card.architecture().head().scale());
		assertEquals("abra", card.training().get("objective"));
	}

	@Test
	void theLogIsNotWrittenOver() {
		// The script's own message goes to the log of the application.
		assertThrows(Exception.class, () -> run("same", "accuracies", folder.resolve("same.csv").toFile(), "protocol",
			"wilds", "channels", 3, "objective", "erm", "epochs", 1));
		assertTrue(Files.notExists(folder.resolve("same.zip")), "it is refused before the training");
		assertTrue(Files.notExists(folder.resolve("same.csv")));
	}

	@Test
	void rxrx1WithSixChannelsAndControls() throws Exception {
		final List<String> rows = run("context", "protocol", "rxrx1", "channels", 6, "objective", "abra+cs-arm-bn",
			"epochs", 1);
		// Controls carry no label: 3 of 4 wells are left.
		assertEquals(List.of("val,image,3,6", "val,well,3,3", "test,image,3,6", "test,well,3,3"),
			rows.subList(1, rows.size())
				.stream()
				.map(r -> r.split(","))
				.map(r -> String.join(",", r[0], r[1], r[2], r[4]))
				.toList());
		assertTrue(rows.get(1).matches(".*,[01]\\.\\d{4}"), rows.get(1));
		assertEquals(6, ModelFile.read(folder.resolve("context.zip")).card().channels().size());
	}
}
