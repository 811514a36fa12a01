// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.engine;

import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;

/**
 * Starts the tensor engine, the only place that does. It is started at the first call
 * that needs it, offline: nothing is downloaded and nobody is called. If it can't be had,
 * an {@link EngineException} says why and what to do.
 */
public final class Engines {

	private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

	static {
		// Before its first class has a logger: the engine tells of every start, which ImageJ's console shows in red,
		// as if it were a mistake. What matters stands in Engine Status.
		final String level = "org.slf4j.simpleLogger.log.ai.djl";
		if (System.getProperty(level) == null) System.setProperty(level, "warn");
	}

	private static Engine engine;
	private static String flavor = "";
	private static String setting = "";
	private static int ownThreads;
	private static int threads;
	private static EngineException failure;

	private Engines() {}

	/**
	 * Chooses a device.
	 *
	 * @param name {@code auto} (the first GPU if there is one, otherwise the CPU), {@code cpu},
	 *          {@code gpu} (the first) or {@code gpu:n}
	 * @throws IllegalArgumentException if the name is none of these
	 * @throws EngineException if there is no such device; a GPU that was asked for is never
	 *           silently replaced by the CPU
	 */
	public static Device device(final String name) {
		final String wanted = name == null || name.isBlank() ? "auto" : name.strip().toLowerCase(Locale.ROOT);
		final Matcher gpu = GPU.matcher(wanted);
		if (!wanted.equals("auto") && !wanted.equals("cpu") && !gpu.matches()) {
			throw new IllegalArgumentException("device = " + name + ": use auto, cpu, gpu or gpu:n, for example gpu:0");
		}
		final int gpus = start().getGpuCount();
		if (wanted.equals("cpu") || wanted.equals("auto") && gpus == 0) return Device.cpu();
		final int index = wanted.equals("auto") || gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
		if (index >= gpus) {
			final EngineState status = status();
			throw new EngineException(
				"device = " + name + ", but " +
					(gpus == 0 ? status.reason() : "the available devices are " + String.join(", ", status.devices())),
				"Use device = auto or cpu. " + status.remedy(), null);
		}
		return Device.gpu(index);
	}

	/**
	 * A new root of arrays on a device. Close it when done: it closes every array and
	 * sub-manager that is still attached to it.
	 */
	public static NDManager newManager(final Device device) {
		return start().newBaseManager(device);
	}

	/** {@link #newManager(Device)} on a device by name, see {@link #device(String)}. */
	public static NDManager newManager(final String device) {
		return newManager(device(device));
	}

	/**
	 * Sets how many threads compute on the CPU, for everything that begins after this: operations
	 * of this thread and of new ones, and the workers of new encoders.
	 *
	 * @param n at least 1; 0 leaves the engine's own choice, one per core
	 */
	public static synchronized void setThreads(final int n) {
		if (n < 0) throw new IllegalArgumentException("threads = " + n + ": use 1 or more, or 0 for the default");
		start();
		threads = n == 0 ? ownThreads : n;
		JniUtils.setNumThreads(threads);
	}

	/** Returns the number of threads that compute on the CPU. */
	public static synchronized int threads() {
		start();
		return threads;
	}

	/** From now on operations of this thread don't use any other. */
	static synchronized void useOneThreadHere() {
		JniUtils.setNumThreads(1);
		// A thread takes the number over for good when it first asks for it.
		JniUtils.getNumThreads();
		// That has set it for this thread, and for all threads still to come: take back the latter.
		final Thread reset = new Thread(() -> JniUtils.setNumThreads(threads));
		reset.start();
		try {
			reset.join();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Returns whether the engine was started in this process, or has failed to: which library it uses is
	 * settled then.
	 */
	public static synchronized boolean isSettled() {
		return engine != null || failure != null;
	}

	/** Returns the status of the engine. Never throws: a failure is part of the status. */
	public static synchronized EngineState status() {
		final String platform = NativeLibrary.platform();
		try {
			final Engine e = start();
			final int gpus = e.getGpuCount();
			final List<String> devices = new ArrayList<>(List.of("cpu"));
			for (int i = 0; i < gpus; i++) devices.add("gpu:" + i);
			final String why = gpus > 0 ? "" : whyNoGpu(platform);
			return new EngineState(true, e.getEngineName(), e.getVersion(), LibUtils.getLibtorchPath(), flavor,
				platform, gpus > 0 ? "gpu:0" : "cpu", devices, threads, setting, why,
				why.isEmpty() || platform.startsWith("osx") || !setting.isEmpty() ? "" : NativeLibrary.CUDA_REMEDY);
		}
		catch (final EngineException e) {
			return new EngineState(false, "PyTorch", "", "", "", platform, "", List.of(), 0, setting, e.getMessage(),
				"");
		}
	}

	private static String whyNoGpu(final String platform) {
		if (platform.startsWith("osx")) return "NVIDIA GPUs don't exist on this platform, and Apple's aren't used";
		if (setting.contains("no NVIDIA driver")) return "this machine has no NVIDIA driver";
		if (flavor.startsWith("cu"))
			return "the native library is a CUDA build (" + flavor +
				"), but it finds no NVIDIA GPU; look whether nvidia-smi lists one";
		return "the native library is a CPU build, which has no CUDA";
	}

	/**
	 * The engine, started if it wasn't.
	 *
	 * @throws EngineException if it can't be had; always the same one, as the engine can be
	 *           started only once per process
	 */
	static synchronized Engine start() {
		if (failure != null) throw failure;
		if (engine != null) return engine;
		// Must be set before the first call: the engine's static initializer calls home otherwise.
		System.setProperty("ai.djl.offline", "true");
		System.setProperty("OPT_OUT_TRACKING", "true");
		// The engine is found by a ServiceLoader of the thread, which may be a script's or a pool's.
		final Thread thread = Thread.currentThread();
		final ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(Engines.class.getClassLoader());
		try {
			setting = EngineSetting.apply();
			flavor = NativeLibrary.require();
			NativeLibrary.requireTrusted(NativeLibrary.cache());
			engine = Engine.getEngine("PyTorch");
			ownThreads = JniUtils.getNumThreads();
			threads = ownThreads;
			return engine;
		}
		catch (final EngineException e) {
			throw failure = e;
		}
		catch (final Exception | LinkageError | AssertionError e) {
			throw failure = explain(e);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	/** One message for whatever went wrong inside: the innermost cause is the one that says it. */
	static EngineException explain(final Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null && root.getCause() != root) root = root.getCause();
		final String what = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
		final String remedy;
		if (what.contains("GLIBC"))
			remedy = "The system is too old for the native library: it needs glibc 2.28 or newer";
		else
			if (what.contains("libcuda.so") || what.contains("nvcuda.dll"))
				remedy = "This library is for NVIDIA GPUs, and this machine has no NVIDIA driver: install it, or go " +
					"back to the library that" +
					" is shipped (GPU Setup with action = undo, or remove PYTORCH_LIBRARY_PATH)";
			else
				if (what.contains("No space left"))
					remedy = "Unpacking needs 0.5 GB: free some space, or set the environment variable " +
						"ENGINE_CACHE_DIR to another folder";
				else
					if (root instanceof FileSystemException)
						remedy = "At its first start the engine unpacks 0.5 GB into .djl.ai in your home folder: " +
							"make sure that it can be written to, or set" +
							" the environment variable ENGINE_CACHE_DIR to another folder";
					else
						if (thrown instanceof UnsatisfiedLinkError || root instanceof UnsatisfiedLinkError)
							remedy = "A native library is missing or doesn't fit (needed: PyTorch " +
								NativeLibrary.VERSION +
								"); on Windows install the Visual C++ redistributable; delete the folder pytorch in " +
								"the engine's cache " +
								"(ENGINE_CACHE_DIR, otherwise .djl.ai in your home folder) and start again";
						else
							remedy = "Delete the folder pytorch in the engine's cache (ENGINE_CACHE_DIR, otherwise " +
								".djl.ai in your home " +
								"folder) and start again; make sure the folder can be written to";
		return new EngineException("The tensor engine (PyTorch) can't be started: " + what, remedy, thrown);
	}
}
