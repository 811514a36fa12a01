// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** The driver of NVIDIA's GPUs. PyTorch's libraries for CUDA don't even load without it. */
public final class NvidiaDriver {

	private NvidiaDriver() {}

	/** Returns whether this machine has one, by loading its library. */
	public static boolean isPresent() {
		if (Platform.isMac()) return false;
		try {
			NativeLibrary.getInstance(Platform.isWindows() ? "nvcuda" : "libcuda.so.1");
			return true;
		}
		catch (final LinkageError e) {
			return false;
		}
	}
}
