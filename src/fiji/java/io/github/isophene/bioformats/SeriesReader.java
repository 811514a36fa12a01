// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.bioformats;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.isophene.pixels.file.GrayPlane;
import io.github.isophene.pixels.file.UnsupportedFileException;
import io.github.isophene.screen.Plane;
import loci.formats.FormatException;
import loci.formats.FormatTools;
import loci.formats.IFormatReader;
import loci.formats.ImageReader;
import loci.formats.Memoizer;

/** Reads planes of one file through Bio-Formats. For one thread at a time. */
final class SeriesReader implements Closeable {

	private final Path file;
	private final IFormatReader reader;

	/**
	 * Opens a file, without looking at its pixels.
	 *
	 * @throws IOException if Bio-Formats can't; the message names the file and the remedy
	 */
	SeriesReader(final Path file) throws IOException {
		this.file = file;
		// The pyramid levels of an image count as series, as they do in CellProfiler.
		reader = new Memoizer(new ImageReader(), MemoFolder.worthMillis(), MemoFolder.of(file, "pixels"));
		reader.setOriginalMetadataPopulated(false);
		open(reader, file);
		// Pixels don't need the metadata, which of a large plate take more memory than all else.
		reader.getMetadataStore().createRoot();
	}

	/** Opens a file in a reader, which is closed if that fails. */
	static void open(final IFormatReader reader, final Path file) throws IOException {
		boolean opened = false;
		try {
			if (!Files.exists(file)) {
				throw new IOException(file + " does not exist: restore it, or correct its path in the screen table");
			}
			reader.setId(file.toString());
			opened = true;
		}
		catch (final FormatException | RuntimeException | LinkageError exc) {
			throw new IOException(file + " cannot be opened by Bio-Formats (" + reason(exc) +
				"): if Bio-Formats' own importer opens it, tell us; else copy or export it again, or update " +
				"Bio-Formats", exc);
		}
		catch (final IOException exc) {
			if (!Files.exists(file)) throw exc;
			throw new IOException(
				file + " cannot be opened by Bio-Formats (" + reason(exc) + "): copy or export it again", exc);
		}
		finally {
			if (!opened) reader.close();
		}
	}

	/**
	 * Reads a plane.
	 *
	 * @throws UnsupportedFileException if it is color or complex
	 * @throws IOException if there is no such plane, or it is damaged or 0 throughout
	 */
	GrayPlane read(final Plane plane) throws IOException {
		final int series = plane.hasSeries() ? plane.series() : 0;
		require(series, reader.getSeriesCount(), "series", "");
		reader.setSeries(series);
		require(plane.frame(), reader.getImageCount(), "planes", " in series " + series);
		if (reader.getRGBChannelCount() > 1 || reader.isIndexed() && !reader.isFalseColor()) {
			throw new UnsupportedFileException(file + ", series " + series +
				", is color, but gray channels are expected: split its channels and save them as gray planes");
		}
		final int width = reader.getSizeX();
		final int height = reader.getSizeY();
		final int type = reader.getPixelType();
		if ((long) width * height * FormatTools.getBytesPerPixel(type) > Integer.MAX_VALUE - 8) {
			throw new UnsupportedFileException(file + ", series " + series + ": a plane of " + width + " x " + height +
				" pixels is too large: export it in smaller fields");
		}
		final ByteBuffer bytes;
		try {
			bytes = ByteBuffer.wrap(reader.openBytes(plane.frame()));
		}
		catch (final FormatException | IOException | RuntimeException | LinkageError exc) {
			throw new IOException(file + ", series " + series + ", plane " + plane.frame() +
				" cannot be read by Bio-Formats (" + reason(exc) + "): copy or export it again", exc);
		}
		if (isBlack(bytes.array())) {
			throw new IOException(
				file + ", series " + series + ", plane " + plane.frame() + " is 0 throughout, which is what " +
					"Bio-Formats gives for pixels that are missing: copy or export it again, or leave its channel out");
		}
		final Object values = values(
			bytes.order(reader.isLittleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN), type,
			width * height);
		if (values == null) {
			throw new UnsupportedFileException(file + ", series " + series + " has pixels of the type " +
				FormatTools.getPixelTypeString(type) + ": export it as 8-bit, 16-bit or float gray planes");
		}
		return new GrayPlane(width, height, values, typeMaximum(type));
	}

	private void require(final int index, final int count, final String what, final String where) throws IOException {
		if (index < count) return;
		throw new IOException(file + " holds " + count + " " + what + where + ", but number " + index +
			" (from 0) was asked for: correct the screen table");
	}

	private static boolean isBlack(final byte[] bytes) {
		for (final byte b : bytes) if (b != 0) return false;
		return true;
	}

	/** As our own readers have them: unsigned 8 and 16 bit stay, others become float; {@code null} for others still. */
	private static Object values(final ByteBuffer bytes, final int type, final int pixels) {
		switch (type) {
			case FormatTools.UINT8, FormatTools.BIT :
				return bytes.array();
			case FormatTools.UINT16 :
				final short[] shorts = new short[pixels];
				bytes.asShortBuffer().get(shorts);
				return shorts;
			case FormatTools.FLOAT, FormatTools.INT8, FormatTools.INT16, FormatTools.INT32, FormatTools.UINT32,
				FormatTools.DOUBLE :
				final float[] floats = new float[pixels];
				for (int i = 0; i < pixels; i++) {
					floats[i] = switch (type) {
						case FormatTools.FLOAT -> bytes.getFloat();
						case FormatTools.INT8 -> bytes.get();
						case FormatTools.INT16 -> bytes.getShort();
						case FormatTools.INT32 -> bytes.getInt();
						case FormatTools.UINT32 -> bytes.getInt() & 0xffffffffL;
						default -> (float) bytes.getDouble();
					};
				}
				return floats;
			default :
				return null;
		}
	}

	/** The largest value that a type can hold; 1 for floating point. */
	private static double typeMaximum(final int type) {
		if (type == FormatTools.BIT || FormatTools.isFloatingPoint(type)) return 1;
		final int bits = 8 * FormatTools.getBytesPerPixel(type);
		return Math.pow(2, FormatTools.isSigned(type) ? bits - 1 : bits) - 1;
	}

	/** Returns the reason for a failure, in one line. */
	static String reason(final Throwable exc) {
		final String message = exc.getMessage() == null || exc instanceof LinkageError ? exc.toString()
			: exc.getMessage();
		return message.strip().replaceAll("\\s*\\R\\s*", " ");
	}

	@Override
	public void close() throws IOException {
		reader.close();
	}
}
