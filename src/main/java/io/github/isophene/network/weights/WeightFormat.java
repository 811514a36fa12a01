// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;

/** The formats in which weights come, recognized by content, whatever the file's name ends in. */
public enum WeightFormat {

	/** Names, shapes and numbers only. */
	SAFETENSORS,
	/** Format of torch.save since PyTorch 1.6. */
	TORCH_ZIP,
	/** Format of torch.save before. */
	TORCH_LEGACY,
	/** Format of torch.jit.save: a network with its code. */
	TORCHSCRIPT;

	/** Entry of the zip file that makes it a model file of Isophene. */
	public static final String MODEL_CARD = "model.json";

	/** The start of a zip file. */
	private static final byte[] ZIP = {'P', 'K', 3, 4};

	/** The start of the legacy format: a pickle of the number 0x1950a86a20f9469cfc6c. */
	private static final byte[] LEGACY = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46,
		(byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19};

	/**
	 * The format of a file.
	 *
	 * @throws IOException if it can't be read or is none of these
	 */
	public static WeightFormat of(final Path file) throws IOException {
		if (Files.isDirectory(file)) throw new IOException(file + " is a folder, not a file of weights");
		final byte[] start;
		try (InputStream in = Files.newInputStream(file)) {
			start = in.readNBytes(16);
		}
		if (Safetensors.looksLike(start, Files.size(file))) return SAFETENSORS;
		if (start.length >= LEGACY.length && Arrays.equals(start, 0, LEGACY.length, LEGACY, 0, LEGACY.length))
			return TORCH_LEGACY;
		if (start.length >= ZIP.length && Arrays.equals(start, 0, ZIP.length, ZIP, 0, ZIP.length)) return zip(file);
		throw new IOException(
			file + " holds no weights that are known here (a safetensors file, a PyTorch state dict or a " +
				"TorchScript archive)" + guess(start));
	}

	/** Returns whether a file is a zip file with a model card: a model file of Isophene. */
	public static boolean isModelFile(final Path file) throws IOException {
		if (Files.isDirectory(file)) return false;
		try (InputStream in = Files.newInputStream(file)) {
			final byte[] start = in.readNBytes(ZIP.length);
			if (!Arrays.equals(start, ZIP)) return false;
		}
		try (ZipFile zip = TorchZip.zip(file)) {
			return TorchZip.names(zip).contains(MODEL_CARD);
		}
	}

	private static WeightFormat zip(final Path file) throws IOException {
		try (ZipFile zip = TorchZip.zip(file)) {
			final List<String> names = TorchZip.names(zip);
			if (names.contains(MODEL_CARD)) {
				throw new IOException(file + " is a model file already: use it as it is");
			}
			final String folder = TorchZip.folder(names);
			if (folder == null)
				throw new IOException(
					file + " is a zip file without data.pkl, so it was not written by torch.save; " + TorchFile.REMEDY);
			final boolean code = names.contains(folder + "constants.pkl") ||
				names.stream().anyMatch(n -> n.startsWith(folder + "code/"));
			return code ? TORCHSCRIPT : TORCH_ZIP;
		}
	}

	private static String guess(final byte[] start) {
		final String text = new String(start, StandardCharsets.ISO_8859_1);
		if (text.startsWith("\u0089HDF")) return ": it is HDF5, perhaps of Keras";
		if (text.startsWith("version https:"))
			return ": it is a pointer of Git LFS; fetch the file itself with git lfs pull";
		if (text.stripLeading().startsWith("<")) return ": it is a web page, so the download went wrong";
		if (!text.isEmpty() && text.charAt(0) == 0x80)
			return ": it is a Python pickle, but not of torch.save; " + TorchFile.REMEDY;
		return "";
	}
}
