// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.embedding;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

import io.github.isophene.files.RunLock;
import io.github.isophene.network.StatisticsOrigin;
import io.github.isophene.pixels.FieldReaders;
import io.github.isophene.profiles.ProfileTable;
import io.github.isophene.progress.Progress;
import io.github.isophene.run.ErrorsFile;
import io.github.isophene.run.Failure;
import io.github.isophene.run.FieldCount;
import io.github.isophene.run.NothingReadException;
import io.github.isophene.run.ProfileParts;
import io.github.isophene.run.RunOutline;
import io.github.isophene.screen.Field;
import io.github.isophene.screen.Screen;

/**
 * Embeds a screen, plate by plate: each finished plate is a part on disk, and the
 * parts become the profiles at the end. A run that was cancelled or killed loses at
 * most the plate it was at.
 */
public final class ScreenEmbedder {

	private final FieldReaders readers;

	/** @param readers readers of image files */
	public ScreenEmbedder(final FieldReaders readers) {
		this.readers = readers;
	}

	/**
	 * As {@link #embed(Screen, TileNetwork, PlateNetworks, EmbeddingOptions, Progress)}, every plate by the same
	 * network.
	 *
	 * @throws IllegalArgumentException if the options are for networks adapted to the plates
	 */
	public EmbeddingReport embed(final Screen screen, final TileNetwork network, final EmbeddingOptions options,
		final Progress progress) throws IOException
	{
		// One network for all plates can't be adapted to them, so the automatic choice is the stored statistics.
		if (StatisticsOrigin.isAutomatic(options.statistics())) options.statistics(EmbeddingOptions.TRAINING);
		if (!options.statistics().equals(EmbeddingOptions.TRAINING))
			throw new IllegalArgumentException("statistics = " + options.statistics() +
				" takes networks adapted to the plates, but there is one for all");
		return embed(screen, network, null, options, progress);
	}

	/**
	 * Embeds every field and writes the profiles.
	 *
	 * @param network what embeds; stays open
	 * @param plates gives each plate a network of its own in its place; {@code null}: one network embeds all
	 * @param progress of the fields; a canceled run keeps the finished plates
	 * @throws IOException if no field could be embedded, or the profiles can't be written
	 * @throws CancellationException if canceled; what is done stays, for the next run
	 */
	public EmbeddingReport embed(final Screen screen, final TileNetwork network, final PlateNetworks plates,
		final EmbeddingOptions options, final Progress progress) throws IOException
	{
		final long start = System.nanoTime();
		if (screen.fields().isEmpty()) throw new IOException("The screen has no fields");
		final EmbeddingPlan plan = EmbeddingPlan.of(screen, network, plates == null ? "" : plates.adaptation(), options,
			readers);
		plan.intensity().notes().forEach(progress::info);
		plan.intensity().warnings().forEach(progress::warn);
		try (RunLock lock = RunLock.of(options.profiles())) {
			return embed(screen, network, plates, options, plan, new FieldCount(progress,
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
		final EmbeddingOptions options, final EmbeddingPlan plan, final FieldCount count, final long start)
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
		final Set<String> done = plan.retry(plates).keep(keys, parts, errors, count);

		final int resumed = done.size();
		final Map<String, List<Field>> wanted = new LinkedHashMap<>();
		plates.forEach((plate, all) -> {
			if (done.contains(plate)) count.skip(all.size());
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
		final long tiles = networks == null ? new PlatePipeline(plan, network, count).run(wanted, finished)
			: adapted(plan, networks, wanted, count, finished);
		if (done.isEmpty()) {
			parts.delete();
			throw new NothingReadException("None of the " + fields + " fields could be embedded. The first: " +
				errors.first().reason() + ". All reasons: " + errors.path());
		}
		count.status("Writing profiles");
		count.check();
		final long rows = parts.mergeInto(options.profiles(),
			plates.keySet().stream().filter(done::contains).map(keys::get).toList());
		return new EmbeddingReport(options.profiles(), errors.isEmpty() ? null : errors.path(), rows,
			plan.featureNames().size(), plates.size(), resumed, fields, errors.size(), tiles,
			(System.nanoTime() - start) * 1e-9);
	}

	/** Each plate by a network of its own; one for which there can't be any fails as a whole. */
	private static long adapted(final EmbeddingPlan plan, final PlateNetworks networks,
		final Map<String, List<Field>> plates, final FieldCount count, final PlatePipeline.Finished finished)
		throws IOException
	{
		long tiles = 0;
		for (final Map.Entry<String, List<Field>> plate : plates.entrySet()) {
			count.check();
			count.status("Plate " + plate.getKey() + ": adapting the model");
			try (TileNetwork adapted = networkOf(plan, networks, plate.getKey(), plate.getValue(), count)) {
				tiles += new PlatePipeline(plan, adapted, count).run(Map.of(plate.getKey(), plate.getValue()),
					finished);
			}
			catch (final NoNetwork exc) {
				final PlateProfiles none = new PlateProfiles(plan);
				for (final Field field : plate.getValue()) {
					none.failed(field, Failure.Kind.PLATE, exc.getMessage());
					none.endField(field);
					count.field();
				}
				finished.plate(plate.getKey(), none);
			}
		}
		return tiles;
	}

	private static TileNetwork networkOf(final EmbeddingPlan plan, final PlateNetworks networks, final String plate,
		final List<Field> fields, final FieldCount count) throws NoNetwork
	{
		try {
			return networks.of(plan.plate(plate, fields));
		}
		catch (final CancellationException exc) {
			count.check();
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
