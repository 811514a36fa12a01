// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.profiles.ProfileTableBuilder;

/**
 * Profiles of simulated plates, in units of a field's noise: effects of batches, plates and wells are drawn from normal
 * distributions, so is what labels and their treatments do; features have scales and offsets of their own.
 */
public final class SimulatedPlates {

	private static final int FEATURES = 24;

	private final long seed;
	private int plates = 6;
	private int batches = 2;
	private int controls = 8;
	private int fields = 1;
	private int treatments = 12;
	private int labels = 4;
	private double batch;
	private double plate = 0.3;
	private boolean confined;
	/** Directions that effects and noise lie in, [features][directions]; {@code null}: features are independent. */
	private double[][] directions;

	public SimulatedPlates(final long seed) {
		this.seed = seed;
	}

	/** Numbers of plates and batches, in turn. */
	public SimulatedPlates plates(final int count, final int inBatches) {
		plates = count;
		batches = inBatches;
		return this;
	}

	/** Control wells of a plate, and fields of a well. */
	public SimulatedPlates wells(final int controlWells, final int fieldsOfWell) {
		controls = controlWells;
		fields = fieldsOfWell;
		return this;
	}

	/** Treated wells of a plate, and labels that they share. */
	public SimulatedPlates treatments(final int count, final int ofLabels) {
		treatments = count;
		labels = ofLabels;
		return this;
	}

	/** Standard deviations of batches and plates. */
	public SimulatedPlates effects(final double ofBatch, final double ofPlate) {
		batch = ofBatch;
		plate = ofPlate;
		return this;
	}

	/** Each label lies in one batch. */
	public SimulatedPlates confined() {
		confined = true;
		return this;
	}

	/**
	 * Effects and half of the noise's variance lie in few directions, in which each feature has its part, as correlated
	 * features of cells do.
	 */
	public SimulatedPlates correlated(final int count) {
		final Random random = new Random(seed + 1000);
		directions = new double[FEATURES][count];
		for (final double[] row : directions)
			for (int d = 0; d < count; d++) row[d] = random.nextGaussian() / Math.sqrt(count);
		return this;
	}

	/** The table; controls are {@code Metadata_Type=negcon}. */
	public ProfileTable table() {
		final Random random = new Random(seed);
		final double[][] ofBatch = draw(random, batches, batch);
		final double[][] ofPlate = draw(random, plates, plate);
		final double[][] ofLabel = draw(random, labels, 1.2);
		final double[][] ofTreatment = draw(random, treatments, 0.5);
		final double[] scale = new double[FEATURES];
		final double[] offset = new double[FEATURES];
		final List<String> names = new ArrayList<>();
		for (int j = 0; j < FEATURES; j++) {
			scale[j] = Math.exp(random.nextGaussian());
			offset[j] = 5 + 2 * random.nextGaussian();
			names.add("f" + j);
		}
		final ProfileTableBuilder table = ProfileTable.builder(List.of("Metadata_Batch", "Metadata_Plate",
			"Metadata_Well", "Metadata_Site", "Metadata_Compound", "Metadata_Label", "Metadata_Type"), names);
		for (int p = 0; p < plates; p++) {
			int well = 0;
			for (int w = -controls; w < treatments; w++) {
				final int label = w < 0 ? -1 : w % labels;
				if (confined && label >= 0 && label % batches != p % batches) continue;
				final double[] ofWell = draw(random, 1, 0.4)[0];
				for (int f = 1; f <= fields; f++) {
					final float[] values = new float[FEATURES];
					final double[] shared = directions == null ? null : draw(random, 1, Math.sqrt(0.5))[0];
					for (int j = 0; j < FEATURES; j++) {
						final double noise = shared == null ? random.nextGaussian()
							: shared[j] + Math.sqrt(0.5) * random.nextGaussian();
						final double biology = label < 0 ? 0 : ofLabel[label][j] + ofTreatment[w][j];
						values[j] = (float) (offset[j] + scale[j] *
							(ofBatch[p % batches][j] + ofPlate[p][j] + ofWell[j] + biology + noise));
					}
					table.add(List.of("B" + p % batches, "P" + p,
						String.format(Locale.ROOT, "%c%02d", 'A' + well / 12, well % 12 + 1), "" + f,
						w < 0 ? "DMSO" : "c" + w, w < 0 ? "" : "m" + label, w < 0 ? "negcon" : "trt"), values);
				}
				well++;
			}
		}
		return table.build();
	}

	private double[][] draw(final Random random, final int count, final double deviation) {
		final double[][] drawn = new double[count][FEATURES];
		for (final double[] row : drawn) {
			if (directions == null) for (int j = 0; j < FEATURES; j++) row[j] = deviation * random.nextGaussian();
			else {
				for (int d = 0; d < directions[0].length; d++) {
					final double along = deviation * random.nextGaussian();
					for (int j = 0; j < FEATURES; j++) row[j] += directions[j][d] * along;
				}
			}
		}
		return drawn;
	}
}
