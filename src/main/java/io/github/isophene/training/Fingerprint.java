// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import io.github.isophene.files.Sha256;
import io.github.isophene.network.Architecture;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.training.data.Split;
import io.github.isophene.training.data.TrainingData;

/** Says which training a checkpoint is of: everything that decides its result, but the device. */
final class Fingerprint {

	private Fingerprint() {}

	/** SHA-256, hexadecimal. Pixels aren't part of it. */
	static String of(final TrainingData data, final Split split, final Objective objective,
		final TrainingOptions options, final Architecture architecture, final StateDict start)
	{
		try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(),
			Sha256.digest()))
		{
			final String text = String.join("\n", objective.name(), new TreeMap<>(objective.settings()).toString(),
				options.identity(), architecture.toString(), data.classes().toString(),
				data.tiles().channels() + " " + data.tiles().size() + data.tiles().identity(),
				data.samples().toString(), Arrays.toString(split.training()), Arrays.toString(split.validation()),
				Arrays.toString(split.heldOut()));
			out.write(text.getBytes(StandardCharsets.UTF_8));
			Safetensors.write(start, out, Map.of());
			return Sha256.hex(out.getMessageDigest());
		}
		catch (final IOException e) {
			throw new UncheckedIOException("A digest can't fail to be written to", e);
		}
	}
}
