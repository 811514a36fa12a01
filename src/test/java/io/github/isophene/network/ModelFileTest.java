// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.github.isophene.files.TinyDisk;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {

	@TempDir
	private Path folder;

	private static Model model() {
		final Architecture architecture = Architecture.of("resnet50-aa", 2, 2, 3);
		final ModelCard card = new ModelCard("Müller's model", "für \"Tests\"", architecture,
			ModelCard.Input.ALL_CHANNELS, List.of("DNA", "ER"), 96, "percentile:0.1:99.9", List.of("a", "b", "c"),
			"Metadata_moa", StatisticsOrigin.JOINT, Map.of("epochs", "3", "objective", "cs-arm-bn", "batches", "A, B"));
		return new Model(card, Initialization.random(architecture, 5));
	}

	/** The file is whole and its digests are right: only the numbers are none. */
	@ParameterizedTest
	@ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
	void weightsThatAreNotFiniteAreRefused(final float value) throws IOException {
		final Model model = model();
		model.weights().get("layer1.0.conv1.weight").values()[3] = value;
		final Path file = folder.resolve("diverged.zip");
		ModelFile.write(model, file);
		final IOException exc = assertThrows(IOException.class, () -> Model.load(file));
		assertTrue(exc.getMessage().contains(file.toString()) && exc.getMessage().contains("layer1.0.conv1.weight") &&
			exc.getMessage().contains(String.valueOf(value)), exc.getMessage());
	}

	@Test
	void aModelComesBackAsItWas() throws IOException {
		final Model model = model();
		final Path file = folder.resolve("new/model.zip");
		ModelFile.write(model, file);
		final Model back = Model.load(file.toString());
		assertEquals(model.card(), back.card());
		assertEquals(model.weights(), back.weights());
		assertEquals(model.digest(), back.digest());
		try (var files = Files.list(file.getParent())) {
			assertEquals(1, files.count(), "something was left beside the file");
		}
	}

	@Test
	void aModelOfSmallerFieldsSaysSoAndOneOfFullSizeIsAsItWas() throws IOException {
		final ModelCard c = model().card();
		final ModelCard half = new ModelCard(c.name(), c.description(), c.architecture(), c.input(), c.channels(),
			c.tileSize(), "nearest:2", c.intensity(), c.classes(), c.labelColumn(), c.statistics(), c.training());
		final Path file = folder.resolve("half.zip");
		ModelFile.write(new Model(half, model().weights()), file);
		assertEquals("nearest:2", ModelFile.read(file).card().downscale());
		assertEquals(half, ModelFile.read(file).card());
		assertTrue(CardJson.write(half, "", null, "").contains("\"downscale\": \"nearest:2\""));
		assertFalse(CardJson.write(c, "", null, "").contains("downscale"));
		assertEquals("1", c.downscale());
		assertEquals("nearest:2", half.with(StatisticsOrigin.TRAINING, Map.of()).downscale());
	}

	@Test
	void theSameModelGivesTheSameBytesWhateverTheTimeZone() throws IOException {
		final TimeZone zone = TimeZone.getDefault();
		try {
			TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
			ModelFile.write(model(), folder.resolve("a.zip"));
			TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
			ModelFile.write(model(), folder.resolve("b.zip"));
		}
		finally {
			TimeZone.setDefault(zone);
		}
		assertArrayEquals(Files.readAllBytes(folder.resolve("a.zip")), Files.readAllBytes(folder.resolve("b.zip")));
	}

	@Test
	void theFileIsAZipWithSafetensorsInIt() throws IOException {
		ModelFile.write(model(), folder.resolve("m.zip"));
		try (ZipFile zip = new ZipFile(folder.resolve("m.zip").toFile())) {
			assertEquals(2, zip.size());
			final String json = new String(zip.getInputStream(zip.getEntry("model.json")).readAllBytes(),
				StandardCharsets.UTF_8);
			assertTrue(json.contains("\"formatVersion\": 1") && json.contains("\"statistics\": \"joint\""), json);
			final ZipEntry weights = zip.getEntry("weights.safetensors");
			assertEquals(ZipEntry.STORED, weights.getMethod());
			assertEquals(model().weights(), Safetensors.read(zip.getInputStream(weights), weights.getSize()));
		}
	}

	@Test
	void anotherWeightIsAnotherDigest() {
		final Model model = model();
		final float[] other = model.weights().get("fc.bias").values().clone();
		other[1] += 1;
		final StateDict weights = new StateDict();
		model.weights().names().forEach(n -> weights.put(n, model.weights().get(n)));
		weights.put("fc.bias", new long[]{3}, other);
		assertNotEquals(model.digest(), new Model(model.card(), weights).digest());
	}

	@Test
	void badFilesAreNamedWithTheReason() throws IOException {
		final Map<String, byte[]> good = entries();
		assertRefused("nothing.zip", null, "no model");
		Files.writeString(folder.resolve("text.zip"), "this is no zip file, whatever its name says");
		assertRefused("text.zip", null, "text.zip");
		assertRefused("text.zip", null, "copy it anew");
		assertRefused("noweights.zip", with(good, "weights.safetensors", null), "weights.safetensors");
		assertRefused("nocard.zip", with(good, "model.json", null), "model.json");
		assertRefused("notjson.zip", with(good, "model.json", "{".getBytes()), "not JSON");
		assertRefused("newer.zip", replaced(good, "\"formatVersion\": 1", "\"formatVersion\": 3"), "version 3");
		assertRefused("nokey.zip", replaced(good, "\"tileSize\"", "\"size\""), "'tileSize' is missing");
		assertRefused("wrongtype.zip", replaced(good, "\"tileSize\": 96", "\"tileSize\": \"96 px\""), "whole number");
		assertRefused("kind.zip", replaced(good, "\"joint\"", "\"jointly\""),
			"calibrated, mix, joint, joint-plate, controls, batch, training");
		assertRefused("names.zip", replaced(good, "\"network\": \"resnet50\"", "\"network\": \"vgg\""), "vgg");
		assertRefused("classes.zip", replaced(good, "\"classes\": 3", "\"classes\": 4"), "4 outputs");
		assertRefused("width.zip", replaced(good, "\"width\": 2", "\"width\": 3"), "conv1.weight");
		final byte[] damaged = good.get("weights.safetensors").clone();
		damaged[damaged.length - 1] ^= 1;
		assertRefused("damaged.zip", with(good, "weights.safetensors", damaged), "damaged");
	}

	/** A name that climbs out of the folder is an entry like any other that isn't asked for: nothing is unpacked. */
	@Test
	void entriesWithOtherNamesAreNotTouched() throws IOException {
		final Map<String, byte[]> entries = with(entries(), "../../evil.txt", new byte[]{1});
		write("climbing.zip", entries);
		assertEquals(model().card(), Model.load(folder.resolve("climbing.zip")).card());
		assertTrue(Files.notExists(folder.resolve("../../evil.txt")));
	}

	@Test
	void aCardThatUnpacksToMoreThanItMayIsRefused() throws IOException {
		assertRefused("bomb.zip", with(entries(), "model.json", new byte[40 << 20]), "too large");
	}

	/** 300 MB of zeros that compress to 300 kB: refused before they are in memory. */
	@Test
	void weightsThatUnfoldWithoutEndAreRefused() throws IOException {
		final Map<String, byte[]> entries = with(entries(), "weights.safetensors", new byte[300 << 20]);
		assertRefused("bomb.zip", entries, "weights.safetensors in it is too large");
		assertTrue(Files.size(folder.resolve("bomb.zip")) < 1 << 20);
		// The size that the directory of the zip says may lie.
		final byte[] zip = Files.readAllBytes(folder.resolve("bomb.zip"));
		for (int i = 0; i < zip.length - 46; i++) {
			if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2 && zip[i + 46] == 'w') {
				zip[i + 24] = 100;
				zip[i + 25] = zip[i + 26] = zip[i + 27] = 0;
			}
		}
		Files.write(folder.resolve("lying.zip"), zip);
		assertRefused("lying.zip", null, "");
	}

	@Test
	void anEntryThatIsThereTwiceIsRefused() throws IOException {
		final Map<String,
			byte[]> entries = new LinkedHashMap<>(with(entries(), "model.jsom", "{}".getBytes(StandardCharsets.UTF_8)));
		write("twice.zip", entries);
		final byte[] zip = Files.readAllBytes(folder.resolve("twice.zip"));
		final byte[] name = "model.jsom".getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i + name.length < zip.length; i++) {
			if (Arrays.equals(zip, i, i + name.length, name, 0, name.length)) zip[i + 9] = 'n';
		}
		Files.write(folder.resolve("twice.zip"), zip);
		assertRefused("twice.zip", null, "model.json twice");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = {"\"width\": 2|\"width\": 2000000000", "\"width\": 2|\"width\": -2",
			"\"width\": 2|\"width\": 1e999999999", "\"classes\": 3|\"classes\": 2000000000",
			"\"tileSize\": 96|\"tileSize\": 2147483647", "\"tileSize\": 96|\"tileSize\": 9e9",
			"\"channels\": 2|\"channels\": 2147483647"})
	void absurdNumbersInTheCardAreRefused(final String old, final String text) throws IOException {
		assertRefused("absurd.zip", replaced(entries(), old, text), "absurd.zip");
	}

	@Test
	void endlessNumbersAndNestingInTheCardAreRefused() throws IOException {
		assertRefused("digits.zip", replaced(entries(), "\"width\": 2", "\"width\": " + "9".repeat(3_000_000)),
			"must be a whole number, not \"999");
		final String deep = "[".repeat(1_000_000);
		assertRefused("deep.zip", with(entries(), "model.json", deep.getBytes(StandardCharsets.UTF_8)), "nested");
		assertRefused("nested.zip", replaced(entries(), "{", "{\"x\": " + deep + "]".repeat(1_000_000) + ","),
			"nested");
	}

	@Test
	void aFullDiskLeavesTheOldModelAndNothingElse() throws IOException {
		try (TinyDisk disk = TinyDisk.of(folder, 64)) {
			final Path file = disk.folder().resolve("model.zip");
			Files.writeString(file, "old");
			final String message = assertThrows(IOException.class, () -> ModelFile.write(model(), file)).getMessage();
			assertTrue(message.contains(file.toString()) && message.contains("space on the disk"), message);
			assertEquals("old", Files.readString(file));
			disk.assertHolds("model.zip");
		}
	}

	@Test
	void aFailedWriteLeavesTheOldFile() throws IOException {
		final Path file = folder.resolve("kept.zip");
		Files.createDirectory(file);
		Files.writeString(file.resolve("inside"), "x");
		assertThrows(IOException.class, () -> ModelFile.write(model(), file));
		assertTrue(Files.exists(file.resolve("inside")));
		try (var files = Files.list(folder)) {
			assertEquals(1, files.count(), "a temporary file was left");
		}
	}

	@Test
	void aCardThatContradictsItselfIsRefused() {
		final Architecture a = Architecture.of("resnet18", 2, 4, 0);
		assertThrows(IllegalArgumentException.class, () -> new ModelCard("m", "", a, ModelCard.Input.EACH_CHANNEL,
			List.of(), 64, "", List.of(), "", StatisticsOrigin.TRAINING, Map.of()));
		assertThrows(IllegalArgumentException.class, () -> new ModelCard("m", "", a, ModelCard.Input.ALL_CHANNELS,
			List.of("DNA"), 64, "", List.of(), "", StatisticsOrigin.TRAINING, Map.of()));
		assertThrows(IllegalArgumentException.class, () -> new ModelCard("m", "", a, ModelCard.Input.ALL_CHANNELS,
			List.of("DNA", "ER"), 8, "", List.of(), "", StatisticsOrigin.TRAINING, Map.of()));
	}

	private Map<String, byte[]> entries() throws IOException {
		ModelFile.write(model(), folder.resolve("good.zip"));
		final Map<String, byte[]> entries = new LinkedHashMap<>();
		try (ZipFile zip = new ZipFile(folder.resolve("good.zip").toFile())) {
			for (final ZipEntry e : zip.stream().toList())
				entries.put(e.getName(), zip.getInputStream(e).readAllBytes());
		}
		return entries;
	}

	private static Map<String, byte[]> with(final Map<String, byte[]> entries, final String name, final byte[] bytes) {
		final Map<String, byte[]> other = new LinkedHashMap<>(entries);
		if (bytes == null) other.remove(name);
		else other.put(name, bytes);
		return other;
	}

	private static Map<String, byte[]> replaced(final Map<String, byte[]> entries, final String old,
		final String text)
	{
		final String json = new String(entries.get("model.json"), StandardCharsets.UTF_8);
		assertTrue(json.contains(old), json);
		return with(entries, "model.json", json.replace(old, text).getBytes(StandardCharsets.UTF_8));
	}

	private void write(final String name, final Map<String, byte[]> entries) throws IOException {
		try (OutputStream out = Files.newOutputStream(folder.resolve(name));
			ZipOutputStream zip = new ZipOutputStream(out))
		{
			for (final Map.Entry<String, byte[]> e : entries.entrySet()) {
				zip.putNextEntry(new ZipEntry(e.getKey()));
				zip.write(e.getValue());
			}
		}
	}

	private void assertRefused(final String name, final Map<String, byte[]> entries, final String reason)
		throws IOException
	{
		if (entries != null) write(name, entries);
		final String message = assertThrows(IOException.class, () -> Model.load(folder.resolve(name).toString()))
			.getMessage();
		assertTrue(message.contains(name) && message.contains(reason), message);
	}
}
