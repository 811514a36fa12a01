// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

import io.github.isophene.files.RunLock;
import io.github.isophene.messages.Count;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.run.ErrorsFile;
import io.github.isophene.run.Failure;
import io.github.isophene.run.NothingReadException;
import io.github.isophene.run.ProfileParts;
import io.github.isophene.run.RunOutline;
import io.github.isophene.run.RunProgress;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;
import org.scijava.log.Logger;
import org.scijava.task.Task;

/**
 * Embeds a screen, plate by plate: each finished plate is a part on disk, and the
 * parts become the profiles at the end. A run that was cancelled or killed loses at
 * most the plate it was at.
 */
public final class ScreenEmbedder {

	private final FieldReaders readers;
	private final Logger log;

	public ScreenEmbedder(final FieldReaders readers, final Logger log) {
		this.readers = readers;
		this.log = log;
	}

	/**
	 * As {@link #embed(Screen, TileNetwork, PlateNetworks, EmbeddingOptions, Task)}, every plate by the same network.
	 *
	 * @throws IllegalArgumentException if the options are for networks adapted to the plates
	 */
	public EmbeddingReport embed(final Screen screen, final TileNetwork network, final EmbeddingOptions options,
		final Task task) throws IOException
	{
		// One network for all plates can't be adapted to them, so the automatic choice is the stored statistics.
		if (StatisticsOrigin.isAutomatic(options.statistics())) options.statistics(EmbeddingOptions.TRAINING);
		if (!options.statistics().equals(EmbeddingOptions.TRAINING))
			throw new IllegalArgumentException("statistics = " + options.statistics() +
				" takes networks adapted to the plates, but there is one for all");
		return embed(screen, network, null, options, task);
	}

	/**
	 * Embeds every field and writes the profiles.
	 *
	 * @param network what embeds; stays open
	 * @param plates gives each plate a network of its own in its place; {@code null}: one network embeds all
	 * @param task where progress is shown, and cancelled
	 * @throws IOException if no field could be embedded, or the profiles can't be written
	 * @throws CancellationException if the task was cancelled; what is done stays, for the next run
	 */
	public EmbeddingReport embed(final Screen screen, final TileNetwork network, final PlateNetworks plates,
		final EmbeddingOptions options, final Task task) throws IOException
	{
		final long start = System.nanoTime();
		if (screen.fields().isEmpty()) throw new IOException("The screen has no fields");
		final EmbeddingPlan plan = EmbeddingPlan.of(screen, network, plates == null ? "" : plates.adaptation(), options,
			readers);
		plan.intensity().notes().forEach(log::info);
		plan.intensity().warnings().forEach(log::warn);
		try (RunLock lock = RunLock.of(options.profiles())) {
			return embed(screen, network, plates, options, plan, new RunProgress(task, log,
				screen.plates(options.plates()).values().stream().mapToInt(List::size).sum()), start);
		}
	}

	/**
	 * Returns the outline of what {@link #embed} would do.
	 *
	 * @param plates as there
	 * @throws IllegalArgumentException naming the key that doesn't fit the screen or the network
	 */
	public RunOutline outline(final Screen screen, final TileNetwork network, final PlateNetworks plates,
		final EmbeddingOptions options) throws IOException
	{
		final EmbeddingPlan plan = EmbeddingPlan.of(screen, network, plates == null ? "" : plates.adaptation(), options,
			readers);
		final Map<String, String> parts = new LinkedHashMap<>();
		final Map<String, List<Field>> wanted = screen.plates(options.plates());
		wanted.forEach((plate, fields) -> parts.put(plate, plan.partKey(plate, fields)));
		return new RunOutline(plan.signature(), parts, plan.retry(wanted));
	}

	private static EmbeddingReport embed(final Screen screen, final TileNetwork network, final PlateNetworks networks,
		final EmbeddingOptions options, final EmbeddingPlan plan, final RunProgress progress, final long start)
		throws IOException
	{
		final Map<String, List<Field>> plates = screen.plates(options.plates());
		final int fields = plates.values().stream().mapToInt(List::size).sum();
		if (!options.resume()) ProfileParts.discard(options.profiles());
		final ProfileParts parts = ProfileParts.open(options.profiles(), plan.signature());
		final ErrorsFile errors = new ErrorsFile(options.profiles(), options.resume());
		final Map<String, String> keys = new LinkedHashMap<>();
		for (final Map.Entry<String, List<Field>> plate : plates.entrySet()) {
			keys.put(plate.getKey(), plan.partKey(plate.getKey(), plate.getValue()));
		}
		final Set<String> done = plan.retry(plates).keep(keys, parts, errors, progress);

		final int resumed = done.size();
		final Map<String, List<Field>> wanted = new LinkedHashMap<>();
		plates.forEach((plate, all) -> {
			if (done.contains(plate)) progress.skip(all.size());
			else wanted.put(plate, all);
		});
		final PlatePipeline.Finished finished = (plate, profiles) -> {
			errors.add(profiles.failures());
			final ProfileTable table = profiles.table();
			// A plate without a single good field is no part: the disk may be back next time.
			if (table.rowCount() == 0) return;
			parts.write(keys.get(plate), table);
			done.add(plate);
		};
		final long tiles = networks == null ? new PlatePipeline(plan, network, progress).run(wanted, finished)
			: adapted(plan, networks, wanted, progress, finished);
		if (done.isEmpty()) {
			parts.delete();
			throw new NothingReadException("None of the " + Count.of(fields, "field") +
				" could be embedded. The first: " +
				errors.first().reason() + ". All reasons: " + errors.path());
		}
		progress.status("Writing profiles");
		progress.checkCanceled();
		final long rows = parts.mergeInto(options.profiles(),
			plates.keySet().stream().filter(done::contains).map(keys::get).toList());
		return new EmbeddingReport(options.profiles(), errors.isEmpty() ? null : errors.path(), rows,
			plan.featureNames().size(), plates.size(), resumed, fields, errors.size(), tiles,
			(System.nanoTime() - start) * 1e-9);
	}

	/** Each plate by a network of its own; one for which there can't be any fails as a whole. */
	private static long adapted(final EmbeddingPlan plan, final PlateNetworks networks,
		final Map<String, List<Field>> plates, final RunProgress progress, final PlatePipeline.Finished finished)
		throws IOException
	{
		long tiles = 0;
		for (final Map.Entry<String, List<Field>> plate : plates.entrySet()) {
			progress.checkCanceled();
			progress.status("Plate " + plate.getKey() + ": adapting the model");
			try (TileNetwork adapted = networkOf(plan, networks, plate.getKey(), plate.getValue(), progress)) {
				tiles += new PlatePipeline(plan, adapted, progress).run(Map.of(plate.getKey(), plate.getValue()),
					finished);
			}
			catch (final NoNetwork exc) {
				final PlateProfiles none = new PlateProfiles(plan);
				for (final Field field : plate.getValue()) {
					none.failed(field, Failure.Kind.PLATE, exc.getMessage());
					none.endField(field);
					progress.field();
				}
				finished.plate(plate.getKey(), none);
			}
		}
		return tiles;
	}

	private static TileNetwork networkOf(final EmbeddingPlan plan, final PlateNetworks networks, final String plate,
		final List<Field> fields, final RunProgress progress) throws NoNetwork
	{
		try {
			return networks.of(plan.plate(plate, fields));
		}
		catch (final CancellationException exc) {
			progress.checkCanceled();
			throw exc;
		}
		catch (final IOException | IllegalArgumentException exc) {
			throw new NoNetwork(exc);
		}
	}

	/** Reason why there is no network for a plate. */
	private static final class NoNetwork extends Exception {

		private static final long serialVersionUID = 1L;

		NoNetwork(final Exception reason) {
			super(reason.getMessage(), reason);
		}
	}
}
