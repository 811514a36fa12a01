// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.demo.virtual;

import io.github.isophene.demo.BatchEffect;
import io.github.isophene.screen.Field;

/**
 * One field of a virtual plate before its pixels are made. Batch, plate and site count from 1.
 *
 * @param batch number of the batch
 * @param plate number of the plate within its batch
 * @param well normalized well name
 * @param site number of the field within its well
 * @param label class, an index into {@link SourceWells#classes}
 * @param part part that the source well belongs to
 * @param source source well
 * @param field source field, one of the well's
 * @param crop what is taken of it
 * @param effect effects that are applied: the noise is 1 or more, the cell density 1
 */
record VirtualField(int batch, int plate, String well, int site, int label, SourcePart part, SourceWell source,
	Field field, Crop crop, BatchEffect effect)
{

	String batchName() {
		return "B" + batch;
	}

	String plateName() {
		return "B" + batch + "_P" + plate;
	}
}
