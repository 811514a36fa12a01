// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.isophene.files.AtomicFile;
import io.github.isophene.files.Sha256;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import io.github.isophene.network.weights.WeightFormat;

/**
 * The model file, one zip of two or three entries, version {@value #VERSION} ({@value #OTHER_NETWORKS} where the
 * network has no batch normalization, standardizes images by themselves, is bound to several channels that go
 * through it one by one, or has a {@link FeatureOutput} of its own):
 * <ul>
 * <li>{@code model.json}: the {@link ModelCard}, the embedding dimension, and the SHA-256
 * of the other entry;</li>
 * <li>{@code weights.safetensors}: parameters and stored statistics, FLOAT32, under
 * torchvision's names;</li>
 * <li>{@code calibration.safetensors}, where the model has a {@link StatisticsCalibration}: per layer
 * {@code <layer>.offset} and {@code <layer>.variance} [C] and, where classes' moments are known,
 * {@code <layer>.class_mean} and {@code <layer>.class_square} [K + 1, C]; {@code model.json} says its version, the
 * share of queries, the number of plates and its SHA-256.</li>
 * </ul>
 * They are stored without compression (weights hardly compress), so the weights can be
 * read in place. The same model gives the same bytes.
 */
public final class ModelFile {

	/** Version of the format, the value of {@code formatVersion}. */
	public static final int VERSION = 1;

	/**
	 * Version of the files of networks without batch normalization, with self-standardized images, with the features
	 * of each channel before the last layer, or with another output than the last features' mean, so that software that
	 * reads the first version alone refuses them.
	 */
	static final int OTHER_NETWORKS = 2;

	public static final String CARD = WeightFormat.MODEL_CARD;
	static final String WEIGHTS = "weights.safetensors";
	static final String CALIBRATION = "calibration.safetensors";

	private static final int MAX_CARD = 16 << 20;
	private static final long MAX_WEIGHTS = Integer.MAX_VALUE - 8L;
	/** Weights hardly compress: what unfolds to more than so many times the file's size was made to harm. */
	private static final int MAX_UNFOLDING = 8;
	/** Limit of the unpacked size of a small entry, in bytes. */
	private static final long SMALL = 1 << 20;

	/** The same time in every file. Not the first one that the format knows: Java takes that for an earlier one. */
	private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 2, 1, 0, 0);

	private ModelFile() {}

	/**
	 * Reads a model file.
	 *
	 * @throws IOException naming the file, if it can't be read, isn't a model file, is of a
	 *           newer version, or is damaged
	 */
	public static Model read(final Path file) throws IOException {
		return in(file, (zip, json) -> {
			final ModelCard card = CardJson.read(json);
			final byte[] weights = entry(zip, WEIGHTS,
				Math.min(MAX_WEIGHTS, Math.max(SMALL, MAX_UNFOLDING * Files.size(file))));
			final String digest = Sha256.of(weights);
			if (!digest.equals(ModelJson.string(json, "weightsSha256")))
				throw new IllegalArgumentException(
					"its weights are not those that were written: the file is damaged; copy it anew");
			return new Model(card, Safetensors.read(new ByteArrayInputStream(weights), weights.length, WEIGHTS),
				calibration(zip, json, card, Math.max(SMALL, MAX_UNFOLDING * Files.size(file))));
		});
	}

	private static Optional<StatisticsCalibration> calibration(final ZipFile zip, final JsonObject json,
		final ModelCard card, final long limit) throws IOException
	{
		if (!json.has(CardJson.CALIBRATION)) return Optional.empty();
		final JsonObject of = ModelJson.object(json, CardJson.CALIBRATION);
		final int version = ModelJson.integer(of, "version");
		if (version != StatisticsCalibration.VERSION)
			throw new IllegalArgumentException("its calibration is of version " + version +
				", this software reads version " + StatisticsCalibration.VERSION + "; update it");
		final byte[] bytes = entry(zip, CALIBRATION, Math.min(MAX_WEIGHTS, limit));
		if (!Sha256.of(bytes).equals(ModelJson.string(of, "sha256")))
			throw new IllegalArgumentException(
				"its calibration is not the one that was written: the file is damaged; copy it anew");
		return Optional.of(StatisticsCalibration.of(card.architecture(),
			Safetensors.read(new ByteArrayInputStream(bytes), bytes.length, CALIBRATION),
			ModelJson.number(of, "queryShare"), ModelJson.integer(of, "plates")));
	}

	private interface Part<T> {

		T of(ZipFile zip, JsonObject json) throws IOException;
	}

	private static <T> T in(final Path file, final Part<T> part) throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
			checkNames(zip);
			final JsonObject json = parse(new String(entry(zip, CARD, MAX_CARD), StandardCharsets.UTF_8));
			final int version = ModelJson.integer(json, "formatVersion");
			if (version != VERSION && version != OTHER_NETWORKS)
				throw new IllegalArgumentException("it is of format version " + version +
					", this software reads versions " + VERSION + " and " + OTHER_NETWORKS + "; update it");
			return part.of(zip, json);
		}
		catch (final NoSuchFileException e) {
			throw new IOException("There is no model file " + file, e);
		}
		catch (final ZipException e) {
			throw new IOException(file + " can't be used as a model file: it is no zip file, or not all of one (" +
				e.getMessage() + "); copy it anew, or bring weights of other software in with Import Model", e);
		}
		catch (final EOFException e) {
			throw new IOException(file + " can't be used as a model file: it is cut short; copy it anew", e);
		}
		catch (final IllegalArgumentException e) {
			throw new IOException(file + " can't be used as a model file: " + e.getMessage(), e);
		}
	}

	/**
	 * Reads what a model file says of itself, without its weights, which may be damaged.
	 *
	 * @throws IOException as {@link #read} does
	 */
	public static ModelCard card(final Path file) throws IOException {
		return in(file, (zip, json) -> CardJson.read(json));
	}

	/** Writes a model file, whole or not at all; one of this name is replaced. */
	public static void write(final Model model, final Path file) throws IOException {
		AtomicFile.write(file, temporary -> {
			try (OutputStream out = Files.newOutputStream(temporary); ZipOutputStream zip = new ZipOutputStream(out)) {
				final byte[] weights = safetensors(model.weights());
				final StatisticsCalibration calibration = model.calibration().orElse(null);
				final byte[] numbers = calibration == null ? null : safetensors(calibration.toStateDict());
				put(zip, CARD,
					CardJson.write(model.card(), Sha256.of(weights), calibration, numbers == null ? ""
					: Sha256.of(numbers)).getBytes(StandardCharsets.UTF_8));
				put(zip, WEIGHTS, weights);
				if (numbers != null) put(zip, CALIBRATION, numbers);
			}
		});
	}

	/** SHA-256 of what {@code model.json} would say, which includes that of the weights. */
	static String digest(final Model model) {
		try {
			final StatisticsCalibration calibration = model.calibration().orElse(null);
			return Sha256.of(CardJson.write(model.card(), weightsSha256(model.weights()), calibration,
				calibration == null ? "" : Sha256.of(safetensors(calibration.toStateDict()))));
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** SHA-256 of the entry with the weights. */
	static String weightsSha256(final StateDict weights) throws IOException {
		return Sha256.of(safetensors(weights));
	}

	private static byte[] safetensors(final StateDict weights) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream(
			Math.toIntExact(Math.min(MAX_WEIGHTS, 4 * weights.parameterCount() + (64 << 10))));
		Safetensors.write(weights, out, Map.of("format", "pt"));
		return out.toByteArray();
	}

	/** Of two entries of the same name one program takes the first and another the last. */
	private static void checkNames(final ZipFile zip) {
		for (final String name : List.of(CARD, WEIGHTS, CALIBRATION)) {
			if (zip.stream().filter(e -> e.getName().equals(name)).count() > 1)
				throw new IllegalArgumentException("it holds " + name + " twice, so it is broken or made to harm");
		}
	}

	/** The bytes of an entry that must be there under exactly this name; other entries are never looked at. */
	private static byte[] entry(final ZipFile zip, final String name, final long limit) throws IOException {
		final ZipEntry entry = zip.getEntry(name);
		if (entry == null || entry.isDirectory()) throw new IllegalArgumentException("there is no " + name + " in it");
		// A size in the directory of a zip may lie: the stream is cut off where it goes on beyond the limit.
		if (entry.getSize() > limit)
			throw new IllegalArgumentException(
				name + " in it is too large: " + entry.getSize() + " bytes of at most " + limit);
		try (InputStream in = zip.getInputStream(entry)) {
			final byte[] bytes = in.readNBytes((int) limit);
			if (bytes.length == limit && in.read() >= 0)
				throw new IllegalArgumentException(name + " in it is too large: more than " + limit + " bytes");
			return bytes;
		}
	}

	private static void put(final ZipOutputStream zip, final String name, final byte[] bytes) throws IOException {
		final ZipEntry entry = new ZipEntry(name);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(bytes.length);
		final CRC32 crc = new CRC32();
		crc.update(bytes);
		entry.setCrc(crc.getValue());
		entry.setTimeLocal(ALWAYS);
		zip.putNextEntry(entry);
		zip.write(bytes);
		zip.closeEntry();
	}

	private static JsonObject parse(final String text) {
		ModelJson.requireShallow(text);
		try {
			final JsonElement json = JsonParser.parseString(text);
			if (!json.isJsonObject()) throw new IllegalArgumentException(CARD + " in it is not a JSON object");
			return json.getAsJsonObject();
		}
		catch (final JsonParseException e) {
			throw new IllegalArgumentException(CARD + " in it is not JSON: " + e.getMessage(), e);
		}
	}
}
