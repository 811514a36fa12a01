// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import static io.github.isophene.network.weights.WeightFixtures.file;
import static io.github.isophene.network.weights.WeightFixtures.vector;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;

import io.github.isophene.network.PickleBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PickledStateDictTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = {"plain.pt", "plain-protocol5.pt", "plain-legacy.pt"})
	void readsWhatPyTorchWrote(final String name) throws IOException {
		final PickledStateDict found = PickledStateDict.read(file(name));
		assertEquals(WeightFixtures.plain(), found.weights());
		assertEquals(List.copyOf(WeightFixtures.plain().names()), List.copyOf(found.weights().names()));
		assertEquals(List.of(), found.notes());
	}

	@ParameterizedTest
	@ValueSource(strings = {"types.pt", "types-legacy.pt"})
	void convertsEveryElementType(final String name) throws IOException {
		final StateDict found = PickledStateDict.read(file(name)).weights();
		assertEquals(name.equals("types.pt") ? 12 : 9, found.size());
		for (final String tensor : found.names()) {
			assertArrayEquals(WeightFixtures.types().get(tensor).values(), found.get(tensor).values(), tensor);
		}
	}

	@Test
	void resolvesViewsOfSharedStorages() throws IOException {
		final StateDict found = PickledStateDict.read(file("strided.pt")).weights();
		final float[] transposed = new float[24];
		for (int c = 0; c < 6; c++) for (int r = 0; r < 4; r++) transposed[c * 4 + r] = r * 6 + c;
		assertEquals(new NamedTensor(new long[]{6, 4}, transposed), found.get("transposed"));
		assertEquals(new NamedTensor(new long[]{2, 3}, new float[]{1, 3, 5, 13, 15, 17}), found.get("every_second"));
		assertEquals(vector(12, 13, 14, 15, 16, 17), found.get("row"));
		assertEquals(new NamedTensor(new long[]{3, 2}, new float[]{7, 7, 7, 7, 7, 7}), found.get("expanded"));
		assertEquals(new NamedTensor(new long[]{2, 2}, new float[]{8, 9, 14, 15}), found.get("corner"));
		final float[] rising = new float[24];
		for (int i = 0; i < 24; i++) rising[i] = i;
		assertEquals(new NamedTensor(new long[]{1, 2, 3, 4}, rising), found.get("channels_last"));
		assertEquals(vector(0, 1, 2, 3, 4, 5), found.get("parameter"));
	}

	@Test
	void takesTheWeightsOutOfACheckpoint() throws IOException {
		final PickledStateDict found = PickledStateDict.read(file("checkpoint.pt"));
		assertEquals(Safetensors.read(file("checkpoint-expected.safetensors")), found.weights());
		assertEquals(List.of("took the state dict under 'state_dict'", "took the prefix 'module.' from 6 of 6 names"),
			found.notes());
	}

	@Test
	void manyTensorsOfOneStorageEqualTheSafetensors() throws IOException {
		assertEquals(Safetensors.read(file("resnet18.safetensors")),
			PickledStateDict.read(file("resnet18.pt")).weights());
	}

	@Test
	void takesTheWeightsOfATorchScriptArchive() throws IOException {
		final PickledStateDict found = PickledStateDict.read(file("torchscript-map.pt"));
		assertEquals(List.of("conv.weight", "conv.bias"), List.copyOf(found.weights().names()));
		assertArrayEquals(new long[]{3, 2, 3, 3}, found.weights().get("conv.weight").shape());
		assertEquals(List.of("took the weights of a TorchScript archive, not its code"), found.notes());
		assertEquals(Safetensors.read(file("torchscript-weights.safetensors")), found.weights());
	}

	@Test
	void anotherByteOrderIsRead() throws IOException {
		final Map<String, byte[]> parts = new LinkedHashMap<>();
		parts.put("x/data.pkl",
			new PickleBuilder().op("}").text("w").tensor("HalfStorage", "0", 1, 0, new long[]{1}, 1).op("s").pickle());
		parts.put("x/byteorder", "big".getBytes());
		parts.put("x/data/0", new byte[]{0x3c, 0});
		assertEquals(new StateDict().put("w", vector(1)), read(PickleBuilder.zip(parts, ZipEntry.STORED)).weights());
		parts.put("x/byteorder", "odd".getBytes());
		refused("byteorder", PickleBuilder.zip(parts, ZipEntry.STORED));
	}

	@Test
	void aWholeModuleIsRefusedByTheNameOfItsClass() {
		final IOException exc = assertThrows(IOException.class, () -> PickledStateDict.read(file("module.pt")));
		assertTrue(exc.getMessage().contains("torch.nn.modules.container.Sequential"), exc.getMessage());
		assertTrue(exc.getMessage().contains("holds code") &&
			exc.getMessage().contains("torch.save(model.state_dict(), file)"), exc.getMessage());
		assertTrue(exc.getMessage().contains("module.pt"), exc.getMessage());
	}

	@Test
	void otherFormatsAreCalledByTheirNames() throws IOException {
		assertEquals(WeightFormat.TORCHSCRIPT, WeightFormat.of(file("torchscript-map.pt")));
		assertEquals(WeightFormat.TORCH_LEGACY, WeightFormat.of(file("plain-legacy.pt")));
		assertEquals(WeightFormat.TORCH_ZIP, WeightFormat.of(file("plain.pt")));
		assertEquals(WeightFormat.SAFETENSORS, WeightFormat.of(file("plain.safetensors")));
		assertThrows(IOException.class, () -> PickledStateDict.read(file("plain.safetensors")));
		assertThrows(IOException.class, () -> WeightFormat.of(folder));
		refused("git lfs pull", "version https://git-lfs.github.com/spec/v1\n".getBytes());
		refused("web page", "<!DOCTYPE html><html>".getBytes());
		refused("no weights", new byte[0]);
		refused("model file already", PickleBuilder.zip(Map.of("model.json", new byte[]{'{', '}'}), ZipEntry.DEFLATED));
		refused("without data.pkl", PickleBuilder.zip(Map.of("arr_0.npy", new byte[3]), ZipEntry.STORED));
		refused("not of torch.save", new PickleBuilder().op("}").pickle());
	}

	@Test
	void theNestedDictIsChosenOrAskedFor() throws IOException {
		final byte[] one = new PickleBuilder().op("}(")
			.text("lr")
			.number(1)
			.text("mine")
			.op("}")
			.text("encoder.w")
			.tensor("FloatStorage", "0", 1, 0, new long[]{1}, 1)
			.op("su")
			.file(new byte[4]);
		final PickledStateDict found = read(one);
		assertEquals(new StateDict().put("w", vector(0)), found.weights());
		assertEquals(List.of("took the state dict under 'mine'", "took the prefix 'encoder.' from 1 of 1 names"),
			found.notes());

		final byte[] nested = new PickleBuilder().op("}(")
			.text("model")
			.op("}")
			.text("state_dict")
			.op("}(")
			.text("w")
			.tensor("FloatStorage", "0", 1, 0, new long[]{1}, 1)
			.text("step")
			.number(3)
			.op("usu")
			.file(new byte[4]);
		assertEquals(List.of("took the state dict under 'model'", "took the state dict under 'state_dict'",
			"left aside 1 entry that is no tensor"), read(nested).notes());

		refused("several state dicts (a, b)",
			new PickleBuilder().op("}(")
				.text("a")
				.op("}")
				.text("w")
				.tensor("FloatStorage", "0", 1, 0, new long[]{1}, 1)
				.op("s")
				.text("b")
				.op("}")
				.text("w")
				.tensor("FloatStorage", "0", 1, 0, new long[]{1}, 1)
				.op("su")
				.file(new byte[4]));
		refused("no state dict", new PickleBuilder().op("}").file());
		refused("no state dict", new PickleBuilder().number(3).file());
		refused("no state dict",
			new PickleBuilder().tensor("FloatStorage", "0", 1, 0, new long[]{1}, 1).file(new byte[4]));
	}

	@Test
	void aTensorOfAnotherKindIsNamed() throws IOException {
		refused("ComplexFloatStorage",
			new PickleBuilder().op("}")
				.text("w")
				.tensor("ComplexFloatStorage", "0", 1, 0, new long[]{1}, 1)
				.op("s")
				.file(new byte[8]));
	}

	private PickledStateDict read(final byte[] data) throws IOException {
		final Path file = folder.resolve("w.pt");
		Files.write(file, data);
		return PickledStateDict.read(file);
	}

	private void refused(final String message, final byte[] data) {
		final IOException exc = assertThrows(IOException.class, () -> read(data));
		assertTrue(exc.getMessage().contains(message) && exc.getMessage().contains("w.pt"), exc.getMessage());
	}
}
