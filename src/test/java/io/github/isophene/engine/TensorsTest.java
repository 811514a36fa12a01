// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorsTest {

	private NDManager manager;

	@BeforeEach
	void open() {
		manager = Engines.newManager("cpu");
	}

	@AfterEach
	void close() {
		manager.close();
	}

	@Test
	void valuesAreCopiedSoABufferCanBeFilledAgain() {
		final FloatBuffer buffer = ByteBuffer.allocateDirect(4 * 7).order(ByteOrder.nativeOrder()).asFloatBuffer();
		for (int i = 0; i < 7; i++) buffer.put(i, i);
		buffer.position(1);
		final NDArray array = Tensors.create(manager, buffer, 2, 3);
		for (int i = 0; i < 7; i++) buffer.put(i, -1);
		assertArrayEquals(new float[]{1, 2, 3, 4, 5, 6}, array.toFloatArray());
		assertEquals(1, buffer.position());
		assertEquals(new Shape(2, 3), array.getShape());
	}

	@Test
	void aShapeThatHoldsOtherThanAllValuesIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> Tensors.create(manager, new float[5], 2, 3));
		assertThrows(IllegalArgumentException.class, () -> Tensors.create(manager, new float[7], 2, 3));
	}

	@Test
	void noValuesMakeAnEmptyArray() {
		assertEquals(0, Tensors.create(manager, new float[0], 0, 3).size());
	}

	@Test
	void channelsLastChangesMemoryButNotValues() {
		final float[] values = new float[2 * 3 * 4 * 5];
		for (int i = 0; i < values.length; i++) values[i] = i;
		final NDArray images = Tensors.create(manager, values, 2, 3, 4, 5);
		final NDArray last = Tensors.channelsLast(images);
		assertEquals(images.getShape(), last.getShape());
		assertArrayEquals(values, last.toFloatArray());
		// In memory order, the three channels of the first pixel come first.
		final float[] memory = last.transpose(0, 2, 3, 1).toFloatArray();
		assertArrayEquals(new float[]{0, 20, 40}, new float[]{memory[0], memory[1], memory[2]});
	}

	@Test
	void rowsOfAMatrix() {
		final float[][] rows = Tensors.rows(Tensors.create(manager, new float[]{1, 2, 3, 4, 5, 6}, 3, 2));
		assertArrayEquals(new float[]{5, 6}, rows[2]);
	}
}
