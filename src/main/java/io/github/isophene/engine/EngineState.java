// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Status of the tensor engine and the device it computes on: which library was
 * loaded from where, which devices there are, and why it isn't the GPU if it isn't.
 *
 * @param available whether the engine could be started
 * @param engine the engine's name, {@code PyTorch}
 * @param version version of the native library, empty if it couldn't be started
 * @param library folder of the native library, empty if it couldn't be started
 * @param flavor build of the native library: {@code cpu}, {@code cu128}...; empty if unknown
 * @param platform this machine's platform, {@code linux-x86_64}...
 * @param device the device that {@code auto} chooses: {@code cpu} or {@code gpu:0}
 * @param devices every device there is, in the form the parameter {@code device} takes
 * @param threads number of threads that one operation uses on the CPU, 0 if not started
 * @param setting what <em>GPU Setup</em> has set, and whether that is used; empty if nothing
 * @param reason why it isn't the GPU, or why the engine couldn't be started; empty on a GPU
 * @param remedy what to do about the reason; empty if there is nothing to do
 */
public record EngineState(boolean available, String engine, String version, String library, String flavor,
	String platform, String device, List<String> devices, int threads, String setting, String reason, String remedy)
{

	public EngineState {
		devices = List.copyOf(devices);
	}

	/** The status as lines of text for a log or a window. */
	public List<String> lines() {
		final List<String> lines = new ArrayList<>();
		lines.add("Engine: " + engine + (version.isEmpty() ? "" : " " + version) +
			(flavor.isEmpty() ? "" : " (" + flavor + ")") + (available ? "" : ", not available"));
		lines.add("Platform: " + platform);
		if (!library.isEmpty()) lines.add("Library: " + library);
		if (available) {
			lines.add("Device: " + device + " (available: " + String.join(", ", devices) + ")");
			lines.add("CPU threads: " + threads);
		}
		if (!setting.isEmpty()) lines.add("GPU Setup: " + setting);
		if (!reason.isEmpty()) lines.add((available ? "Why not the GPU: " : "Why not: ") + reason);
		if (!remedy.isEmpty()) lines.add("Remedy: " + remedy);
		return lines;
	}

	@Override
	public String toString() {
		return String.join("\n", lines());
	}
}
