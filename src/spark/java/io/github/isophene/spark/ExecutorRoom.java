// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.spark;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import io.github.isophene.IsopheneService;
import io.github.isophene.correction.Correction;
import io.github.isophene.correction.Corrections;
import io.github.isophene.embedding.TileNetwork;
import io.github.isophene.engine.Engines;
import io.github.isophene.engine.Precision;
import io.github.isophene.files.Sha256;
import io.github.isophene.network.Model;
import io.github.isophene.network.ModelSource;
import io.github.isophene.profiles.ProfileFile;
import io.github.isophene.screen.Screen;
import io.github.isophene.screen.ScreenTable;
import org.scijava.Context;
import org.scijava.plugin.PluginService;

/**
 * Objects that the tasks of one process share: the service, the screen, and models, each loaded once. A network
 * is used by
 * one task at a time; where a process runs several tasks at once, each has its own, of the same model.
 */
final class ExecutorRoom {

	private static Context context;
	/** Keeps what reading and writing profiles starts for the next plates of this process. */
	private static Closeable started;
	private static final Map<String, Screen> SCREENS = new HashMap<>();
	private static final Map<String, Model> MODELS = new HashMap<>();
	private static final Map<String, Deque<TileNetwork>> IDLE = new HashMap<>();

	private ExecutorRoom() {}

	/** The service, as scripts get it. */
	static synchronized IsopheneService service() {
		if (context == null) {
			System.setProperty("java.awt.headless", "true");
			context = new Context();
			started = ProfileFile.keepStarted();
		}
		return context.service(IsopheneService.class);
	}

	/** Every correction there is. */
	static Corrections corrections() {
		service();
		return new Corrections(context.service(PluginService.class).createInstancesOfType(Correction.class));
	}

	/** Sets the number of threads that compute for one task. */
	static synchronized void threads(final int cpus) {
		if (Engines.threads() != cpus) Engines.setThreads(cpus);
	}

	/**
	 * The screen of a run.
	 *
	 * @param digest of the table
	 * @throws IOException if the table isn't what the driver has seen
	 */
	static synchronized Screen screen(final String table, final String digest) throws IOException {
		final Screen there = SCREENS.get(digest);
		if (there != null) return there;
		if (!Sha256.of(Path.of(table)).equals(digest))
			throw new IOException(table + " is not the same on this machine as on the driver's: all need one disk");
		// Another run's screens would only take room.
		SCREENS.clear();
		final Screen screen = ScreenTable.read(Path.of(table));
		SCREENS.put(digest, screen);
		return screen;
	}

	/**
	 * A network that nobody else uses; give it back.
	 *
	 * @param digest the network's, as the driver has it; {@code null}: whichever it is
	 */
	static TileNetwork take(final String model, final String device, final Precision precision, final String digest)
		throws IOException
	{
		synchronized (ExecutorRoom.class) {
			final Deque<TileNetwork> idle = IDLE.get(key(model, device, precision, digest));
			if (idle != null && !idle.isEmpty()) return idle.pop();
		}
		final TileNetwork network = isScript(model) ? TileNetwork.open(model, device, precision)
			: TileNetwork.of(model(model), device, precision);
		if (digest != null && !digest.equals(network.digest())) {
			network.close();
			throw new IOException(
				model + " is not the same model on this machine as on the driver's (its digest differs)");
		}
		return network;
	}

	/** Gives a network back for the next task. */
	static synchronized void giveBack(final String model, final String device, final String digest,
		final TileNetwork network)
	{
		IDLE.computeIfAbsent(key(model, device, network.precision(), digest), key -> new ArrayDeque<>()).push(network);
	}

	private static String key(final String model, final String device, final Precision precision,
		final String digest)
	{
		return String.join("|", model, device, precision.label(), digest);
	}

	/** Models that are loaded once, and are what the driver has seen. */
	static ModelSource models(final Map<String, String> digests) {
		return name -> {
			final Model model = model(name);
			final String digest = digests.get(name);
			if (digest != null && !digest.equals(model.digest()))
				throw new IOException(
					name + " is not the same model on this machine as on the driver's (its digest differs)");
			return model;
		};
	}

	/** Ends the service and closes the networks: for drivers that computed themselves. */
	static synchronized void close() {
		IDLE.values().forEach(networks -> networks.forEach(TileNetwork::close));
		IDLE.clear();
		MODELS.clear();
		SCREENS.clear();
		if (context == null) return;
		context.dispose();
		context = null;
		try {
			started.close();
		}
		catch (final IOException exc) {
			// Nothing is lost, and the process ends.
			return;
		}
	}

	private static boolean isScript(final String model) {
		return model.matches("(?i).*\\.(pt|pth|ts|safetensors)");
	}

	private static synchronized Model model(final String nameOrFile) throws IOException {
		// A file that was written anew is another model.
		final Path file = Path.of(nameOrFile);
		final String key = nameOrFile + "|" + (Files.exists(file) ? Files.getLastModifiedTime(file) : "");
		Model model = MODELS.get(key);
		if (model == null) {
			model = Model.load(nameOrFile);
			MODELS.put(key, model);
		}
		return model;
	}
}
