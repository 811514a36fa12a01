// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import static io.github.isophene.network.weights.WeightFixtures.bytes;
import static io.github.isophene.network.weights.WeightFixtures.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

	@Test
	void readsWhatThePythonPackageWrote() throws IOException {
		assertEquals(WeightFixtures.plain(), Safetensors.read(file("plain.safetensors")));
		assertEquals(Map.of("format", "pt"), Safetensors.readMetadata(file("plain.safetensors")));
	}

	@Test
	void convertsEveryElementType() throws IOException {
		final StateDict found = Safetensors.read(file("types.safetensors"));
		final StateDict expected = WeightFixtures.types();
		for (final String name : expected.names()) {
			assertArrayEquals(expected.get(name).values(), found.get(name).values(), name);
		}
		assertEquals(expected.size(), found.size());
		assertEquals(Map.of(), Safetensors.readMetadata(file("types.safetensors")));
	}

	@Test
	void writesTheBytesThatThePythonPackageWrites() throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		Safetensors.write(WeightFixtures.plain(), out, Map.of("format", "pt"));
		assertArrayEquals(bytes("plain.safetensors"), out.toByteArray());
	}

	@Test
	void theOrderOfPuttingDoesNotChangeTheBytes() throws IOException {
		final StateDict backwards = new StateDict();
		final List<String> names = List.copyOf(WeightFixtures.plain().names());
		for (int i = names.size() - 1; i >= 0; i--)
			backwards.put(names.get(i), WeightFixtures.plain().get(names.get(i)));
		final ByteArrayOutputStream a = new ByteArrayOutputStream();
		final ByteArrayOutputStream b = new ByteArrayOutputStream();
		Safetensors.write(WeightFixtures.plain(), a, Map.of("a", "1", "b", "2", "c", "3"));
		Safetensors.write(backwards, b, Map.of("c", "3", "b", "2", "a", "1"));
		assertArrayEquals(a.toByteArray(), b.toByteArray());
	}

	@Test
	void aFileIsReplacedAtOnceAndNothingIsLeftBeside(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("sub").resolve("w.safetensors");
		Safetensors.write(new StateDict().put("old", NamedTensor.scalar(1)), file, Map.of());
		Safetensors.write(WeightFixtures.plain(), file, Map.of("quote", "\"<&>\" \u2028 ü"));
		assertEquals(WeightFixtures.plain(), Safetensors.read(file));
		assertEquals(Map.of("quote", "\"<&>\" \u2028 ü"), Safetensors.readMetadata(file));
		try (var files = Files.list(file.getParent())) {
			assertEquals(List.of(file), files.toList());
		}
	}

	@Test
	void aLargeTensorIsReadInPieces() throws IOException {
		final float[] values = new float[2_500_001];
		for (int i = 0; i < values.length; i++) values[i] = i;
		final StateDict large = new StateDict().put("a", NamedTensor.scalar(-1))
			.put("large", WeightFixtures.vector(values))
			.put("z", NamedTensor.scalar(-2));
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		Safetensors.write(large, out, Map.of());
		assertEquals(large, read(out.toByteArray()));
	}

	@Test
	void namesThatAreNoUtf8AreRefused() {
		final byte[] data = crafted("{\"a?\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4);
		data[8 + 3] = (byte) 0xff;
		final IOException exc = assertThrows(IOException.class, () -> read(data));
		assertTrue(exc.getMessage().contains("no valid JSON"), exc.getMessage());
	}

	@Test
	void anEmptyStateDictIsAFileToo() throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		Safetensors.write(new StateDict(), out, Map.of());
		assertEquals(new StateDict(), read(out.toByteArray()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		textBlock = """
			overlap        | {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},\
			"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}} | 6
			hole           | {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8
			belong to no   | {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 8
			only 2 bytes   | {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 2
			takes 8 bytes  | {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} | 4
			is there twice | {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},\
			"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8
			is there twice | {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},\
			"\\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8
			shape' twice   | {"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}} | 4
			lacks one of   | {"a":{"dtype":"F32","shape":[1]}} | 4
			more values    | {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}} | 0
			more values    | {"a":{"dtype":"U8","shape":[2147483648],"data_offsets":[0,2147483648]}} | 0
			whole number   | {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}} | 4
			whole number   | {"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}} | 4
			whole number   | {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}} | 4
			than a number  | {"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}} | 4
			F8_E4M3        | {"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}} | 1
			takes 4 bytes  | {"a":{"dtype":"F32","shape":[],"data_offsets":[4,0]}} | 4
			doesn't know   | {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"code":"x"}} | 4
			is no string   | {"__metadata__":{"a":1}} | 0
			there twice    | {"__metadata__":{"a":"1","a":"2"}} | 0
			not as the     | {"a":[1]} | 0
			begin with    | [1,2] | 0
			JSON           | {"a":{"dtype":"F32",} | 0
			JSON           | {}{} | 0
			begin with    | ' {}' | 0
			""")
	void aHeaderThatLiesIsRefused(final String message, final String header, final int dataBytes) {
		final IOException exc = assertThrows(IOException.class, () -> read(crafted(header, dataBytes)));
		assertTrue(exc.getMessage().contains(message), exc.getMessage());
		assertTrue(exc.getMessage().contains("safetensors"), exc.getMessage());
	}

	@Test
	void sizesThatLieCostNothing() {
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
			// A header of 100 MB that isn't there, and a tensor of 8 GB that isn't there.
			final byte[] longHeader = ByteBuffer.allocate(16)
				.order(ByteOrder.LITTLE_ENDIAN)
				.putLong(99_999_999)
				.put((byte) '{')
				.array();
			assertThrows(IOException.class,
				() -> Safetensors.read(new ByteArrayInputStream(longHeader), Long.MAX_VALUE));
			final byte[] huge = crafted(
				"{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483639],\"data_offsets\":[0,8589934556]}}", 100);
			final IOException exc = assertThrows(IOException.class,
				() -> Safetensors.read(new ByteArrayInputStream(huge), huge.length - 100 + 8589934556L));
			assertTrue(exc.getMessage().contains("'a' is not whole"), exc.getMessage());
			for (final long n : new long[]{-1, 0, 1, 100_000_001, Long.MIN_VALUE}) {
				final byte[] data = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(n).array();
				assertThrows(IOException.class, () -> Safetensors.read(new ByteArrayInputStream(data), Long.MAX_VALUE));
			}
			final byte[] nested = crafted("{\"a\":".repeat(1_000_000), 0);
			assertThrows(IOException.class, () -> read(nested));
		});
	}

	@Test
	void messagesNameTheFile(@TempDir final Path folder) throws IOException {
		final Path file = folder.resolve("broken.safetensors");
		final byte[] whole = bytes("plain.safetensors");
		Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 5));
		final IOException exc = assertThrows(IOException.class, () -> Safetensors.read(file));
		assertTrue(exc.getMessage().contains(file.toString()) && exc.getMessage().contains("'conv1.weight'"),
			exc.getMessage());
	}

	@Test
	void changedBytesGiveAResultOrAMessage() {
		assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
			final int refused = WeightFixtures.fuzz(bytes("plain.safetensors"), 2000, 1, SafetensorsTest::read);
			assertTrue(refused > 500 && refused < 2000, refused + " refused");
		});
	}

	@Test
	void thePythonPackageOpensOurFile(@TempDir final Path folder) throws Exception {
		final Path file = folder.resolve("ours.safetensors");
		Safetensors.write(WeightFixtures.plain(), file, Map.of("format", "pt", "note", "ü \"x\""));
		final Process python;
		try {
			python = new ProcessBuilder("python3", "-c", """
				import sys
				try:
				    from safetensors.numpy import load_file
				    from safetensors import safe_open
				except ImportError:
				    sys.exit(77)
				d = load_file(sys.argv[1])
				m = safe_open(sys.argv[1], "np").metadata()
				assert m == {"format": "pt", "note": "\\u00fc \\"x\\""}, m
				assert len(d) == 6 and d["conv1.weight"].shape == (2, 3, 2, 2) and d["conv1.weight"][1, 2, 1, 0] == 6.0
				assert d["empty"].shape == (0, 4) and d["scalar"].shape == () and d["scalar"] == 3.5
				""", file.toString()).redirectErrorStream(true).start();
		}
		catch (final IOException exc) {
			assumeTrue(false, "no python3 on the path");
			return;
		}
		final String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertTrue(python.waitFor(60, TimeUnit.SECONDS));
		assumeTrue(python.exitValue() != 77, "python3 has no package safetensors");
		assertEquals(0, python.exitValue(), said);
	}

	@Test
	void aStateDictKeepsItsOrderAndChecksShapes() {
		final StateDict weights = WeightFixtures.plain();
		assertEquals(List.of("conv1.weight", "bn1.weight", "bn1.bias", "empty", "scalar", "Größe"),
			List.copyOf(weights.names()));
		assertEquals(32, weights.parameterCount());
		assertEquals(6, weights.size());
		assertTrue(weights.contains("scalar"));
		assertFalse(weights.contains("nothing"));
		assertThrows(java.util.NoSuchElementException.class, () -> weights.get("nothing"));
		assertThrows(IllegalArgumentException.class, () -> new NamedTensor(new long[]{2, 2}, new float[3]));
		assertThrows(IllegalArgumentException.class, () -> new NamedTensor(new long[]{-1}, new float[0]));
		assertThrows(IllegalArgumentException.class, () -> NamedTensor.count(1L << 62, 4));
		assertThrows(IllegalArgumentException.class, () -> NamedTensor.count(0, Long.MAX_VALUE));
	}

	private static StateDict read(final byte[] data) throws IOException {
		return Safetensors.read(new ByteArrayInputStream(data), data.length);
	}

	private static byte[] crafted(final String header, final int dataBytes) {
		final byte[] json = header.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(8 + json.length + dataBytes)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putLong(json.length)
			.put(json)
			.array();
	}
}
