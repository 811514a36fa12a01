// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.training;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;

/**
 * A training at rest, in one file: a zip with {@code checkpoint.json} (version, what
 * training it is, how far it is, the log) and, as safetensors, {@code weights}, {@code best}
 * (weights of the best epoch; absent before the first) and {@code optimizer}.
 *
 * @param fingerprint says which training this is: SHA-256 of data, options and start weights
 * @param position how far it is
 * @param weights the present weights
 * @param best the best so far, or {@code null}
 * @param optimizer state of the optimizer
 * @param optimizerSteps how many steps it has made
 */
record Checkpoint(String fingerprint, TrainingPosition position, StateDict weights, StateDict best, StateDict optimizer,
	long optimizerSteps)
{

	private static final int VERSION = 1;
	private static final String JSON = "checkpoint.json";
	private static final String WEIGHTS = "weights.safetensors";
	private static final String BEST = "best.safetensors";
	private static final String OPTIMIZER = "optimizer.safetensors";

	/** Numbers as Java writes them come back bit by bit; infinity is the best loss before the first epoch. */
	private static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues()
		.setPrettyPrinting()
		.create();

	/** The JSON part. */
	private record Preamble(int version, String fingerprint, long optimizerSteps, TrainingPosition position) {}

	/** Writes the file: the old or the new one is there whole, whenever the process is killed. */
	void write(final Path file) throws IOException {
		AtomicFile.deleteTemporaries(file);
		AtomicFile.write(file, temporary -> {
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16);
				ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8))
			{
				write(zip);
			}
		});
	}

	private void write(final ZipOutputStream zip) throws IOException {
		put(zip, JSON,
			GSON.toJson(new Preamble(VERSION, fingerprint, optimizerSteps, position)).getBytes(StandardCharsets.UTF_8));
		put(zip, WEIGHTS, bytes(weights));
		if (best != null) put(zip, BEST, bytes(best));
		put(zip, OPTIMIZER, bytes(optimizer));
	}

	/**
	 * Reads a file.
	 *
	 * @throws IOException if it isn't a checkpoint of this version; the message names the file
	 */
	static Checkpoint read(final Path file) throws IOException {
		try (ZipFile zip = new ZipFile(Files.exists(file) ? file.toFile() : missing(file))) {
			final Preamble header = GSON.fromJson(new String(entry(zip, JSON), StandardCharsets.UTF_8), Preamble.class);
			if (header == null || header.version() != VERSION)
				throw new IOException("it is of version " + (header == null ? "?" : header.version()) +
					", this program reads version " + VERSION);
			if (header.position() == null || header.fingerprint() == null)
				throw new IOException(JSON + " in it isn't whole");
			return new Checkpoint(header.fingerprint(), header.position(), weights(zip, WEIGHTS, file),
				zip.getEntry(BEST) == null ? null : weights(zip, BEST, file), weights(zip, OPTIMIZER, file),
				header.optimizerSteps());
		}
		catch (final ZipException | JsonParseException e) {
			throw unreadable(file, e);
		}
		catch (final IOException e) {
			throw e instanceof java.nio.file.NoSuchFileException ? e : unreadable(file, e);
		}
	}

	private static IOException unreadable(final Path file, final Exception e) {
		return new IOException(
			"The checkpoint " + file + " can't be read (" + e.getMessage() + "): delete it to train from the start", e);
	}

	private static java.io.File missing(final Path file) throws IOException {
		throw new java.nio.file.NoSuchFileException(file.toString(), null, "there is no such checkpoint");
	}

	private static byte[] bytes(final StateDict weights) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream(
			Math.toIntExact(4 * weights.parameterCount() + (64 << 10)));
		Safetensors.write(weights, out, Map.of("format", "pt"));
		return out.toByteArray();
	}

	private static StateDict weights(final ZipFile zip, final String name, final Path file) throws IOException {
		final byte[] bytes = entry(zip, name);
		try {
			// A training that diverges leaves no checkpoint.
			return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length, file + " (" + name + ")")
				.requireFinite();
		}
		catch (final IllegalArgumentException exc) {
			throw new IOException(exc.getMessage(), exc);
		}
	}

	private static byte[] entry(final ZipFile zip, final String name) throws IOException {
		final ZipEntry entry = zip.getEntry(name);
		if (entry == null) throw new IOException("there is no " + name + " in it");
		try (InputStream in = zip.getInputStream(entry)) {
			return in.readAllBytes();
		}
	}

	/** Stored, not deflated: weights don't get smaller, and it would take seconds. */
	private static void put(final ZipOutputStream zip, final String name, final byte[] bytes) throws IOException {
		final ZipEntry entry = new ZipEntry(name);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(bytes.length);
		final CRC32 crc = new CRC32();
		crc.update(bytes);
		entry.setCrc(crc.getValue());
		entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
		zip.putNextEntry(entry);
		zip.write(bytes);
		zip.closeEntry();
	}
}
