// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.correction;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.screen.Selection;
import io.github.isophene.storage.SizeLimit;

/**
 * Fitted corrections as a file: a zip with {@code corrections.json} (which corrections with
 * which settings, columns, controls, names of features and plates) and one NumPy array (.npy,
 * float64, two dimensions) per matrix, {@code <step>.<name>.npy}, so that {@code numpy.load}
 * opens it. The same state always gives the same bytes.
 */
public final class FittedFile {

	private static final int VERSION = 1;
	private static final String JSON = "corrections.json";
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	private FittedFile() {}

	/** Content of {@code corrections.json}. */
	private record Content(int isophene_corrections, String plates, String batches, String controls,
		List<Part> steps)
	{}

	/** One correction: its name and settings, its lists of texts, and the names of its matrices. */
	private record Part(String correction, Map<String, List<String>> texts, List<String> matrices) {}

	/** @throws IOException if the file cannot be written; what was there before is unchanged then */
	public static void write(final FittedChain chain, final Path file) throws IOException {
		AtomicFile.write(file, content(chain));
	}

	/** Returns the writer of a file, for one that is written together with others. */
	static AtomicFile.Content content(final FittedChain chain) {
		return temporary -> {
			try (OutputStream out = Files.newOutputStream(temporary); ZipOutputStream zip = new ZipOutputStream(out)) {
				final List<Part> parts = new ArrayList<>();
				final List<FittedState> states = new ArrayList<>();
				for (final FittedChain.FittedStep step : chain.steps()) {
					final FittedState state = step.fitted().state();
					states.add(state);
					parts.add(new Part(step.settings(), state.texts(), List.copyOf(state.matrices().keySet())));
				}
				final String json = GSON
					.toJson(new Content(VERSION, chain.plates(), chain.batches(), chain.controls().toString(),
						parts)) + "\n";
				put(zip, JSON, json.getBytes(StandardCharsets.UTF_8));
				for (int i = 0; i < states.size(); i++) {
					for (final Map.Entry<String, double[][]> matrix : states.get(i).matrices().entrySet()) {
						put(zip, i + "." + matrix.getKey() + ".npy", Npy.bytes(matrix.getValue()));
					}
				}
			}
		};
	}

	/**
	 * Reads a file.
	 *
	 * @param corrections must have those of the file
	 * @throws IOException if it is missing, damaged, of another version or no file of fitted corrections
	 */
	public static FittedChain read(final Path file, final Corrections corrections) throws IOException {
		if (!Files.isRegularFile(file)) throw new IOException("There is no file " + file + " of fitted corrections");
		try (ZipFile zip = new ZipFile(file.toFile())) {
			final String json = new String(get(zip, JSON, SizeLimit.METADATA), StandardCharsets.UTF_8);
			final Content content = GSON.fromJson(json, Content.class);
			if (content == null || content.steps() == null) throw new ZipException(JSON + " is empty");
			if (content.isophene_corrections() != VERSION) {
				throw new IOException(file + " is of version " + content.isophene_corrections() +
					", this program reads version " + VERSION + ": fit again");
			}
			final List<FittedChain.FittedStep> steps = new ArrayList<>();
			for (int i = 0; i < content.steps().size(); i++) {
				final Part part = content.steps().get(i);
				final FittedState state = new FittedState();
				part.texts().forEach(state::with);
				for (final String name : part.matrices()) {
					final double[][] matrix = Npy.matrix(get(zip, i + "." + name + ".npy", SizeLimit.file()));
					if (!Shrinkage.isUnbounded(name)) requireFinite(name, matrix);
					state.with(name, matrix);
				}
				final CorrectionChain.ChainStep step = corrections.parse(part.correction()).steps().get(0);
				steps.add(new FittedChain.FittedStep(part.correction(),
					step.correction().restore(step.settings(), state)));
			}
			return new FittedChain(steps, content.plates(), content.batches(), Selection.of(content.controls()));
		}
		catch (final ZipException | EOFException | JsonParseException | IllegalArgumentException
			| NullPointerException e)
		{
			throw new IOException(
				file + " is damaged or no file of fitted corrections (" + e.getMessage() + "): fit again", e);
		}
	}

	private static void put(final ZipOutputStream zip, final String name, final byte[] content) throws IOException {
		final ZipEntry entry = new ZipEntry(name);
		// No moment of writing: the same state, the same bytes. The earliest time that a zip can say.
		entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
		zip.putNextEntry(entry);
		zip.write(content);
		zip.closeEntry();
	}

	private static void requireFinite(final String name, final double[][] matrix) {
		for (final double[] row : matrix) {
			for (final double value : row) {
				if (Double.isInfinite(value)) throw new IllegalArgumentException(name + " has infinite values");
			}
		}
	}

	private static byte[] get(final ZipFile zip, final String name, final long limit) throws IOException {
		final ZipEntry entry = zip.getEntry(name);
		if (entry == null) throw new ZipException("it has no " + name);
		try (InputStream in = zip.getInputStream(entry)) {
			return SizeLimit.read(zip.getName() + ": " + name, in, limit);
		}
	}
}
