// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles opcode by opcode, also those that no honest program writes, and puts them into a zip. */
public final class PickleBuilder {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	public PickleBuilder() {
		op(0x80).op(2);
	}

	public PickleBuilder op(final int... opcodes) {
		for (final int opcode : opcodes) out.write(opcode);
		return this;
	}

	public PickleBuilder op(final String opcodes) {
		out.writeBytes(opcodes.getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	public PickleBuilder global(final String module, final String name) {
		return op("c" + module + "\n" + name + "\n");
	}

	public PickleBuilder text(final String text) {
		final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		op('X').int32(bytes.length);
		out.writeBytes(bytes);
		return this;
	}

	public PickleBuilder number(final long value) {
		op(0x8a, 8);
		return int64(value);
	}

	PickleBuilder numbers(final long... values) {
		op('(');
		for (final long value : values) number(value);
		return op('t');
	}

	public PickleBuilder int32(final int value) {
		out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
		return this;
	}

	public PickleBuilder int64(final long value) {
		out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
		return this;
	}

	/** A tensor in the storage of this key. */
	public PickleBuilder tensor(final String type, final String key, final long elements, final long offset,
		final long[] size, final long... stride)
	{
		global("torch._utils", "_rebuild_tensor_v2").op("((")
			.text("storage")
			.global("torch", type)
			.text(key)
			.text("cpu")
			.number(elements)
			.op("tQ")
			.number(offset)
			.numbers(size)
			.numbers(stride)
			.op(0x89)
			.global("collections", "OrderedDict")
			.op(")RtR");
		return this;
	}

	public byte[] pickle() {
		op('.');
		return out.toByteArray();
	}

	/** As torch.save would store it, with one storage '0' of these bytes. */
	public byte[] file(final byte... storage) {
		final Map<String, byte[]> parts = new LinkedHashMap<>();
		parts.put("archive/data.pkl", pickle());
		parts.put("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
		parts.put("archive/data/0", storage);
		return zip(parts, ZipEntry.STORED);
	}

	public static byte[] zip(final Map<String, byte[]> parts, final int method) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.setMethod(method);
			for (final Map.Entry<String, byte[]> part : parts.entrySet()) {
				final ZipEntry entry = new ZipEntry(part.getKey());
				final CRC32 crc = new CRC32();
				crc.update(part.getValue());
				entry.setSize(part.getValue().length);
				entry.setCrc(crc.getValue());
				zip.putNextEntry(entry);
				zip.write(part.getValue());
			}
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
		return bytes.toByteArray();
	}
}
