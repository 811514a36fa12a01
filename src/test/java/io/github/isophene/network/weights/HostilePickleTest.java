// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;

import io.github.isophene.network.PickleBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are made to run something, to fill the memory or never to end. */
class HostilePickleTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({"os, system", "posix, system", "nt, system", "subprocess, Popen", "builtins, eval", "builtins, exec",
		"builtins, getattr", "__builtin__, eval", "builtins, __import__", "importlib, import_module", "torch, load",
		"torch, hub", "torch._utils, _rebuild_tensor", "torch.storage, _load_from_bytes",
		"torch.nn.modules.conv, Conv2d", "pickle, loads", "torch.serialization, xStorage.system", "sys, exit",
		"runpy, run_path", "types, CodeType", "operator, attrgetter"})
	void namesThatCanDoHarmOrHideTensorsAreRefused(final String module, final String name) {
		// At the top, in place of a tensor, as a value, and by the opcode that takes the name from the stack.
		code(module + "." + name,
			new PickleBuilder().global(module, name).text("touch " + folder.resolve("run")).op(0x85, 'R'));
		code(module + "." + name,
			new PickleBuilder().op("}").text("w").global(module, name).text("x").op(0x85, 'R', 's'));
		code(module + "." + name, new PickleBuilder().op("}").text("w").op("]").global(module, name).op("as"));
		code(module + "." + name, new PickleBuilder().text(module).text(name).op(0x93, ')', 'R'));
		assertFalse(Files.exists(folder.resolve("run")));
	}

	@ParameterizedTest
	@CsvSource({"argparse, Namespace", "numpy.core.multiarray, scalar", "numpy._core.multiarray, scalar",
		"collections, Counter", "functools, partial", "pathlib, PosixPath", "datetime, datetime",
		"omegaconf.dictconfig, DictConfig", "torch, device", "my.project, Config"})
	void otherObjectsAreIgnored(final String module, final String name) throws IOException {
		final String full = module + "." + name;
		// Called, made with and without arguments, given attributes and items: none is run or kept.
		for (final PickleBuilder pickle : List.of(
			new PickleBuilder().op("}")
				.text("args")
				.global(module, name)
				.text("touch " + folder.resolve("run"))
				.op(0x85, 'R', 's'),
			new PickleBuilder().op("}")
				.text("args")
				.global(module, name)
				.op(')', 0x81)
				.op("}")
				.text("a")
				.text("b")
				.op("sbs"),
			new PickleBuilder().op("}")
				.text("args")
				.global(module, name)
				.op(")}")
				.op(0x92)
				.text("k")
				.text("v")
				.op("ss"),
			new PickleBuilder().op("}").text("args").text(module).text(name).op(0x93, 's')))
		{
			final IOException exc = assertThrows(IOException.class, () -> read(pickle.file()));
			assertTrue(exc.getMessage().contains("no state dict") && exc.getMessage().contains("objects of " + full),
				exc.getMessage());
		}
		assertFalse(Files.exists(folder.resolve("run")));
	}

	@Test
	void objectsOfClassesAreRefused() {
		code("object of a class", new PickleBuilder().op("(ios\nsystem\n"));
		code("object of a class", new PickleBuilder().global("collections", "OrderedDict").op(')', 0x81));
		code("object of a class", new PickleBuilder().global("collections", "OrderedDict").op(")}").op(0x92));
		code("by a number", new PickleBuilder().op(0x82, 1));
		refused("no function", new PickleBuilder().text("os").op(")R"));
		refused("no function", new PickleBuilder().global("torch", "FloatStorage").op(")R"));
		refused("no tuple of arguments", new PickleBuilder().global("collections", "OrderedDict").op("]R"));
		// BUILD gives attributes, which is how __setstate__ and __dict__ are reached.
		refused("no dict to give attributes to", new PickleBuilder().op("]}b"));
		refused("no dict to give attributes to", new PickleBuilder().global("torch", "FloatStorage").op("}b"));
		refused("persistent id", new PickleBuilder().text("x").op("Q"));
		refused("no opcode", new PickleBuilder().op("P0\n"));
		refused("no opcode", new PickleBuilder().op("I1\n"));
		refused("protocol 6", new PickleBuilder().op(0x80, 6));
	}

	@Test
	void aPartThatIsBrokenInsideIsNamedWithItsFile() throws IOException {
		final byte[] file = new PickleBuilder().op("}")
			.text("w")
			.tensor("FloatStorage", "0", 4, 0, new long[]{4}, 1)
			.op("s")
			.file(new byte[16]);
		assertEquals(1, read(file).weights().size());
		// The headers before the parts: the list of parts, at the end, stays whole.
		final byte[] header = {'P', 'K', 3, 4};
		for (int at = 1, parts = 0; parts < 2; at++) {
			if (!Arrays.equals(header, Arrays.copyOfRange(file, at, at + 4))) continue;
			parts++;
			final byte[] broken = file.clone();
			broken[at] = 0;
			final IOException exc = assertThrows(IOException.class, () -> read(broken));
			assertTrue(exc.getMessage().contains("w.pt: its part 'archive/") &&
				exc.getMessage().contains("fetch or copy it again"), exc.getMessage());
		}
	}

	@Test
	void sizesThatLieCostNothing() {
		refused("longer than", new PickleBuilder().op(0x8d).int64(Long.MAX_VALUE));
		refused("longer than", new PickleBuilder().op(0x8d).int64(-1));
		refused("longer than", new PickleBuilder().op('X').int32(-1));
		refused("longer than", new PickleBuilder().op(0x8e).int64(1L << 40));
		refused("longer than", new PickleBuilder().op(0x96).int64(1L << 33));
		refused("cut short", new PickleBuilder().op('X').int32(60_000_000));
		refused("an integer has", new PickleBuilder().op(0x8b).int32(Integer.MAX_VALUE));
		refused("an integer has", new PickleBuilder().op(0x8b).int32(-5));
		refused("cut short", new PickleBuilder().op(0x95).op("ab"));
		refused("letters", new PickleBuilder().op("c" + "x".repeat(10_000)));
		refused("letters", new PickleBuilder().op("}").text("x".repeat(5000)).op("Ns"));
	}

	@Test
	void stacksAndMemosThatAreWrongAreRefused() {
		for (final String opcodes : new String[]{"", "0", "1", "2", "s", "u", "a", "e", "t", "l", "d", "R", "b", "Q",
			"(", "}Ns", "]N", "NNNu", "N(Nu", "}(Nu", "}]Ns", "}}Ns", "h\5", "j\1\1\1\1", "q\1", "N(q\1t", "\u0085",
			"\u0087", "\u0091", "\u0090", "\u0093", "N\u0093"})
		{
			final PickleBuilder pickle = new PickleBuilder().op(opcodes);
			final IOException exc = assertThrows(IOException.class, () -> read(pickle.file()), opcodes);
			assertTrue(exc.getMessage().contains("w.pt"), exc.getMessage());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"(", "]", "}", ")", "\u0085", "N2", "](", "}(", "\u0094"})
	void deepNestingAndEndlessOpcodesEnd(final String opcodes) {
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
			refused("", new PickleBuilder().op("N").op(opcodes.repeat(500_000 / opcodes.length())).op("."));
		});
	}

	@Test
	void aPickleWithoutEndEnds() {
		refused("more than 2000000 steps", new PickleBuilder().op("N0".repeat(1_100_000)));
	}

	@Test
	void copiesOfCopiesEnd() {
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			// A list of 300,000, made into a set 100,000 times by three bytes each.
			refused("more than 2000000 steps",
				new PickleBuilder().op("](")
					.op("N".repeat(300_000))
					.op("e")
					.op(0x85)
					.op("q\0")
					.global("builtins", "set")
					.op("q\1")
					.op("h\1h\0R".repeat(100_000)));
			// Two equal storage keys of 20 MB, compared again and again.
			final String key = "k".repeat(20_000_000);
			refused("key of a storage",
				new PickleBuilder().op("(")
					.text("storage")
					.global("torch", "FloatStorage")
					.text(key)
					.text("cpu")
					.number(1)
					.op("tQ"));
			refused("a name has more", new PickleBuilder().text(key).op("2").op(0x93));
		});
	}

	@Test
	void nestedTuplesAsKeysAreNotCompared() {
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
			// t = (t, t), 60 times: as a key it would take 2^60 steps to hash.
			final PickleBuilder pickle = new PickleBuilder().op("})");
			for (int i = 0; i < 60; i++) pickle.op("2").op(0x86);
			refused("no state dict", pickle.op("Ns"));
			// A list that holds itself, and a dict that is its own state dict.
			refused("no state dict", new PickleBuilder().op("]q\0h\0a"));
			refused("no state dict", new PickleBuilder().op("}q\0").text("state_dict").op("h\0s"));
		});
	}

	@Test
	void modulesWithinEachOtherEnd() throws IOException {
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
			// A module that holds itself; and one whose two attributes are the same module, 50 times over.
			script("without end",
				new PickleBuilder().global("__torch__", "M").op(")").op(0x81).op("q\0}").text("m").op("h\0sb"));
			final PickleBuilder twice = new PickleBuilder().global("__torch__", "M").op(")").op(0x81).op("q\0");
			for (int i = 0; i < 50; i++) {
				twice.op("0")
					.global("__torch__", "M")
					.op(")")
					.op(0x81)
					.op("}(")
					.text("a")
					.op("h\0")
					.text("b")
					.op("h\0ubq\0");
			}
			script("without end", twice);
			script("without parameters", new PickleBuilder().global("__torch__", "M").op(")").op(0x81));
			script("os.system", new PickleBuilder().global("os", "system").op(")R"));
		});
		code("__torch__.M", new PickleBuilder().global("__torch__", "M").op(")").op(0x81));
	}

	@Test
	void tensorsThatReachOutOfTheirStorageAreRefused() {
		tensor("reaches out", 4, 0, new long[]{5}, 1);
		tensor("reaches out", 4, 4, new long[]{1}, 1);
		tensor("reaches out", 4, 0, new long[]{2, 2}, 3, 1);
		tensor("reaches out", 4, Long.MAX_VALUE, new long[]{1}, 1);
		tensor("reaches out", 4, 0, new long[]{3}, Long.MAX_VALUE);
		tensor("reaches out", 4, 0, new long[]{3, 3}, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
		tensor("should have 400 bytes", 100, 0, new long[]{100}, 1);
		tensor("can't have", Long.MAX_VALUE, 0, new long[]{4}, 1);
		tensor("no whole number", -1, 0, new long[]{4}, 1);
		tensor("no whole number", 4, -1, new long[]{4}, 1);
		tensor("no whole number", 4, 0, new long[]{-4}, 1);
		tensor("no whole number", 4, 3, new long[]{2}, -1);
		tensor("strides", 4, 0, new long[]{2, 2}, 1);
		tensor("more values", 4, 0, new long[]{1L << 40}, 0);
		tensor("more values", 4, 0, new long[]{1L << 32, 1L << 32}, 0, 0);
		tensor("16 dimensions", 4, 0, new long[65], new long[65]);
		// One number in the file, two billion in the memory.
		tensor("unfold to", 4, 0, new long[]{2_000_000_000}, 0);
	}

	@Test
	void manyTensorsThatUnfoldTogetherAreRefused() {
		final PickleBuilder pickle = new PickleBuilder().op("}(");
		for (int i = 0; i < 500; i++) {
			pickle.text("w" + i).tensor("FloatStorage", "0", 4, 0, new long[]{1000, 1000}, 0, 0);
		}
		refused("unfold to 500000000", pickle.op("u"));
	}

	@Test
	void compressedPartsAreRefused() throws IOException {
		final Map<String, byte[]> bomb = new LinkedHashMap<>();
		bomb.put("archive/data.pkl",
			new PickleBuilder().op("}")
				.text("w")
				.tensor("FloatStorage", "0", 10_000_000, 0, new long[]{10_000_000}, 1)
				.op("s")
				.pickle());
		bomb.put("archive/data/0", new byte[40_000_000]);
		final byte[] zip = PickleBuilder.zip(bomb, ZipEntry.DEFLATED);
		assertTrue(zip.length < 100_000);
		final IOException exc = assertThrows(IOException.class, () -> read(zip));
		assertTrue(exc.getMessage().contains("compressed"), exc.getMessage());
	}

	@Test
	void everyCutIsNoticed() {
		for (final String name : new String[]{"plain.pt", "plain-legacy.pt"}) {
			final byte[] whole = WeightFixtures.bytes(name);
			for (int n = 0; n < whole.length; n += 7) {
				final byte[] part = Arrays.copyOf(whole, n);
				assertThrows(IOException.class, () -> read(part), name + " cut at " + n);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"plain.pt", "checkpoint.pt", "types-legacy.pt", "torchscript-map.pt"})
	void changedBytesGiveAResultOrAMessage(final String name) {
		assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
			final int refused = WeightFixtures.fuzz(WeightFixtures.bytes(name), 2000, 2, this::read);
			assertTrue(refused > 500 && refused < 2000, refused + " refused");
		});
	}

	private void tensor(final String message, final long elements, final long offset, final long[] size,
		final long... stride)
	{
		refused(message,
			new PickleBuilder().op("}").text("w").tensor("FloatStorage", "0", elements, offset, size, stride).op("s"));
	}

	private void script(final String message, final PickleBuilder pickle) {
		final Map<String, byte[]> parts = new LinkedHashMap<>();
		parts.put("archive/data.pkl", pickle.pickle());
		parts.put("archive/constants.pkl", new byte[0]);
		final IOException exc = assertThrows(IOException.class, () -> read(PickleBuilder.zip(parts, ZipEntry.STORED)));
		assertTrue(exc.getMessage().contains(message) && exc.getMessage().contains("w.pt"), exc.getMessage());
	}

	private void code(final String message, final PickleBuilder pickle) {
		final IOException exc = refused(message, pickle);
		assertTrue(exc.getMessage().contains("holds code") && exc.getMessage().contains("safetensors"),
			exc.getMessage());
	}

	private IOException refused(final String message, final PickleBuilder pickle) {
		final byte[] file = pickle.file(new byte[16]);
		final IOException exc = assertThrows(IOException.class, () -> read(file));
		assertTrue(exc.getMessage().contains(message) && exc.getMessage().contains("w.pt"), exc.getMessage());
		return exc;
	}

	private PickledStateDict read(final byte[] data) throws IOException {
		final Path file = folder.resolve("w.pt");
		Files.write(file, data);
		return PickledStateDict.read(file);
	}
}
