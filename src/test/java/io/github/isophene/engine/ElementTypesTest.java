// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A type that isn't safe ends the process, so if the guard fails this test doesn't fail: the test run crashes. */
class ElementTypesTest {

	@ParameterizedTest
	@EnumSource(names = {"UINT16", "INT16", "UINT32", "UINT64", "BFLOAT16", "COMPLEX64", "STRING", "UNKNOWN"})
	void typesThatTheEngineHasNotAreRefused(final DataType type) {
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray array = manager.zeros(new Shape(2));
			final String message = assertThrows(IllegalArgumentException.class, () -> ElementTypes.convert(array, type))
				.getMessage();
			assertTrue(message.contains(type.toString()), message);
		}
	}

	@ParameterizedTest
	@EnumSource(names = {"FLOAT32", "FLOAT64", "FLOAT16", "UINT8", "INT8", "INT32", "INT64", "BOOLEAN"})
	void theOthersCanBeCreatedAndConvertedTo(final DataType type) {
		assertEquals(8, ElementTypes.SAFE.size());
		try (NDManager manager = Engines.newManager("cpu")) {
			final NDArray array = ElementTypes.convert(Tensors.create(manager, new float[]{0, 1}, 2), type);
			assertEquals(type, array.getDataType());
			assertEquals(type, manager.zeros(new Shape(2), ElementTypes.require(type)).getDataType());
			assertEquals(1, ElementTypes.convert(array, DataType.FLOAT32).toFloatArray()[1]);
		}
	}
}
