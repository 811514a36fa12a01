// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The element types that the engine really has. Asking its native bridge for another one
 * ({@code UINT16}, {@code INT16}, {@code UINT32}, {@code UINT64}, {@code BFLOAT16})
 * doesn't throw but ends the whole process, Fiji and all; so every type that isn't a
 * constant in the source must pass through {@link #require}.
 */
public final class ElementTypes {

	/** The types that are safe to create, to convert to, and to read. */
	public static final Set<DataType> SAFE = Collections.unmodifiableSet(EnumSet.of(DataType.FLOAT32, DataType.FLOAT64,
		DataType.FLOAT16, DataType.UINT8, DataType.INT8, DataType.INT32, DataType.INT64, DataType.BOOLEAN));

	private ElementTypes() {}

	/**
	 * @return the type, if it is safe
	 * @throws IllegalArgumentException if it isn't
	 */
	public static DataType require(final DataType type) {
		if (!SAFE.contains(type))
			throw new IllegalArgumentException(
				"The engine has no arrays of type " + type + ": convert the values to FLOAT32 (or INT32) first");
		return type;
	}

	/**
	 * The array in another type; the array itself if it has it already.
	 *
	 * @throws IllegalArgumentException if the type isn't safe
	 */
	public static NDArray convert(final NDArray array, final DataType type) {
		return array.toType(require(type), false);
	}
}
