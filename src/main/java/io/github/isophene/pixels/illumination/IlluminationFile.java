// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.pixels.illumination;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.isophene.files.PathNames;
import io.github.isophene.files.RegularFile;
import io.github.isophene.pixels.file.Depth;
import io.github.isophene.pixels.file.GrayFile;
import io.github.isophene.pixels.file.GrayPlane;
import io.github.isophene.screen.HarmonyFlatField;
import io.github.isophene.screen.Plane;
import io.github.isophene.storage.FileCache;
import io.github.isophene.storage.SizeLimit;
import io.github.isophene.storage.Storages;

/**
 * Reads illumination functions: a {@code .npy} file of NumPy as CellProfiler writes it (two dimensions, rows first), a
 * gray image, or a channel's flat-field profile in the index of a Harmony measurement.
 */
final class IlluminationFile {

	private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([fu])(\\d)'");
	private static final Pattern SHAPE = Pattern
		.compile("'shape'\\s*:\\s*\\((\\d{1,6})L?\\s*,\\s*(\\d{1,6})L?\\s*,?\\s*\\)");
	private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*True");
	private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
	private static final int LONGEST_HEADER = 1 << 16;

	private IlluminationFile() {}

	/** @throws IOException naming the file and the remedy if it is absent or no function */
	static IlluminationFunction read(final Plane plane) throws IOException {
		if (!Storages.isRemote(plane.path())) return read(path(plane.path()), plane.path(), plane.frame());
		try (FileCache.Lease lease = FileCache.shared().get(plane.path())) {
			return read(lease.file(), plane.shown(), plane.frame());
		}
	}

	private static IlluminationFunction read(final Path file, final String named, final int frame) throws IOException {
		RegularFile.require(file);
		if (!Files.isRegularFile(file))
			throw new IOException(
				"The illumination function " + named + " does not exist: restore it, or use illumination=none");
		final String name = named.toLowerCase(Locale.ROOT);
		if (name.endsWith(".xml")) {
			final HarmonyFlatField profile = HarmonyFlatField.read(file).get(frame);
			if (profile == null) throw new IOException(named + " has no flat-field polynomial of channel " + frame);
			return new IlluminationPolynomial(profile);
		}
		if (name.endsWith(".npy")) return numpy(file, named);
		if (name.endsWith(".mat"))
			throw new IOException(named + " is a MATLAB file, which isn't read: have CellProfiler save the " +
				"illumination function as .npy or .tiff");
		final GrayPlane image = GrayFile.read(file, frame);
		return new Grid(named, image.width(), image.height(), (float[]) image.values(Depth.FLOAT32));
	}

	private static Path path(final String name) throws IOException {
		try {
			return Path.of(name);
		}
		catch (final InvalidPathException exc) {
			throw new IOException(PathNames.problem(exc), exc);
		}
	}

	private static Grid numpy(final Path file, final String named) throws IOException {
		// Of a stranger's table: numbers of 1 to 8 bytes, held as 4.
		final long length = Files.size(file);
		if (length > SizeLimit.file())
			throw wrong(named, "it has " + (length >> 20) + " MB, above the limit of " + (SizeLimit.file() >> 20) +
				" MB: -D" + SizeLimit.PROPERTY + "=<MB> allows more");
		final byte[] bytes = Files.readAllBytes(file);
		final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		if (bytes.length < 12 || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length)))
			throw wrong(named, "it is no .npy file");
		final boolean first = bytes[6] == 1;
		final int header = first ? buffer.getShort(8) & 0xffff : buffer.getInt(8);
		final int start = first ? 10 : 12;
		if (header < 0 || header > LONGEST_HEADER || start + header > bytes.length)
			throw wrong(named, "it is cut short");
		final String text = new String(bytes, start, header, StandardCharsets.ISO_8859_1);
		final Matcher description = DESCRIPTION.matcher(text);
		final Matcher shape = SHAPE.matcher(text);
		if (!description.find() || !shape.find())
			throw wrong(named, "it must hold numbers in two dimensions, rows and columns");
		final int height = Integer.parseInt(shape.group(1));
		final int width = Integer.parseInt(shape.group(2));
		final int size = Integer.parseInt(description.group(3));
		final long needed = (long) width * height * size;
		if (width < 1 || height < 1 || needed != bytes.length - start - header)
			throw wrong(named, width + " x " + height + " numbers of " + size + " bytes are not what it holds");
		SizeLimit.requirePlane(named, width, height, Float.BYTES);
		buffer.order(description.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
			.position(start + header);
		final boolean fortran = FORTRAN.matcher(text).find();
		final float[] values = new float[width * height];
		for (int i = 0; i < values.length; i++) {
			values[fortran ? i % height * width + i / height : i] = value(buffer, description.group(2) + size, named);
		}
		return new Grid(named, width, height, values);
	}

	private static float value(final ByteBuffer buffer, final String type, final String named) throws IOException {
		return switch (type) {
			case "f4" -> buffer.getFloat();
			case "f8" -> (float) buffer.getDouble();
			case "u1" -> buffer.get() & 0xff;
			case "u2" -> buffer.getShort() & 0xffff;
			default -> throw wrong(named, "numbers of type " + type + " are not read: save it as float32 or float64");
		};
	}

	private static IOException wrong(final String named, final String why) {
		return new IOException("The illumination function " + named + " can't be read: " + why);
	}

	/** A function at each pixel of images of one size. */
	private static final class Grid extends IlluminationFunction {

		private final String name;
		private final int width;
		private final int height;
		private final float[] values;

		Grid(final String name, final int width, final int height, final float[] values) {
			this.name = name;
			this.width = width;
			this.height = height;
			this.values = values;
		}

		@Override
		float[] compute(final int ofWidth, final int ofHeight) throws IOException {
			if (ofWidth != width || ofHeight != height)
				throw new IOException("The illumination function " + name + " has " + width + " x " + height +
					" pixels, but the image " + ofWidth + " x " + ofHeight +
					": make it from images of this size, or use illumination=estimate");
			return values;
		}
	}
}
